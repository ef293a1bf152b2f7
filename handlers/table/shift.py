"""Entries that stand under the wrong headings, because cells were moved along.

Does: notices a date, a time or a Y/N that is not under its heading but under another, row by row,
and says at the end whether a whole column has moved. That is one finding, not four hundred.
Trusts: nothing in the cells.
Never touches: findings.
Known limits: only dates, times and Y/N are told by their look. A column of names that has changed
places with another is not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from config.shape import ReadAs
from handlers.table.desk import Desk
from handlers.table.entry import Entry
from handlers.typed.clock import read_time
from handlers.typed.when import read_date

LONGEST = 24  # characters; a date or a time alone is shorter
FEWEST = 2  # rows that make a column


def _holds_date(entry: Entry, text: str) -> bool:
    """There is a date, or at least the beginnings of one, however it is written."""
    return bool(text) and entry.when.refusal not in {"not-a-date", "not-known"}


def _holds_time(entry: Entry, text: str) -> bool:
    return bool(text) and not entry.at.refusal


def _holds_answer(_entry: Entry, text: str) -> bool:
    return _is_answer(text)


def _is_date(text: str) -> bool:
    return any(map(str.isdigit, text)) and read_date(text).value is not None


def _is_time(text: str) -> bool:
    return ":" in text and read_time(text).value is not None


def _is_answer(text: str) -> bool:
    return text.lower() in {"y", "n", "yes", "no"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A sort of entry told by its look: what it is called, whether a row has it where it belongs,
    whether a text elsewhere looks like it, and how many columns away to look."""

    reads_as: ReadAs
    what: str
    holds: Callable[[Entry, str], bool]
    looks: Callable[[str], bool]
    reach: int


_MARKS = (
    _Mark("date", "the dates", _holds_date, _is_date, 99),
    _Mark("time", "the times", _holds_time, _is_time, 1),
    _Mark("yes_no", "the answers Y or N", _holds_answer, _is_answer, 1),
)


@dataclass(frozen=True, slots=True)
class Shift:
    """What belongs under column `home` is under column `found` instead."""

    home: int
    found: int
    what: str

    @property
    def first(self) -> int:
        """The first column that is touched; those before it stand where they should."""
        return min(self.home, self.found)


class Shifts:
    """Counts, over all rows, what stands where it does not belong."""

    def __init__(self, desk: Desk) -> None:
        self._marks = [
            (home, mark) for mark in _MARKS if (home := desk.column(mark.reads_as)) is not None
        ]
        self._date = desk.column("date")
        self._seen: Counter[Shift] = Counter()

    def of(self, entry: Entry) -> Shift | None:
        """The shift of this row's date, if it has one; the rest of the row is then beyond
        judging. Shifts of times and answers are only counted."""
        of_date = None
        for home, mark in self._marks:
            shift = None if home in entry.unjudged else _shift(entry, home, mark)
            if shift is not None:
                self._seen[shift] += 1
                of_date = shift if home == self._date else of_date
        return of_date

    def throughout(self, entries: int) -> Shift | None:
        """The shift that more than half of the rows share, if any: of dates before the others."""
        for shift, count in sorted(self._seen.items(), key=lambda item: item[0].home):
            if count >= FEWEST and 2 * count > entries:
                return shift
        return None


def _shift(entry: Entry, home: int, mark: _Mark) -> Shift | None:
    if mark.holds(entry, entry.texts[home]):
        return None
    near = sorted(range(len(entry.texts)), key=lambda column: abs(column - home))
    for column in near[1:]:
        text = entry.texts[column]
        if abs(column - home) <= mark.reach and 0 < len(text) <= LONGEST and mark.looks(text):
            return Shift(home, column, mark.what)
    return None
