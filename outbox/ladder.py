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

from config.calendar import Calendar
from config.ladder import TO_CHAIR, Ladder, Rung
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import CHASED
from outbox.letter import Rungs

Step = tuple[ReturnRow, Rung]  # a return and the rung it has come to


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
    heard: Mapping[int, date | None],
    hears: Callable[[Rung], bool] = lambda rung: True,
) -> date:
    """The day of the ladder on which a return stands whose silence a person has ended: step by step
    from where it was, each as long after the one before as the ladder has it.

    `heard` are the steps since it was due that somebody was told of, each with its day; `hears`
    says whether there is anybody to be told of one.
    """
    late = calendar.late_by(row.due, today)
    last = max((days for days in heard if days > 0), default=0)
    day = heard.get(last)
    since = calendar.late_by(day, today) if day else late
    following = [r.days for r in ladder.of(row.kind) if r.days > last and r.days > 0 and hears(r)]
    if not late or (not following and since >= ladder.again):
        return today
    return calendar.shift(
        row.due, min([late, last + since, *following[:1]] if following else [last])
    )


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
    """The reminders an answer stands for: its checklist says what is due and when, so nobody
    needs to be reminded of the same the next morning. It never stands for a chaser."""
    return tuple(
        stood_for(step)
        for step in steps(agency, ladder, calendar, today)
        if step[1].letter == "reminder"
    )


def stood_for(step: Step) -> Rungs:
    row, rung = step
    return Rungs(row.id, row.due_version, rung.days)
