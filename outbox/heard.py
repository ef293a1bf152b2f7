"""What was heard: which step of the ladder each reader was told of, for which return, on which day.

Does: holds a record for every letter, return and reader, and answers who heard what, since when.
Pure.
Trusts: what was written in the queue, or is foreseen.
Never touches: the ledger.
Known limits: a letter counts from the day on which it was written, whenever it leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.register.matrix import ReturnRow
from outbox.letter import Draft, Rungs


@dataclass(frozen=True, slots=True)
class Hearing:
    """One reader was told of a step; `contact` is None for the chair's office. A step may be told
    to the same reader again, in a letter that says all that is late."""

    step: Rungs
    contact: int | None
    day: date


class Heard:
    """Every hearing, by the return that it is about."""

    def __init__(self, hearings: Iterable[Hearing] = ()) -> None:
        self._of = defaultdict[int, list[Hearing]](list)
        for hearing in hearings:
            self._of[hearing.step.return_id].append(hearing)

    def and_of(self, drafts: Iterable[Draft], day: date) -> Heard:
        """The same, once these were written as well."""
        more = Heard()
        more._of.update({id: list(hearings) for id, hearings in self._of.items()})
        for draft in drafts:
            for step in draft.rungs:
                hearing = Hearing(step, draft.recipient.contact_id, day)
                more._of[step.return_id].append(hearing)
        return more

    def of(self, row: ReturnRow) -> Sequence[Hearing]:
        """What was told of a return, for the day on which it is due now."""
        found = self._of.get(row.id, ())
        return [one for one in found if one.step.due_version == row.due_version]

    def has(self, row: ReturnRow, days: int, contact: int | None) -> bool:
        """Whether a reader was told of a step. An agency's own were too where they heard of one
        after it; the chair's office of its own step alone."""
        return any(
            one.contact == contact
            and (one.step.days == days if contact is None else one.step.days >= days)
            for one in self.of(row)
        )

    def last(self, row: ReturnRow, least: int, contact: int) -> date | None:
        """The day on which a reader was last told of it by a step from this one on."""
        theirs = (one for one in self.of(row) if one.contact == contact)
        return max((one.day for one in theirs if one.step.days >= least), default=None)

    def first_days(self, row: ReturnRow, *, chair: bool = False) -> dict[int, date]:
        """The steps of which anybody of the agency was told, each with the day of the first such
        letter; with `chair` those of its office too."""
        found = dict[int, date]()
        for one in self.of(row):
            if chair or one.contact is not None:
                days = one.step.days
                found[days] = min(one.day, found.get(days, one.day))
        return found
