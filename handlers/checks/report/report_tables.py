"""Gathers rows into tables, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.document import Block, Row


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows of one table. `position` is the block index of its first row (for a table inside a
    cell, of that cell's row); `end` is one past its last."""

    rows: tuple[Row, ...]
    position: int
    end: int

    @property
    def is_inside_cell(self) -> bool:
        """Whether it stands inside a cell."""
        return self.end - self.position != len(self.rows)

    def block_of_row(self, row: int) -> int:
        """The block of its row with that index."""
        return self.position if self.is_inside_cell else self.position + row


def find_tables(blocks: Sequence[Block]) -> Iterator[ReportTable]:
    """Every table, each before the tables inside it."""
    start: int | None = None
    for position, block in enumerate([*blocks, None]):
        here = block if isinstance(block, Row) else None
        if start is not None and (here is None or here.table != _table(blocks[start])):
            rows = tuple(b for b in blocks[start:position] if isinstance(b, Row))
            yield ReportTable(rows, start, position)
            yield from _inner(rows, start)
            start = None
        if here is not None and start is None:
            start = position


def _table(block: Block) -> int | None:
    return block.table if isinstance(block, Row) else None


def _inner(rows: Sequence[Row], position: int) -> Iterator[ReportTable]:
    for offset, row in enumerate(rows):
        for cell in row.cells:
            for table in cell.tables:
                yield ReportTable(table, position + offset, position + offset + 1)
                yield from (_at(g, position + offset) for g in _inner(table, 0))


def _at(grid: ReportTable, position: int) -> ReportTable:
    """A table deep inside a cell stands where that cell's row does."""
    return replace(grid, position=position, end=position + 1)
