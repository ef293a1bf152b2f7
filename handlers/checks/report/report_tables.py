"""Gathers rows into tables, wherever they stand, and finds the row whose cells are given headings.

A table with two heading rows is read from each down to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.document import Block, Cell, Row


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


@dataclass(frozen=True, slots=True)
class HeadedRows:
    """The rows under one heading row. `columns` says which grid column each heading stands over."""

    heading: Row
    columns: Mapping[str, int]
    rows: tuple[Row, ...]

    def cells_by_heading(self, above: Mapping[str, Cell] | None, row: Row) -> dict[str, Cell]:
        """The cell under each heading; one merged with the row above has that row's cell."""
        out: dict[str, Cell] = {}
        for key, column in self.columns.items():
            cell = next((c for c in row.cells if c.column <= column < c.column + c.span), None)
            if cell is not None and cell.continued and above and key in above:
                cell = above[key]
            if cell is not None:
                out[key] = cell
        return out


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


def split_at_headings(
    grid: ReportTable, key_of: Callable[[Cell], str | None], least: int
) -> Iterator[HeadedRows]:
    """The parts of a table under rows in which `key_of` knows `least` cells or more."""
    heads = [
        (i, found) for i, row in enumerate(grid.rows) if len(found := _keys(row, key_of)) >= least
    ]
    ends = [*(i for i, _ in heads[1:]), len(grid.rows)]
    for (i, columns), end in zip(heads, ends, strict=False):
        yield HeadedRows(grid.rows[i], columns, grid.rows[i + 1 : end])


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


def _keys(row: Row, key_of: Callable[[Cell], str | None]) -> dict[str, int]:
    out: dict[str, int] = {}
    for cell in row.cells:
        key = key_of(cell)
        if key is not None and key not in out:
            out[key] = cell.column
    return out
