"""The ladder climbed on what the register, the spool and the queue say now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.register import Register
from handlers.register.returns import CHASED
from intake.database import Ledger
from outbox.chasing.changes_asked import changes_asked
from outbox.chasing.chasers import Climb, Known, chasers
from outbox.chasing.suppression import Silent, WaitingOf, Waits, silence, suppressed
from outbox.chasing.suppression import called_back as called_back_since
from outbox.chasing.undecided import Undecided, parts
from outbox.due.answers import document_of
from outbox.due.decision_letters import as_decided
from outbox.due.ladder_steps import (
    Heard,
    chased_by,
    chased_on,
    hearings,
    resumed,
    rungs_of_letter,
    written_to,
)
from outbox.due.letter_failures import Working
from outbox.due.recipients import readers
from outbox.sending.bounces import unreachable
from outbox.sending.queue import Queue
from outbox.writing.facts import DocumentFacts, Need
from outbox.writing.letter import Draft, Letter, Rungs
from outbox.writing.policy import NOT_BEFORE, Policy

Derive = Callable[[datetime, Heard], Sequence[Draft]]  # what is due, given what was told


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One letter and the moment from which it would go."""

    when: datetime
    draft: Draft


def forecast(derive: Derive, told: Heard, first: datetime, last: datetime) -> Iterator[Foreseen]:
    """Every chaser from `first` to `last`, looked for once a day at the hour of `first`."""
    when, known = first, told
    while when <= last:
        drafts = derive(when, known)
        known = known.and_of(drafts, when.date()) if drafts else known
        yield from (Foreseen(when, draft) for draft in drafts)
        when += timedelta(days=1)


HAS_COME = "what it asked for has come"
NOT_OWED = "what it asked for is not owed any more"
SAID_WITH_MORE = "another draft says it, with what has become as late since"
OTHER_DAY = "what it asked for is due on another day"

Owed = tuple[CaseRow, AgencyRow, ReturnRow]


def owed_in(cases: Iterable[CaseRow]) -> dict[int, Owed]:
    """Every return by its id, with whose it is."""
    return {
        row.id: (case, agency, row)
        for case in cases
        for agency in case.agencies
        for row in agency.returns
    }


def called_back(
    rungs: Sequence[Rungs], owed: Mapping[int, Owed], waiting_of: WaitingOf
) -> str | None:
    """Why a letter for these rungs is not to go, or None."""
    return next(
        (why for rung in rungs if (why := _why(rung, owed.get(rung.return_id), waiting_of))), None
    )


def _why(rung: Rungs, owed: Owed | None, waiting_of: WaitingOf) -> str | None:
    if owed is None:
        return NOT_OWED
    case, agency, row = owed
    if row.state not in CHASED:
        return NOT_OWED if row.state == "waived" else HAS_COME
    if row.due_version != rung.due_version:
        return OTHER_DAY
    if case.state == "closed":
        return NOT_OWED
    silent = silence(case, waiting_of(agency.id, row.kind))
    return silent[0] if silent else None


_ASKED = "SELECT key FROM letters WHERE kind = 'undecided' AND state <> 'called back'"
_TOLD = f"{_ASKED} AND state <> 'draft'"


_REJECTED = (
    "SELECT id FROM decisions WHERE entry_id = ? AND what = 'reject' ORDER BY id DESC LIMIT 1"
)


class Chasing:
    """Climbs the ladder."""

    def __init__(
        self,
        ledger: Ledger,
        register: Register,
        queue: Queue,
        waits: Waits,
        policy: Policy,
        working: Working,
    ) -> None:
        self._ledger = ledger
        self._register = register
        self._queue = queue
        self._waits = waits
        self._policy = policy
        self._working = working
        self.undecided = Undecided(register, policy)
        self.broken: tuple[Exception, ...] = ()  # met at the last look, each in one agency's own

    def due(self, now: datetime) -> list[Draft]:
        """What is to be written now. An agency that was written to today hears no more today, but
        for those who are to hear of the same rung as a colleague did."""
        self.broken = ()
        if not self._policy.at_work(now):
            return []
        climbed = self._climbed(now, hearings(self._ledger))
        self.broken = climbed.broken
        return self._not_heard_today(climbed.drafts, now.date())

    def _not_heard_today(
        self, drafts: Sequence[Draft], today: date, heard: Collection[int | None] = ()
    ) -> list[Draft]:
        done, chased = {*written_to(self._ledger, today), *heard}, chased_on(self._ledger, today)
        readers = chased_by(self._ledger, today)

        def colleague(draft: Draft) -> bool:
            same = not chased.isdisjoint(draft.rungs)
            return same and draft.recipient.contact_id not in readers

        return [
            draft
            for draft in drafts
            if draft.to_release or draft.agency_id not in done or colleague(draft)
        ]

    def silent(self, now: datetime) -> tuple[Silent, ...]:
        """What is not written on the day of `now`, and why."""
        at_nine = datetime.combine(now.date(), NOT_BEFORE, now.tzinfo)
        return self._climbed(max(now, at_nine), hearings(self._ledger)).silent

    def suppressed(self, now: datetime, since: datetime | None) -> list[Need]:
        """The same in sentences, with what was called back since then."""
        return [*suppressed(self.silent(now)), *called_back_since(self._ledger, since)]

    def forecast(
        self, first: date, last: date, zone: tzinfo, heard: Collection[int | None] = ()
    ) -> Iterator[Foreseen]:
        """Who would be chased on which of these days, as things stand. `heard` are agencies that
        are written to on the first of them in any case, by their ids: they hear no more then."""
        start, end = (datetime.combine(day, NOT_BEFORE, zone) for day in (first, last))
        asked = self._asked(_ASKED)  # each is drafted once

        def derive(now: datetime, known: Heard) -> list[Draft]:
            about = self.undecided.due(now, asked)
            asked.update(*(parts(draft.key) for draft in about))
            drafts: Sequence[Draft] = self._climbed(now, known).drafts
            if now.date() == first:
                drafts = self._not_heard_today(drafts, first, heard)
            return [*drafts, *about]

        return forecast(derive, hearings(self._ledger), start, end)

    def waited(self, now: datetime) -> list[Draft]:
        """What has waited so long for the board that the chair's office should hear of it."""
        return self.undecided.due(now, self._asked(_TOLD))

    def _asked(self, letters: str) -> set[str]:
        """The parts of all that these letters ask about."""
        return {part for row in self._ledger.rows(letters) for part in parts(row["key"])}

    def call_back(self, now: datetime) -> list[Letter]:
        """Take back what has not left and need not go any more."""
        letters = self._queue.to_leave()
        cases = self._register.matrix(now.date()) if letters else []
        owed, waiting_of = owed_in(cases), self._waits.now(cases, now)
        asking = [letter for letter in letters if letter.kind == "undecided"]
        decided = self.undecided.decided(asking, cases, now, self._asked(_TOLD)) if asking else {}
        back = []
        renewed = self._drafted_anew(letters, now)
        for letter in letters:
            why = decided.get(letter.id)
            why = why or (SAID_WITH_MORE if letter.id in renewed else None)
            why = why or called_back(rungs_of_letter(self._ledger, letter), owed, waiting_of)
            if why is not None:
                self._queue.call_back(letter, why, now)
                back.append(letter)
        return back

    def _drafted_anew(self, letters: Sequence[Letter], now: datetime) -> set[int]:
        """The drafts to the chair's office that nobody has released, of agencies of which another
        is due: that one says it all."""
        drafts = [x for x in letters if x.kind == "to-chair" and x.state == "draft"]
        if not drafts or not self._policy.at_work(now):
            return set()
        climbed = self._climbed(now, hearings(self._ledger)).drafts
        due = {draft.agency_id for draft in climbed if draft.kind == "to-chair"}
        return {letter.id for letter in drafts if letter.agency_id in due}

    def _list_of(self, entry_id: int) -> DocumentFacts | None:
        """What a letter asked to have mended, without advice."""
        entry = self._register.entries.get(entry_id)
        if entry is None:
            return None
        row = self._ledger.row(_REJECTED, entry_id)
        made = self._register.decisions.get(row["id"]) if row else None
        (told,) = as_decided(made, [entry]) if made else (entry,)
        return replace(document_of(told, self._policy.kinds), advice=())

    def _climbed(self, now: datetime, told: Heard) -> Climb:
        cases = self._register.matrix(now.date())
        returned = unreachable(self._ledger)
        known = Known(
            told=told,
            waiting_of=self._waits.now(cases, now),
            readers_of=lambda id: readers(self._register, id, now.date(), returned),
            resumed=resumed(self._ledger, self._register, now.tzinfo),
            changes=changes_asked(self._ledger, self._register.people),
            list_of=self._list_of,
            attempt=lambda case, agency: self._working.attempt(
                f"chasers of agency {agency.id}", f"{case.reference}, {agency.name}", now
            ),
        )
        return chasers(cases, known, self._policy, now)
