"""A digest that has not gone: what the operator is told at once (failure mode 80b).

Does: says whether the last digest could not be sent, or is still tried hours after it was due. One
that could not be written is told as any letter is (`outbox/unwritten.py`). Pure.
Trusts: the queue.
Never touches: what a digest says.
Known limits: a day on which the service did not run at all is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intake.outages import SERVICE
from outbox.letter import LetterState

DIGEST = f"{SERVICE}digest"  # what stands for it among the outages
PATIENCE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class NotGone:
    """Why, and what to do, in sentences of ours."""

    sentence: str
    fix: str = (
        "To try each way that letters leave: `scr-intake doctor`"
        " To list the letters: `scr-intake letters`"
    )


@dataclass(frozen=True, slots=True)
class LastDigest:
    """The newest digest that was written. `tried` says that it was handed over at least once,
    `answer` why the last try did not succeed."""

    day: date
    state: LetterState
    tried: bool
    answer: str


def late(last: LastDigest | None, at: time, now: datetime) -> NotGone | None:
    """`at` is when digests are due; `now` is in the board's time zone."""
    if last is None:
        return None
    why = f": {last.answer}" if last.answer else ""
    if last.state == "failed":
        return NotGone(f"The digest could not be sent{why}.")
    waits = last.state in ("queued", "sending") and last.tried
    if waits and now >= datetime.combine(last.day, at, now.tzinfo) + PATIENCE:
        return NotGone(f"The digest could not be sent yet{why}.")
    return None
