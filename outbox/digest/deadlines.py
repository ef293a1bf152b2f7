"""The review's own clock, and what is still awaited, for the administrator's calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from config.calendar import date_in_words
from config.english import count_noun
from config.kind import Kinds
from handlers.register.matrix import CaseRow
from handlers.register.returns import CHASED_STATES
from outbox.digest.offers import LATE_CASE_OFFERS
from outbox.writing import commands_to_paste
from outbox.writing.asks import AskLine, AskTopic
from outbox.writing.digest_facts import Need
from outbox.writing.letter import LetterAttachment

_LOAD = (
    "If it has a new day, put that into the case file as `on`, and load it:"
    " `scr-intake case load FILE` Once it is done, mark it:"
)


def is_past_completion(case: CaseRow, today: date) -> bool:
    """Whether the review should have been complete before today."""
    return case.state != "closed" and case.complete_by < today


def deadline_sentences(case: CaseRow, today: date) -> Iterator[str]:
    """ "To be complete by Wednesday 1 September 2010: 134 days left.", and the milestones that have
    passed and are not done, and those to come. A case on hold is told too: its day stands until
    another is agreed."""
    if case.state == "closed":
        return
    yield f"{_by(case, today)}."
    if gone := [
        f"{what}, {date_in_words(day)} ({_ago(day, today)})"
        for what, day in undone_milestones(case, today)
    ]:
        yield f"Past, and not marked done: {'; '.join(gone)}."
    coming = [
        f"{what}, {date_in_words(day)} ({_in(day, today)})" for what, day in _coming(case, today)
    ]
    if coming:
        yield f"Before that: {'; '.join(coming)}."


def past_deadline_needs(cases: Sequence[CaseRow], today: date) -> Iterator[Need]:
    """The reviews that are past their day, the longest first, and the milestones that passed and
    are not marked done, each with what can be done."""
    late = (case for case in cases if is_past_completion(case, today))
    for case in sorted(late, key=lambda case: case.complete_by):
        says = f"{case.reference}: the review {_lower(_by(case, today))}."
        yield Need(
            says,
            commands_to_paste.prolong_case_command(case.reference),
            topic=AskTopic("case", (case.id,), case.reference),
            offers=LATE_CASE_OFFERS,
            line=AskLine("", f"the review {_lower(_by(case, today))}"),
            by_command=(
                "To give it more time, as somebody has agreed: reply with its number, the words"
                " more time until, and the day.",
            ),
        )
    gone = [
        (day, what, case.reference)
        for case in cases
        for what, day in undone_milestones(case, today)
    ]
    for day, what, reference in sorted(gone):
        was = f"was to be on {date_in_words(day)}, {_ago(day, today)}"
        says = f"{reference}: {what} {was}, and is not marked done."
        command = commands_to_paste.milestone_command(reference, day)
        line = AskLine("", f"{what} {was}, and is not marked done")
        yield Need(says, command, (_LOAD,), topic=AskTopic("", (), reference), line=line)


def undone_milestones(case: CaseRow, today: date) -> list[tuple[str, date]]:
    """The milestones whose day is past and that are not marked done."""
    if case.state == "closed":
        return []
    return [(what, day) for what, day in case.milestones if day < today]


def deadlines_soon(cases: Iterable[CaseRow], today: date, horizon: date) -> Iterator[str]:
    """ "N12: the first panel meeting, Monday 3 May 2010 (in 4 days)."."""
    for case in cases:
        if case.state == "closed":
            continue
        days = [*_coming(case, today), ("the review should be complete", case.complete_by)]
        for what, day in days:
            if today <= day <= horizon:
                yield f"{case.reference}: {what}, {date_in_words(day)} ({_in(day, today)})."


def _by(case: CaseRow, today: date) -> str:
    day = date_in_words(case.complete_by)
    if case.complete_by < today:
        return f"Should have been complete by {day}, {_ago(case.complete_by, today)}"
    return f"To be complete by {day}: {_left(case.complete_by, today)}"


def _coming(case: CaseRow, today: date) -> list[tuple[str, date]]:
    return [(what, day) for what, day in case.milestones if day >= today]


def _left(day: date, today: date) -> str:
    days = (day - today).days
    return f"{count_noun(days, 'day')} left" if days else "that is today"


def _in(day: date, today: date) -> str:
    days = (day - today).days
    return f"in {count_noun(days, 'day')}" if days else "today"


def _ago(day: date, today: date) -> str:
    return f"{count_noun((today - day).days, 'day')} ago"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


CALENDAR_FILE_NAME = "deadlines.ics"
_DAY = timedelta(days=1)
_BEGAN = date(2000, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class CalendarOwner:
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


def deadlines_calendar(
    cases: Sequence[CaseRow], kinds: Kinds, diary: CalendarOwner, now: datetime
) -> LetterAttachment | None:
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
    return LetterAttachment(CALENDAR_FILE_NAME, calendar.to_ical(), "calendar", "PUBLISH")


def _events(
    cases: Sequence[CaseRow], kinds: Kinds, diary: CalendarOwner, now: datetime
) -> Iterator[Event]:
    for case in cases:
        yield from _of_review(case, diary, now)
        for agency in case.agencies if case.state == "open" else ():
            for row in agency.returns:
                if row.state in CHASED_STATES:
                    what = f"{case.reference}, {agency.name}: {kinds[row.kind].noun} due"
                    dated = _Dated(f"return-{row.id}", row.due_version, row.due, what)
                    yield _event(dated, diary, now)


def _of_review(case: CaseRow, diary: CalendarOwner, now: datetime) -> Iterator[Event]:
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


def _event(dated: _Dated, diary: CalendarOwner, now: datetime) -> Event:
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
