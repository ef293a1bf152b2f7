"""A table put out of order on purpose: the faults that agencies' chronologies really have.

Does: changes the rows, columns and cells of a document's tables.
Trusts: that its input came from `tests/papers/papers.py`, so every row has every cell.
Never touches: files.
Known limits: a cell's text is set as one plain run a line; merged tables cannot be changed again.

Tables and rows count from 1, as Word shows them, a table's heading being row 1. A column is its
heading's text, or a number from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from tests.builders_package import Element, body, child, edited, w, xml

Column = str | int


def tables_of(root: Element) -> list[Element]:
    """The tables that are not inside another."""
    return list(body(root).iterchildren(w("tbl")))


def rows_of(root: Element, table: int = 1) -> list[Element]:
    return list(tables_of(root)[table - 1].iterchildren(w("tr")))


def cells_of(row: Element) -> list[Element]:
    return list(row.iterchildren(w("tc")))


def text_of(block: Element) -> str:
    """A block's text, a tab or a line break as one character."""
    said = {w("tab"): "\t", w("br"): "\n"}
    inside = (e for run in block.iter(w("r")) for e in run)
    return "".join(e.text or "" if e.tag == w("t") else said.get(e.tag, "") for e in inside)


def place_of(root: Element, column: Column, table: int = 1) -> int:
    """A column's place from 0. Raises ValueError for a heading that is not there."""
    if isinstance(column, int):
        return column - 1
    return [text_of(cell) for cell in cells_of(rows_of(root, table)[0])].index(column)


def cell_of(root: Element, row: int, column: Column, table: int = 1) -> Element:
    return cells_of(rows_of(root, table)[row - 1])[place_of(root, column, table)]


def write(cell: Element, text: str) -> None:
    """Set a cell's text, a paragraph for each line."""
    for block in [block for block in cell if block.tag != w("tcPr")]:
        cell.remove(block)
    for line in text.split("\n"):
        run = '<w:r><w:t xml:space="preserve"/></w:r>' if line else ""
        paragraph = xml(f"<w:p>{run}</w:p>")
        for t in paragraph.iter(w("t")):
            t.text = line
        cell.append(paragraph)


def with_cell(docx: bytes, row: int, column: Column, text: str, table: int = 1) -> bytes:
    """The document with one cell's text replaced."""
    return edited(docx, lambda root: write(cell_of(root, row, column, table), text))


def with_heading(docx: bytes, column: Column, heading: str) -> bytes:
    """One heading reworded."""
    return with_cell(docx, 1, column, heading)


def without_heading(docx: bytes, column: Column, table: int = 1) -> bytes:
    """A whole column taken out, its heading with it."""

    def change(root: Element) -> None:
        place = place_of(root, column, table)
        for row in rows_of(root, table):
            row.remove(cells_of(row)[place])
        columns = child(tables_of(root)[table - 1], "tblGrid")
        columns.remove(columns[place])

    return edited(docx, change)


def with_column(docx: bytes, heading: str, text: str = "", at: int | None = None) -> bytes:
    """One column more, at place `at` from 1 or at the end, `text` in each row."""

    def change(root: Element) -> None:
        table = tables_of(root)[0]
        place = len(child(table, "tblGrid")) if at is None else at - 1
        child(table, "tblGrid").insert(place, xml('<w:gridCol w:w="700"/>'))
        for number, row in enumerate(rows_of(root)):
            cell = deepcopy(cells_of(row)[0])
            write(cell, text.format(number=number) if number else heading)
            _insert(row, place, cell)

    return edited(docx, change)


def _insert(row: Element, place: int, cell: Element) -> None:
    cells = cells_of(row)
    if place == len(cells):
        cells[-1].addnext(cell)
    else:
        cells[place].addprevious(cell)


def with_first_column(docx: bytes, heading: str = "No.") -> bytes:
    """A sequence number in front of each row, which Chronolator allows."""
    return with_column(docx, heading, "{number}", at=1)


def without_rows(docx: bytes, table: int = 1) -> bytes:
    """The heading row alone."""

    def change(root: Element) -> None:
        for row in rows_of(root, table)[1:]:
            tables_of(root)[table - 1].remove(row)

    return edited(docx, change)


def swap_rows(docx: bytes, one: int, other: int) -> bytes:
    """Two rows in each other's place."""

    def change(root: Element) -> None:
        table, rows = tables_of(root)[0], rows_of(root)
        a, b = rows[one - 1], rows[other - 1]
        where_a, where_b = table.index(a), table.index(b)
        copy_a, copy_b = deepcopy(a), deepcopy(b)
        table[where_a], table[where_b] = copy_b, copy_a

    return edited(docx, change)


def reversed_rows(docx: bytes) -> bytes:
    """The newest first: wholly descending is in order too."""

    def change(root: Element) -> None:
        for row in rows_of(root)[1:]:
            rows_of(root)[0].addnext(row)

    return edited(docx, change)


def with_blank_row(docx: bytes, before: int) -> bytes:
    """A wholly blank row put in before row `before`."""

    def change(root: Element) -> None:
        blank = deepcopy(rows_of(root)[1])
        for cell in cells_of(blank):
            write(cell, "")
        rows_of(root)[before - 1].addprevious(blank)

    return edited(docx, change)


def with_repeated_heading(docx: bytes, before: int) -> bytes:
    """The heading row typed once more before row `before`."""

    def change(root: Element) -> None:
        rows = rows_of(root)
        rows[before - 1].addprevious(deepcopy(rows[0]))

    return edited(docx, change)


def with_separator(docx: bytes, before: int, text: str) -> bytes:
    """A row of one cell over all columns before row `before`, such as a year."""

    def change(root: Element) -> None:
        row = deepcopy(rows_of(root)[before - 1])
        first, *others = cells_of(row)
        child(first, "tcPr", "tcW").addnext(xml(f'<w:gridSpan w:val="{len(others) + 1}"/>'))
        for cell in others:
            row.remove(cell)
        write(first, text)
        rows_of(root)[before - 1].addprevious(row)

    return edited(docx, change)


def with_table_after(docx: bytes, rows: Sequence[Sequence[str]]) -> bytes:
    """A further table after the first, with a paragraph between."""

    def change(root: Element) -> None:
        def cell(text: str) -> str:
            words = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
            width = '<w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>'
            return f"<w:tc>{width}<w:p>{words}</w:p></w:tc>"

        made = "".join(f"<w:tr>{''.join(map(cell, texts))}</w:tr>" for texts in rows)
        first = tables_of(root)[0]
        first.addnext(xml(f"<w:tbl><w:tblPr/><w:tblGrid/>{made}</w:tbl>"))
        first.addnext(xml("<w:p/>"))

    return edited(docx, change)


def with_paragraph_after(docx: bytes, text: str) -> bytes:
    """A paragraph straight after the first table."""

    def change(root: Element) -> None:
        tables_of(root)[0].addnext(xml(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))

    return edited(docx, change)
