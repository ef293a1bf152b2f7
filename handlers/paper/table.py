"""A grid and the words in it, as rows.

Does: puts every word and picture of a grid into its field, and makes cells of the fields: one
cell for several side by side with no line between them; a cell that goes on from the row above
is `continued`.
Trusts: nothing.
Never touches: what stands outside the grid.
Known limits: none known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from handlers.document.block import Cell, Paragraph, Row
from handlers.paper.box import Box
from handlers.paper.lines import lines_of
from handlers.paper.page import Word
from handlers.paper.prose import paragraphs_of
from handlers.paper.ruling import Grid

MARGIN = 5.0  # points kept free inside a field's edge

Place = tuple[int, int]


class Table:
    """The fields of one grid, filled."""

    def __init__(self, grid: Grid, words: Iterable[Word], pictures: Iterable[Box]) -> None:
        self._grid = grid
        self._words: dict[Place, list[Word]] = defaultdict(list)
        self._pictures: dict[Place, list[Box]] = defaultdict(list)
        self._begins = _beginnings(grid)
        for word in words:
            self._words[self._begins[grid.place(word.box)]].append(word)
        for picture in pictures:
            self._pictures[self._begins[grid.place(picture)]].append(picture)

    def rows(self, number: int) -> Iterator[Row]:
        """Its rows, as those of the document's table `number`."""
        for row in range(len(self._grid.down) - 1):
            yield Row(number, row + 1, tuple(self._cells(row)))

    def _cells(self, row: int) -> Iterator[Cell]:
        starts = [c for c in range(self._columns) if self._first(row, c) == c]
        for start, end in zip(starts, [*starts[1:], self._columns], strict=True):
            at = row, start
            continued = self._begins[at] != at
            paragraphs = () if continued else self._paragraphs(at, self._grid.across[end])
            yield Cell(tuple(paragraphs), start, end - start, continued)

    @property
    def _columns(self) -> int:
        return len(self._grid.across) - 1

    def _first(self, row: int, column: int) -> int:
        return _first(self._grid, row, column)

    def _paragraphs(self, at: Place, right: float) -> Sequence[Paragraph]:
        lines = lines_of(self._words[at], self._pictures[at])
        return paragraphs_of(lines, right - MARGIN, self._grid.rules)


def _first(grid: Grid, row: int, column: int) -> int:
    """The column where the cell that covers this field begins."""
    while column and not grid.wall_left(row, column):
        column -= 1
    return column


def _beginnings(grid: Grid) -> dict[Place, Place]:
    """For each field the one in which its cell begins, to the left and above."""
    out: dict[Place, Place] = {}
    for row in range(len(grid.down) - 1):
        for column in range(len(grid.across) - 1):
            first = _first(grid, row, column)
            if first < column:
                out[row, column] = out[row, first]
            else:
                above = row > 0 and not grid.wall_above(row, column)
                out[row, column] = out[row - 1, column] if above else (row, column)
    return out
