"""Puts what is late and what is due soon into lines, with what was done about it last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from config.calendar import Calendar, clock_time, date_without_year
from config.english import count_noun, join_with_and
from config.kind import Kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import CHASED_STATES
from outbox.due.waiting_matters import MoreTimeAsked
from outbox.writing.letter import LetterKind

# What each letter did, worst last.
_DID: Mapping[LetterKind, str] = {
    "reminder": "reminded",
    "chaser": "chased",
    "escalation": "manager told",
    "to-chair": "the chair's office told",
}
_IS: Mapping[LetterKind, str] = {
    "reminder": "a reminder",
    "chaser": "a chaser",
    "escalation": "a letter to the manager",
    "to-chair": "a letter to the chair's office",
}


@dataclass(frozen=True, slots=True)
class ChasingStep:
    """A letter about a return, and the day on which it left. `drafted`: for a person to send;
    `unsent`: it has not left, and that is the day on which it was written; `before`: it was about
    another due date; `leaving`: it was written with what tells of it, and nothing keeps it."""

    kind: LetterKind
    day: date
    drafted: bool = False
    unsent: bool = False
    before: bool = False
    leaving: bool = False


ChasingSteps = Mapping[int, Sequence[ChasingStep]]  # by the return's id


@dataclass(frozen=True, slots=True)
class ChasedReturn:
    """A return that is chased, and whose it is."""

    case: CaseRow
    agency: AgencyRow
    row: ReturnRow


def list_chased_returns(cases: Sequence[CaseRow]) -> list[ChasedReturn]:
    """Every return that is chased, the one due first first."""
    found = [
        ChasedReturn(case, agency, row)
        for case in cases
        if case.state == "open"
        for agency in case.agencies
        for row in agency.returns
        if row.state in CHASED_STATES
    ]
    return sorted(found, key=lambda one: one.row.due)


def overdue_lines(
    cases: Sequence[CaseRow],
    steps: ChasingSteps,
    kinds: Kinds,
    calendar: Calendar,
    now: datetime,
    asked: Mapping[int, MoreTimeAsked] = MappingProxyType({}),
) -> Iterator[str]:
    """ "N12, Shire Police: chronology, 2 working days late; chased yesterday.". `asked` says, by
    the return, that more time is asked for."""
    today = now.date()
    for one in list_chased_returns(cases):
        if one.row.due < today:
            days = count_noun(calendar.working_days_late(one.row.due, today), "working day")
            done = _done(one.row, steps.get(one.row.id, ()), now)
            time = f"; {asked[one.row.id].words}" if one.row.id in asked else ""
            yield f"{_whose(one)}: {kinds[one.row.kind].noun}, {days} late; {done}{time}."


def due_soon_lines(
    cases: Sequence[CaseRow], kinds: Kinds, today: date, horizon: date
) -> Iterator[str]:
    """ "N12, Shire Police: IMR, Friday 23 April."."""
    for one in list_chased_returns(cases):
        if today <= one.row.due <= horizon:
            day = "today" if one.row.due == today else date_without_year(one.row.due)
            yield f"{_whose(one)}: {kinds[one.row.kind].noun}, {day}."


def _whose(one: ChasedReturn) -> str:
    return f"{one.case.reference}, {one.agency.name}"


def _done(row: ReturnRow, steps: Sequence[ChasingStep], now: datetime) -> str:
    """ "chased yesterday, manager told today"; a reminder counts for nothing once it is chased.
    Where nobody was, what was sent back is told as that: its letter asked for it again."""
    since = [step for step in steps if not step.before]
    if not since:
        yet = "since another day was agreed" if steps else "yet"
        back = "what came needs changes, and " if row.state == "rejected" else ""
        return f"{back}nobody was reminded {yet}"
    latest = {step.kind: step for step in sorted(since, key=lambda step: step.day)}
    kinds = [kind for kind in _DID if kind in latest]
    if len(kinds) > 1 and kinds[0] == "reminder":
        del kinds[0]
    return join_with_and([_step(latest[kind], now) for kind in kinds])


def _step(step: ChasingStep, now: datetime) -> str:
    """What has not left may leave with the digest that tells of it: so until when it has not."""
    today = now.date()
    if step.leaving:
        return f"{_IS[step.kind]} written {_ago(step.day, today)}, and about to leave"
    if step.unsent:
        until = clock_time(now)
        return f"{_IS[step.kind]} written {_ago(step.day, today)}, which had not left at {until}"
    if step.drafted:
        return f"{_IS[step.kind]} drafted {_ago(step.day, today)}"
    return f"{_DID[step.kind]} {_ago(step.day, today)}"


def _ago(day: date, today: date) -> str:
    if day == today:
        return "today"
    return "yesterday" if day == today - timedelta(days=1) else f"on {date_without_year(day)}"
