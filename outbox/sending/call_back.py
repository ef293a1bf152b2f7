"""Calling back what is not so any more, whatever kept it in, and what goes in one letter with more.

Does: calls back letters that what happened since has overtaken; and, on a new day, answers and
decisions that waited for one since their reader's day was full, which are then written anew as one.
Trusts: the queue's rows, and what was written down with each letter.
Never touches: letters that may have gone; what a person lets go is one letter still.
Known limits: thanks that wait are not joined, since of them only the latest goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from intake.database import Ledger
from outbox.sending.gate import FULL_DAY
from outbox.sending.overtaken import IN_ONE, all_overtaken
from outbox.sending.queue import Queue
from outbox.writing.groups import HANDFUL
from outbox.writing.letter import Letter, LetterKind

_JOINED: tuple[LetterKind, ...] = ("rejection", "unreadable", "referral", "decision")
# What waited for a new day, and by which way came what it is about: messages are answered one by
# one unless they are many.
_WAITED = (
    "SELECT l.id, l.agency_id, l.contact_id, max(t.decision_id) IS NOT NULL AS decided,"  # noqa: S608
    " max(d.source <> 'drop') IS 1 AS mailed FROM letters l JOIN tells t ON t.letter_id = l.id"
    " LEFT JOIN deliveries d ON d.id = t.delivery_id"
    " WHERE l.state = 'queued' AND l.answer = ? AND l.told_on < ? AND l.by_hand = 0"
    f" AND l.kind IN {_JOINED} GROUP BY l.id ORDER BY l.id"
)


class CallingBack:
    """Takes letters out of the queue."""

    def __init__(self, ledger: Ledger, queue: Queue) -> None:
        self._ledger = ledger
        self._queue = queue

    def overtaken(self, now: datetime) -> list[Letter]:
        """What is not so any more."""
        return list(self._called_back(all_overtaken(self._ledger), now))

    def to_be_one(self, now: datetime) -> list[Letter]:
        """What waited for this day and goes in one letter; `now` is in the board's time zone."""
        return list(self._called_back(dict.fromkeys(self._several(now.date()), IN_ONE), now))

    def _called_back(self, why: dict[int, str], now: datetime) -> Iterator[Letter]:
        for id, reason in why.items():
            letter = self._queue.get(id)
            if letter is not None:
                self._queue.call_back(letter, reason, now)
                yield letter

    def _several(self, today: date) -> Iterator[int]:
        found = defaultdict[tuple[int, int, bool, bool], list[int]](list)
        for row in self._ledger.rows(_WAITED, FULL_DAY, today.isoformat()):
            decided = bool(row["decided"])
            mailed = bool(row["mailed"]) and not decided
            found[row["agency_id"], row["contact_id"], decided, mailed].append(row["id"])
        for (_, _, _, mailed), ids in found.items():
            if len(ids) > (HANDFUL if mailed else 1):
                yield from ids
