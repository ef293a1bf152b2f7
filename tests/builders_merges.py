"""A table whose grid is not a plain one: merged cells, a table in a cell, one table made two.

Does: changes how the rows and cells of a document's first table hang together.
Trusts: that its input came from `tests/papers/papers.py`, so every row has every cell.
Never touches: files.
Known limits: what has been merged cannot be changed again.

Tables, rows and columns are counted as in `tests/builders_tables.py`.
"""

from __future__ import annotations

from copy import deepcopy

from tests.builders_package import Element, child, edited, w, xml
from tests.builders_tables import Column, cell_of, cells_of, place_of, rows_of, tables_of, write


def merged_across(docx: bytes, row: int, first: Column, last: Column) -> bytes:
    """The cells of one row from `first` to `last` made one; the first cell's text stays."""

    def change(root: Element) -> None:
        line = rows_of(root)[row - 1]
        start, end = place_of(root, first), place_of(root, last)
        cells = cells_of(line)
        width = child(cells[start], "tcPr", "tcW")
        width.addnext(xml(f'<w:gridSpan w:val="{end - start + 1}"/>'))
        for cell in cells[start + 1 : end + 1]:
            line.remove(cell)

    return edited(docx, change)


def merged_down(docx: bytes, column: Column, first: int, last: int) -> bytes:
    """The cells of one column from row `first` to row `last` made one."""

    def change(root: Element) -> None:
        for row in range(first, last + 1):
            cell = cell_of(root, row, column)
            state = ' w:val="restart"' if row == first else ""
            child(cell, "tcPr", "tcW").addnext(xml(f"<w:vMerge{state}/>"))
            if row > first:
                write(cell, "")

    return edited(docx, change)


def without_cell(docx: bytes, column: Column, row: int) -> bytes:
    """A row that has lost a cell, so that those after it have moved up one."""

    def change(root: Element) -> None:
        cell = cell_of(root, row, column)
        cell.getparent().remove(cell)

    return edited(docx, change)


def with_more_cells(docx: bytes, row: int, *texts: str, before: Column | None = None) -> bytes:
    """A row with cells more than there are headings, at its end or before one of its own."""

    def change(root: Element) -> None:
        last = cell_of(root, row, "Authors Comment")
        for text in texts:
            more = xml(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
            if before is None:
                last.getparent().append(more)
            else:
                cell_of(root, row, before).addprevious(more)

    return edited(docx, change)


def with_nested_table(docx: bytes, row: int, column: Column, text: str = "Inside") -> bytes:
    """A table of one row and two cells inside a cell, below the cell's own text."""

    def change(root: Element) -> None:
        cell = cell_of(root, row, column)
        inner = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{text}'
            f"</w:t></w:r></w:p></w:tc>"
            for _ in range(2)
        )
        cell.append(xml(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{inner}</w:tr></w:tbl>"))
        cell.append(xml("<w:p/>"))  # Word wants a paragraph after a table inside a cell

    return edited(docx, change)


def split_in_two(docx: bytes, before: int, *, headed: bool = True) -> bytes:
    """One table made two before row `before`, with a paragraph between; `headed` repeats the
    heading row at the top of the second."""

    def change(root: Element) -> None:
        table, rows = tables_of(root)[0], rows_of(root)
        second = deepcopy(table)
        for row in list(second.iterchildren(w("tr")))[1 if headed else 0 : before - 1]:
            second.remove(row)
        for row in rows[before - 1 :]:
            table.remove(row)
        table.addnext(second)
        table.addnext(xml("<w:p/>"))

    return edited(docx, change)
