"""A table whose labels keep the toolkit's own dots, with what was entered in other cells.

"Signed....." in one cell and the name in the next, or below, is a label and its value: the dots are
no blank of their own there. Where nothing stands beside or below them they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.document import Cell, Row
from handlers.fields.drawn_lines import (
    ends_in_drawn_line,
    is_drawn_line,
    without_drawn_end,
)
from handlers.fields.label_meanings import LabelLexicon


def without_dots_beside_values(rows: Sequence[Row], known: LabelLexicon) -> Sequence[Row]:
    """The rows, the dots taken from each label whose value stands in another cell."""
    if not any(_is_dotted(cell, known) for row in rows for cell in row.cells):
        return rows
    return [_bare_row(rows, at, known) for at in range(len(rows))]


def _bare_row(rows: Sequence[Row], at: int, known: LabelLexicon) -> Row:
    row = rows[at]
    cells = [
        _bare(cell) if _is_dotted(cell, known) and _answered(rows, at, place, known) else cell
        for place, cell in enumerate(row.cells)
    ]
    kept = [c for place, c in enumerate(cells) if not _is_dots_between(cells, place, known)]
    return replace(row, cells=tuple(kept))


def _is_dots_between(cells: Sequence[Cell], place: int, known: LabelLexicon) -> bool:
    """A cell of dots alone between a label and what was entered."""
    inside = 0 < place < len(cells) - 1 and is_drawn_line(cells[place].text)
    return inside and _labels(cells[place - 1], known) and _is_value(cells[place + 1], known)


def _answered(rows: Sequence[Row], at: int, place: int, known: LabelLexicon) -> bool:
    after = [c for c in rows[at].cells[place + 1 :] if not is_drawn_line(c.text)][:1]
    if after and _is_value(after[0], known):
        return True
    column = rows[at].cells[place].column
    below = [c for row in rows[at + 1 : at + 2] for c in row.cells if c.column == column]
    return any(_is_value(cell, known) for cell in below)


def _is_dotted(cell: Cell, known: LabelLexicon) -> bool:
    one = len(cell.paragraphs) == 1 and not cell.tables and not cell.picture
    return one and ends_in_drawn_line(cell.text) and _labels(cell, known)


def _labels(cell: Cell, known: LabelLexicon) -> bool:
    words = without_drawn_end(cell.text).strip().rstrip(" :")
    return bool(words) and bool(known.terms_of_label(words))


def _is_value(cell: Cell, known: LabelLexicon) -> bool:
    """Whether something stands there that was entered: no label, and no dots alone."""
    if cell.picture:
        return True
    text = cell.text.strip()
    return bool(text) and not is_drawn_line(text) and not _labels(cell, known)


def _bare(cell: Cell) -> Cell:
    (paragraph,) = cell.paragraphs
    text = without_drawn_end(paragraph.text).rstrip()
    stretches = tuple(
        replace(s, end=min(s.end, len(text))) for s in paragraph.stretches if s.start < len(text)
    )
    return replace(cell, paragraphs=(replace(paragraph, text=text, stretches=stretches),))
