"""Reminders, chasers and escalations: what is late, told to the right people once a rung.

Does: derives the letters of the ladder that are due, and what is not written and why. Pure.
Trusts: the register's matrix and the ladder.
Never touches: findings; a chaser says what is awaited, not what was wrong, but to whoever stands
in for those who were told.
Known limits: none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from config.calendar import briefly
from config.kind import Kinds
from config.ladder import TO_CHAIR, Rung
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import CHASED
from intake.database import is_the_registers
from outbox.chasing.changes_asked import ChangesAsked, ListOf, the_list_itself, who_has_the_list
from outbox.chasing.repeats import Week, joined, letter_about, news, spaced, theirs
from outbox.chasing.suppression import Silent, WaitingOf, silence
from outbox.due.answers import how_to_send
from outbox.due.ladder_steps import Heard, Step, gone_on, rungs_of_step, steps, told_late
from outbox.due.recipients import Reader, absent
from outbox.writing import commands_to_paste
from outbox.writing.checklist import checklist, in_columns
from outbox.writing.facts import ChaserFacts
from outbox.writing.letter import Draft, Recipient
from outbox.writing.policy import NOT_BEFORE, Policy
from outbox.writing.words import count, listed

NAMED = 2  # returns by name in a subject
Attempt = Callable[[CaseRow, AgencyRow], AbstractContextManager[None] | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the matrix: the rungs that were told, and what waits of each
    return, by an agency's id who reads its letters, and the day since when it is chased again
    after a silence that a person ended; `changes` are those that were asked for, by the return.
    `list_of` gives what was to be mended in an entry, None where that is not known;
    `attempt` gives what is to be entered while an agency's
    letters are worked out, None where that is left for later."""

    told: Heard
    waiting_of: WaitingOf
    readers_of: Callable[[int], Sequence[Reader]]
    resumed: Mapping[int, date] = field(default_factory=dict)
    changes: Mapping[int, ChangesAsked] = field(default_factory=dict)
    list_of: ListOf = lambda entry: None
    attempt: Attempt = lambda case, agency: nullcontext()


@dataclass(frozen=True, slots=True)
class Climb:
    """What the ladder comes to on a day: letters, and those that are not written."""

    drafts: tuple[Draft, ...] = ()
    silent: tuple[Silent, ...] = ()
    broken: tuple[Exception, ...] = ()  # what was met in an agency's own; the others go on


@dataclass(frozen=True, slots=True)
class _Owing:
    """An agency that owes something, with all that a letter to it needs."""

    case: CaseRow
    agency: AgencyRow
    readers: Sequence[Reader]
    kinds: Kinds
    today: date
    waiting: Mapping[str, str]  # what is said of what waits, by the kind of return
    changes: Mapping[int, ChangesAsked]  # by the return
    list_of: ListOf

    def nouns(self, owed: Sequence[Step]) -> str:
        return listed(list(dict.fromkeys(self.kinds[row.kind].noun for row, _ in owed)))


def chasers(cases: Sequence[CaseRow], known: Known, policy: Policy, now: datetime) -> Climb:
    """Every chaser due on this working day; `now` is in the board's time zone.

    A return is chased when it has come to a rung that this reader was not yet told of, for this due
    date. All that a reader is to hear of one agency goes into one letter, at its highest rung.
    """
    today = now.date()
    if not policy.calendar.works(today) or now.time() < NOT_BEFORE:
        return Climb()
    drafts: list[Draft] = []
    silent: list[Silent] = []
    broken: list[Exception] = []
    for case in cases:
        for agency in case.agencies if case.state != "closed" else ():
            try:
                attempt = known.attempt(case, agency)
                if attempt is None:
                    continue
                with attempt:
                    climbed = tuple(_agency(case, agency, known, policy, today))
            except Exception as why:
                if is_the_registers(why):
                    raise
                broken.append(why)
                continue
            drafts += [found for found in climbed if isinstance(found, Draft)]
            silent += [found for found in climbed if not isinstance(found, Draft)]
    return Climb(tuple(drafts), tuple(silent), tuple(broken))


def _agency(
    case: CaseRow, agency: AgencyRow, known: Known, policy: Policy, today: date
) -> Iterator[Draft | Silent]:
    people = known.readers_of(agency.id)
    everybody = (*people, *_chair(policy))
    week = _week(agency, everybody, known, policy, today)
    if not week.come:
        return
    waiting = {row.kind: known.waiting_of(agency.id, row.kind) for row in agency.returns}
    says = {kind: waits.says for kind, waits in waiting.items()}
    owing = _Owing(case, agency, people, policy.kinds, today, says, known.changes, known.list_of)
    kept = {row.kind: silence(case, waiting[row.kind]) for row in week.owed}
    yield from _silent(owing, _news(_only(week, kept, silent=True), everybody), kept)
    week = _only(week, kept, silent=False).paced()
    again = week.through() if week.asks_again() else []
    for reader in everybody:
        if own := spaced(theirs(reader, week, again), reader, agency.returns, week):
            more = joined(reader, own, week)
            if reader.kept:
                if not _succeeded(reader, own, people):
                    yield _kept(owing, reader, own)
            else:
                yield _letter(owing, _instead(reader, own, people), own, more)
    unheard = [step for step in (*week.come, *again) if not _heard(step, everybody)]
    if unheard and people:  # that there is nobody at all is on the digest in any case
        yield _nobody(owing, unheard)


def _instead(reader: Reader, own: Sequence[Step], people: Sequence[Reader]) -> Reader:
    """The same, who is told for whom they hear of it."""
    whom = (name for _, rung in own for name in reader.in_place_of(rung, people))
    return replace(reader, instead_of=tuple(dict.fromkeys((*reader.instead_of, *whom))))


def _week(
    agency: AgencyRow, readers: Sequence[Reader], known: Known, policy: Policy, today: date
) -> Week:
    def stands(row: ReturnRow) -> date:
        return _stands(row, agency, readers, known, policy, today)

    chased = [row for row in agency.returns if policy.kinds[row.kind].chased]
    asked = replace(agency, returns=tuple(row for row in chased if row.state in CHASED))
    come = tuple(
        (row, rung)
        for row, rung in steps(asked, policy.ladder, policy.calendar, today, stands)
        if not (rung.days > 0 and _to_be_mended(row, known, policy, today))
    )
    told, ladder, calendar = known.told, policy.ladder, policy.calendar
    return Week(asked.returns, come, told, ladder, calendar, today, stands, readers)


def _to_be_mended(row: ReturnRow, known: Known, policy: Policy, today: date) -> bool:
    """Whether changes were asked for so lately that nobody asks where the new version is."""
    changes = known.changes.get(row.id)
    return changes is not None and today < changes.until(policy.calendar)


def _only(week: Week, kept: Mapping[str, tuple[str, str] | None], *, silent: bool) -> Week:
    """The same, of what is kept from being written, or of what is not."""
    owed = [row for row in week.owed if (kept[row.kind] is not None) == silent]
    come = [(row, rung) for row, rung in week.come if row in owed]
    return replace(week, owed=owed, come=come)


def _stands(
    row: ReturnRow,
    agency: AgencyRow,
    readers: Sequence[Reader],
    known: Known,
    policy: Policy,
    today: date,
) -> date:
    """The day of the ladder on which a return stands: a silence that a person ended leaves out no
    step, nor does a request for changes, and one that was told late is not followed early by the
    next."""
    resumed, heard = known.resumed.get(agency.id), known.told.first_days(row, chair=True)
    changes = known.changes.get(row.id)
    ends = (resumed, changes.until(policy.calendar) if changes else None)
    ended = any(day is not None and day > row.due for day in ends)
    if not ended and not told_late(row, policy.calendar, heard):
        return today

    def hears(rung: Rung) -> bool:
        return any(r.roles.intersection(rung.to) and not r.kept for r in readers)

    return gone_on(row, policy.ladder, policy.calendar, today, heard, hears)


def _news(week: Week, readers: Sequence[Reader]) -> list[Step]:
    """What somebody is to hear of and was not told, or nobody is there to hear of."""
    due = (*week.come, *(week.through() if week.asks_again() else ()))
    return [
        step
        for step in due
        if not _heard(step, readers) or any(news(step, r, week) for r in readers)
    ]


def _silent(
    owing: _Owing, due: Sequence[Step], kept: Mapping[str, tuple[str, str] | None]
) -> Iterator[Silent]:
    """What is not written because something waits, those with one reason together."""
    by_reason = defaultdict[tuple[str, str], list[Step]](list)
    for step in due:
        if (why := kept[step[0].kind]) is not None:
            by_reason[why].append(step)
    for why, same in by_reason.items():
        yield Silent(owing.case.reference, owing.agency.name, owing.nouns(same), *why)


def _chair(policy: Policy) -> Sequence[Reader]:
    return [Reader(frozenset({"chair"}), policy.chair)] if policy.chair else []


def _heard(step: Step, readers: Sequence[Reader]) -> bool:
    return any(reader.roles.intersection(step[1].to) for reader in readers)


def _kept(owing: _Owing, reader: Reader, theirs: Sequence[Step]) -> Silent:
    """A reader who is not to be written to now; a deputy that a note names is offered."""
    why, case, agency = f"{reader.recipient.name} {reader.kept}", owing.case, owing.agency
    if reader.instead:
        why += f", and {reader.instead}"
    if others := _in_their_place(reader, owing.readers, theirs):
        are = "is" if len(others) == 1 else "are"
        why += f", and {listed(others)} {are} written to instead"
    more: tuple[str, ...] = ()
    if reader.deputy:
        ends = commands_to_paste.remove(case.reference, agency.code, reader.deputy)
        stay = f"Once registered, they stay so, also when {reader.recipient.name} is back."
        more = (f"{stay} To end it then: `{ends}`",)
    command, nouns = _remedy(owing, reader), owing.nouns(theirs)
    return Silent(case.reference, agency.name, nouns, why, command, more)


def _succeeded(reader: Reader, own: Sequence[Step], people: Sequence[Reader]) -> bool:
    """Whether somebody of the same role hears of all that one would hear whose mail came back."""
    roles = (reader.roles.intersection(rung.to) for _, rung in own)
    others = [r.roles for r in people if r != reader and not r.kept]
    return reader.returned and all(
        any(role in held for held in others) for of_step in roles for role in of_step
    )


def _in_their_place(absent: Reader, readers: Sequence[Reader], steps: Sequence[Step]) -> list[str]:
    """Who hears of these steps since nobody can whom they are for."""
    for_them = [rung for _, rung in steps if absent.roles.intersection(rung.to)]
    return [
        reader.recipient.name
        for reader in readers
        if any(reader.in_place_of(rung, readers) for rung in for_them)
    ]


def _remedy(owing: _Owing, reader: Reader) -> str:
    """What would have the letter go: the deputy registered, or it settled that they are back."""
    place = (owing.case.reference, owing.agency.code)
    if reader.deputy:
        return commands_to_paste.register(*place, min(reader.roles), reader.deputy)
    if reader.returned:
        return commands_to_paste.register(*place, min(reader.roles))
    return commands_to_paste.back(*place, reader.recipient.email) if reader.away else ""


def _nobody(owing: _Owing, unheard: Sequence[Step]) -> Silent:
    roles = list(dict.fromkeys(role for _, rung in unheard for role in rung.to))
    why = f"nobody is registered as {' or '.join(roles)}"
    command = commands_to_paste.register(owing.case.reference, owing.agency.code, roles[0])
    return Silent(owing.case.reference, owing.agency.name, owing.nouns(unheard), why, command)


def _letter(owing: _Owing, reader: Reader, own: Sequence[Step], more: Sequence[Step]) -> Draft:
    letter, said = letter_about(own), (*own, *more)
    return Draft(
        key=_key(letter, said, reader.recipient),
        kind=letter,
        recipient=reader.recipient,
        facts=replace(_facts(owing, reader, said), first=not any(map(_is_late, more))),
        case_id=owing.case.id,
        agency_id=owing.agency.id,
        rungs=tuple(map(rungs_of_step, said)),
        to_release=letter == TO_CHAIR,
    )


def _key(letter: str, theirs: Sequence[Step], to: Recipient) -> str:
    about = "+".join(f"{row.id}v{row.due_version}r{rung.days}" for row, rung in theirs)
    return f"{letter}/{about}/{to.contact_id or 'chair'}"


def _facts(owing: _Owing, reader: Reader, theirs: Sequence[Step]) -> ChaserFacts:
    owed = sorted(_asked_for(theirs), key=lambda row: row.due)
    named = _named(theirs, owed)
    return ChaserFacts(
        to=reader.recipient.name,
        case=owing.case.reference,
        agency=owing.agency.name,
        nouns=listed([owing.kinds[row.kind].noun for row in named]),
        count=len(named),
        about=_about([owing.kinds[row.kind].noun for row in named]),
        then=_about(
            [owing.kinds[row.kind].noun for row in owed if row not in named], "more return"
        ),
        sentence=_sentence(owed, owing.kinds, owing.today),
        soonest=briefly(owed[0].due),
        today=owed[0].due <= owing.today,
        told=listed(_others(owing.readers, reader)),
        away=tuple(absent([r for r in owing.readers if r != reader and _not_for(r, reader)])),
        instead_of=listed(reader.instead_of),
        checklist=tuple(in_columns(checklist(owing.agency, owing.kinds, owing.waiting))),
        how=how_to_send(dropped=False),
        lists=tuple(
            who_has_the_list(owed, owing.changes, reader.recipient.contact_id, owing.kinds)
        ),
        documents=tuple(the_list_itself(owed, owing.changes, reader, owing.readers, owing.list_of)),
    )


def _not_for(absent: Reader, reader: Reader) -> bool:
    """Whether a letter need still say that somebody is away: not where its reader is told that
    they are written to instead."""
    return not any(each.startswith(f"{absent.recipient.name}, ") for each in reader.instead_of)


def _asked_for(theirs: Sequence[Step]) -> list[ReturnRow]:
    """What the letter is about. Where something is late that is all: of what is only due soon the
    checklist reminds."""
    late = [step[0] for step in theirs if _is_late(step)]
    return late or [row for row, _ in theirs]


def _is_late(step: Step) -> bool:
    return step[1].letter != "reminder"


def _named(theirs: Sequence[Step], owed: Sequence[ReturnRow]) -> Sequence[ReturnRow]:
    """What the subject says: what is late, or else what is due on the day that it names. Of the
    rest the checklist reminds."""
    if any(map(_is_late, theirs)):
        return owed
    return [row for row in owed if row.due == owed[0].due]


def _about(nouns: Sequence[str], otherwise: str = "return") -> str:
    """Two by name, and more by their number: a subject is read at a glance."""
    return listed(nouns) if len(nouns) <= NAMED else count(len(nouns), otherwise)


def _others(readers: Sequence[Reader], to: Reader) -> list[str]:
    """Who was written to before, as far as anybody could be: the authors; for the chair's office
    everybody at the agency."""
    chair = to.recipient.contact_id is None
    within_reach = [r for r in readers if r != to and not r.kept]
    return [r.recipient.name for r in within_reach if chair or "author" in r.roles]


def _sentence(owed: Sequence[ReturnRow], kinds: Kinds, today: date) -> str:
    """ "the chronology and IMR, which were due on Friday 16 April", and so for each day. What was
    sent back is asked for as what it is: to say that nothing came would be wrong."""
    by_day = defaultdict[date, list[ReturnRow]](list)
    for row in owed:
        by_day[row.due].append(row)
    were = {day: "was" if len(rows) == 1 else "were" for day, rows in by_day.items()}
    return listed(
        [
            f"{_awaited(rows, kinds)}, {f'which {were[day]} due on' if day < today else 'due on'}"
            f" {briefly(day)}"
            for day, rows in by_day.items()
        ]
    )


def _awaited(rows: Sequence[ReturnRow], kinds: Kinds) -> str:
    """ "the chronology and the new version of the IMR": what never came is no new version."""
    first = [kinds[row.kind].noun for row in rows if row.state != "rejected"]
    again = [kinds[row.kind].noun for row in rows if row.state == "rejected"]
    parts = [f"the {listed(first)}"] if first else []
    if again:
        parts.append(f"the new version{'' if len(again) == 1 else 's'} of the {listed(again)}")
    return listed(parts)
