"""One cause behind many findings, told as one finding and not four hundred.

Does: watches for a column that has moved, for two that have changed places and for dates written
month first, and gathers the notebooks at the end: what such a cause explains is left out, and the
cause stands first.
Trusts: the desk.
Never touches: cells.
Known limits: three causes are known. Of others, what is so in every row (no source in any) is one
question or one advice (`handlers/throughout.py`).
"""

from __future__ import annotations

from config.kind import Kind
from config.refusals import REFUSALS
from handlers.finding import Finding, Where
from handlers.findings import Findings
from handlers.table.desk import Desk
from handlers.table.entry import Entry
from handlers.table.month_first import MonthFirst
from handlers.table.shift import Shift, Shifts
from handlers.table.swap import Swap, Swaps
from handlers.throughout import Throughout

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
