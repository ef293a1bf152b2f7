"""Finds the fewest rows that would have to move for a chronology to run wholly one way, and where.

Of two neighbours that have changed places the lower one is named. Four whole numbers a row stay in
memory.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, time

from handlers.checks.table.row_moves import MisplacedRow, plan_moves, running_extremes

DAY_MINUTES = 24 * 60  # minutes


class RowOrder:
    """The rows so far, each a span of minutes: one minute, or a whole day where untimed."""

    def __init__(self) -> None:
        self._first = array("q")
        self._last = array("q")

    def __len__(self) -> int:
        return len(self._first)

    def add(self, day: date, at: time | None) -> None:
        start = day.toordinal() * DAY_MINUTES
        self._first.append(start + (at.hour * 60 + at.minute if at else 0))
        self._last.append(start + (at.hour * 60 + at.minute if at else DAY_MINUTES - 1))

    def add_day_span(self, first: date, last: date) -> None:
        """A row that stands for one day of several."""
        self._first.append(first.toordinal() * DAY_MINUTES)
        self._last.append(last.toordinal() * DAY_MINUTES + DAY_MINUTES - 1)

    def day_of_row(self, index: int) -> date:
        """The day of a row, the first of several."""
        return date.fromordinal(self._first[index] // DAY_MINUTES)

    def rearranged(self, sequence: Sequence[int]) -> RowOrder:
        """The same rows, standing as `sequence` has them."""
        other = RowOrder()
        other._first.extend(self._first[index] for index in sequence)
        other._last.extend(self._last[index] for index in sequence)
        return other

    def find_misplaced(self) -> list[MisplacedRow]:
        """The rows to move, by index, each with its place among those that stay. Running backwards
        is in order too."""
        return _beside(*self._to_move())

    def plan_moves(self, tables: Sequence[int]) -> list[MisplacedRow]:
        """The rows to move, each with a place that is right when one after another is moved, and
        when all that have the same place are moved together. For a few rows only."""
        out, first, last = self._to_move()
        return plan_moves(out, first, last, tables)

    def _to_move(self) -> tuple[list[int], Sequence[int], Sequence[int]]:
        """The fewest, and the spans by which the others run upwards."""
        forwards = find_out_of_place(self._first, self._last)
        if not forwards:
            return [], self._first, self._last
        first = array("q", (-number for number in self._last))
        last = array("q", (-number for number in self._first))
        backwards = find_out_of_place(first, last)
        if len(backwards) < len(forwards):
            return backwards, first, last
        return forwards, self._first, self._last


def find_out_of_place(first: Sequence[int], last: Sequence[int]) -> list[int]:
    """Indexes of the fewest spans to take out so that the rest can run upwards.

    A span stands for any one number from its `first` to its `last`; the rest run upwards when
    numbers can be chosen that never fall. `ends[k]` is the lowest number on which a run of k + 1
    spans can end (patience sorting); the steps are then undone one by one to see who took part.
    """
    ends: list[int] = []
    steps: list[tuple[int, int, int | None]] = []
    for low, high in zip(first, last, strict=True):
        cut = bisect_right(ends, high)
        lost = ends.pop(cut) if cut < len(ends) else None
        at = bisect_left(ends, low)
        ends.insert(at, low)
        steps.append((at, cut, lost))
    return _left_over(ends, steps, last)


def _left_over(
    ends: list[int], steps: list[tuple[int, int, int | None]], last: Sequence[int]
) -> list[int]:
    needed, bound = len(ends), max(last, default=0)
    out: list[int] = []
    for index in range(len(steps) - 1, -1, -1):
        at, cut, lost = steps.pop()
        del ends[at]
        if lost is not None:
            ends.insert(cut, lost)
        without = needed == 0 or (len(ends) >= needed and ends[needed - 1] <= bound)
        if without:
            out.append(index)
        else:
            needed, bound = needed - 1, min(bound, last[index])
    return out[::-1]


def _beside(out: list[int], first: Sequence[int], last: Sequence[int]) -> list[MisplacedRow]:
    """Where each of `out` belongs among the rows that stay.

    Whatever could stand between its neighbours would have stayed, so each one either ends before
    a row above it begins, or begins after a row below it ends.
    """
    away = set(out)
    stay = [index for index in range(len(first)) if index not in away]
    begins, ends = running_extremes(stay, first, last)
    found = []
    for index in out:
        above = bisect_right(begins, last[index])
        if above < len(stay) and stay[above] < index:
            found.append(MisplacedRow(index, True, stay[above]))
        else:
            found.append(MisplacedRow(index, False, stay[bisect_left(ends, first[index]) - 1]))
    return found
