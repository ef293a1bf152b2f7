"""The ladder climbed on what the register, the spool and the queue say now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.register import Register
from handlers.register.returns import CHASED_STATES
from intake.database import RegisterDatabase
from outbox.chasing.change_requests import read_change_requests
from outbox.chasing.chasers import ChasingFacts, ChasingResult, derive_chasers
from outbox.chasing.suppression import (
    MattersLookup,
    MattersReader,
    SuppressedLetter,
    suppressed_needs,
    suppression_reason,
)
from outbox.chasing.suppression import called_back_needs as called_back_since
from outbox.chasing.undecided import UndecidedEntries
from outbox.due.decision_letters import as_decided
from outbox.due.ladder_steps import (
    ToldSteps,
    agencies_written_to,
    contacts_chased_on,
    read_told_steps,
    rungs_chased_on,
    rungs_of_letter,
)
from outbox.due.letter_failures import UnfinishedWork
from outbox.due.recipients import ladder_readers
from outbox.due.told_documents import document_of
from outbox.sending.closed_addresses import unreachable_contacts
from outbox.sending.letter_queue import LetterQueue
from outbox.sending.trial import contacts_never_written_to
from outbox.writing.digest_facts import Need
from outbox.writing.facts import DocumentFacts
from outbox.writing.letter import AskedEntry, Draft, Letter, LetterRung
from outbox.writing.policy import CHASING_STARTS_AT, LetterPolicy

DeriveDrafts = Callable[[datetime, ToldSteps], Sequence[Draft]]  # what is due, given what was told


@dataclass(frozen=True, slots=True)
class ForecastLetter:
    """One letter and the moment from which it would go."""

    when: datetime
    draft: Draft


def forecast_letters(
    derive: DeriveDrafts, told: ToldSteps, first: datetime, last: datetime
) -> Iterator[ForecastLetter]:
    """Every chaser from `first` to `last`, looked for once a day at the hour of `first`."""
    when, known = first, told
    while when <= last:
        drafts = derive(when, known)
        known = known.with_drafts(drafts, when.date()) if drafts else known
        yield from (ForecastLetter(when, draft) for draft in drafts)
        when += timedelta(days=1)


REASON_RETURN_CAME = "what it asked for has come"
REASON_PART_CAME = "part of what it asked for has come, and the rest is asked for anew"
REASON_NOT_OWED = "what it asked for is not owed any more"
REASON_NEWER_DRAFT = "another draft says it, with what has become as late since"
REASON_DUE_DAY_MOVED = "what it asked for is due on another day"

ReturnInCase = tuple[CaseRow, AgencyRow, ReturnRow]


def returns_by_id(cases: Iterable[CaseRow]) -> dict[int, ReturnInCase]:
    """Every return by its id, with whose it is."""
    return {
        row.id: (case, agency, row)
        for case in cases
        for agency in case.agencies
        for row in agency.returns
    }


def call_back_reason(
    rungs: Sequence[LetterRung], owed: Mapping[int, ReturnInCase], waiting_of: MattersLookup
) -> str | None:
    """Why a letter for these rungs is not to go, or None."""
    each = [_why(rung, owed.get(rung.return_id), waiting_of) for rung in rungs]
    why = next(filter(None, each), None)
    return REASON_PART_CAME if why == REASON_RETURN_CAME and None in each else why


def _why(rung: LetterRung, owed: ReturnInCase | None, waiting_of: MattersLookup) -> str | None:
    if owed is None:
        return REASON_NOT_OWED
    case, agency, row = owed
    if row.state not in CHASED_STATES:
        return REASON_NOT_OWED if row.state == "waived" else REASON_RETURN_CAME
    if row.due_version != rung.due_version:
        return REASON_DUE_DAY_MOVED
    if case.state == "closed":
        return REASON_NOT_OWED
    silent = suppression_reason(case, waiting_of(agency.id, row.kind))
    return silent[0] if silent else None


_REJECTED = (
    "SELECT id FROM standing WHERE entry_id = ? AND what = 'reject' ORDER BY id DESC LIMIT 1"
)


class Chasing:
    """Takes every return that is owed up its ladder, a letter for each step."""

    def __init__(
        self,
        database: RegisterDatabase,
        register: Register,
        queue: LetterQueue,
        waits: MattersReader,
        policy: LetterPolicy,
        working: UnfinishedWork,
    ) -> None:
        self._database = database
        self._register = register
        self._queue = queue
        self._waits = waits
        self._policy = policy
        self._working = working
        self.undecided = UndecidedEntries(register, policy)
        self.broken: tuple[Exception, ...] = ()  # met at the last look, each in one agency's own

    def draft_chasers(self, now: datetime) -> list[Draft]:
        """What is to be written now. An agency that was written to today hears no more today, but
        for those who are to hear of the same rung as a colleague did."""
        self.broken = ()
        if not self._policy.is_at_work(now):
            return []
        climbed = self._climbed(now, read_told_steps(self._database))
        self.broken = climbed.broken
        return self._not_heard_today(climbed.drafts, now.date())

    def _not_heard_today(
        self, drafts: Sequence[Draft], today: date, heard: Collection[int | None] = ()
    ) -> list[Draft]:
        done, chased = (
            {*agencies_written_to(self._database, today), *heard},
            rungs_chased_on(self._database, today),
        )
        readers = contacts_chased_on(self._database, today)

        def colleague(draft: Draft) -> bool:
            same = not chased.isdisjoint(draft.rungs)
            return same and draft.recipient.contact_id not in readers

        return [
            draft
            for draft in drafts
            if draft.to_release or draft.agency_id not in done or colleague(draft)
        ]

    def find_suppressed(self, now: datetime) -> tuple[SuppressedLetter, ...]:
        """What is not written on the day of `now`, and why."""
        at_nine = datetime.combine(now.date(), CHASING_STARTS_AT, now.tzinfo)
        return self._climbed(max(now, at_nine), read_told_steps(self._database)).silent

    def suppression_needs(self, now: datetime, since: datetime | None) -> list[Need]:
        """The same in sentences, with what was called back since then."""
        return [
            *suppressed_needs(self.find_suppressed(now)),
            *called_back_since(self._database, since),
        ]

    def forecast_days(
        self, first: date, last: date, zone: tzinfo, heard: Collection[int | None] = ()
    ) -> Iterator[ForecastLetter]:
        """Who would be chased on which of these days, as things stand. `heard` are agencies that
        are written to on the first of them in any case, by their ids: they hear no more then."""
        start, end = (datetime.combine(day, CHASING_STARTS_AT, zone) for day in (first, last))
        asked = set(self._asked(released=False))  # each is drafted once

        def derive(now: datetime, known: ToldSteps) -> list[Draft]:
            about = self.undecided.draft_for_chair(now, asked)
            asked.update(*(draft.asks for draft in about))
            drafts: Sequence[Draft] = self._climbed(now, known).drafts
            if now.date() == first:
                drafts = self._not_heard_today(drafts, first, heard)
            return [*drafts, *about]

        return forecast_letters(derive, read_told_steps(self._database), start, end)

    def draft_undecided(self, now: datetime) -> list[Draft]:
        """What has waited so long for the board that the chair's office should hear of it."""
        return self.undecided.draft_for_chair(now, self._asked(released=True))

    def _asked(self, *, released: bool) -> frozenset[AskedEntry]:
        """All that letters to the chair's office ask to be decided."""
        return frozenset().union(*self._queue.entries_asked(released=released).values())

    def call_back_outdated(self, now: datetime) -> list[Letter]:
        """Take back what has not left and need not go any more."""
        letters = self._queue.unsent_chasing_letters()
        cases = self._register.case_matrix(now.date()) if letters else []
        owed, waiting_of = returns_by_id(cases), self._waits.read_matters(cases, now)
        decided, back = self._asking_in_vain(letters, cases, now), []
        renewed = self._drafted_anew(letters, now)
        for letter in letters:
            why = decided.get(letter.id)
            why = why or (REASON_NEWER_DRAFT if letter.id in renewed else None)
            why = why or call_back_reason(rungs_of_letter(self._database, letter), owed, waiting_of)
            if why is not None:
                self._queue.call_back_letter(letter, why, now)
                back.append(letter)
        return back

    def _asking_in_vain(
        self, letters: Sequence[Letter], cases: Sequence[CaseRow], now: datetime
    ) -> dict[int, str]:
        """Why letters to the chair's office need not go any more, by their numbers."""
        asking = [letter for letter in letters if letter.kind == "undecided"]
        if not asking:
            return {}
        asks = self._queue.entries_asked(released=False)
        of_each = {letter: asks[letter.id] for letter in asking}
        told = self._asked(released=True)
        return self.undecided.outdated_letters(of_each, cases, now, told)

    def _drafted_anew(self, letters: Sequence[Letter], now: datetime) -> set[int]:
        """The drafts to the chair's office that nobody has released, of agencies of which another
        is due: that one says it all."""
        drafts = [x for x in letters if x.kind == "to-chair" and x.state == "draft"]
        if not drafts or not self._policy.is_at_work(now):
            return set()
        climbed = self._climbed(now, read_told_steps(self._database)).drafts
        due = {draft.agency_id for draft in climbed if draft.kind == "to-chair"}
        return {letter.id for letter in drafts if letter.agency_id in due}

    def _list_of(self, entry_id: int) -> DocumentFacts | None:
        """What a letter asked to have mended, without advice."""
        entry = self._register.entries.get_entry(entry_id)
        if entry is None:
            return None
        row = self._database.fetch_row(_REJECTED, entry_id)
        made = self._register.decisions.get_decision(row["id"]) if row else None
        (told,) = as_decided(made, [entry]) if made else (entry,)
        return replace(document_of(told, self._policy.kinds), advice=())

    def _panel_met(self, case: CaseRow, today: date) -> bool:
        """Whether a milestone of the panel's is done or past: nobody says then that the panel could
        not begin."""
        milestones = self._register.cases.case_file(case.reference).milestones
        return any(
            "panel" in each.what.casefold() and (each.done or each.on < today)
            for each in milestones
        )

    def _climbed(self, now: datetime, told: ToldSteps) -> ChasingResult:
        cases = self._register.case_matrix(now.date())
        returned = unreachable_contacts(self._database)
        left = self._register.entries.departures()
        known = ChasingFacts(
            told=told,
            waiting_of=self._waits.read_matters(cases, now),
            readers_of=lambda id: ladder_readers(self._register, id, now.date(), returned, left),
            changes=read_change_requests(self._database, self._register.people),
            list_of=self._list_of,
            panel_met=lambda case: self._panel_met(case, now.date()),
            attempt=lambda case, agency: self._working.begin_attempt(
                f"chasers of agency {agency.id}", f"{case.reference}, {agency.name}", now
            ),
            never_written_to=contacts_never_written_to(self._database),
        )
        return derive_chasers(cases, known, self._policy, now)
