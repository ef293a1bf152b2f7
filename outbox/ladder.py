"""Climbing the ladder: which rung of it a return has reached.

Does: decides, from due dates and working days, the latest rung reached and which rungs an
answer stands for. Pure.
Trusts: the calendar.
Never touches: the register, the queue.
Known limits: a rung counts from the start of its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import get_args

from config.calendar import Calendar
from config.ladder import TO_CHAIR, Ladder, LadderLetter, Rung
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import CHASED
from outbox.letter import Rungs

Step = tuple[ReturnRow, Rung]  # a return and the rung it has come to
NEAR = 2  # working days: a reminder that would follow within so many is in the letter before it
_ORDER: tuple[LadderLetter, ...] = get_args(LadderLetter)  # a later one says more


def reached(due: date, ladder: Sequence[Rung], calendar: Calendar, today: date) -> Rung | None:
    """The latest rung whose day has come; the ones before it are never sent late
    (failure mode 80c)."""
    come = [rung for rung in ladder if calendar.shift(due, rung.days) <= today]
    return come[-1] if come else None


def last_of(ladder: Sequence[Rung]) -> Rung | None:
    """The last step that goes by itself once something is late."""
    late = [rung for rung in ladder if rung.letter != TO_CHAIR and rung.days > 0]
    return late[-1] if late else None


def gone_on(
    row: ReturnRow,
    ladder: Ladder,
    calendar: Calendar,
    today: date,
    heard: Mapping[int, date],
    hears: Callable[[Rung], bool] = lambda rung: True,
) -> date:
    """The day of the ladder on which a return stands whose silence a person has ended, or of which
    a step was told late: step by step from where it was, each as long after the one before as the
    ladder has it.

    `heard` are the steps since it was due that somebody was told of, each with its day; `hears`
    says whether there is anybody to be told of one.
    """
    late = calendar.late_by(row.due, today)
    late_steps = [(days, on) for days, on in heard.items() if days > 0]
    last, day = max(late_steps, default=(0, None))
    since = calendar.late_by(day, today) if day else late
    stood = min((days + calendar.late_by(on, today) for days, on in late_steps), default=since)
    following = [r.days for r in ladder.of(row.kind) if r.days > last and r.days > 0 and hears(r)]
    if not late or (not following and since >= ladder.again):
        return today
    return calendar.shift(row.due, min([late, stood, *following[:1]] if following else [last]))


def told_late(row: ReturnRow, calendar: Calendar, heard: Mapping[int, date]) -> bool:
    """Whether the step that was told last since it was due was told after its day."""
    last = max((days for days in heard if days > 0), default=0)
    return last > 0 and heard[last] > calendar.shift(row.due, last)


def how_much(letter: LadderLetter) -> int:
    """How much a letter says: an escalation more than a chaser."""
    return _ORDER.index(letter)


def least_of(ladder: Sequence[Rung], letter: LadderLetter) -> int:
    """The days of the first step by which something late is told in such a letter, or in one that
    says more. Where there is none it is the last step, taken once more."""
    late = [rung for rung in ladder if rung.days > 0 and rung.letter != TO_CHAIR]
    as_much = (rung.days for rung in late if how_much(rung.letter) >= how_much(letter))
    return next(as_much, late[-1].days + 1 if late else 1)


def stood_for_by(letter: LadderLetter, step: Step, ladder: Ladder) -> Step:
    """The step of a late return for which a letter stands that names it: that return's own such
    step, though its day would come later or has passed."""
    row, rung = step
    if rung.letter == letter:
        return step
    same = [each for each in ladder.of(row.kind) if each.letter == letter and each.days > 0]
    if how_much(rung.letter) > how_much(letter):
        passed = [each for each in same if each.days <= rung.days]
        return row, (passed[-1] if passed else rung)
    last = last_of(ladder.of(row.kind))
    beyond = Rung(last.days + 1, letter, last.to, ladder.again) if last else rung
    return row, next((each for each in same if each.days > rung.days), beyond)


def steps(
    agency: AgencyRow,
    ladder: Ladder,
    calendar: Calendar,
    today: date,
    stands: Callable[[ReturnRow], date] | None = None,
) -> Iterator[Step]:
    """The rung that each return of an agency has come to, as far as it is still owed. `stands`
    gives the day of the ladder on which a return stands; today unless given."""
    for row in agency.returns:
        if row.state in CHASED:
            day = stands(row) if stands else today
            rung = reached(row.due, ladder.of(row.kind), calendar, day)
            if rung is not None:
                yield row, rung


def told_by(
    agency: AgencyRow, ladder: Ladder, calendar: Calendar, today: date
) -> tuple[Rungs, ...]:
    """The reminders that a letter stands for which says what is due and when: an answer by its
    checklist, and a letter about more time. Nobody needs to be reminded of the same within the next
    days. It never stands for a chaser, nor for the reminder on the day itself before that comes."""
    come = {row.id: (row, rung) for row, rung in steps(agency, ladder, calendar, today)}
    for row in agency.returns:
        rung = soon(row, ladder, calendar, today) if row.state in CHASED else None
        if rung is not None:
            come[row.id] = (row, rung)
    return tuple(stood_for(step) for step in come.values() if step[1].letter == "reminder")


def soon(row: ReturnRow, ladder: Ladder, calendar: Calendar, today: date) -> Rung | None:
    """The reminder that has come or comes within days, but for that of the day on which it is
    due."""
    rung = reached(row.due, ladder.of(row.kind), calendar, calendar.shift(today, NEAR))
    return rung if rung is not None and rung.days < 0 else None


def stood_for(step: Step) -> Rungs:
    row, rung = step
    return Rungs(row.id, row.due_version, rung.days)
