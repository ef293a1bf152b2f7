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
from outbox.digest.brief_lists import (
    CUT_IN_DETAILS,
    TABLES_HAVE_THEM,
    below_the_tables,
    cut_list,
    how_to_answer,
    list_asks,
    note_in_brief,
    silence_sentences,
    trouble_line,
)
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
from outbox.digest.fitting import MAX_ASKS, fit_asks, is_cut
from outbox.digest.numbering import AskNumbering
from outbox.digest.overdue import ChasingSteps, due_soon_lines, list_chased_returns, overdue_lines
from outbox.digest.timeline import build_timeline
from outbox.digest.timeline_picture import draw_timeline
from outbox.due.waiting_matters import MoreTimeAsked
from outbox.health.health_for_digest import (
    ServiceHealth,
    health_lines,
    health_needs,
    lines_for_operator,
)
from outbox.sending.trial import TRIAL_IS_ON
from outbox.writing.asks import OrderLinks
from outbox.writing.digest_facts import DigestCaseFacts, DigestFacts, Listing, NamedGroup, Need
from outbox.writing.letter import Draft, LetterPicture, Recipient

SOON_WORKING_DAYS = 5  # working days
MAX_CASES = 8  # whose tables are shown
SHOW_ALL_HINT = "To list them: `scr-intake digest --preview --all`"
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
    trial: bool = False  # letters are only tried


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
    asked: Mapping[int, MoreTimeAsked] = field(default_factory=dict)  # by the return
    deputies: Sequence[Need] = ()  # what others settled in the administrator's name
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


def draft_digest(day: DigestDay, terms: DigestTerms, *, whole: bool = False) -> Draft:
    """The digest as it is at this moment, each ask in a line with the links that answer it; where
    no mail answers it, with all that was found and the commands; the `whole` of that is uncut."""
    today = day.now.date()
    most_cases = len(day.cases) if whole else MAX_CASES
    where = STATUS_HINT if whole else "Say Status and a case's reference in a mail to see one."
    shown = Listing.limited_to(_worst_first(day.cases, terms, today), most_cases, where)
    pictures = {case.id: picture for case, picture in _pictures(shown, terms, today)}
    attached = deadlines_calendar(day.cases, terms.kinds, terms.diary, day.now)
    facts = replace(
        _facts(day, terms),
        cases=Listing(tuple(_cases(shown, day, terms.kinds, pictures)), shown.count, shown.more),
        deadlines=_ATTACHED if attached is not None else "",
    )
    if whole or terms.links is None:
        facts = _with_commands(facts, day, terms, maxsize if whole else MAX_ASKS)
    else:
        facts = _in_brief(facts, day, terms)
    lists = (facts.needs, facts.unsent, facts.suppressed)
    return Draft(
        key=digest_key(today),
        kind="digest",
        recipient=terms.administrator,
        facts=facts,
        groups=(*_groups(facts), *_noted(day.notes)),
        pictures=tuple(pictures.values()),
        attachments=(attached,) if attached else (),
        numbered=tuple(AskNumbering(terms.links, day.now).kept_asks(lists)),
    )


_ATTACHED = f"The dates for your calendar are attached: {CALENDAR_FILE_NAME}."


def _facts(day: DigestDay, terms: DigestTerms) -> DigestFacts:
    """What both forms of it say."""
    today, kinds = day.now.date(), terms.kinds
    horizon = terms.calendar.add_working_days(today, SOON_WORKING_DAYS)
    late = overdue_lines(day.cases, day.steps, kinds, terms.calendar, day.now, day.asked)
    soon = _soon(day.cases, kinds, today, horizon)
    entries, seal = day.record
    return DigestFacts(
        day=date_without_year(today),
        headline="",
        needs=Listing((), 0),
        overdue=Listing.limited_to(late, maxsize, STATUS_HINT),
        soon=Listing.limited_to(soon, maxsize, STATUS_HINT),
        traffic=day.traffic,
        unsent=Listing((), 0),
        suppressed=Listing((), 0),
        notes=Listing.limited_to(map(_sentence, day.notes), maxsize, ""),
        cases=Listing((), 0),
        health=(),
        deadlines="",
        entries=f"{entries:,}",
        seal=group_seal_digits(seal),
        above=TRIAL_IS_ON if terms.trial else "",
        deputies=tuple(day.deputies),
    )


def _with_commands(
    facts: DigestFacts, day: DigestDay, terms: DigestTerms, most: int
) -> DigestFacts:
    """At most so many of each list, with the command for each of its points."""
    needs = (
        *past_deadline_needs(day.cases, day.now.date()),
        *day.first,
        *health_needs(day.health, day.now),
        *day.needs,
        *health_needs(day.health, day.now, can_wait=True),
    )
    lists = (
        Listing.limited_to(each, most, SHOW_ALL_HINT)
        for each in (needs, day.unsent, day.suppressed)
    )
    numbered = AskNumbering(terms.links, day.now).number_lists(tuple(lists))
    needing, unsent, suppressed = numbered
    return replace(
        facts,
        headline=_headline(len(needs), len(day.unsent)),
        needs=needing,
        unsent=unsent,
        suppressed=suppressed,
        overdue=Listing.limited_to(facts.overdue.shown, most, STATUS_HINT),
        soon=Listing.limited_to(facts.soon.shown, most, STATUS_HINT),
        notes=Listing.limited_to(facts.notes.shown, most, SHOW_ALL_HINT),
        health=tuple(health_lines(day.health, day.now)),
        whole=True,
    )


def _in_brief(facts: DigestFacts, day: DigestDay, terms: DigestTerms) -> DigestFacts:
    """On one screen: each ask in a line, grouped by its case, and what else there is room for."""
    told = (
        *past_deadline_needs(day.cases, day.now.date()),
        *day.first,
        *day.needs,
        *day.unsent,
    )
    trouble = trouble_line(day.health, told, day.now)
    asks = list_asks(told, MAX_ASKS)
    numbered = AskNumbering(terms.links, day.now).number_lists((asks,))
    (asks,) = numbered
    answers = how_to_answer(asks.shown, by_mail=terms.links is not None)
    below = below_the_tables(facts.overdue.count, facts.soon.count, len(day.deputies))
    beside = (facts.above, answers, CUT_IN_DETAILS, trouble, asks.more, below)
    shown = fit_asks(asks.shown, "\n".join(filter(None, beside)))
    if answers and is_cut(shown):
        answers = f"{answers} {CUT_IN_DETAILS}"
    silent = tuple(silence_sentences(day.suppressed))
    return replace(
        facts,
        headline=_headline(asks.count, 0),
        needs=replace(asks, shown=shown),
        overdue=cut_list(facts.overdue.shown, TABLES_HAVE_THEM),
        soon=cut_list(facts.soon.shown, TABLES_HAVE_THEM),
        below=below,
        suppressed=Listing((), 0),
        silent=cut_list(silent),
        notes=cut_list(tuple(filter(None, map(note_in_brief, facts.notes.shown)))),
        health=tuple(health_lines(day.health, day.now, with_operator=True)),
        operator=tuple(lines_for_operator(day.health, day.now)),
        answers=answers,
        trouble=trouble,
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
    shown: Listing[CaseRow], day: DigestDay, kinds: Kinds, pictures: Mapping[int, LetterPicture]
) -> Iterator[DigestCaseFacts]:
    today = day.now.date()
    asked = {id for id, one in day.asked.items() if one.plain}
    for case in shown.shown:
        picture = pictures.get(case.id)
        said = picture.says if picture else ""
        yield DigestCaseFacts(
            tuple(case_matrix_lines(case, kinds, asked)), said, tuple(told_by_clock(case, today))
        )


def _soon(cases: Sequence[CaseRow], kinds: Kinds, today: date, horizon: date) -> Iterator[str]:
    yield from deadlines_soon(cases, today, horizon)
    yield from due_soon_lines(cases, kinds, today, horizon)
