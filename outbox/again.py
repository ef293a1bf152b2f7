"""Asking once more, on common days, what an agency owes that has been through its ladder.

Does: decides which of an agency's returns have been through their ladder, and whether they are to
be asked for again today. Pure.
Trusts: what was told, and on which day.
Never touches: the register, the queue.
Known limits: what was told on a day that is not known counts as told on its day of the ladder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.calendar import Calendar
from config.ladder import TO_CHAIR, Ladder, LadderLetter, Rung
from handlers.register.matrix import ReturnRow
from outbox.ladder import Step, last_of, reached
from outbox.letter import Rungs
from outbox.readers import Reader

AGAIN: LadderLetter = "escalation"  # the letter by which a step is taken once more

# Which rung, to which contact (None: the chair), and on which day where that is known.
Told = Mapping[tuple[Rungs, int | None], date | None]


@dataclass(frozen=True, slots=True)
class Week:
    """One agency's ladder on a day: `owed` is what it may be asked for, `come` the rungs that these
    have come to. `stands` gives the day of the ladder on which a return stands."""

    owed: Sequence[ReturnRow]
    come: Sequence[Step]
    told: Told
    ladder: Ladder
    calendar: Calendar
    today: date
    stands: Callable[[ReturnRow], date]
    readers: Sequence[Reader]

    def through(self) -> list[Step]:
        """What has been through its ladder, each with the step by which it is asked for today: so
        late, by an escalation to those who are to hear of its last step."""
        return list(self._through()) if self.ladder.again else []

    def asks_again(self) -> bool:
        """Whether that is to be asked for today: so many working days after the agency was last
        written to about anything late. Where another return comes to a step of its own within less
        than that, one letter then says it all, unless they have waited for twice as long."""
        through = self.through()
        if not through:
            return False
        waited = self.calendar.late_by(self._last_day(through), self.today)
        if waited < self.ladder.again:
            return False
        return waited >= 2 * self.ladder.again or not self._step_comes(through)

    def standing(self) -> Iterator[Step]:
        """The last step of what has been through its ladder, for whoever was not registered when
        it was taken."""
        for row, _ in self.through():
            last = last_of(self.ladder.of(row.kind))
            if last is not None and self._heard(row, last.days):
                yield row, last

    def _through(self) -> Iterator[Step]:
        for row, rung in self.come:
            last = last_of(self.ladder.of(row.kind))
            if last is None or rung.days < last.days:
                continue
            if rung.days > last.days or self._heard(row, last.days):
                late = self.calendar.late_by(row.due, self.today)
                yield row, Rung(late, AGAIN, last.to, self.ladder.again)

    def _heard(self, row: ReturnRow, least: int) -> list[date]:
        """The days on which a rung of it was told first, from this one on, but for the chair's."""
        first = dict[int, date]()
        for (rung, contact), day in self.told.items():
            of_it = (rung.return_id, rung.due_version) == (row.id, row.due_version)
            if of_it and contact is not None and rung.days >= least:
                day = day or self.calendar.shift(row.due, rung.days)
                first[rung.days] = min(day, first.get(rung.days, day))
        return list(first.values())

    def _last_day(self, through: Sequence[Step]) -> date:
        """The day on which its people heard last of anything late; else of the first last step."""
        days = [day for row in self.owed for day in self._heard(row, 1)]
        if days:
            return max(days)
        lasts = ((row, last_of(self.ladder.of(row.kind))) for row, _ in through)
        return min(self.calendar.shift(row.due, last.days) for row, last in lasts if last)

    def _step_comes(self, through: Sequence[Step]) -> bool:
        """Whether what is still on its ladder comes to a step of it before the next such day."""
        done = {row.id for row, _ in through}
        return any(self._comes(row) for row in self.owed if row.id not in done)

    def _comes(self, row: ReturnRow) -> bool:
        here, rungs = self.stands(row), self.ladder.of(row.kind)
        soon = self.calendar.shift(here, self.ladder.again - 1)
        now, then = (reached(row.due, rungs, self.calendar, day) for day in (here, soon))
        return then is not None and then != now and then.letter not in ("reminder", TO_CHAIR)
