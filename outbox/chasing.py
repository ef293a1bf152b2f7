"""Chasing: the ladder climbed on what the register, the spool and the queue say now.

Does: derives the chasers that are due and may be written today, what is not written and why, what
the days to come would bring, and calls back what has not left and need not go any more.
Trusts: the register, the queue.
Never touches: templates, transports.
Known limits: an answer that follows a chaser on the same day is a second letter to that agency.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, tzinfo

from handlers.register.register import Register
from intake.ledger import Ledger
from outbox.chasers import Climb, Known, chasers
from outbox.facts import Need
from outbox.forecast import Foreseen, forecast
from outbox.heard import Heard
from outbox.letter import Draft, Letter
from outbox.policy import NOT_BEFORE, Policy
from outbox.queue import Queue
from outbox.readers import readers
from outbox.recall import SAID_WITH_MORE, called_back, owed_in
from outbox.resumed import resumed
from outbox.returned import unreachable
from outbox.rungs import chased_by, chased_on, hearings, stood_for, written_to
from outbox.silence import Silent
from outbox.suppressed import called_back as called_back_since
from outbox.suppressed import suppressed
from outbox.undecided import Undecided, parts
from outbox.waiting import Waits
from outbox.working import Working

_ASKED = "SELECT key FROM letters WHERE kind = 'undecided' AND state <> 'called back'"
_TOLD = f"{_ASKED} AND state <> 'draft'"


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
            why = why or called_back(stood_for(self._ledger, letter), owed, waiting_of)
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

    def _climbed(self, now: datetime, told: Heard) -> Climb:
        cases = self._register.matrix(now.date())
        returned = unreachable(self._ledger)
        known = Known(
            told=told,
            waiting_of=self._waits.now(cases, now),
            readers_of=lambda id: readers(self._register, id, now.date(), returned),
            resumed=resumed(self._ledger, self._register, now.tzinfo),
            attempt=lambda case, agency: self._working.attempt(
                f"chasers of agency {agency.id}", f"{case.reference}, {agency.name}", now
            ),
        )
        return chasers(cases, known, self._policy, now)
