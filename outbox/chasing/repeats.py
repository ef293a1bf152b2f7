"""Asks once more, on common days, what an agency owes; one letter a reader and day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from config.calendar import Calendar
from config.ladder import CHAIR_LETTER, Ladder, LadderLetter, LadderStep
from handlers.register.matrix import ReturnRow
from outbox.due.ladder_steps import (
    NEAR_WORKING_DAYS,
    ReachedStep,
    ToldSteps,
    first_days_told_by,
    last_late_rung,
    letter_weight,
    reached_rung,
    reminder_due_soon,
    step_covered_by,
)
from outbox.due.recipients import LetterReader

REPEAT_LETTER: LadderLetter = "escalation"  # the letter by which a step is taken once more
# Working days: what is late is asked of one reader no sooner after the last such letter, unless it
# is at its last step.
APART = 2


@dataclass(frozen=True, slots=True)
class ChasingWeek:
    """One agency's ladder on a day: `owed` is what it may be asked for, `come` the rungs that these
    have come to. `stands` gives the day of the ladder on which a return stands."""

    owed: Sequence[ReturnRow]
    come: Sequence[ReachedStep]
    told: ToldSteps
    ladder: Ladder
    calendar: Calendar
    today: date
    stands: Callable[[ReturnRow], date]
    readers: Sequence[LetterReader]

    def repeat_steps(self) -> list[ReachedStep]:
        """What has been through its ladder, each with the step by which it is asked for today: so
        late, by an escalation to those who are to hear of its last step."""
        return list(self._through()) if self.ladder.again else []

    def is_repeat_day(self) -> bool:
        """Whether that is to be asked for today: so many working days after it was asked for last.
        Where another return comes to a step of its own on the day after, one letter then says it
        all."""
        through = self.repeat_steps()
        if not through:
            return False
        waited = self.calendar.working_days_late(self._last_day(through), self.today)
        if waited != self.ladder.again:
            return waited > self.ladder.again
        return not self._step_comes(through)

    def with_weekly_pace(self) -> ChasingWeek:
        """The same, where the escalations of other returns wait for the day on which is asked again
        once it is asked weekly: all that is late is then in one letter."""
        if not self._weekly():
            return self
        today = self.is_repeat_day()
        come = (self._in_pace(step, asks=today) for step in self.come)
        return replace(self, come=tuple(step for step in come if step is not None))

    def was_told_lately(self, row: ReturnRow, letter: LadderLetter, contact: int) -> bool:
        """Whether a reader was told of it by as much a letter, and is not to hear the same again so
        soon."""
        day = self.told.last_told_day(
            row, first_days_told_by(self.ladder.steps_for_kind(row.kind), letter), contact
        )
        again = self.ladder.again
        return day is not None and (
            not again or self.calendar.working_days_late(day, self.today) < again
        )

    def late_steps(self) -> Iterator[ReachedStep]:
        """What is late, each with the last step it has come to that goes by itself."""
        through = {row.id for row, _ in self.repeat_steps()}
        for row, rung in self.come:
            last = last_late_rung(self.ladder.steps_for_kind(row.kind))
            if last is not None and row.id in through:
                yield row, last
            elif rung.letter not in ("reminder", CHAIR_LETTER):
                yield row, rung

    def last_steps_taken(self) -> Iterator[ReachedStep]:
        """The last step of what has been through its ladder, for whoever was not registered when
        it was taken."""
        for row, _ in self.repeat_steps():
            last = last_late_rung(self.ladder.steps_for_kind(row.kind))
            if last is not None and self._heard(row, last.days):
                yield row, last

    def _through(self) -> Iterator[ReachedStep]:
        weekly = bool(self._weekly())
        for row, rung in self.come:
            last = last_late_rung(self.ladder.steps_for_kind(row.kind))
            if last is None or rung.days < last.days:
                continue
            waits = weekly and self._escalates(row) is not None
            if self._heard(row, last.days) or (rung.days > last.days and not waits):
                late = self.calendar.working_days_late(row.due, self.today)
                yield row, LadderStep(late, REPEAT_LETTER, last.to, self.ladder.again)

    def _weekly(self) -> list[date]:
        """The days on which what has been through its ladder was asked for, where that goes on;
        none where nothing is, or after a long stop."""
        days = list[date]()
        for row, rung in self.come:
            last = last_late_rung(self.ladder.steps_for_kind(row.kind))
            if last is not None and rung.days >= last.days and self._heard(row, last.days):
                days += self._heard(
                    row, first_days_told_by(self.ladder.steps_for_kind(row.kind), REPEAT_LETTER)
                )
        since = self.calendar.working_days_late(max(days), self.today) if days else 0
        return days if days and since <= self.ladder.again + 1 else []

    def _escalates(self, row: ReturnRow) -> LadderStep | None:
        """The first escalation of a return's own ladder of which nobody was told."""
        rungs = [
            rung for rung in self.ladder.steps_for_kind(row.kind) if rung.letter == REPEAT_LETTER
        ]
        return next((rung for rung in rungs if not self._heard(row, rung.days)), None)

    def _in_pace(self, step: ReachedStep, *, asks: bool) -> ReachedStep | None:
        """The step; of a return that has come to an escalation that one, where `asks` says that its
        day is today, else the step before it, if that is one of what is late."""
        row, rung = step
        escalation = self._escalates(row)
        if escalation is None or rung.days < escalation.days:
            return step
        if asks:
            return row, escalation
        before = [
            each for each in self.ladder.steps_for_kind(row.kind) if 0 < each.days < escalation.days
        ]
        return (row, before[-1]) if before else None

    def _heard(self, row: ReturnRow, least: int) -> list[date]:
        """The days on which a rung of it was told first, from this one on, but for the chair's."""
        return [day for days, day in self.told.first_told_days(row).items() if days >= least]

    def _last_day(self, through: Sequence[ReachedStep]) -> date:
        """The day on which any of it was asked for last; else that of its last step, of the first
        of them."""
        rows = [(row, self.ladder.steps_for_kind(row.kind)) for row, _ in through]
        days = [
            day
            for row, rungs in rows
            for day in self._heard(row, first_days_told_by(rungs, REPEAT_LETTER))
        ]
        lasts = [(row, last) for row, rungs in rows if (last := last_late_rung(rungs)) is not None]
        days = days or [day for row, last in lasts for day in self._heard(row, last.days)]
        return (
            max(days)
            if days
            else min(self.calendar.add_working_days(r.due, x.days) for r, x in lasts)
        )

    def _step_comes(self, through: Sequence[ReachedStep]) -> bool:
        """Whether what is still on its ladder comes to a step of it on the next working day."""
        done = {row.id for row, _ in through}
        return any(self._comes(row) for row in self.owed if row.id not in done)

    def _comes(self, row: ReturnRow) -> bool:
        here, rungs = self.stands(row), self.ladder.steps_for_kind(row.kind)
        now = reached_rung(row.due, rungs, self.calendar, here)
        then = reached_rung(row.due, rungs, self.calendar, self.calendar.add_working_days(here, 1))
        return then is not None and then != now and then.letter not in ("reminder", CHAIR_LETTER)


def is_still_untold(step: ReachedStep, reader: LetterReader, week: ChasingWeek) -> bool:
    """Whether this reader is to hear of it and was not told."""
    row, rung = step
    heard = week.told.was_reader_told(row, rung.days, reader.recipient.contact_id)
    return not heard and reader.is_told_of(rung, row.due, week.readers)


def steps_for_reader(
    reader: LetterReader, week: ChasingWeek, again: Sequence[ReachedStep]
) -> list[ReachedStep]:
    """What this reader is to hear of and was not told; `again` is what is asked for once more
    today."""
    fresh = {
        row.id: (row, rung)
        for row, rung in again
        if reader.is_told_of(rung, row.due, week.readers)
        and not _lately(row, REPEAT_LETTER, reader, week)
    }
    for step in (*week.come, *week.last_steps_taken()):
        if step[0].id not in fresh and is_still_untold(step, reader, week):
            fresh[step[0].id] = _nearest(step, week)
    letter = letter_kind_for(list(fresh.values()))
    return [_as_told_in(letter, step, week) for step in fresh.values()]


def spaced(
    own: Sequence[ReachedStep],
    reader: LetterReader,
    returns: Sequence[ReturnRow],
    week: ChasingWeek,
) -> list[ReachedStep]:
    """Of these what the reader is to hear today: of what is late nothing so soon after they heard
    of another of their agency's returns, but with the next letter about it. What is only due is
    reminded of all the same."""
    contact = reader.recipient.contact_id
    day = week.told.chased([row.id for row in returns], contact) if contact is not None else None
    if day is None or week.calendar.working_days_late(day, week.today) >= APART:
        return list(own)
    if any(_is_last(step, week) for step in own):
        return list(own)
    return [step for step in own if step[1].letter == "reminder"]


def _is_last(step: ReachedStep, week: ChasingWeek) -> bool:
    last = last_late_rung(week.ladder.steps_for_kind(step[0].kind))
    return last is not None and step[1].days >= last.days


def letter_kind_for(steps: Sequence[ReachedStep]) -> LadderLetter:
    """The letter by which these are told together: the one that says most."""
    return max((rung.letter for _, rung in steps), key=letter_weight, default="reminder")


def joined_steps(
    reader: LetterReader, own: Sequence[ReachedStep], week: ChasingWeek
) -> list[ReachedStep]:
    """What else the letter about these says; the chair's says no more."""
    if not own or any(rung.letter == CHAIR_LETTER for _, rung in own):
        return []
    said, letter = {row.id for row, _ in own}, letter_kind_for(own)
    more = dict[int, ReachedStep]()
    if letter != "reminder":
        more = {
            row.id: _as_told_in(letter, (row, rung), week)
            for row, rung in week.late_steps()
            if not _lately(row, letter, reader, week)
        }
    for row, rung in _soon(week):
        if row.id not in more and is_still_untold((row, rung), reader, week):
            more[row.id] = (row, rung)
    return [step for id, step in more.items() if id not in said]


def _lately(row: ReturnRow, letter: LadderLetter, reader: LetterReader, week: ChasingWeek) -> bool:
    """Whether such a letter would tell this reader again what they heard within the week."""
    contact = reader.recipient.contact_id
    return contact is not None and week.was_told_lately(row, letter, contact)


def _as_told_in(letter: LadderLetter, step: ReachedStep, week: ChasingWeek) -> ReachedStep:
    """A letter that names what is late stands for that return's own step of its sort."""
    if step[1].letter == "reminder" or letter == CHAIR_LETTER:
        return step
    return step_covered_by(letter, step, week.ladder)


def _nearest(step: ReachedStep, week: ChasingWeek) -> ReachedStep:
    """A reminder that is taken late stands for the next, where that would follow within days."""
    row, rung = step
    if (
        rung.letter != "reminder"
        or week.calendar.add_working_days(row.due, rung.days) >= week.today
    ):
        return step
    following = _following(week, row, rung)
    within = week.calendar.add_working_days(week.today, NEAR_WORKING_DAYS)
    if following is None or week.calendar.add_working_days(row.due, following.days) > within:
        return step
    return row, following


def _following(week: ChasingWeek, row: ReturnRow, rung: LadderStep) -> LadderStep | None:
    """The reminder after this one."""
    pairs = pairwise(week.ladder.steps_for_kind(row.kind))
    return next((b for a, b in pairs if a == rung and b.letter == "reminder"), None)


def _soon(week: ChasingWeek) -> Iterator[ReachedStep]:
    """The reminders whose day comes within days, but for that of the day on which it is due."""
    for row in week.owed:
        rung = reminder_due_soon(row, week.ladder, week.calendar, week.today)
        if rung is not None:
            yield row, rung
