"""Asking once more, on common days, what an agency owes that has been through its ladder.

Does: decides which of an agency's returns have been through their ladder, whether they are to be
asked for again today, and which steps of others wait for that day. Pure.
Trusts: what was heard, and on which day.
Never touches: the register, the queue.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.calendar import Calendar
from config.ladder import TO_CHAIR, Ladder, LadderLetter, Rung
from handlers.register.matrix import ReturnRow
from outbox.heard import Heard
from outbox.ladder import Step, last_of, least_of, reached
from outbox.readers import Reader

AGAIN: LadderLetter = "escalation"  # the letter by which a step is taken once more


@dataclass(frozen=True, slots=True)
class Week:
    """One agency's ladder on a day: `owed` is what it may be asked for, `come` the rungs that these
    have come to. `stands` gives the day of the ladder on which a return stands."""

    owed: Sequence[ReturnRow]
    come: Sequence[Step]
    told: Heard
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
        """Whether that is to be asked for today: so many working days after it was asked for last.
        Where another return comes to a step of its own on the day after, one letter then says it
        all."""
        through = self.through()
        if not through:
            return False
        waited = self.calendar.late_by(self._last_day(through), self.today)
        if waited != self.ladder.again:
            return waited > self.ladder.again
        return not self._step_comes(through)

    def paced(self) -> Week:
        """The same, where the escalations of other returns wait for the day on which is asked again
        once it is asked weekly: all that is late is then in one letter."""
        if not self._weekly():
            return self
        today = self.asks_again()
        come = (self._in_pace(step, asks=today) for step in self.come)
        return replace(self, come=tuple(step for step in come if step is not None))

    def lately(self, row: ReturnRow, letter: LadderLetter, contact: int) -> bool:
        """Whether a reader was told of it by as much a letter, and is not to hear the same again so
        soon."""
        day = self.told.last(row, least_of(self.ladder.of(row.kind), letter), contact)
        again = self.ladder.again
        return day is not None and (not again or self.calendar.late_by(day, self.today) < again)

    def late(self) -> Iterator[Step]:
        """What is late, each with the last step it has come to that goes by itself."""
        through = {row.id for row, _ in self.through()}
        for row, rung in self.come:
            last = last_of(self.ladder.of(row.kind))
            if last is not None and row.id in through:
                yield row, last
            elif rung.letter not in ("reminder", TO_CHAIR):
                yield row, rung

    def standing(self) -> Iterator[Step]:
        """The last step of what has been through its ladder, for whoever was not registered when
        it was taken."""
        for row, _ in self.through():
            last = last_of(self.ladder.of(row.kind))
            if last is not None and self._heard(row, last.days):
                yield row, last

    def _through(self) -> Iterator[Step]:
        weekly = bool(self._weekly())
        for row, rung in self.come:
            last = last_of(self.ladder.of(row.kind))
            if last is None or rung.days < last.days:
                continue
            waits = weekly and self._escalates(row) is not None
            if self._heard(row, last.days) or (rung.days > last.days and not waits):
                late = self.calendar.late_by(row.due, self.today)
                yield row, Rung(late, AGAIN, last.to, self.ladder.again)

    def _weekly(self) -> list[date]:
        """The days on which what has been through its ladder was asked for, where that goes on;
        none where nothing is, or after a long stop."""
        days = list[date]()
        for row, rung in self.come:
            last = last_of(self.ladder.of(row.kind))
            if last is not None and rung.days >= last.days and self._heard(row, last.days):
                days += self._heard(row, least_of(self.ladder.of(row.kind), AGAIN))
        since = self.calendar.late_by(max(days), self.today) if days else 0
        return days if days and since <= self.ladder.again + 1 else []

    def _escalates(self, row: ReturnRow) -> Rung | None:
        """The first escalation of a return's own ladder of which nobody was told."""
        rungs = [rung for rung in self.ladder.of(row.kind) if rung.letter == AGAIN]
        return next((rung for rung in rungs if not self._heard(row, rung.days)), None)

    def _in_pace(self, step: Step, *, asks: bool) -> Step | None:
        """The step; of a return that has come to an escalation that one, where `asks` says that its
        day is today, else the step before it, if that is one of what is late."""
        row, rung = step
        escalation = self._escalates(row)
        if escalation is None or rung.days < escalation.days:
            return step
        if asks:
            return row, escalation
        before = [each for each in self.ladder.of(row.kind) if 0 < each.days < escalation.days]
        return (row, before[-1]) if before else None

    def _heard(self, row: ReturnRow, least: int) -> list[date]:
        """The days on which a rung of it was told first, from this one on, but for the chair's."""
        return [day for days, day in self.told.first_days(row).items() if days >= least]

    def _last_day(self, through: Sequence[Step]) -> date:
        """The day on which any of it was asked for last; else that of its last step, of the first
        of them."""
        rows = [(row, self.ladder.of(row.kind)) for row, _ in through]
        days = [day for row, rungs in rows for day in self._heard(row, least_of(rungs, AGAIN))]
        lasts = [(row, last) for row, rungs in rows if (last := last_of(rungs)) is not None]
        days = days or [day for row, last in lasts for day in self._heard(row, last.days)]
        return max(days) if days else min(self.calendar.shift(r.due, x.days) for r, x in lasts)

    def _step_comes(self, through: Sequence[Step]) -> bool:
        """Whether what is still on its ladder comes to a step of it on the next working day."""
        done = {row.id for row, _ in through}
        return any(self._comes(row) for row in self.owed if row.id not in done)

    def _comes(self, row: ReturnRow) -> bool:
        here, rungs = self.stands(row), self.ladder.of(row.kind)
        now = reached(row.due, rungs, self.calendar, here)
        then = reached(row.due, rungs, self.calendar, self.calendar.shift(here, 1))
        return then is not None and then != now and then.letter not in ("reminder", TO_CHAIR)
