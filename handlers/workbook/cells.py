"""One row of a sheet: the texts of its cells, each in its column.

Does: finds each cell's column by its address ("C5") and its text by its type.
Trusts: nothing; columns beyond MOST_COLUMNS are passed over.
Never touches: formulas: the value saved beside one is read.
Known limits: a date is the number of its day, as the file has it: which numbers are dates is in
the styles, which are not read.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.document.block import Cell, Paragraph, Row
from handlers.word.xml import Element
from handlers.workbook.names import CELL, INLINE, VALUE
from handlers.workbook.strings import text_of

MOST_COLUMNS = 256
_DIGITS = 9


def row_of(element: Element, table: int, number: int, shared: Sequence[str]) -> Row:
    """The row with a cell for every column up to the last that holds something."""
    texts: list[str] = []
    for cell in element:
        if cell.tag not in CELL:
            continue
        column = _column(cell.get("r"), len(texts))
        text = _text(cell, shared)
        if text and column < MOST_COLUMNS:
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
    return Row(table, number, tuple(Cell((Paragraph(t),), at) for at, t in enumerate(texts)))


def _column(address: str | None, following: int) -> int:
    """From 0. A cell without an address stands after the one before it."""
    letters = "".join(c for c in (address or "").upper() if "A" <= c <= "Z")
    if not 1 <= len(letters) <= 3:
        return following
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _text(cell: Element, shared: Sequence[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return " ".join(text_of(part) for part in cell if part.tag in INLINE).strip()
    value = next((part.text or "" for part in cell if part.tag in VALUE), "").strip()
    if kind != "s":
        return value
    known = value.isascii() and value.isdigit() and len(value) <= _DIGITS
    return shared[int(value)].strip() if known and int(value) < len(shared) else ""
