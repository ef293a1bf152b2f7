"""Deadlines: what is still awaited, for the administrator's own calendar.

Does: makes one iCalendar file (RFC 5545) with an all-day event for each return still awaited. A
return keeps its event's name, and a new due date a higher number, so that a calendar moves an
event and does not double it. Pure.
Trusts: the register's matrix.
Never touches: subjects' names.
Known limits: a calendar keeps an event once what was due has come; it is for the administrator to
delete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from config.kind import Kinds
from handlers.register.matrix import CaseRow, ReturnRow
from handlers.register.returns import CHASED
from outbox.letter import Attachment

NAME = "deadlines.ics"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Diary:
    """Whose events they are: `marking` begins each, "" for none; `domain` ends their names."""

    marking: str
    domain: str


def deadlines(
    cases: Sequence[CaseRow], kinds: Kinds, diary: Diary, now: datetime
) -> Attachment | None:
    """The file, or None when nothing is awaited."""
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
        for agency in case.agencies if case.state == "open" else ():
            for row in agency.returns:
                if row.state in CHASED:
                    what = f"{case.reference}, {agency.name}: {kinds[row.kind].noun} due"
                    yield _event(row, what, diary, now)


def _event(row: ReturnRow, what: str, diary: Diary, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"return-{row.id}@{diary.domain}")
    event.add("sequence", row.due_version)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", row.due)
    event.add("dtend", row.due + _DAY)
    event.add("summary", f"{diary.marking}: {what}" if diary.marking else what)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # nobody is busy on that day for it
    return event
