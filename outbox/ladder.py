"""Climbing the ladder: which rung of it a return has reached.

Does: decides, from due dates and working days, the latest rung reached and which rungs an
answer stands for. Pure.
Trusts: the calendar.
Never touches: the register, the queue.
Known limits: a rung counts from the start of its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from config.calendar import Calendar
from config.ladder import Rung
from handlers.register.matrix import AgencyRow
from handlers.register.returns import CHASED
from outbox.letter import Rungs


def reached(due: date, ladder: Sequence[Rung], calendar: Calendar, today: date) -> Rung | None:
    """The latest rung whose day has come; the ones before it are never sent late
    (failure mode 80c)."""
    come = [rung for rung in ladder if calendar.shift(due, rung.days) <= today]
    return come[-1] if come else None


def told_by(
    agency: AgencyRow, ladder: Sequence[Rung], calendar: Calendar, today: date
) -> tuple[Rungs, ...]:
    """The reminders an answer stands for: its checklist says what is due and when, so nobody
    needs to be reminded of the same the next morning. It never stands for a chaser."""
    told = []
    for owed in agency.returns:
        rung = reached(owed.due, ladder, calendar, today) if owed.state in CHASED else None
        if rung is not None and rung.letter == "reminder":
            told.append(Rungs(owed.id, owed.due_version, rung.days))
    return tuple(told)
