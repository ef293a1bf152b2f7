"""Digests: which is due, how it would read now, and whether the last one has gone.

Does: asks for the day to be gathered when a digest is to be written, and not before.
Trusts: the briefing, the queue.
Never touches: what a digest says.
Known limits: none.
"""

from __future__ import annotations

from datetime import datetime

from intake.ledger import Ledger
from outbox.briefing import Briefing
from outbox.digest import Terms, digest, is_due, key
from outbox.digest_late import NotGone, late
from outbox.letter import Draft
from outbox.past_digests import newest
from outbox.policy import Policy
from outbox.queue import Queue


class Digests:
    """One each working day."""

    def __init__(
        self, briefing: Briefing, ledger: Ledger, queue: Queue, terms: Terms, policy: Policy
    ) -> None:
        self._briefing = briefing
        self._ledger = ledger
        self._queue = queue
        self._terms = terms
        self._policy = policy

    def due(self, now: datetime) -> list[Draft]:
        """Today's, unless it is written or not due; `now` is in the board's time zone."""
        written = self._queue.has(key(now.date()))
        return [self.as_of(now)] if not written and self._is_due(now) else []

    def as_of(self, now: datetime, *, whole: bool = False) -> Draft:
        """As it would be written at this moment; the `whole` of it is cut nowhere."""
        return digest(self._briefing.day(now), self._terms, whole=whole)

    def late(self, now: datetime) -> NotGone | None:
        """Why the last one has not gone; None when it has, or there is time yet."""
        return late(newest(self._ledger), max(self._terms.at, self._policy.opens), now)

    def left(self) -> bool:
        """Whether the newest one has left: one that waits anew, or that a person cancelled, has
        not."""
        last = newest(self._ledger)
        return last is not None and last.state == "sent"

    def _is_due(self, now: datetime) -> bool:
        return self._policy.open(now) and is_due(now, self._briefing.began(), self._terms)
