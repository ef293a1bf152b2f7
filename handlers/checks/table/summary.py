"""One cause behind many findings, told once; and what there is to say besides faults."""

from __future__ import annotations

import re
from collections.abc import Mapping

from config.kind import Kind
from config.kind_parts import called
from config.kind_shape import ReadAs
from config.rules import REFUSALS
from handlers.checks.table.entry import Entry
from handlers.checks.table.shifted_entries import Shift, Shifts, Swap, Swaps
from handlers.checks.table.table_context import Desk, Sender
from handlers.findings import Clues, Finding, Findings, Throughout, Where
from handlers.values.agency_names import stands_for
from handlers.values.normalise import squash

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


ABOUT_HEADINGS = frozenset({"heading-changed", "heading-missing", "heading-added"})


class Causes:
    """What may lie behind the findings of one table."""

    def __init__(self, kind: Kind, desk: Desk) -> None:
        self._kind = kind
        self._desk = desk
        self._date = desk.column("date")
        self._shifts = Shifts(desk)
        self._asked = desk.asks("columns-shifted")
        self._swaps = Swaps(desk) if desk.asks("columns-swapped") else None
        self._month_first = MonthFirst(self._date)
        self._table: int | None = None

    def hear(self, entry: Entry) -> bool:
        """False where the row has moved under other headings and is not to be judged further."""
        self._table = self._table or entry.table
        if self._swaps is not None:
            self._swaps.hear(entry)
        shift = self._shifts.of(entry) if self._asked else None
        if shift is None:
            self._month_first.hear(entry)
            return True
        self._desk.note("columns-shifted", entry, shift.home, **self._words(shift))
        return False

    def dates_hold(self, entries: int) -> bool:
        """Dates stand where they should and are written day first: their order means something."""
        shift = self._shift(entries)
        moved = self._date is None or (shift is not None and shift.first <= self._date)
        return not moved and not self._month_first.throughout

    def gathered(self, entries: int) -> tuple[Finding, ...]:
        """Every finding, with those that one cause explains told as that cause."""
        asked = Throughout(entries, "rows", ABOUT_HEADINGS)
        if self._month_first.throughout:
            found = (self._written_month_first(), *self._desk.notes.all(asked))
        else:
            found = (*self._desk.notes.all(asked), *self._desk.doubtful.all(asked))
        shift = self._shift(entries)
        if shift is None:
            return self._swapped(found)
        one = self._one("columns-shifted", Where(self._table), **self._words(shift))
        before = {column.heading for column in self._desk.columns[: shift.first]}
        return (one, *(finding for finding in found if _stands(finding, before)))

    def _swapped(self, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """With the two columns that have changed places told first. What is a fault stands."""
        swap = self._swaps.throughout() if self._swaps else None
        if swap is None:
            return found
        words = self._names_of(swap)
        one = self._one("columns-swapped", Where(self._table), **words)
        two = set(words.values())
        return (one, *(f for f in found if f.severity == "fault" or f.where.column not in two))

    def _names_of(self, swap: Swap) -> dict[str, str]:
        columns = self._desk.columns
        return {"found": columns[swap.one].heading, "heading": columns[swap.other].heading}

    def _shift(self, entries: int) -> Shift | None:
        return self._shifts.throughout(entries) if self._asked else None

    def _written_month_first(self) -> Finding:
        words = REFUSALS["date"]["month-first-throughout"]
        says = words.says.format(count=f"{self._month_first.count:,}")
        where = Where(self._table, None, self._desk.columns[self._date or 0].heading)
        return self._one("date-invalid", where, says=says, fix=words.fix)

    def _one(self, rule: str, where: Where, **words: str) -> Finding:
        notes = Findings(self._kind)
        notes.add(rule, where, None, "", **words)
        return notes.all()[0]

    def _words(self, shift: Shift) -> dict[str, str]:
        columns = self._desk.columns
        return {
            "what": shift.what,
            "found": columns[shift.found].heading,
            "heading": columns[shift.home].heading,
        }


def _stands(finding: Finding, before: set[str]) -> bool:
    """Whether it is about the headings, about no column, or about one the shift does not touch."""
    column = finding.where.column
    return finding.rule in ABOUT_HEADINGS or column is None or column in before


LONGEST = 80  # characters of an agency's name


class Tally:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._agency_column = desk.column("agency")
        self._agency: str | None = ""  # None once two entries differ
        self.entries = 0
        self.dates = 0
        self.times = 0

    def hear(self, entry: Entry) -> None:
        self.entries += 1
        self.dates += entry.day is not None
        self.times += entry.at.value is not None and not (entry.at.style or entry.at.estimated)
        judged = self._agency_column not in entry.unjudged
        if judged and self._agency_column is not None and self._agency is not None:
            text = entry.texts[self._agency_column][:LONGEST]
            same = not self._agency or squash(text) == squash(self._agency)
            self._agency = (self._agency or text) if text and same else None

    def clues(self, rules: set[str]) -> Clues:
        """The agency is a clue only where every entry names one that is not the sender, or may be
        another that is called the same for short; `rules` are those that were broken."""
        sender = self._desk.context.agency
        known = not self._agency or (
            sender
            and Sender(sender).is_named(self._agency)
            and not stands_for(self._agency, sender.name)
        )
        moved = "columns-shifted" in rules
        return Clues(agency=None if known or moved else self._agency, rows=self.entries)

    @property
    def names_sender(self) -> bool:
        """Whether every entry names the agency that sent it, in one way."""
        sender = self._desk.context.agency
        return bool(self._agency and sender and Sender(sender).is_named(self._agency))

    def there(self, *, dates_hold: bool) -> Mapping[str, str]:
        """The phrase of each part that there is, by what was counted; whether a finding tells
        against it is not asked here."""
        known = self._desk.context.agency is not None
        has = {
            "dates": self.dates == self.entries,
            "order": self.dates > 1 and dates_hold,
            "times": self.times == self.entries,
            "agency": known and self._has("agency"),
            "source": self._has("source"),
        }
        return {part: called(part, f"{self.entries:,}") for part in has if has[part]}

    def _has(self, reads_as: ReadAs) -> bool:
        return self._desk.column(reads_as) is not None
