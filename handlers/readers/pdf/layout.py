"""A page read in order: paragraphs, and the rows of what is drawn as a table."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from handlers.readers.pdf.page import Page, PageBox, PageWord, bounding_box
from handlers.readers.pdf.text_lines import (
    PdfLine,
    build_lines,
    build_paragraphs,
    usual_line_height,
)

JOINING_DISTANCE = 3.0  # points: lines this close are one, and ends this close meet
MIN_FIELD_SIZE = 5.0  # points: rows and columns are wider
MAX_RULES = 600  # lines on a page, once their pieces are joined


@dataclass(frozen=True)
class RuledGrid:
    """A table drawn with lines. `across` and `down` are where columns and rows part, the outer
    edges included."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    rules: tuple[PageBox, ...]

    @cached_property
    def outer_box(self) -> PageBox:
        return PageBox(self.across[0], self.down[0], self.across[-1], self.down[-1])

    def place_of_box(self, box: PageBox) -> tuple[int, int]:
        """The row and the column that the middle of `box` is in, from 0."""
        row = bisect_right(self.down, box.middle_down) - 1
        column = bisect_right(self.across, box.middle_across) - 1
        return min(max(row, 0), len(self.down) - 2), min(max(column, 0), len(self.across) - 2)

    def has_line_left(self, row: int, column: int) -> bool:
        """A line parts this field from the one before it."""
        middle = (self.down[row] + self.down[row + 1]) / 2
        return any(
            abs(rule.middle_across - self.across[column]) <= MIN_FIELD_SIZE
            and rule.top <= middle <= rule.bottom
            for rule in self._upright
        )

    def has_line_above(self, row: int, column: int) -> bool:
        middle = (self.across[column] + self.across[column + 1]) / 2
        return any(
            abs(rule.middle_down - self.down[row]) <= MIN_FIELD_SIZE
            and rule.left <= middle <= rule.right
            for rule in self._level
        )

    @cached_property
    def _upright(self) -> tuple[PageBox, ...]:
        return tuple(rule for rule in self.rules if rule.height > rule.width)

    @cached_property
    def _level(self) -> tuple[PageBox, ...]:
        return tuple(rule for rule in self.rules if rule.width >= rule.height)


def find_grids(rules: Iterable[PageBox]) -> list[RuledGrid]:
    """Every grid of more than one field, from top to bottom."""
    lines = [*_joined(rules, level=True), *_joined(rules, level=False)]
    if len(lines) > MAX_RULES:
        return []
    grids = [grid for group in _meeting(lines) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: grid.outer_box.top)


def _grid(rules: Sequence[PageBox]) -> RuledGrid | None:
    across = _steps(rule.middle_across for rule in rules if rule.height > rule.width)
    down = _steps(rule.middle_down for rule in rules if rule.width >= rule.height)
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) < 5:
        return None
    return RuledGrid(across, down, tuple(rules))


def _steps(places: Iterable[float]) -> tuple[float, ...]:
    """The places in order, those of a double line as one."""
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > MIN_FIELD_SIZE:
            out.append(place)
    return tuple(out)


def _joined(rules: Iterable[PageBox], *, level: bool) -> Iterator[PageBox]:
    """The lines across, or those down, with their pieces joined."""
    by_place: dict[int, list[PageBox]] = defaultdict(list)
    for rule in rules:
        if (rule.width >= rule.height) == level:
            by_place[
                round((rule.middle_down if level else rule.middle_across) / JOINING_DISTANCE)
            ].append(rule)
    for pieces in by_place.values():
        yield from _end_to_end(pieces, level=level)


def _end_to_end(pieces: Iterable[PageBox], *, level: bool) -> Iterator[PageBox]:
    group: list[PageBox] = []
    reach = 0.0
    for piece in sorted(pieces, key=lambda box: box.left if level else box.top):
        start, end = (piece.left, piece.right) if level else (piece.top, piece.bottom)
        if group and start > reach + JOINING_DISTANCE:
            yield bounding_box(group)
            group = []
        reach = max(reach, end) if group else end
        group.append(piece)
    if group:
        yield bounding_box(group)


def _meeting(lines: Sequence[PageBox]) -> Iterator[list[PageBox]]:
    """The lines in sets that hang together, each line in one."""
    left = list(lines)
    while left:
        group = [left.pop()]
        for line in group:  # grows while it is walked
            met = [other for other in left if _meet(line, other)]
            group += met
            left = [other for other in left if other not in met]
        yield group


def _meet(one: PageBox, other: PageBox) -> bool:
    return (
        one.left - JOINING_DISTANCE <= other.right
        and other.left - JOINING_DISTANCE <= one.right
        and one.top - JOINING_DISTANCE <= other.bottom
        and other.top - JOINING_DISTANCE <= one.bottom
    )


FIELD_MARGIN = 5.0  # points kept free inside a field's edge

GridPlace = tuple[int, int]


class RuledTable:
    """The fields of one grid, filled."""

    def __init__(
        self, grid: RuledGrid, words: Iterable[PageWord], pictures: Iterable[PageBox]
    ) -> None:
        self._grid = grid
        self._words: dict[GridPlace, list[PageWord]] = defaultdict(list)
        self._pictures: dict[GridPlace, list[PageBox]] = defaultdict(list)
        self._begins = _beginnings(grid)
        for word in words:
            self._words[self._begins[grid.place_of_box(word.box)]].append(word)
        for picture in pictures:
            self._pictures[self._begins[grid.place_of_box(picture)]].append(picture)

    def iter_rows(self, number: int) -> Iterator[Row]:
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

    def _paragraphs(self, at: GridPlace, right: float) -> Sequence[Paragraph]:
        lines = build_lines(self._words[at], self._pictures[at])
        return build_paragraphs(lines, right - FIELD_MARGIN, self._grid.rules)


def _first(grid: RuledGrid, row: int, column: int) -> int:
    """The column where the cell that covers this field begins."""
    while column and not grid.has_line_left(row, column):
        column -= 1
    return column


def _beginnings(grid: RuledGrid) -> dict[GridPlace, GridPlace]:
    """For each field the one in which its cell begins, to the left and above."""
    out: dict[GridPlace, GridPlace] = {}
    for row in range(len(grid.down) - 1):
        for column in range(len(grid.across) - 1):
            first = _first(grid, row, column)
            if first < column:
                out[row, column] = out[row, first]
            else:
                above = row > 0 and not grid.has_line_above(row, column)
                out[row, column] = out[row - 1, column] if above else (row, column)
    return out


UNRULED_TABLE_COLUMNS, UNRULED_TABLE_LINES = (
    3,
    3,
)  # so many lines in so many parts look like a table drawn without lines


class PageLayout:
    """Reads page after page; tables are counted from 1. `loose` tells of a table without lines,
    the rows of which were read as lines of text."""

    def __init__(self) -> None:
        self.loose = False
        self._tables = 0

    def blocks_of_page(self, page: Page) -> Iterator[Block]:
        grids = find_grids(page.rules)
        words = [
            w
            for w in page.words
            if not any(grid.outer_box.contains_middle_of(w.box) for grid in grids)
        ]
        pictures = [
            p
            for p in page.pictures
            if not any(grid.outer_box.contains_middle_of(p) for grid in grids)
        ]
        lines = build_lines(words, pictures)
        edge = max((line.box.right for line in lines), default=page.width)
        usual = usual_line_height(lines)
        self.loose |= (
            sum(line.part_count >= UNRULED_TABLE_COLUMNS for line in lines) >= UNRULED_TABLE_LINES
        )
        for grid, between in _between(grids, lines):
            yield from build_paragraphs(between, edge, page.rules, usual)
            if grid is not None:
                yield from self._table(grid, page)

    def _table(self, grid: RuledGrid, page: Page) -> Iterator[Block]:
        self._tables += 1
        words = [word for word in page.words if grid.outer_box.contains_middle_of(word.box)]
        pictures: list[PageBox] = [
            picture for picture in page.pictures if grid.outer_box.contains_middle_of(picture)
        ]
        yield from RuledTable(grid, words, pictures).iter_rows(self._tables)
        yield TableEnd(self._tables)


def _between(
    grids: Sequence[RuledGrid], lines: Sequence[PdfLine]
) -> Iterator[tuple[RuledGrid | None, list[PdfLine]]]:
    """Each grid with the lines above it; at last what stands below them all."""
    left = list(lines)
    for grid in grids:
        above = [line for line in left if line.box.middle_down < grid.outer_box.top]
        left = [line for line in left if line.box.middle_down >= grid.outer_box.top]
        yield grid, above
    yield None, left
