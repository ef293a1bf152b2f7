"""The content of a cell, a text box, a note: paragraphs and tables, one after the other.

Does: walks a container that is already in memory, through content controls, and reads text boxes
after the paragraph they are anchored in.
Trusts: libxml2's bound on depth for its recursion.
Never touches: the stream; see `story.py` for what is too long to hold.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.document.block import Cell
from handlers.word import control, names
from handlers.word.control import Control
from handlers.word.plain import PlainRows
from handlers.word.runs import TEXT
from handlers.word.scribe import Scribe, Written
from handlers.word.table import Piece, Table
from handlers.word.wrapping import unwrapped
from handlers.word.xml import Element

_PROPERTIES = names.tags("tcPr")


class Flow:
    """Reads containers of one story. `table` is the number that rows of inner tables carry: that
    of the table around them, 0 where there is none."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._plain = PlainRows(scribe.styles)

    def read(self, container: Element, table: int, within: Control = control.NONE) -> list[Piece]:
        """The container's paragraphs and tables in order. No field reaches in or out of it."""
        outer = self._scribe.step_in()
        found: list[Piece] = []
        for part in container:
            if part.tag in names.P:
                found += self.written(self._scribe.paragraph(part, within), table)
            elif part.tag not in _PROPERTIES:
                found += self.part(part, table, within)
        found += self.written(self._scribe.rest(), table)
        self._scribe.step_out(outer)
        return found

    def plain(self, row: Element, within: Control) -> tuple[Cell, ...] | None:
        """The cells of a row that holds nothing but text; None if it holds more."""
        alone = within is control.NONE and self._scribe.between
        return self._plain.cells(row) if alone else None

    def hidden(self, row: Element) -> None:
        """A row that Word hides was left out."""
        if any((text.text or "").strip() for text in row.iter(*TEXT)):
            self._scribe.hidden_rows += 1

    def part(self, part: Element, table: int, within: Control = control.NONE) -> Iterator[Piece]:
        """What one child of a container comes to."""
        tag = part.tag
        if tag in names.P:
            yield from self.written(self._scribe.paragraph(part, within), table)
        elif tag in names.TBL:
            rows = tuple(Table(table, self).rows(part, within))
            if rows:
                yield rows
        else:
            content, deeper = unwrapped(part, within)
            for inner in () if content is None else content:
                yield from self.part(inner, table, deeper)

    def written(self, written: Written | None, table: int) -> list[Piece]:
        """A paragraph, then what its text boxes hold."""
        if written is None:
            return []
        found: list[Piece] = [written.paragraph]
        for box in written.boxes:
            found += self.read(box, table)
        return found
