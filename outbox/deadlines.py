"""Deadlines: what is still awaited, for the administrator's own calendar.

Does: makes one iCalendar file (RFC 5545) with an all-day event for each return still awaited, for
the day by which each review should be complete, and for its milestones. Each keeps its event's
name, and another day a higher number, so that a calendar moves an event and does not double it.
Pure.
Trusts: the register's matrix.
Never touches: subjects' names.
Known limits: a calendar keeps an event once what was due has come; it is for the administrator to
delete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from config.kind import Kinds
from handlers.register.matrix import CaseRow
from handlers.register.returns import CHASED
from outbox.letter import Attachment

NAME = "deadlines.ics"
_DAY = timedelta(days=1)
_BEGAN = date(2000, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Diary:
    """Whose events they are: `marking` begins each, "" for none; `domain` ends their names."""

    marking: str
    domain: str


@dataclass(frozen=True, slots=True)
class _Dated:
    """One event: its `name`, a number that is higher for a later word on it, its day, and what it
    is."""

    name: str
    version: int
    day: date
    what: str


def deadlines(
    cases: Sequence[CaseRow], kinds: Kinds, diary: Diary, now: datetime
) -> Attachment | None:
    """The file, or None when no case goes on."""
    events = list(_events(cases, kinds, diary, now))
    if not events:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//scr-intake//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(event)
    return Attachment(NAME, calendar.to_ical(), "calendar", "PUBLISH")


def _events(cases: Sequence[CaseRow], kinds: Kinds, diary: Diary, now: datetime) -> Iterator[Event]:
    for case in cases:
        yield from _of_review(case, diary, now)
        for agency in case.agencies if case.state == "open" else ():
            for row in agency.returns:
                if row.state in CHASED:
                    what = f"{case.reference}, {agency.name}: {kinds[row.kind].noun} due"
                    dated = _Dated(f"return-{row.id}", row.due_version, row.due, what)
                    yield _event(dated, diary, now)


def _of_review(case: CaseRow, diary: Diary, now: datetime) -> Iterator[Event]:
    """The day of the review, and its milestones that are to come. Which of their days is the newest
    is told by the day on which the file was made."""
    if case.state == "closed":
        return
    newest, today = now.date().toordinal() - _BEGAN, now.date()
    complete = f"{case.reference}: the review should be complete"
    yield _event(_Dated(f"case-{case.id}", newest, case.complete_by, complete), diary, now)
    for what, day in case.milestones:
        if day >= today:
            name = sha256(what.casefold().encode()).hexdigest()[:12]
            dated = _Dated(f"case-{case.id}-{name}", newest, day, f"{case.reference}: {what}")
            yield _event(dated, diary, now)


def _event(dated: _Dated, diary: Diary, now: datetime) -> Event:
    event, what = Event(), dated.what
    event.add("uid", f"{dated.name}@{diary.domain}")
    event.add("sequence", dated.version)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", dated.day)
    event.add("dtend", dated.day + _DAY)
    event.add("summary", f"{diary.marking}: {what}" if diary.marking else what)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # nobody is busy on that day for it
    return event
