"""Calls back letters that are not so any more, or that go into one letter with more.

Letters that may have gone are left alone, and what a person lets go is one letter still.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from intake.database import RegisterDatabase
from outbox.sending.letter_queue import LetterQueue
from outbox.sending.overtaken import (
    MARK_OVERTAKEN_ANEW_SQL,
    OVERTAKEN_ANEW_SQL,
    overtaken_letters,
)
from outbox.writing.groups import MAX_TOLD_SINGLY
from outbox.writing.letter import Letter, LetterKind
from outbox.writing.letter_reasons import LetterReason

_JOINED: tuple[LetterKind, ...] = ("rejection", "unreadable", "referral", "decision")
# What waited for a new day, and by which way came what it is about: messages are answered one by
# one unless they are many.
_WAITED = (
    "SELECT l.id, l.agency_id, l.contact_id, max(t.decision_id) IS NOT NULL AS decided,"  # noqa: S608
    " max(d.form = 'message') IS 1 AS mailed FROM letters l JOIN tells t ON t.letter_id = l.id"
    " LEFT JOIN deliveries d ON d.id = t.delivery_id"
    " WHERE l.state = 'queued' AND l.reason = ? AND l.told_on < ? AND l.by_hand = 0"
    f" AND l.kind IN {_JOINED} GROUP BY l.id ORDER BY l.id"
)


class LetterRecall:
    """Takes letters out of the queue."""

    def __init__(self, database: RegisterDatabase, queue: LetterQueue) -> None:
        self._database = database
        self._queue = queue

    def call_back_overtaken(self, now: datetime) -> list[Letter]:
        """What is not so any more; and what was to be told anew and is not so is left untold."""
        if self._database.fetch_row(OVERTAKEN_ANEW_SQL) is not None:
            with self._database.transaction():
                self._database.execute_change(MARK_OVERTAKEN_ANEW_SQL)
        return list(self._called_back(overtaken_letters(self._database), now))

    def call_back_to_join(self, now: datetime) -> list[Letter]:
        """What waited for this day and goes in one letter; `now` is in the board's time zone."""
        return list(
            self._called_back(
                dict.fromkeys(self._several(now.date()), LetterReason.TOLD_TOGETHER), now
            )
        )

    def _called_back(self, why: dict[int, LetterReason], now: datetime) -> Iterator[Letter]:
        for id, reason in why.items():
            letter = self._queue.get(id)
            if letter is not None:
                self._queue.call_back_letter(letter, reason, now)
                yield letter

    def _several(self, today: date) -> Iterator[int]:
        found = defaultdict[tuple[int, int, bool, bool], list[int]](list)
        for row in self._database.fetch_rows(_WAITED, LetterReason.FULL_DAY, today.isoformat()):
            decided = bool(row["decided"])
            mailed = bool(row["mailed"]) and not decided
            found[row["agency_id"], row["contact_id"], decided, mailed].append(row["id"])
        for (_, _, _, mailed), ids in found.items():
            if len(ids) > (MAX_TOLD_SINGLY if mailed else 1):
                yield from ids
