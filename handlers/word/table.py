"""Tables: rows and cells on the grid of columns, as merged and as tracked.

Does: makes a `Row` of a w:tr: cells shaded, merged across (gridSpan, and the older hMerge) and down
(vMerge), columns skipped before the first cell, cells and rows in content controls.
Trusts: nothing: spans are bounded by Word's own 63 columns.
Never touches: the stream.
Known limits: a tracked merge of cells is read as if it had not been made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from handlers.document.block import Cell, Paragraph, Row
from handlers.word import control, look, names
from handlers.word.control import Control
from handlers.word.wrapping import unwrapped
from handlers.word.xml import Element

Piece = Paragraph | tuple[Row, ...]

MOST_COLUMNS = 63
_CELL, _ROW_MARKS = names.tags("tcPr"), names.tags("trPr")
_SPAN, _BEFORE = names.tags("gridSpan"), names.tags("gridBefore")
_DOWN, _ACROSS = names.tags("vMerge"), names.tags("hMerge")
_GONE, _CELL_GONE = names.tags("del", "hidden"), names.tags("cellDel")
_HIDDEN = names.tags("hidden")
_HEADING, _SHADED = names.tags("tblHeader"), names.tags("shd")
LOOKED_AT = (
    _SPAN | _BEFORE | _DOWN | _ACROSS | _GONE | _CELL_GONE | _HEADING
    | names.TBL | names.SDT | names.WRAPPERS | {names.ALTERNATE}
)  # fmt: skip


class Reads(Protocol):
    """Whoever reads what a cell holds."""

    def read(self, container: Element, table: int, within: Control = ...) -> list[Piece]: ...

    def plain(self, row: Element, within: Control) -> tuple[Cell, ...] | None: ...

    def hidden(self, row: Element) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """What a tcPr says about where the cell lies."""

    span: int = 1
    joins_above: bool = False
    starts_down: bool = False
    joins_left: bool = False
    gone: bool = False  # by a tracked deletion
    look: str = ""  # how the cell is set off


@dataclass(frozen=True, slots=True)
class Standing:
    """What a trPr says about the row."""

    before: int = 0
    heading: bool = False
    gone: bool = False  # by a tracked deletion, or hidden
    hidden: bool = False  # and by nothing else


class Table:
    """One table while its rows are read in order. Rows that are gone are not counted."""

    def __init__(self, number: int, flow: Reads) -> None:
        self.number = number
        self._flow = flow
        self._rows = 0
        self._merging: set[int] = set()  # columns a merge is running down

    def rows(self, element: Element, within: Control = control.NONE) -> Iterator[Row]:
        """The rows of a w:tbl, or of a wrapper inside one, without those that are gone."""
        for part in element:
            if part.tag in names.TR:
                row = self.row(part, within)
                if row is not None:
                    yield row
            else:
                inner, deeper = unwrapped(part, within)
                if inner is not None:
                    yield from self.rows(inner, deeper)

    def row(self, element: Element, within: Control = control.NONE) -> Row | None:
        """The next row; None if it is gone."""
        plain = self._flow.plain(element, within)
        if plain is not None:
            self._rows += 1
            self._merging = set()
            return Row(self.number, self._rows, plain)
        return self._merged_row(element, within)

    def _merged_row(self, element: Element, within: Control) -> Row | None:
        standing = standing_of(element)
        if standing.gone:
            if standing.hidden:
                self._flow.hidden(element)
            return None
        self._rows += 1
        cells: list[Cell] = []
        column, merging = standing.before, set[int]()
        for cell_element, controls in cells_of(element, within):
            place = place_of(cell_element)
            if place.gone:
                continue
            if place.joins_left and cells:
                cells[-1] = replace(cells[-1], span=cells[-1].span + place.span)
            else:
                cells.append(self._cell(cell_element, controls, place, column))
                if cells[-1].continued or place.starts_down:
                    merging.add(column)
            column += place.span
        self._merging = merging
        return Row(self.number, self._rows, tuple(cells), standing.heading)

    def _cell(self, element: Element, within: Control, place: Place, column: int) -> Cell:
        if place.joins_above and column in self._merging:
            return Cell((), column, place.span, continued=True)
        found = self._flow.read(element, self.number, within)
        if len(found) == 1 and isinstance(found[0], Paragraph):
            return Cell((found[0],), column, place.span, look=place.look)
        paragraphs = tuple(piece for piece in found if isinstance(piece, Paragraph))
        tables = tuple(piece for piece in found if isinstance(piece, tuple))
        before = _before(found) if tables else ()
        return Cell(paragraphs, column, place.span, tables=tables, look=place.look, before=before)


def _before(pieces: list[Piece]) -> tuple[int, ...]:
    """Of each table, how many paragraphs stand over it."""
    count, out = 0, []
    for piece in pieces:
        if isinstance(piece, tuple):
            out.append(count)
        else:
            count += 1
    return tuple(out)


def cells_of(element: Element, within: Control) -> Iterator[tuple[Element, Control]]:
    for part in element:
        if part.tag in names.TC:
            yield part, within
        else:
            inner, deeper = unwrapped(part, within)
            if inner is not None:
                yield from cells_of(inner, deeper)


def standing_of(element: Element) -> Standing:
    properties = names.child(element, _ROW_MARKS)
    if properties is None:
        return Standing()
    before, heading, deleted, hidden = 0, False, False, False
    for mark in properties:
        if mark.tag in _BEFORE:
            before = names.number(mark, 0, MOST_COLUMNS)
        elif mark.tag in _HEADING:
            heading = names.on(mark)
        elif mark.tag in _GONE:
            hidden = hidden or (mark.tag in _HIDDEN and names.on(mark))
            deleted = deleted or (mark.tag not in _HIDDEN and names.on(mark))
    return Standing(before, heading, deleted or hidden, hidden and not deleted)


def place_of(element: Element) -> Place:
    properties = element[0] if len(element) and element[0].tag in _CELL else None
    span, down, across, gone, shading = 1, None, None, False, ""
    for mark in () if properties is None else properties:
        tag = mark.tag
        if tag in _SPAN:
            span = names.number(mark, 1, MOST_COLUMNS)
        elif tag in _DOWN:
            down = names.val(mark) or "continue"
        elif tag in _ACROSS:
            across = names.val(mark) or "continue"
        elif tag in _CELL_GONE:
            gone = True
        elif tag in _SHADED:
            shading = look.shown(mark)
    if span == 1 and not (down or across or gone or shading):
        return _ALONE
    return Place(span, down == "continue", down == "restart", across == "continue", gone, shading)


_ALONE = Place()
