"""The digest: the administrator's day on one screen, worst first.

Does: derives the one digest of a working day, once its time has come, with the open cases' pictures
and the deadlines for her calendar. Pure.
Trusts: the register and the queue, through the Day it is given.
Never touches: subjects' names; it says which entry to look at and why it waits, not what is in it.
Known limits: a list that is too long to read is cut, and says where the rest is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from sys import maxsize

from config.calendar import Calendar, briefly
from config.colours import Colours
from config.kind import Kinds
from handlers.register.audit_log import in_groups
from handlers.register.matrix import CaseRow
from outbox.digest.deadlines import NAME, Diary, deadlines, is_past, past, soon
from outbox.digest.deadlines import told as told_by_clock
from outbox.digest.overdue import Steps, due_soon, overdue, owed
from outbox.digest.picture import drawn
from outbox.digest.service_health import Health, needed, told
from outbox.digest.timeline import timeline
from outbox.writing import commands_to_paste
from outbox.writing.checklist import table
from outbox.writing.facts import CaseFacts, DigestFacts, Group, Listing, Need
from outbox.writing.letter import Draft, Picture, Recipient
from outbox.writing.words import count

SOON = 5  # working days
MOST, MOST_NOTES, MOST_CASES = 12, 20, 8  # that are shown of a list
NAMED = 3  # cases whose commands are printed
ALL = "`scr-intake digest --preview --all`"
WAITING = f"To list all that needs you: {ALL}"
STATUS = "To see where every return stands: `scr-intake status`"


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every digest: when it is due, and whose it is."""

    at: time
    administrator: Recipient
    kinds: Kinds
    calendar: Calendar
    colours: Colours
    diary: Diary


@dataclass(frozen=True, slots=True)
class Day:
    """What has to be told. `notes` are sentences; `now` is in the board's time zone."""

    now: datetime
    began: datetime | None  # when the record's first row was written
    cases: Sequence[CaseRow]
    needs: Sequence[Need]
    traffic: str
    record: tuple[int, str]  # the number of rows and the last seal
    health: Health
    unsent: Sequence[Need] = ()  # letters that need a person to go
    notes: Sequence[str | Need] = ()
    suppressed: Sequence[Need] = ()  # who would have been chased, and why not
    steps: Steps = field(default_factory=dict)
    asked: Mapping[int, str] = field(default_factory=dict)  # that more time is, by the return
    first: Sequence[Need] = ()  # what is urgent, and what has waited too long: before all else


def key(today: date) -> str:
    """What makes it the one of its day."""
    return f"digest/{today.isoformat()}"


def is_due(now: datetime, began: datetime | None, terms: Terms) -> bool:
    """Whether that day's digest should be written by now.

    The first one comes the first working morning after the record began: before that there is
    nothing to tell. An empty one still comes, so that silence is never mistaken for health.
    """
    moment = datetime.combine(now.date(), terms.at, now.tzinfo)
    began_before = began is not None and began <= moment
    return terms.calendar.works(now.date()) and now >= moment and began_before


def digest(day: Day, terms: Terms, *, whole: bool = False) -> Draft:
    """The digest as it is at this moment; the `whole` of it has every list uncut."""
    today = day.now.date()
    most_cases = len(day.cases) if whole else MOST_CASES
    shown = Listing.of(_worst_first(day.cases, terms, today), most_cases, STATUS)
    pictures = {case.id: picture for case, picture in _pictures(shown, terms, today)}
    attached = deadlines(day.cases, terms.kinds, terms.diary, day.now)
    facts = _facts(day, terms, shown, pictures, attached is not None, whole=whole)
    return Draft(
        key=key(today),
        kind="digest",
        recipient=terms.administrator,
        facts=facts,
        groups=(*_groups(facts), *_noted(day.notes)),
        pictures=tuple(pictures.values()),
        attachments=(attached,) if attached else (),
    )


def _facts(
    day: Day,
    terms: Terms,
    shown: Listing[CaseRow],
    pictures: Mapping[int, Picture],
    dated: bool,
    *,
    whole: bool,
) -> DigestFacts:
    today, kinds, calendar = day.now.date(), terms.kinds, terms.calendar
    horizon = calendar.shift(today, SOON)
    needs = (
        *past(day.cases, today),
        *day.first,
        *needed(day.health, day.now),
        *day.needs,
        *needed(day.health, day.now, can_wait=True),
    )
    late = overdue(day.cases, day.steps, kinds, calendar, day.now, day.asked)
    entries, seal = day.record
    most, most_notes = (maxsize, maxsize) if whole else (MOST, MOST_NOTES)
    return DigestFacts(
        day=briefly(today),
        headline=_headline(len(needs), len(day.unsent)),
        needs=Listing.of(needs, most, WAITING),
        overdue=Listing.of(late, most, STATUS),
        soon=Listing.of(_soon(day.cases, kinds, today, horizon), most, STATUS),
        traffic=day.traffic,
        unsent=Listing.of(day.unsent, most, "To list them: `scr-intake letters`"),
        suppressed=Listing.of(day.suppressed, most, "To see who is chased when: `scr-intake due`"),
        notes=Listing.of(map(_sentence, day.notes), most_notes, _rest(day.cases)),
        cases=Listing(tuple(_cases(shown, kinds, pictures, today)), shown.count, shown.more),
        health=tuple(told(day.health, day.now)),
        deadlines=f"The dates for your calendar are attached: {NAME}." if dated else "",
        entries=f"{entries:,}",
        seal=in_groups(seal),
    )


def _rest(cases: Sequence[CaseRow]) -> str:
    """Where what is cut of the notes can be read, while it is new and ever after."""
    logs = [
        f"`{commands_to_paste.log(case.reference)}`" for case in cases if case.state != "closed"
    ]
    if not logs or len(logs) > NAMED:
        logs = ["`scr-intake audit log REF`", "Every REF is in: `scr-intake case list`"]
    return f"To list them today: {ALL} To read ever after what came in a case: {' '.join(logs)}"


def _groups(facts: DigestFacts) -> Iterator[Group]:
    """What it tells in one line, where it does tell it."""
    for need in (*facts.needs.shown, *facts.unsent.shown, *facts.suppressed.shown):
        if need.group is not None:
            yield need.group


def _sentence(note: str | Need) -> str:
    return note if isinstance(note, str) else note.says


def _noted(notes: Sequence[str | Need]) -> Iterator[Group]:
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
        parts.append(f"{count(unsent, 'letter')} did not go")
    return ", ".join(parts) or "nothing needs you"


def _worst_first(cases: Sequence[CaseRow], terms: Terms, today: date) -> list[CaseRow]:
    """Every case that is not closed: first what should be complete, then where something is late,
    then where it soon will be."""
    horizon = terms.calendar.shift(today, SOON)

    def urgency(case: CaseRow) -> tuple[bool, bool, bool, date]:
        due = min((one.row.due for one in owed([case])), default=date.max)
        return not is_past(case, today), due >= today, due > horizon, due

    return sorted((case for case in cases if case.state != "closed"), key=urgency)


def _pictures(
    shown: Listing[CaseRow], terms: Terms, today: date
) -> Iterator[tuple[CaseRow, Picture]]:
    """Of the open cases; where there are many, of those where something is late or soon due."""
    horizon = terms.calendar.shift(today, SOON)
    for case in shown.shown:
        urgent = any(one.row.due <= horizon for one in owed([case]))
        if case.state == "open" and (urgent or not shown.more):
            yield case, drawn(timeline(case, terms.kinds, today), terms.colours)


def _cases(
    shown: Listing[CaseRow], kinds: Kinds, pictures: Mapping[int, Picture], today: date
) -> Iterator[CaseFacts]:
    for case in shown.shown:
        picture = pictures.get(case.id)
        said = picture.says if picture else ""
        yield CaseFacts(tuple(table(case, kinds)), said, tuple(told_by_clock(case, today)))


def _soon(cases: Sequence[CaseRow], kinds: Kinds, today: date, horizon: date) -> Iterator[str]:
    yield from soon(cases, today, horizon)
    yield from due_soon(cases, kinds, today, horizon)
