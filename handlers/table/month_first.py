"""Dates written month first from top to bottom: one cause, told once.

Does: weighs the dates that can only be month first against those that cannot be, and says
whether the whole column is written so.
Trusts: the readings of `handlers/typed/when.py`.
Never touches: findings.
Known limits: a column in which no day is above 12 cannot be told from one written day first.
"""

from __future__ import annotations

import re

from handlers.table.entry import Entry

FEWEST = 3
OUTWEIGH = 4  # month-first dates for each one that is plainly not

_EITHER_WAY = re.compile(r"[\s?]*\d{1,2}\D+\d{1,2}\D+\d+[\s.]*", re.ASCII)


class MonthFirst:
    """What the dates so far say about how their author writes dates."""

    def __init__(self, column: int | None) -> None:
        self._column = column
        self._not = 0
        self.count = 0  # dates that can be read in no other way

    def hear(self, entry: Entry) -> None:
        if self._column is None:
            return
        day = entry.when.value
        if entry.when.refusal == "month-first":
            self.count += 1
        elif day and (day.day > 12 or not _EITHER_WAY.fullmatch(entry.texts[self._column])):
            self._not += 1

    @property
    def throughout(self) -> bool:
        return self.count >= FEWEST and self.count >= OUTWEIGH * self._not
