"""Ruling lines put together into grids.

Does: joins pieces of line that lie end to end, finds which lines meet, and makes of each set that
does a grid of rows and columns, with the walls that stand between its fields.
Trusts: nothing. A page with more lines than any form has is read as if it had none.
Never touches: words.
Known limits: a table without lines between its columns is no grid; its lines of text keep tabs
where the columns part. A grid inside a field of another is taken for walls of the outer one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from handlers.paper.box import Box, around

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
