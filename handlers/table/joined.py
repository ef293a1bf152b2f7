"""Headings that run over two rows, read as one.

Does: puts the words of each cell behind those of the cell straight above it.
Trusts: nothing.
Never touches: cells that cover several columns above ones that do not ("Child" over "Age").
Known limits: none known.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.document.block import Paragraph, Row


def joined_rows(above: Row, below: Row) -> Row:
    """The lower row, each of its cells with the words of the one above it that is as wide."""
    words = {(cell.column, cell.span): cell.text for cell in above.cells}
    cells = []
    for cell in below.cells:
        text = f"{words.get((cell.column, cell.span), '')} {cell.text}".strip()
        cells.append(replace(cell, paragraphs=(Paragraph(text),), continued=False, tables=()))
    return replace(below, cells=tuple(cells))
