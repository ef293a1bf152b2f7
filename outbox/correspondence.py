"""The correspondence: every letter that is due by what the register says now.

Does: derives what is due, lets nothing past the guard, writes each letter once and queues it.
Doing it again is harmless.
Trusts: the register, the queue.
Never touches: transports.
Known limits: a letter that cannot be written is told to the operator and tried at each round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from jinja2 import TemplateError

from handlers.register.register import Register
from intake.full import disk_is_full
from intake.outages import Outages
from outbox.alerts import alerts
from outbox.answers import answers
from outbox.chasing import Chasing
from outbox.decisions import agreed, ruled
from outbox.digests import Digests
from outbox.guard import Guard, Withheld
from outbox.head import LetterMisshapen
from outbox.letter import Draft
from outbox.policy import Policy
from outbox.queue import Queue
from outbox.rehearsals import check_results
from outbox.unanswered import Unanswered
from outbox.untold import Untold
from outbox.unwritten import Unwritten
from outbox.writer import Writer

Due = Callable[[datetime], Iterable[Draft]]  # what is due at a moment
LOOKS_AGAIN = 300  # seconds; a day, an hour or the digest's time begins meanwhile


@dataclass(frozen=True, slots=True)
class Derived:
    """What was queued, and what could not be, in sentences for the operator."""

    queued: tuple[Draft, ...]
    troubles: tuple[str, ...]


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
        self._looked: object = None  # what there was, and when, when all that was due was written

    def derive(self, now: datetime) -> Derived:
        """Queue all that is due, once what need not go any more is taken back; `now` is in the
        board's time zone."""
        queued: list[Draft] = []
        troubles: list[str] = []
        looked = self._register.stamp(), now.timestamp() // LOOKS_AGAIN
        quiet = looked == self._looked
        if not quiet:
            self._chasing.call_back(now)
        for due in (self._alerts,) if quiet else (*self._by_the_register, self._alerts):
            for draft in self._due(due, now, troubles):
                if not self._queue.has(draft.key):
                    try:
                        self._add(draft, now)
                    except Exception as why:  # noqa: BLE001  one bad letter stops no other
                        troubles.append(f"A {draft.kind} was not written: {_why(why)}")
                        self._unwritten.missed(draft.kind, why)
                    else:
                        queued.append(draft)
        self._looked = None if troubles else looked
        troubles += map(str, self._unwritten.slips())
        return Derived(tuple(queued), tuple(troubles))

    @property
    def _by_the_register(self) -> tuple[Due, ...]:
        """What follows from the register and the day: looked for anew once something has changed,
        and every few minutes."""
        return (self.caused, self._checks, self._chasing.due, self._digests.due)

    def _due(self, due: Due, now: datetime, troubles: list[str]) -> list[Draft]:
        """A digest that cannot be worked out stops no other letter; the rest is never guessed."""
        try:
            return [self._queue.renewed(draft) for draft in due(now)]
        except Exception as why:
            if due != self._digests.due or disk_is_full(why):
                raise
            troubles.append(f"A digest was not written: {_why(why)}")
            self._unwritten.missed("digest", why)
            return []

    def _add(self, draft: Draft, now: datetime) -> None:
        self._queue.add(draft, self._written(draft, now), now, now.date())

    def _written(self, draft: Draft, now: datetime) -> bytes:
        policy = self._policy
        guard = Guard(self._register, policy.administrator, policy.operator, policy.chair)
        guard.check(draft)
        message = self._writer.write(draft, self._queue.message_id(draft), now)
        guard.read(draft, message)
        return message

    def _answers(self, now: datetime) -> list[Draft]:
        policy = self._policy
        due = list(self._post.unanswered(now))
        return answers(due, policy.kinds, policy.ladder, policy.calendar, now.date())

    def _checks(self, now: datetime) -> list[Draft]:
        return check_results(self._post.rehearsed(now), self._policy.kinds)

    def caused(self, now: datetime) -> list[Draft]:
        """Every letter that what came, or what a person decided, causes and that is not written
        yet."""
        return [*self._answers(now), *self._decisions(now)]

    def _decisions(self, now: datetime) -> list[Draft]:
        policy = self._policy
        rulings = self._untold.ruled(now)
        return [
            *ruled(rulings, policy.kinds, policy.ladder, policy.calendar, now.date()),
            *agreed(self._untold.agreed(now), policy.kinds),
        ]

    def tried(self, draft: Draft, now: datetime) -> bytes:
        """Write a letter and keep nothing of it. Raises what stands in its way."""
        return self._written(draft, now)

    def _alerts(self, now: datetime) -> Iterator[Draft]:
        """At any hour; also of what this round did not write."""
        self._unwritten.noted(now)
        policy = self._policy
        outages = self._outages.recent(now)
        return alerts(outages, policy.alert_after, self._queue.has, policy.operator, now)


def _why(why: Exception) -> str:
    """What happened, in our own sentence or Jinja2's; of anything else only its type."""
    if isinstance(why, TemplateError):
        return str(why)
    if isinstance(why, LetterMisshapen | Withheld):
        return (why.__doc__ or "").strip()
    return f"{type(why).__name__}."
