"""Derives the reminders, chasers and escalations that are due, and what is not written and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from config.english import join_with_and
from config.ladder import LadderStep
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import CHASED_STATES
from intake.database import is_register_failure
from outbox.chasing.change_requests import ChangeRequest, ListOf
from outbox.chasing.chaser_letters import OwingAgency, draft_chaser
from outbox.chasing.repeats import (
    ChasingWeek,
    is_still_untold,
    joined_steps,
    spaced,
    steps_for_reader,
)
from outbox.chasing.suppression import MattersLookup, SuppressedLetter, suppression_reason
from outbox.due.ladder_steps import (
    ReachedStep,
    ToldSteps,
    agency_steps,
    unhurried_ladder_day,
)
from outbox.due.recipients import LetterReader
from outbox.writing import commands_to_paste
from outbox.writing.letter import Draft
from outbox.writing.policy import CHASING_STARTS_AT, LetterPolicy

AttemptLookup = Callable[[CaseRow, AgencyRow], AbstractContextManager[None] | None]


@dataclass(frozen=True, slots=True)
class ChasingFacts:
    """What is known beside the matrix: the rungs that were told, and what waits of each
    return, and by an agency's id who reads its letters; `changes` are those that were asked for,
    by the return.
    `list_of` gives what was to be mended in an entry, None where that is not known;
    `panel_met` says whether a case's panel has met, or may have;
    `attempt` gives what is to be entered while an agency's
    letters are worked out, None where that is left for later."""

    told: ToldSteps
    waiting_of: MattersLookup
    readers_of: Callable[[int], Sequence[LetterReader]]
    changes: Mapping[int, ChangeRequest] = field(default_factory=dict)
    list_of: ListOf = lambda entry: None
    panel_met: Callable[[CaseRow], bool] = lambda case: False
    attempt: AttemptLookup = lambda case, agency: nullcontext()
    never_written_to: frozenset[int] = frozenset()  # whose letters were only tried


@dataclass(frozen=True, slots=True)
class ChasingResult:
    """What the ladder comes to on a day: letters, and those that are not written."""

    drafts: tuple[Draft, ...] = ()
    silent: tuple[SuppressedLetter, ...] = ()
    broken: tuple[Exception, ...] = ()  # what was met in an agency's own; the others go on


def derive_chasers(
    cases: Sequence[CaseRow], known: ChasingFacts, policy: LetterPolicy, now: datetime
) -> ChasingResult:
    """Every chaser due on this working day; `now` is in the board's time zone.

    A return is chased when it has come to a rung that this reader was not yet told of, for this due
    date. All that a reader is to hear of one agency goes into one letter, at its highest rung.
    """
    today = now.date()
    if not policy.calendar.is_working_day(today) or now.time() < CHASING_STARTS_AT:
        return ChasingResult()
    drafts: list[Draft] = []
    silent: list[SuppressedLetter] = []
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
                if is_register_failure(why):
                    raise
                broken.append(why)
                continue
            drafts += [found for found in climbed if isinstance(found, Draft)]
            silent += [found for found in climbed if not isinstance(found, Draft)]
    return ChasingResult(tuple(drafts), tuple(silent), tuple(broken))


def _agency(
    case: CaseRow, agency: AgencyRow, known: ChasingFacts, policy: LetterPolicy, today: date
) -> Iterator[Draft | SuppressedLetter]:
    people = known.readers_of(agency.id)
    everybody = (*people, *_chair(policy))
    week = _week(agency, everybody, known, policy, today)
    if not week.come:
        return
    waiting = {row.kind: known.waiting_of(agency.id, row.kind) for row in agency.returns}
    says = {kind: waits.agency_wording for kind, waits in waiting.items()}
    owing = OwingAgency(
        *(case, agency, people, policy.kinds, today, says),
        *(known.changes, known.list_of, known.panel_met, known.never_written_to),
    )
    kept = {row.kind: suppression_reason(case, waiting[row.kind]) for row in week.owed}
    yield from _silent(owing, _news(_only(week, kept, silent=True), everybody), kept)
    week = _only(week, kept, silent=False).with_weekly_pace()
    again = week.repeat_steps() if week.is_repeat_day() else []
    for reader in everybody:
        if own := spaced(steps_for_reader(reader, week, again), reader, agency.returns, week):
            more = joined_steps(reader, own, week)
            if reader.kept:
                if not _succeeded(reader, own, people):
                    yield _kept(owing, reader, own)
            else:
                yield draft_chaser(owing, _instead(reader, own, people), own, more)
    unheard = [step for step in (*week.come, *again) if not _heard(step, everybody)]
    if unheard and people:  # that there is nobody at all is on the digest in any case
        yield _nobody(owing, unheard)


def _instead(
    reader: LetterReader, own: Sequence[ReachedStep], people: Sequence[LetterReader]
) -> LetterReader:
    """The same, who is told for whom they hear of it."""
    whom = (name for row, rung in own for name in reader.stands_in_for(rung, row.due, people))
    return replace(reader, instead_of=tuple(dict.fromkeys((*reader.instead_of, *whom))))


def _week(
    agency: AgencyRow,
    readers: Sequence[LetterReader],
    known: ChasingFacts,
    policy: LetterPolicy,
    today: date,
) -> ChasingWeek:
    def stands(row: ReturnRow) -> date:
        return _stands(row, agency, readers, known, policy, today)

    chased = [row for row in agency.returns if policy.kinds[row.kind].chased]
    asked = replace(agency, returns=tuple(row for row in chased if row.state in CHASED_STATES))
    come = tuple(
        (row, rung)
        for row, rung in agency_steps(asked, policy.ladder, policy.calendar, today, stands)
        if not (rung.days > 0 and _to_be_mended(row, known, policy, today))
    )
    told, ladder, calendar = known.told, policy.ladder, policy.calendar
    return ChasingWeek(asked.returns, come, told, ladder, calendar, today, stands, readers)


def _to_be_mended(row: ReturnRow, known: ChasingFacts, policy: LetterPolicy, today: date) -> bool:
    """Whether changes were asked for so lately that nobody asks where the new version is."""
    changes = known.changes.get(row.id)
    return changes is not None and today < changes.first_reminder_day(policy.calendar)


def _only(
    week: ChasingWeek, kept: Mapping[str, tuple[str, str] | None], *, silent: bool
) -> ChasingWeek:
    """The same, of what is kept from being written, or of what is not."""
    owed = [row for row in week.owed if (kept[row.kind] is not None) == silent]
    come = [(row, rung) for row, rung in week.come if row in owed]
    return replace(week, owed=owed, come=come)


def _stands(
    row: ReturnRow,
    agency: AgencyRow,
    readers: Sequence[LetterReader],
    known: ChasingFacts,
    policy: LetterPolicy,
    today: date,
) -> date:
    """The day of the ladder on which a return stands: however a silence ended, or a stop of the
    service, no step is left out, and none comes sooner after the one before than it ever does."""
    heard = known.told.first_told_days(row, chair=True)

    def hears(rung: LadderStep) -> bool:
        return any(r.roles.intersection(rung.to) and not r.kept for r in readers)

    return unhurried_ladder_day(row, policy.ladder, policy.calendar, today, heard, hears)


def _news(week: ChasingWeek, readers: Sequence[LetterReader]) -> list[ReachedStep]:
    """What somebody is to hear of and was not told, or nobody is there to hear of."""
    due = (*week.come, *(week.repeat_steps() if week.is_repeat_day() else ()))
    return [
        step
        for step in due
        if not _heard(step, readers) or any(is_still_untold(step, r, week) for r in readers)
    ]


def _silent(
    owing: OwingAgency, due: Sequence[ReachedStep], kept: Mapping[str, tuple[str, str] | None]
) -> Iterator[SuppressedLetter]:
    """What is not written because something waits, those with one reason together."""
    by_reason = defaultdict[tuple[str, str], list[ReachedStep]](list)
    for step in due:
        if (why := kept[step[0].kind]) is not None:
            by_reason[why].append(step)
    for why, same in by_reason.items():
        yield SuppressedLetter(
            owing.case.reference, owing.agency.name, owing.return_nouns(same), *why
        )


def _chair(policy: LetterPolicy) -> Sequence[LetterReader]:
    return [LetterReader(frozenset({"chair"}), policy.chair)] if policy.chair else []


def _heard(step: ReachedStep, readers: Sequence[LetterReader]) -> bool:
    return any(reader.roles.intersection(step[1].to) for reader in readers)


def _kept(
    owing: OwingAgency, reader: LetterReader, theirs: Sequence[ReachedStep]
) -> SuppressedLetter:
    """A reader who is not to be written to now; a deputy that a note names is offered."""
    why, case, agency = f"{reader.recipient.name} {reader.kept}", owing.case, owing.agency
    if reader.instead:
        why += f", and {reader.instead}"
    if others := _in_their_place(reader, owing.readers, theirs):
        are = "is" if len(others) == 1 else "are"
        why += f", and {join_with_and(others)} {are} written to instead"
    more: tuple[str, ...] = ()
    if reader.deputy:
        ends = commands_to_paste.remove_contact_command(case.reference, agency.code, reader.deputy)
        stay = f"Once registered, they stay so, also when {reader.recipient.name} is back."
        more = (f"{stay} To end it then: `{ends}`",)
    command, nouns = _remedy(owing, reader), owing.return_nouns(theirs)
    return SuppressedLetter(case.reference, agency.name, nouns, why, command, more)


def _succeeded(
    reader: LetterReader, own: Sequence[ReachedStep], people: Sequence[LetterReader]
) -> bool:
    """Whether somebody of the same role hears of all that one would hear whose mail came back, or
    who has left."""
    roles = (reader.roles.intersection(rung.to) for _, rung in own)
    others = [r.roles for r in people if r != reader and not r.kept]
    return (reader.returned or reader.has_left) and all(
        any(role in held for held in others) for of_step in roles for role in of_step
    )


def _in_their_place(
    absent: LetterReader, readers: Sequence[LetterReader], steps: Sequence[ReachedStep]
) -> list[str]:
    """Who hears of these steps since nobody can whom they are for."""
    for_them = [(row, rung) for row, rung in steps if absent.roles.intersection(rung.to)]
    return [
        reader.recipient.name
        for reader in readers
        if any(reader.stands_in_for(rung, row.due, readers) for row, rung in for_them)
    ]


def _remedy(owing: OwingAgency, reader: LetterReader) -> str:
    """What would have the letter go: the deputy registered, or it settled that they are back."""
    place = (owing.case.reference, owing.agency.code)
    if reader.deputy:
        return commands_to_paste.register_command(*place, min(reader.roles), reader.deputy)
    if reader.returned:
        return commands_to_paste.register_command(*place, min(reader.roles))
    return (
        commands_to_paste.contact_back_command(*place, reader.recipient.email)
        if reader.away or reader.has_left
        else ""
    )


def _nobody(owing: OwingAgency, unheard: Sequence[ReachedStep]) -> SuppressedLetter:
    roles = list(dict.fromkeys(role for _, rung in unheard for role in rung.to))
    why = f"nobody is registered as {' or '.join(roles)}"
    command = commands_to_paste.register_command(owing.case.reference, owing.agency.code, roles[0])
    return SuppressedLetter(
        owing.case.reference, owing.agency.name, owing.return_nouns(unheard), why, command
    )
