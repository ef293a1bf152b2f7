"""The rows of a form: those of its tables, and lines typed with tabs in place of a table.

Does: yields every row of every table, those of tables inside cells too, and, where asked, every
paragraph as a row whose cells its tabs part.
Trusts: nothing.
Never touches: what the rows say.
Known limits: where a line's tabs are fewer than the columns, its cells are those of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from handlers.document.block import Block, Cell, Paragraph, Row, Stretch

_TAB = re.compile("\t")


@dataclass(frozen=True, slots=True)
class Band:
    """One row. `position` is the index of its block; `table` tells one table from the next."""

    cells: tuple[Cell, ...]
    position: int
    table: tuple[int, ...]
    typed: bool = False  # a line of running text


def bands_in(blocks: Iterable[Block], *, typed: bool) -> Iterator[Band]:
    """`typed`: lines of running text count as rows too."""
    for position, block in enumerate(blocks):
        if isinstance(block, Row):
            yield from _rows(block, position, (block.table,))
        elif isinstance(block, Paragraph) and typed and block.text.strip():
            yield Band(tuple(_tabbed(block)), position, (), typed=True)


def _rows(row: Row, position: int, table: tuple[int, ...]) -> Iterator[Band]:
    yield Band(row.cells, position, table)
    for cell in row.cells:
        for number, inner in enumerate(cell.tables):
            for one in inner:
                yield from _rows(one, position, (*table, row.number, cell.column, number))


def _tabbed(paragraph: Paragraph) -> Iterator[Cell]:
    start = 0
    ends = [*(tab.start() for tab in _TAB.finditer(paragraph.text)), len(paragraph.text)]
    for column, end in enumerate(ends):
        yield Cell((_part(paragraph, start, end),), column)
        start = end + 1


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    if (start, end) == (0, len(paragraph.text)):
        return paragraph
    return replace(
        paragraph,
        text=paragraph.text[start:end],
        ticks=(),
        picture=paragraph.picture and end == len(paragraph.text),
        stretches=tuple(_within(paragraph.stretches, start, end)),
    )


def _within(stretches: Iterable[Stretch], start: int, end: int) -> Iterator[Stretch]:
    for one in stretches:
        if one.start < end and one.end > start:
            yield replace(one, start=max(one.start, start) - start, end=min(one.end, end) - start)
