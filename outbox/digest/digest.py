"""Derives the digest of a working day: the administrator's day on one screen, worst first.

No subject's name stands in it. A list that is too long to read is cut, and says where the rest is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from sys import maxsize

from config.calendar import Calendar, date_without_year
from config.colours import LetterColours
from config.english import count_noun
from config.kind import Kinds
from handlers.register.audit_log import group_seal_digits
from handlers.register.matrix import CaseRow
from outbox.digest.case_matrix import case_matrix_lines
from outbox.digest.deadlines import (
    CALENDAR_FILE_NAME,
    CalendarOwner,
    deadlines_calendar,
    deadlines_soon,
    is_past_completion,
    past_deadline_needs,
)
from outbox.digest.deadlines import deadline_sentences as told_by_clock
from outbox.digest.numbering import HOW_TO_ANSWER, AskNumbering
from outbox.digest.overdue import ChasingSteps, due_soon_lines, list_chased_returns, overdue_lines
from outbox.digest.timeline import build_timeline
from outbox.digest.timeline_picture import draw_timeline
from outbox.health.health_for_digest import ServiceHealth, health_lines, health_needs
from outbox.writing import commands_to_paste
from outbox.writing.asks import OrderLinks
from outbox.writing.facts import DigestCaseFacts, DigestFacts, Listing, NamedGroup, Need
from outbox.writing.letter import Draft, LetterPicture, Recipient

SOON_WORKING_DAYS = 5  # working days
MAX_LISTED, MAX_NOTES, MAX_CASES = 12, 20, 8  # that are shown of a list
MAX_NAMED_CASES = 3  # cases whose commands are printed
SHOW_ALL_COMMAND = "`scr-intake digest --preview --all`"
LIST_NEEDS_HINT = f"To list all that needs you: {SHOW_ALL_COMMAND}"
STATUS_HINT = "To see where every return stands: `scr-intake status`"


@dataclass(frozen=True, slots=True)
class DigestTerms:
    """What holds for every digest: when it is due, and whose it is."""

    at: time
    administrator: Recipient
    kinds: Kinds
    calendar: Calendar
    colours: LetterColours
    diary: CalendarOwner
    links: OrderLinks | None = None  # None where nothing is settled by mail


@dataclass(frozen=True, slots=True)
class DigestDay:
    """What has to be told. `notes` are sentences; `now` is in the board's time zone."""

    now: datetime
    began: datetime | None  # when the record's first row was written
    cases: Sequence[CaseRow]
    needs: Sequence[Need]
    traffic: str
    record: tuple[int, str]  # the number of rows and the last seal
    health: ServiceHealth
    unsent: Sequence[Need] = ()  # letters that need a person to go
    notes: Sequence[str | Need] = ()
    suppressed: Sequence[Need] = ()  # who would have been chased, and why not
    steps: ChasingSteps = field(default_factory=dict)
    asked: Mapping[int, str] = field(default_factory=dict)  # that more time is, by the return
    first: Sequence[Need] = ()  # what is urgent, and what has waited too long: before all else


def digest_key(today: date) -> str:
    """What makes it the one of its day."""
    return f"digest/{today.isoformat()}"


def is_digest_due(now: datetime, began: datetime | None, terms: DigestTerms) -> bool:
    """Whether that day's digest should be written by now.

    The first one comes the first working morning after the record began: before that there is
    nothing to tell. An empty one still comes, so that silence is never mistaken for health.
    """
    moment = datetime.combine(now.date(), terms.at, now.tzinfo)
    began_before = began is not None and began <= moment
    return terms.calendar.is_working_day(now.date()) and now >= moment and began_before


def draft_digest(
    day: DigestDay, terms: DigestTerms, *, whole: bool = False, by_mail: bool = False
) -> Draft:
    """The digest as it is at this moment; the `whole` of it has every list uncut. One that goes
    `by_mail` has no command where a link does the same."""
    today = day.now.date()
    most_cases = len(day.cases) if whole else MAX_CASES
    shown = Listing.limited_to(_worst_first(day.cases, terms, today), most_cases, STATUS_HINT)
    pictures = {case.id: picture for case, picture in _pictures(shown, terms, today)}
    attached = deadlines_calendar(day.cases, terms.kinds, terms.diary, day.now)
    numbering = AskNumbering(terms.links, day.now, by_mail)
    facts = _facts(day, terms, shown, pictures, attached is not None, whole=whole)
    lists = tuple(numbering.number_lists((facts.needs, facts.unsent, facts.suppressed)))
    needs, unsent, suppressed = lists
    answers = HOW_TO_ANSWER if any(n.links for each in lists for n in each.shown) else ""
    facts = replace(facts, needs=needs, unsent=unsent, suppressed=suppressed, answers=answers)
    return Draft(
        key=digest_key(today),
        kind="digest",
        recipient=terms.administrator,
        facts=facts,
        groups=(*_groups(facts), *_noted(day.notes)),
        pictures=tuple(pictures.values()),
        attachments=(attached,) if attached else (),
        numbered=tuple(numbering.kept_asks(lists)),
    )


def _facts(
    day: DigestDay,
    terms: DigestTerms,
    shown: Listing[CaseRow],
    pictures: Mapping[int, LetterPicture],
    dated: bool,
    *,
    whole: bool,
) -> DigestFacts:
    today, kinds, calendar = day.now.date(), terms.kinds, terms.calendar
    horizon = calendar.add_working_days(today, SOON_WORKING_DAYS)
    needs = (
        *past_deadline_needs(day.cases, today),
        *day.first,
        *health_needs(day.health, day.now),
        *day.needs,
        *health_needs(day.health, day.now, can_wait=True),
    )
    late = overdue_lines(day.cases, day.steps, kinds, calendar, day.now, day.asked)
    entries, seal = day.record
    most, most_notes = (maxsize, maxsize) if whole else (MAX_LISTED, MAX_NOTES)
    return DigestFacts(
        day=date_without_year(today),
        headline=_headline(len(needs), len(day.unsent)),
        needs=Listing.limited_to(needs, most, LIST_NEEDS_HINT),
        overdue=Listing.limited_to(late, most, STATUS_HINT),
        soon=Listing.limited_to(_soon(day.cases, kinds, today, horizon), most, STATUS_HINT),
        traffic=day.traffic,
        unsent=Listing.limited_to(day.unsent, most, "To list them: `scr-intake letters`"),
        suppressed=Listing.limited_to(
            day.suppressed, most, "To see who is chased when: `scr-intake due`"
        ),
        notes=Listing.limited_to(map(_sentence, day.notes), most_notes, _rest(day.cases)),
        cases=Listing(tuple(_cases(shown, kinds, pictures, today)), shown.count, shown.more),
        health=tuple(health_lines(day.health, day.now)),
        deadlines=f"The dates for your calendar are attached: {CALENDAR_FILE_NAME}."
        if dated
        else "",
        entries=f"{entries:,}",
        seal=group_seal_digits(seal),
    )


def _rest(cases: Sequence[CaseRow]) -> str:
    """Where what is cut of the notes can be read, while it is new and ever after."""
    logs = [
        f"`{commands_to_paste.audit_log_command(case.reference)}`"
        for case in cases
        if case.state != "closed"
    ]
    if not logs or len(logs) > MAX_NAMED_CASES:
        logs = ["`scr-intake audit log REF`", "Every REF is in: `scr-intake case list`"]
    return (
        f"To list them today: {SHOW_ALL_COMMAND}"
        f" To read ever after what came in a case: {' '.join(logs)}"
    )


def _groups(facts: DigestFacts) -> Iterator[NamedGroup]:
    """What it tells in one line, where it does tell it."""
    for need in (*facts.needs.shown, *facts.unsent.shown, *facts.suppressed.shown):
        if need.group is not None:
            yield need.group


def _sentence(note: str | Need) -> str:
    return note if isinstance(note, str) else note.says


def _noted(notes: Sequence[str | Need]) -> Iterator[NamedGroup]:
    """What is told in one line for information."""
    for note in notes:
        if isinstance(note, Need) and note.group is not None:
            yield note.group


def _headline(needs: int, unsent: int) -> str:
    """ "3 need you, 1 letter did not go", "nothing needs you"."""
    parts = []
    if needs:
        parts.append("1 needs you" if needs == 1 else f"{needs:,} need you")
    if unsent:
        parts.append(f"{count_noun(unsent, 'letter')} did not go")
    return ", ".join(parts) or "nothing needs you"


def _worst_first(cases: Sequence[CaseRow], terms: DigestTerms, today: date) -> list[CaseRow]:
    """Every case that is not closed: first what should be complete, then where something is late,
    then where it soon will be."""
    horizon = terms.calendar.add_working_days(today, SOON_WORKING_DAYS)

    def urgency(case: CaseRow) -> tuple[bool, bool, bool, date]:
        due = min((one.row.due for one in list_chased_returns([case])), default=date.max)
        return not is_past_completion(case, today), due >= today, due > horizon, due

    return sorted((case for case in cases if case.state != "closed"), key=urgency)


def _pictures(
    shown: Listing[CaseRow], terms: DigestTerms, today: date
) -> Iterator[tuple[CaseRow, LetterPicture]]:
    """Of the open cases; where there are many, of those where something is late or soon due."""
    horizon = terms.calendar.add_working_days(today, SOON_WORKING_DAYS)
    for case in shown.shown:
        urgent = any(one.row.due <= horizon for one in list_chased_returns([case]))
        if case.state == "open" and (urgent or not shown.more):
            yield case, draw_timeline(build_timeline(case, terms.kinds, today), terms.colours)


def _cases(
    shown: Listing[CaseRow], kinds: Kinds, pictures: Mapping[int, LetterPicture], today: date
) -> Iterator[DigestCaseFacts]:
    for case in shown.shown:
        picture = pictures.get(case.id)
        said = picture.says if picture else ""
        yield DigestCaseFacts(
            tuple(case_matrix_lines(case, kinds)), said, tuple(told_by_clock(case, today))
        )


def _soon(cases: Sequence[CaseRow], kinds: Kinds, today: date, horizon: date) -> Iterator[str]:
    yield from deadlines_soon(cases, today, horizon)
    yield from due_soon_lines(cases, kinds, today, horizon)
