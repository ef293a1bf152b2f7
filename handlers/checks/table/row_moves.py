"""Says where each of a few misplaced rows belongs, so that doing what is said puts all in order.

Rows are moved one after another, as they are told: from the top down, each by what it has to stand
beside. Rows that are told the same place may be moved together too, so they always share one that
keeps them as they stand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class MisplacedRow:
    """Row number `index` (from 0, in the order rows were added) belongs above or below `beside`,
    which may be a row that has to move before it."""

    index: int
    above: bool
    beside: int
    beside_moves: bool = False


def plan_moves(
    out: Sequence[int], first: Sequence[int], last: Sequence[int], tables: Sequence[int]
) -> list[MisplacedRow]:
    """Where each of `out` belongs; the other rows run upwards. `tables` has the table of each."""
    away = frozenset(out)
    placed = _place_all(out, first, last)
    moves: list[MisplacedRow] = []
    start = 0
    while start < len(placed):
        end = start
        while end < len(placed) and placed[end] in away:
            end += 1
        if end > start:
            before = placed[start - 1] if start else None
            after = placed[end] if end < len(placed) else None
            moves += _moves_between(before, placed[start:end], after, tables)
        start = end + 1
    return sorted(moves, key=lambda move: move.index)


def running_extremes(
    rows: Sequence[int], first: Sequence[int], last: Sequence[int]
) -> tuple[list[int], list[int]]:
    """The latest beginning so far, and the earliest end from here on. Rows in order may overlap,
    untimed ones with timed: these can be searched."""
    begins = list(accumulate((first[i] for i in rows), max))
    return begins, list(accumulate((last[i] for i in reversed(rows)), min))[::-1]


def _place_all(out: Sequence[int], first: Sequence[int], last: Sequence[int]) -> list[int]:
    """All rows as they stand at the end: a row that moved stands as near as can be to where it
    stood, and those that may stand either way remain as they stood."""
    moved = set(out)
    placed = [index for index in range(len(first)) if index not in moved]
    for index in out:
        begins, ends = running_extremes(placed, first, last)
        at = lowest = bisect_right(begins, last[index])
        follows = next((other for other in placed[at:] if other not in moved), index)
        if follows >= index:  # it moves down
            at = bisect_left(ends, first[index])
            while at < lowest and placed[at] in moved:
                at += 1
        placed.insert(at, index)
    return placed


def _moves_between(
    before: int | None, run: Sequence[int], after: int | None, tables: Sequence[int]
) -> list[MisplacedRow]:
    """The moves of the rows that are to stand, as `run` has them, between two that stay."""
    anchor = after
    if before is not None and after is not None and min(run) < before:
        alone_or_apart = len(run) == 1 or tables[before] != tables[after]
        anchor = None if alone_or_apart else after
    moves: list[MisplacedRow] = []
    done: set[int] = set()
    for index in sorted(run):
        at = run.index(index)
        below = next((one for one in run[at + 1 :] if one in done), anchor)
        above = next((one for one in reversed(run[:at]) if one in done), before)
        beside = above if below is None else below
        if beside is not None:
            moves.append(MisplacedRow(index, below is not None, beside, beside in done))
        done.add(index)
    return moves
