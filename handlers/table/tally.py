"""What there is to say of a chronology besides its faults.

Does: counts entries, and those whose date and time are right; notes the agency if every entry
names the same; puts what was in order into words.
Trusts: entries as `entry.lay` makes them.
Never touches: the document.
Known limits: "in order" is said of what is counted here and of what no finding was noted on.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.shape import ReadAs
from handlers.finding import Clues
from handlers.table.desk import Desk
from handlers.table.entry import Entry
from handlers.table.sender import Sender
from handlers.typed.fold import squash

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
        if self._agency_column is not None and self._agency is not None:
            text = entry.texts[self._agency_column][:LONGEST]
            same = not self._agency or squash(text) == squash(self._agency)
            self._agency = (self._agency or text) if text and same else None

    def clues(self, rules: set[str]) -> Clues:
        """The agency is a clue only where every entry names one that is not the sender; `rules`
        are those that were broken."""
        sender = self._desk.context.agency
        known = not self._agency or (sender and Sender(sender).is_named(self._agency))
        moved = "columns-shifted" in rules
        return Clues(agency=None if known or moved else self._agency, rows=self.entries)

    def in_order(self, rules: set[str]) -> Iterator[str]:
        """Noun phrases for what was in order; `rules` are those that were broken."""
        if self.dates == self.entries and not rules & {"date-invalid", "date-outside-period"}:
            yield _all(self.entries, "date")
        if self.dates > 1 and not rules & {"order", "order-throughout"}:
            yield "the order of events"
        if self.times == self.entries:
            yield _all(self.entries, "time")
        if not rules & {"agency-missing", "agency-other"} and self._has("agency"):
            yield "the agency in every row"
        if "source-missing" not in rules and self._has("source"):
            yield "the source of every entry"

    def _has(self, reads_as: ReadAs) -> bool:
        return self._desk.column(reads_as) is not None


def _all(count: int, noun: str) -> str:
    return f"the {noun}" if count == 1 else f"all {count:,} {noun}s"
