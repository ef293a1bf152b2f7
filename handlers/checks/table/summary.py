"""One cause behind many findings, told once; and what there is to say besides faults."""

from __future__ import annotations

import re
from collections.abc import Mapping

from config.kind import Kind
from config.kind_parts import part_phrase
from config.kind_shape import ReadAs
from config.rules import VALUE_REFUSALS
from handlers.checks.table.entry import TableEntry
from handlers.checks.table.shifted_entries import ColumnShift, ColumnSwap, ShiftCounter, SwapCounter
from handlers.checks.table.table_context import SenderNames, TableContext
from handlers.findings import CheckedTotal, Clues, Finding, FindingPlace, Findings
from handlers.values.agency_names import MAX_AGENCY_NAME_LENGTH, is_short_for
from handlers.values.normalise import fold_without_spaces

MIN_MONTH_FIRST = 3
MONTH_FIRST_RATIO = 4  # month-first dates for each one that is plainly not

_EITHER_WAY = re.compile(r"[\s?]*\d{1,2}\D+\d{1,2}\D+\d+[\s.]*", re.ASCII)


class MonthFirstDates:
    """What the dates so far say about how their author writes dates."""

    def __init__(self, column: int | None) -> None:
        self._column = column
        self._not = 0
        self.count = 0  # dates that can be read in no other way

    def count_entry(self, entry: TableEntry) -> None:
        if self._column is None:
            return
        day = entry.when.value
        if entry.when.refusal == "month-first":
            self.count += 1
        elif day and (day.day > 12 or not _EITHER_WAY.fullmatch(entry.texts[self._column])):
            self._not += 1

    @property
    def is_prevailing(self) -> bool:
        return self.count >= MIN_MONTH_FIRST and self.count >= MONTH_FIRST_RATIO * self._not


HEADING_RULES = frozenset({"heading-changed", "heading-missing", "heading-added"})


class CommonCauses:
    """What may lie behind the findings of one table."""

    def __init__(self, kind: Kind, context: TableContext) -> None:
        self._kind = kind
        self._context = context
        self._date = context.index_of_column("date")
        self._shifts = ShiftCounter(context)
        self._asked = context.includes_rule("columns-shifted")
        self._swaps = SwapCounter(context) if context.includes_rule("columns-swapped") else None
        self._month_first = MonthFirstDates(self._date)
        self._table: int | None = None

    def is_entry_in_place(self, entry: TableEntry) -> bool:
        """False where the row has moved under other headings and is not to be judged further."""
        self._table = self._table or entry.table
        if self._swaps is not None:
            self._swaps.count_entry(entry)
        shift = self._shifts.count_entry(entry) if self._asked else None
        if shift is None:
            self._month_first.count_entry(entry)
            return True
        self._context.add_cell_finding("columns-shifted", entry, shift.home, **self._words(shift))
        return False

    def are_dates_reliable(self, entries: int) -> bool:
        """Dates stand where they should and are written day first: their order means something."""
        shift = self._shift(entries)
        moved = self._date is None or (shift is not None and shift.first_column <= self._date)
        return not moved and not self._month_first.is_prevailing

    def gather_findings(self, entries: int) -> tuple[Finding, ...]:
        """Every finding, with those that one cause explains told as that cause."""
        asked = CheckedTotal(entries, "rows", HEADING_RULES)
        if self._month_first.is_prevailing:
            found = (self._written_month_first(), *self._context.notes.collect_findings(asked))
        else:
            found = (
                *self._context.notes.collect_findings(asked),
                *self._context.doubtful.collect_findings(asked),
            )
        shift = self._shift(entries)
        if shift is None:
            return self._swapped(found)
        one = self._one("columns-shifted", FindingPlace(self._table), **self._words(shift))
        before = {column.heading for column in self._context.columns[: shift.first_column]}
        return (one, *(finding for finding in found if _stands(finding, before)))

    def _swapped(self, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """With the two columns that have changed places told first. What is a fault stands."""
        swap = self._swaps.prevailing_swap() if self._swaps else None
        if swap is None:
            return found
        words = self._names_of(swap)
        one = self._one("columns-swapped", FindingPlace(self._table), **words)
        two = set(words.values())
        return (one, *(f for f in found if f.severity == "fault" or f.where.column not in two))

    def _names_of(self, swap: ColumnSwap) -> dict[str, str]:
        columns = self._context.columns
        return {"found": columns[swap.one].heading, "heading": columns[swap.other].heading}

    def _shift(self, entries: int) -> ColumnShift | None:
        return self._shifts.prevailing_shift(entries) if self._asked else None

    def _written_month_first(self) -> Finding:
        words = VALUE_REFUSALS["date"]["month-first-throughout"]
        says = words.says.format(count=f"{self._month_first.count:,}")
        where = FindingPlace(self._table, None, self._context.columns[self._date or 0].heading)
        return self._one("date-invalid", where, says=says, fix=words.fix)

    def _one(self, rule: str, where: FindingPlace, **words: str) -> Finding:
        notes = Findings(self._kind)
        notes.add(rule, where, None, "", **words)
        return notes.collect_findings()[0]

    def _words(self, shift: ColumnShift) -> dict[str, str]:
        columns = self._context.columns
        return {
            "what": shift.what,
            "found": columns[shift.found].heading,
            "heading": columns[shift.home].heading,
        }


def _stands(finding: Finding, before: set[str]) -> bool:
    """Whether it is about the headings, about no column, or about one the shift does not touch."""
    column = finding.where.column
    return finding.rule in HEADING_RULES or column is None or column in before


class EntryTally:
    def __init__(self, context: TableContext) -> None:
        self._context = context
        self._agency_column = context.index_of_column("agency")
        self._agency: str | None = ""  # None once two entries differ
        self.entries = 0
        self.dates = 0
        self.times = 0

    def count_entry(self, entry: TableEntry) -> None:
        self.entries += 1
        self.dates += entry.day is not None
        self.times += entry.at.value is not None and not (entry.at.style or entry.at.estimated)
        judged = self._agency_column not in entry.unjudged
        if judged and self._agency_column is not None and self._agency is not None:
            text = entry.texts[self._agency_column][:MAX_AGENCY_NAME_LENGTH]
            same = not self._agency or fold_without_spaces(text) == fold_without_spaces(
                self._agency
            )
            self._agency = (self._agency or text) if text and same else None

    def table_clues(self, rules: set[str]) -> Clues:
        """The agency is a clue only where every entry names one that is not the sender, or may be
        another that is called the same for short; `rules` are those that were broken."""
        sender = self._context.known.agency
        known = not self._agency or (
            sender
            and SenderNames(sender).is_named_by(self._agency)
            and not is_short_for(self._agency, sender.name)
        )
        moved = "columns-shifted" in rules
        return Clues(agency=None if known or moved else self._agency, rows=self.entries)

    @property
    def is_sender_named(self) -> bool:
        """Whether every entry names the agency that sent it, in one way."""
        sender = self._context.known.agency
        return bool(self._agency and sender and SenderNames(sender).is_named_by(self._agency))

    def phrases_of_parts(self, *, dates_hold: bool) -> Mapping[str, str]:
        """The phrase of each part that there is, by what was counted; whether a finding tells
        against it is not asked here."""
        known = self._context.known.agency is not None
        has = {
            "dates": self.dates == self.entries,
            "order": self.dates > 1 and dates_hold,
            "times": self.times == self.entries,
            "agency": known and self._has("agency"),
            "source": self._has("source"),
        }
        return {part: part_phrase(part, f"{self.entries:,}") for part in has if has[part]}

    def _has(self, reads_as: ReadAs) -> bool:
        return self._context.index_of_column(reads_as) is not None
