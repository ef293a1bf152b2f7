"""What there is to say of a chronology besides its faults.

Does: counts entries, and those whose date and time are right; notes the agency if every entry
names the same; says which parts there are to be called in order.
Trusts: entries as `entry.lay` makes them.
Never touches: the document.
Known limits: where the sender is not known, nor is whether the agency in every row is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from config.parts import called
from config.shape import ReadAs
from handlers.finding import Clues
from handlers.table.desk import Desk
from handlers.table.entry import Entry
from handlers.table.sender import Sender
from handlers.typed.fold import squash
from handlers.typed.short_name import stands_for

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
