"""Derives every letter that is due by what the register says now, writes each once and queues it.

Nothing passes without the disclosure guard, and doing it again is harmless. A letter that cannot be
written is told to the operator and tried at each round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from jinja2 import TemplateError

from handlers.register.register import Register
from intake.database import is_register_failure
from intake.disk_errors import is_disk_full
from intake.source_health import Outage, OutageRecords, transport_outage
from outbox.alerts.alerts import draft_alerts
from outbox.chasing.chasing import Chasing
from outbox.digest.briefing import DigestSchedule
from outbox.digest.urgent import UrgentEntries
from outbox.due.agreement_letters import draft_agreements, join_decision_drafts
from outbox.due.answers import AnswerableDelivery, draft_answers
from outbox.due.check_replies import draft_check_results
from outbox.due.confirmations import Confirmations, may_be_undone
from outbox.due.decision_letters import UntoldDecisions, draft_rulings
from outbox.due.joined_answers import group_for_one_letter, merge_deliveries, with_fallback_drafts
from outbox.due.letter_failures import LetterFailures, LetterSetAside, UnfinishedWork
from outbox.due.pending_answers import UnansweredDeliveries
from outbox.due.receipts import without_barred_advice
from outbox.due.set_apart import UnplacedMessages
from outbox.due.stopped_letters import StoppedLetters
from outbox.due.withdrawal_letters import draft_withdrawals
from outbox.sending.call_back import LetterRecall
from outbox.sending.letter_queue import LetterQueue
from outbox.writing.disclosure_guard import DisclosureGuard, LetterWithheld
from outbox.writing.letter import LADDER_KINDS, Draft, Letter, LetterKind
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.policy import LetterPolicy
from outbox.writing.subject_line import LetterMalformed
from outbox.writing.writer import LetterWriter

DraftsDue = Callable[[datetime], Iterable[Draft]]  # what is due at a moment
REASON_CHANGED = "the reason is another one by now, and another letter says it"
RELOOK_SECONDS = 300  # seconds; a day, an hour or the digest's time begins meanwhile


@dataclass(frozen=True, slots=True)
class DerivedLetters:
    """What was queued, and what could not be, in sentences for the operator."""

    queued: tuple[Draft, ...]
    troubles: tuple[str, ...]


@dataclass(slots=True)
class _Round:
    """What became of the letters of one round, as it goes."""

    queued: list[Draft] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    stopped: list[Draft] = field(default_factory=list)  # by the guard
    in_quiet: frozenset[int] = frozenset()  # agencies about which more decisions may follow
    to_undo: frozenset[int] = frozenset()  # agencies about which a mail may still be undone


class Correspondence:
    """Derives every letter that is owed, and queues what is new."""

    def __init__(
        self,
        register: Register,
        unanswered: UnansweredDeliveries,
        untold: UntoldDecisions,
        chasing: Chasing,
        outages: OutageRecords,
        unwritten: LetterFailures,
        digests: DigestSchedule,
        queue: LetterQueue,
        writer: LetterWriter,
        policy: LetterPolicy,
        stopped: StoppedLetters,
        working: UnfinishedWork,
        unplaced: UnplacedMessages,
        calling_back: LetterRecall,
        confirmations: Confirmations,
        urgent: UrgentEntries,
    ) -> None:
        self._register = register
        self._post = unanswered
        self._untold = untold
        self._chasing = chasing
        self._outages = outages
        self._unwritten = unwritten
        self._digests = digests
        self._queue = queue
        self._writer = writer
        self._policy = policy
        self._urgent = urgent
        self._stopped = stopped
        self._working = working
        self._unplaced = unplaced
        self._calling_back = calling_back
        self._confirmations = confirmations
        self._troubles: list[str] = []  # of the round in hand
        self._kinds: dict[DraftsDue, LetterKind] = {
            self._urgent.draft_urgent: "urgent",
            self._checks: "check-result",
            unplaced.draft_unplaced: "unplaced",
            chasing.draft_chasers: "chaser",
            chasing.draft_undecided: "undecided",
            digests.draft_due_digest: "digest",
            confirmations.draft_confirmations: "confirmation",
            self._alerts: "alert",
        }
        self._looked: object = None  # what there was, and when, when all that was due was written

    def queue_due_letters(self, now: datetime) -> DerivedLetters:
        """Queue all that is due, once what need not go any more is taken back; `now` is in the
        board's time zone."""
        round = self._new_round(now)
        self._working.count_last_failure(now)
        looked = self._register.change_counter(), now.timestamp() // RELOOK_SECONDS
        quiet, followed = looked == self._looked, list[Letter]()
        if not quiet:
            self._post.forget_answered()
            looked = self._register.change_counter(), looked[1]
            self._chasing.call_back_outdated(now)
            self._calling_back.call_back_overtaken(now)
            self._calling_back.call_back_to_join(now)
        self._troubles = round.troubles
        for due in (self._alerts,) if quiet else self._by_the_register:
            if due == self._digests.draft_due_digest:  # which tells of them
                followed = self._calling_back.call_back_overtaken(now)
                self._stopped.update_stopped(round.stopped, now)
                self._unwritten.note_stopped(self._stopped.list_stopped())
            if due == self._alerts:  # which tell of what was not written
                self._each(lambda: self._noted(now), "alert")
            self._write_due(due, now, round)
        if not quiet:
            self._queue.withdraw_digests(now)
        self._looked = None if round.troubles or followed else looked
        round.troubles += map(str, self._unwritten.template_mistakes())
        return DerivedLetters(tuple(round.queued), tuple(round.troubles))

    def queue_failed_letters(self, now: datetime) -> DerivedLetters:
        """What ended the service when it was last worked out: once everybody else's letters have
        left."""
        round = self._new_round(now)
        self._troubles = round.troubles
        with self._working.retrying_failed(now) as any_of_it:
            for due in self._by_the_register if any_of_it else ():
                self._write_due(due, now, round)
        return DerivedLetters(tuple(round.queued), tuple(round.troubles))

    def _new_round(self, now: datetime) -> _Round:
        quiet = self._policy.decisions_quiet
        return _Round(
            in_quiet=self._untold.agencies_in_quiet(quiet, now),
            to_undo=self._confirmations.agencies_to_undo(self._policy.undo_time, now),
        )

    def _noted(self, now: datetime) -> tuple[Draft, ...]:
        """What stands in the way of letters, as an outage begins and ends."""
        self._unwritten.update_outages(now)
        return ()

    def _write_due(self, due: DraftsDue, now: datetime, round: _Round) -> None:
        for draft in self._due(due, now):
            if draft.agency_id in round.in_quiet and self._waits_for_quiet(draft):
                continue
            if draft.agency_id in round.to_undo and may_be_undone(draft):
                continue
            if not self._queue.has_letter_like(draft):
                self._add(draft, now, round)

    def _waits_for_quiet(self, draft: Draft) -> bool:
        """Whether a letter waits until nothing more was decided about its agency for a while; one
        of the ladder would come between."""
        decisions = [topic.decision_id for topic in draft.tells if topic.decision_id]
        if decisions:
            return not self._untold.is_any_urgent(decisions)
        return draft.kind in LADDER_KINDS and not draft.to_release

    @property
    def _by_the_register(self) -> tuple[DraftsDue, ...]:
        """What follows from the register and the day: looked for anew once something has changed,
        and every few minutes. Alerts come last, since they tell of what was not written."""
        chasing = self._chasing
        return (
            *(
                self._urgent.draft_urgent,
                self._confirmations.draft_confirmations,
                self.draft_caused,
                self._unplaced.draft_unplaced,
                self._checks,
            ),
            *(chasing.draft_chasers, chasing.draft_undecided),
            *(self._digests.draft_due_digest, self._alerts),
        )

    def _due(self, due: DraftsDue, now: datetime) -> list[Draft]:
        """What cannot be worked out stops no other letter (failure mode 76)."""
        kind = self._kinds.get(due, "acknowledgement")
        drafts = self._each(
            lambda: map(self._queue.with_repetition, self._of(due, kind, now)), kind
        )
        if due == self._chasing.draft_chasers:
            for why in self._chasing.broken:
                self._missed("chaser", why)
        return drafts

    def _of(self, due: DraftsDue, kind: LetterKind, now: datetime) -> Iterable[Draft]:
        """What is worked out for each in turn has its own tries; the rest has them as a whole."""
        if due in (self.draft_caused, self._chasing.draft_chasers):
            return due(now)
        return self._attempt(f"letters of kind {kind}", f"letters of the kind {kind}", due, now)

    def _attempt(self, key: str, whose: str, make: DraftsDue, now: datetime) -> list[Draft]:
        attempt = self._working.begin_attempt(key, whose, now)
        if attempt is None:
            return []
        with attempt:
            return list(make(now))

    def _each(self, make: Callable[[], Iterable[Draft]], kind: LetterKind) -> list[Draft]:
        """The letters about one thing; none where something unforeseen is met in it, which is told,
        so that whatever is behind it is written all the same."""
        try:
            return list(make())
        except Exception as why:
            if is_disk_full(why) or is_register_failure(why):
                raise
            self._missed(kind, why)
            return []

    def _missed(self, kind: LetterKind, why: Exception) -> None:
        self._troubles.append(f"A letter ({kind}) was not written: {_why(why)}")
        self._unwritten.note_failure(kind, why)

    def _add(self, draft: Draft, now: datetime, round: _Round) -> None:
        try:
            attempt = self._working.begin_attempt(
                f"{_what(draft)} {draft.full_key}", f"a {draft.kind}", now
            )
            if attempt is None:
                self._add_each(draft.apart, now, round)
                return
            with attempt:
                message = self._written(draft, now)
            self._queue.add(draft, message, now, now.date())
        except Exception as why:  # one bad letter stops no other
            if is_disk_full(why) or is_register_failure(why):  # which is no fault of the letter's
                raise
            if draft.apart:  # nor one document what is told with it
                self._add_each(draft.apart, now, round)
                return
            round.troubles.append(f"A letter ({draft.kind}) was not written: {_why(why)}")
            round.stopped += [draft] if isinstance(why, LetterWithheld) else []
            self._unwritten.note_failure(draft.kind, why)
        else:
            round.queued.append(draft)

    def _add_each(self, apart: Iterable[Draft], now: datetime, round: _Round) -> None:
        for draft in map(self._queue.with_repetition, apart):
            if not self._queue.has_letter_like(draft):
                self._add(draft, now, round)

    def cancel_stopped(self, key: str, now: datetime) -> int | None:
        """Have a letter that the guard stops never written: a person tells its reader. Returns its
        number, None where no such letter is due."""
        for due in (self.draft_caused, self._checks, self._chasing.draft_chasers):
            alone = (one for draft in due(now) for one in draft.apart or (draft,))
            for draft in map(self._queue.with_repetition, alone):
                if draft.full_key == key and not self._queue.has_letter_like(draft):
                    message = self._writer.write(draft, self._queue.message_id_for(draft), now)
                    return self._queue.add(draft, message, now, now.date(), state="cancelled")
        return None

    def _written(self, draft: Draft, now: datetime) -> bytes:
        policy = self._policy
        guard = DisclosureGuard(
            *(self._register, policy.administrator, policy.operator, policy.chair, policy.deputies)
        )
        guard.check_recipient(draft)
        try:
            return self._read(draft, guard, now)
        except LetterWithheld:
            facts = without_barred_advice(
                draft.facts, lambda words: guard.may_be_told(words, _case_of(draft))
            )
            if facts is None:
                raise
            return self._read(replace(draft, facts=facts), guard, now)

    def _read(self, draft: Draft, guard: DisclosureGuard, now: datetime) -> bytes:
        message = self._writer.write(draft, self._queue.message_id_for(draft), now)
        guard.check_message(draft, message)
        return message

    def _answers(self, now: datetime, *, at_once: bool = False) -> list[Draft]:
        found: list[Draft] = []
        post = self._post.unanswered_deliveries(now, at_once=at_once)
        for together in group_for_one_letter(post):
            each = [(one, drafts) for one in together if (drafts := self._answer(one, now))]
            apart = [draft for _, drafts in each for draft in drafts]
            several = [one for one, _ in each]  # without what cannot be worked out by itself
            joined = self._answer(merge_deliveries(several), now) if len(several) > 1 else []
            found += with_fallback_drafts(joined, apart) if joined else apart
        return found

    def _answer(self, one: AnswerableDelivery, now: datetime) -> list[Draft]:
        policy = self._policy
        kinds, ladder, calendar = policy.kinds, policy.ladder, policy.calendar
        which = ", ".join(map(str, one.delivery_ids))
        return self._each(
            lambda: self._attempt(
                f"answer to delivery {which} for agency {one.agency.id}",
                f"{one.reference}, {one.agency.name}, delivery {which}",
                lambda now: draft_answers([one], kinds, ladder, calendar, now.date()),
                now,
            ),
            "acknowledgement",
        )

    def _checks(self, now: datetime) -> list[Draft]:
        return draft_check_results(self._post.unanswered_checks(now), self._policy.kinds)

    def draft_caused(self, now: datetime, *, at_once: bool = False) -> list[Draft]:
        """Every letter that what came, or what a person decided, causes and that is not written
        yet; `at_once` also what waits a while for what else its sender sent."""
        return [*self._answers(now, at_once=at_once), *self._decisions(now)]

    def _decisions(self, now: datetime) -> list[Draft]:
        policy = self._policy

        def due(now: datetime) -> Iterable[Draft]:
            climbs = (policy.kinds, policy.ladder, policy.calendar, now.date())
            rulings = draft_rulings(self._untold.untold_rulings(now), *climbs)
            agreements = draft_agreements(self._untold.untold_agreements(now), *climbs)
            yield from join_decision_drafts((*rulings, *agreements))
            yield from draft_withdrawals(self._untold.untold_withdrawals(now), *climbs)

        name = "letters about decisions"
        return self._each(lambda: self._attempt(name, name, due, now), "decision")

    def write_unqueued(self, draft: Draft, now: datetime) -> bytes:
        """Write a letter and keep nothing of it. Raises what stands in its way."""
        return self._written(draft, now)

    def _alerts(self, now: datetime) -> Iterator[Draft]:
        """At any hour; also of what this round did not write."""
        policy = self._policy
        untold = transport_outage(policy.alert_way)  # the letter could only leave when it is over
        outages = [outage for outage in self._outages.recent_outages(now) if outage.of != untold]
        told = self._queue.has_alert_of

        def of(outage: Outage) -> Iterator[Draft]:
            for draft in draft_alerts([outage], policy.alert_after, told, policy.operator, now):
                self._take_back_what_it_was(draft, now)
                yield draft

        for one in outages:
            yield from self._each(lambda one=one: of(one), "alert")  # type: ignore[misc]

    def _take_back_what_it_was(self, draft: Draft, now: datetime) -> None:
        """An alert that has not left and says another reason than there is now."""
        for letter in self._queue.untried_letters(draft.key):
            says = letter_plain_text(
                parse_letter(self._writer.write(draft, letter.message_id, now))
            )
            if says != letter_plain_text(parse_letter(letter.message)):
                self._queue.call_back_letter(letter, REASON_CHANGED, now)


def _what(draft: Draft) -> str:
    """What it is called while it is written: what ends us together may not when it is apart."""
    return "letter of several" if draft.apart else "letter"


def _case_of(draft: Draft) -> str | None:
    """The reference that it is about, which its reader knows: the guard looked who that is."""
    return getattr(draft.facts, "case", None) if draft.agency_id is not None else None


def _why(why: Exception) -> str:
    """What happened, in our own sentence or Jinja2's; of anything else only its type."""
    if isinstance(why, TemplateError):
        return str(why)
    if isinstance(why, LetterSetAside):
        return f"{LetterSetAside.sentence} ({why.whose})"
    if isinstance(why, LetterMalformed | LetterWithheld):
        return why.sentence
    return f"{type(why).__name__}."
