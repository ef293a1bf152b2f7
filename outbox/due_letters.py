"""The correspondence: every letter that is due by what the register says now.

Does: derives what is due, lets nothing past the guard, writes each letter once and queues it.
Doing it again is harmless.
Trusts: the register, the queue.
Never touches: transports.
Known limits: a letter that cannot be written is told to the operator and tried at each round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from jinja2 import TemplateError

from config.sentence import sentence_of
from handlers.register.register import Register
from intake.database import is_the_registers
from intake.disk_errors import disk_is_full
from intake.source_health import TRANSPORT, Outage, Outages
from outbox.alerts.alerts import alerts
from outbox.chasing.chasing import Chasing
from outbox.digest.briefing import Digests
from outbox.due.answers import Answerable, answers
from outbox.due.check_replies import check_results
from outbox.due.decision_letters import Untold, agreed, ruled
from outbox.due.letter_failures import SetAside, Unwritten, Working
from outbox.due.one_letter import as_one, in_one_letter, with_apart
from outbox.due.pending_answers import Unanswered
from outbox.due.receipts import lighter
from outbox.due.set_apart import Unplaced
from outbox.due.stopped_letters import StoppedLetters
from outbox.due.urgent import Urgent
from outbox.sending.call_back import CallingBack
from outbox.sending.queue import Queue
from outbox.writing.disclosure_guard import Guard, Withheld
from outbox.writing.letter import Draft, Letter, LetterKind
from outbox.writing.letter_text import opened, text_of
from outbox.writing.policy import Policy
from outbox.writing.writer import LetterMisshapen, Writer

Due = Callable[[datetime], Iterable[Draft]]  # what is due at a moment
OTHER_REASON = "the reason is another one by now, and another letter says it"
LOOKS_AGAIN = 300  # seconds; a day, an hour or the digest's time begins meanwhile


@dataclass(frozen=True, slots=True)
class Derived:
    """What was queued, and what could not be, in sentences for the operator."""

    queued: tuple[Draft, ...]
    troubles: tuple[str, ...]


@dataclass(slots=True)
class _Round:
    """What became of the letters of one round, as it goes."""

    queued: list[Draft] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    stopped: list[Draft] = field(default_factory=list)  # by the guard


class Correspondence:
    """Derives and queues."""

    def __init__(
        self,
        register: Register,
        unanswered: Unanswered,
        untold: Untold,
        chasing: Chasing,
        outages: Outages,
        unwritten: Unwritten,
        digests: Digests,
        queue: Queue,
        writer: Writer,
        policy: Policy,
        stopped: StoppedLetters,
        working: Working,
        unplaced: Unplaced,
        calling_back: CallingBack,
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
        self._urgent = Urgent(register, policy)
        self._stopped = stopped
        self._working = working
        self._unplaced = unplaced
        self._calling_back = calling_back
        self._troubles: list[str] = []  # of the round in hand
        self._kinds: dict[Due, LetterKind] = {
            self._urgent.due: "urgent",
            self._checks: "check-result",
            unplaced.due: "unplaced",
            chasing.due: "chaser",
            chasing.waited: "undecided",
            digests.due: "digest",
            self._alerts: "alert",
        }
        self._looked: object = None  # what there was, and when, when all that was due was written

    def derive(self, now: datetime) -> Derived:
        """Queue all that is due, once what need not go any more is taken back; `now` is in the
        board's time zone."""
        round = _Round()
        self._working.begin(now)
        looked = self._register.stamp(), now.timestamp() // LOOKS_AGAIN
        quiet, followed = looked == self._looked, list[Letter]()
        if not quiet:
            self._chasing.call_back(now)
            self._calling_back.overtaken(now)
            self._calling_back.to_be_one(now)
        self._troubles = round.troubles
        for due in (self._alerts,) if quiet else self._by_the_register:
            if due == self._digests.due:  # which tells of them
                followed = self._calling_back.overtaken(now)
                self._stopped.noted(round.stopped, now)
                self._unwritten.stopped(self._stopped.all())
            if due == self._alerts:  # which tell of what was not written
                self._each(lambda: self._noted(now), "alert")
            self._write_due(due, now, round)
        if not quiet:
            self._queue.withdraw_digests(now)
        self._looked = None if round.troubles or followed else looked
        round.troubles += map(str, self._unwritten.slips())
        return Derived(tuple(round.queued), tuple(round.troubles))

    def derive_again(self, now: datetime) -> Derived:
        """What ended the service when it was last worked out: once everybody else's letters have
        left."""
        round = _Round()
        self._troubles = round.troubles
        with self._working.again(now) as any_of_it:
            for due in self._by_the_register if any_of_it else ():
                self._write_due(due, now, round)
        return Derived(tuple(round.queued), tuple(round.troubles))

    def _noted(self, now: datetime) -> tuple[Draft, ...]:
        """What stands in the way of letters, as an outage begins and ends."""
        self._unwritten.noted(now)
        return ()

    def _write_due(self, due: Due, now: datetime, round: _Round) -> None:
        for draft in self._due(due, now):
            if not self._queue.has(draft.key):
                self._add(draft, now, round)

    @property
    def _by_the_register(self) -> tuple[Due, ...]:
        """What follows from the register and the day: looked for anew once something has changed,
        and every few minutes. Alerts come last, since they tell of what was not written."""
        chasing = self._chasing
        return (
            *(self._urgent.due, self.caused, self._unplaced.due, self._checks),
            *(chasing.due, chasing.waited),
            *(self._digests.due, self._alerts),
        )

    def _due(self, due: Due, now: datetime) -> list[Draft]:
        """What cannot be worked out stops no other letter (failure mode 76)."""
        kind = self._kinds.get(due, "acknowledgement")
        drafts = self._each(lambda: map(self._queue.renewed, self._of(due, kind, now)), kind)
        if due == self._chasing.due:
            for why in self._chasing.broken:
                self._missed("chaser", why)
        return drafts

    def _of(self, due: Due, kind: LetterKind, now: datetime) -> Iterable[Draft]:
        """What is worked out for each in turn has its own tries; the rest has them as a whole."""
        if due in (self.caused, self._chasing.due):
            return due(now)
        return self._attempt(f"letters of kind {kind}", f"letters of the kind {kind}", due, now)

    def _attempt(self, key: str, whose: str, make: Due, now: datetime) -> list[Draft]:
        attempt = self._working.attempt(key, whose, now)
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
            if disk_is_full(why) or is_the_registers(why):
                raise
            self._missed(kind, why)
            return []

    def _missed(self, kind: LetterKind, why: Exception) -> None:
        self._troubles.append(f"A {kind} was not written: {_why(why)}")
        self._unwritten.missed(kind, why)

    def _add(self, draft: Draft, now: datetime, round: _Round) -> None:
        try:
            attempt = self._working.attempt(f"{_what(draft)} {draft.key}", f"a {draft.kind}", now)
            if attempt is None:
                self._add_each(draft.apart, now, round)
                return
            with attempt:
                message = self._written(draft, now)
            self._queue.add(draft, message, now, now.date())
        except Exception as why:  # noqa: BLE001  one bad letter stops no other
            if draft.apart:  # nor one document what is told with it
                self._add_each(draft.apart, now, round)
                return
            round.troubles.append(f"A {draft.kind} was not written: {_why(why)}")
            round.stopped += [draft] if isinstance(why, Withheld) else []
            self._unwritten.missed(draft.kind, why)
        else:
            round.queued.append(draft)

    def _add_each(self, apart: Iterable[Draft], now: datetime, round: _Round) -> None:
        for draft in map(self._queue.renewed, apart):
            if not self._queue.has(draft.key):
                self._add(draft, now, round)

    def dropped(self, key: str, now: datetime) -> int | None:
        """Have a letter that the guard stops never written: a person tells its reader. Returns its
        number, None where no such letter is due."""
        for due in (self.caused, self._checks, self._chasing.due):
            alone = (one for draft in due(now) for one in draft.apart or (draft,))
            for draft in map(self._queue.renewed, alone):
                if draft.key == key and not self._queue.has(key):
                    message = self._writer.write(draft, self._queue.message_id(draft), now)
                    return self._queue.add(draft, message, now, now.date(), state="cancelled")
        return None

    def _written(self, draft: Draft, now: datetime) -> bytes:
        policy = self._policy
        guard = Guard(self._register, policy.administrator, policy.operator, policy.chair)
        guard.check(draft)
        try:
            return self._read(draft, guard, now)
        except Withheld:
            facts = lighter(draft.facts, lambda words: guard.may_say(words, _case_of(draft)))
            if facts is None:
                raise
            return self._read(replace(draft, facts=facts), guard, now)

    def _read(self, draft: Draft, guard: Guard, now: datetime) -> bytes:
        message = self._writer.write(draft, self._queue.message_id(draft), now)
        guard.read(draft, message)
        return message

    def _answers(self, now: datetime) -> list[Draft]:
        found: list[Draft] = []
        for together in in_one_letter(self._post.unanswered(now)):
            each = [(one, drafts) for one in together if (drafts := self._answer(one, now))]
            apart = [draft for _, drafts in each for draft in drafts]
            several = [one for one, _ in each]  # without what cannot be worked out by itself
            joined = self._answer(as_one(several), now) if len(several) > 1 else []
            found += with_apart(joined, apart) if joined else apart
        return found

    def _answer(self, one: Answerable, now: datetime) -> list[Draft]:
        policy = self._policy
        kinds, ladder, calendar = policy.kinds, policy.ladder, policy.calendar
        which = ", ".join(map(str, one.deliveries))
        return self._each(
            lambda: self._attempt(
                f"answer to delivery {which} for agency {one.agency.id}",
                f"{one.reference}, {one.agency.name}, delivery {which}",
                lambda now: answers([one], kinds, ladder, calendar, now.date()),
                now,
            ),
            "acknowledgement",
        )

    def _checks(self, now: datetime) -> list[Draft]:
        return check_results(self._post.rehearsed(now), self._policy.kinds)

    def caused(self, now: datetime) -> list[Draft]:
        """Every letter that what came, or what a person decided, causes and that is not written
        yet."""
        return [*self._answers(now), *self._decisions(now)]

    def _decisions(self, now: datetime) -> list[Draft]:
        policy = self._policy

        def due(now: datetime) -> Iterable[Draft]:
            climbs = (policy.kinds, policy.ladder, policy.calendar, now.date())
            yield from ruled(self._untold.ruled(now), *climbs)
            yield from agreed(self._untold.agreed(now), *climbs)

        return self._attempt("letters about decisions", "letters about decisions", due, now)

    def tried(self, draft: Draft, now: datetime) -> bytes:
        """Write a letter and keep nothing of it. Raises what stands in its way."""
        return self._written(draft, now)

    def _alerts(self, now: datetime) -> Iterator[Draft]:
        """At any hour; also of what this round did not write."""
        policy = self._policy
        untold = f"{TRANSPORT}{policy.alert_way}"  # the letter could only leave when it is over
        outages = [outage for outage in self._outages.recent(now) if outage.source != untold]
        told = self._queue.has

        def of(outage: Outage) -> Iterator[Draft]:
            for draft in alerts([outage], policy.alert_after, told, policy.operator, now):
                self._take_back_what_it_was(draft, now)
                yield draft

        for one in outages:
            yield from self._each(lambda one=one: of(one), "alert")  # type: ignore[misc]

    def _take_back_what_it_was(self, draft: Draft, now: datetime) -> None:
        """An alert that has not left and says another reason than there is now."""
        for letter in self._queue.unsent(draft.key):
            says = text_of(opened(self._writer.write(draft, letter.message_id, now)))
            if says != text_of(opened(letter.message)):
                self._queue.call_back(letter, OTHER_REASON, now)


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
    if isinstance(why, SetAside):
        return f"{sentence_of(SetAside)} ({why.whose})"
    if isinstance(why, LetterMisshapen | Withheld):
        return sentence_of(why)
    return f"{type(why).__name__}."
