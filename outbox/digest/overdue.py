"""What is late and what is due soon, a line each, with what was done about it last.

Does: puts the matrix's rows into lines, the longest overdue first. Pure.
Trusts: the register's matrix; what was sent, as the queue has it.
Never touches: findings.
Known limits: of what was sent only the latest of each sort is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from config.calendar import Calendar, briefly, clock_time
from config.kind import Kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import CHASED
from outbox.writing.letter import LetterKind
from outbox.writing.words import count, listed

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
class Step:
    """A letter about a return, and the day on which it left. `drafted`: for a person to send;
    `unsent`: it has not left, and that is the day on which it was written; `before`: it was about
    another due date."""

    kind: LetterKind
    day: date
    drafted: bool = False
    unsent: bool = False
    before: bool = False


Steps = Mapping[int, Sequence[Step]]  # by the return's id


@dataclass(frozen=True, slots=True)
class Owed:
    """A return that is chased, and whose it is."""

    case: CaseRow
    agency: AgencyRow
    row: ReturnRow


def owed(cases: Sequence[CaseRow]) -> list[Owed]:
    """Every return that is chased, the one due first first."""
    found = [
        Owed(case, agency, row)
        for case in cases
        if case.state == "open"
        for agency in case.agencies
        for row in agency.returns
        if row.state in CHASED
    ]
    return sorted(found, key=lambda one: one.row.due)


def overdue(
    cases: Sequence[CaseRow],
    steps: Steps,
    kinds: Kinds,
    calendar: Calendar,
    now: datetime,
    asked: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[str]:
    """ "N12, Shire Police: chronology, 2 working days late; chased yesterday.". `asked` says, by
    the return, that more time is asked for."""
    today = now.date()
    for one in owed(cases):
        if one.row.due < today:
            days = count(calendar.late_by(one.row.due, today), "working day")
            done = _done(steps.get(one.row.id, ()), now)
            time = f"; {asked[one.row.id]}" if one.row.id in asked else ""
            yield f"{_whose(one)}: {kinds[one.row.kind].noun}, {days} late; {done}{time}."


def due_soon(cases: Sequence[CaseRow], kinds: Kinds, today: date, horizon: date) -> Iterator[str]:
    """ "N12, Shire Police: IMR, Friday 23 April."."""
    for one in owed(cases):
        if today <= one.row.due <= horizon:
            day = "today" if one.row.due == today else briefly(one.row.due)
            yield f"{_whose(one)}: {kinds[one.row.kind].noun}, {day}."


def _whose(one: Owed) -> str:
    return f"{one.case.reference}, {one.agency.name}"


def _done(steps: Sequence[Step], now: datetime) -> str:
    """ "chased yesterday, manager told today"; a reminder counts for nothing once it is chased."""
    since = [step for step in steps if not step.before]
    if not since:
        yet = "since another day was agreed" if steps else "yet"
        return f"nobody was written to {yet}"
    latest = {step.kind: step for step in sorted(since, key=lambda step: step.day)}
    kinds = [kind for kind in _DID if kind in latest]
    if len(kinds) > 1 and kinds[0] == "reminder":
        del kinds[0]
    return listed([_step(latest[kind], now) for kind in kinds])


def _step(step: Step, now: datetime) -> str:
    """What has not left may leave with the digest that tells of it: so until when it has not."""
    today = now.date()
    if step.unsent:
        until = clock_time(now)
        return f"{_IS[step.kind]} written {_ago(step.day, today)}, which had not left at {until}"
    if step.drafted:
        return f"{_IS[step.kind]} drafted {_ago(step.day, today)}"
    return f"{_DID[step.kind]} {_ago(step.day, today)}"


def _ago(day: date, today: date) -> str:
    if day == today:
        return "today"
    return "yesterday" if day == today - timedelta(days=1) else f"on {briefly(day)}"
