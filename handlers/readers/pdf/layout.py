"""A page read in order: paragraphs, and the rows of what is drawn as a table."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from handlers.readers.pdf.page import Box, Page, Word, around
from handlers.readers.pdf.text_lines import Line, lines_of, paragraphs_of, usual_height

NEAR = 3.0  # points: lines this close are one, and ends this close meet
NARROW = 5.0  # points: rows and columns are wider
MOST_RULES = 600  # lines on a page, once their pieces are joined


@dataclass(frozen=True)
class Grid:
    """A table drawn with lines. `across` and `down` are where columns and rows part, the outer
    edges included."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    rules: tuple[Box, ...]

    @cached_property
    def box(self) -> Box:
        return Box(self.across[0], self.down[0], self.across[-1], self.down[-1])

    def place(self, box: Box) -> tuple[int, int]:
        """The row and the column that the middle of `box` is in, from 0."""
        row = bisect_right(self.down, box.down) - 1
        column = bisect_right(self.across, box.across) - 1
        return min(max(row, 0), len(self.down) - 2), min(max(column, 0), len(self.across) - 2)

    def wall_left(self, row: int, column: int) -> bool:
        """A line parts this field from the one before it."""
        middle = (self.down[row] + self.down[row + 1]) / 2
        return any(
            abs(rule.across - self.across[column]) <= NARROW and rule.top <= middle <= rule.bottom
            for rule in self._upright
        )

    def wall_above(self, row: int, column: int) -> bool:
        middle = (self.across[column] + self.across[column + 1]) / 2
        return any(
            abs(rule.down - self.down[row]) <= NARROW and rule.left <= middle <= rule.right
            for rule in self._level
        )

    @cached_property
    def _upright(self) -> tuple[Box, ...]:
        return tuple(rule for rule in self.rules if rule.height > rule.width)

    @cached_property
    def _level(self) -> tuple[Box, ...]:
        return tuple(rule for rule in self.rules if rule.width >= rule.height)


def grids_of(rules: Iterable[Box]) -> list[Grid]:
    """Every grid of more than one field, from top to bottom."""
    lines = [*_joined(rules, level=True), *_joined(rules, level=False)]
    if len(lines) > MOST_RULES:
        return []
    grids = [grid for group in _meeting(lines) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: grid.box.top)


def _grid(rules: Sequence[Box]) -> Grid | None:
    across = _steps(rule.across for rule in rules if rule.height > rule.width)
    down = _steps(rule.down for rule in rules if rule.width >= rule.height)
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) < 5:
        return None
    return Grid(across, down, tuple(rules))


def _steps(places: Iterable[float]) -> tuple[float, ...]:
    """The places in order, those of a double line as one."""
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > NARROW:
            out.append(place)
    return tuple(out)


def _joined(rules: Iterable[Box], *, level: bool) -> Iterator[Box]:
    """The lines across, or those down, with their pieces joined."""
    by_place: dict[int, list[Box]] = defaultdict(list)
    for rule in rules:
        if (rule.width >= rule.height) == level:
            by_place[round((rule.down if level else rule.across) / NEAR)].append(rule)
    for pieces in by_place.values():
        yield from _end_to_end(pieces, level=level)


def _end_to_end(pieces: Iterable[Box], *, level: bool) -> Iterator[Box]:
    group: list[Box] = []
    reach = 0.0
    for piece in sorted(pieces, key=lambda box: box.left if level else box.top):
        start, end = (piece.left, piece.right) if level else (piece.top, piece.bottom)
        if group and start > reach + NEAR:
            yield around(group)
            group = []
        reach = max(reach, end) if group else end
        group.append(piece)
    if group:
        yield around(group)


def _meeting(lines: Sequence[Box]) -> Iterator[list[Box]]:
    """The lines in sets that hang together, each line in one."""
    left = list(lines)
    while left:
        group = [left.pop()]
        for line in group:  # grows while it is walked
            met = [other for other in left if _meet(line, other)]
            group += met
            left = [other for other in left if other not in met]
        yield group


def _meet(one: Box, other: Box) -> bool:
    return (
        one.left - NEAR <= other.right
        and other.left - NEAR <= one.right
        and one.top - NEAR <= other.bottom
        and other.top - NEAR <= one.bottom
    )


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


COLUMNS, MANY = 3, 3  # so many lines in so many parts look like a table drawn without lines


class Layout:
    """Reads page after page; tables are counted from 1. `loose` tells of a table without lines,
    the rows of which were read as lines of text."""

    def __init__(self) -> None:
        self.loose = False
        self._tables = 0

    def blocks(self, page: Page) -> Iterator[Block]:
        grids = grids_of(page.rules)
        words = [w for w in page.words if not any(grid.box.holds(w.box) for grid in grids)]
        pictures = [p for p in page.pictures if not any(grid.box.holds(p) for grid in grids)]
        lines = lines_of(words, pictures)
        edge = max((line.box.right for line in lines), default=page.width)
        usual = usual_height(lines)
        self.loose |= sum(line.parts >= COLUMNS for line in lines) >= MANY
        for grid, between in _between(grids, lines):
            yield from paragraphs_of(between, edge, page.rules, usual)
            if grid is not None:
                yield from self._table(grid, page)

    def _table(self, grid: Grid, page: Page) -> Iterator[Block]:
        self._tables += 1
        words = [word for word in page.words if grid.box.holds(word.box)]
        pictures: list[Box] = [picture for picture in page.pictures if grid.box.holds(picture)]
        yield from Table(grid, words, pictures).rows(self._tables)
        yield TableEnd(self._tables)


def _between(
    grids: Sequence[Grid], lines: Sequence[Line]
) -> Iterator[tuple[Grid | None, list[Line]]]:
    """Each grid with the lines above it; at last what stands below them all."""
    left = list(lines)
    for grid in grids:
        above = [line for line in left if line.box.down < grid.box.top]
        left = [line for line in left if line.box.down >= grid.box.top]
        yield grid, above
    yield None, left
