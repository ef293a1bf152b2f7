"""The caps: how many letters may go, to one person in a day and in all in an hour.

Does: decides for one letter, by what has gone already, whether it goes, waits, is held back or is
not sent. What is over a reader's day waits for the next, unless it answers what a program may be
writing: another message without a document on a full day, or a message on the third full day
running. Such a conversation is stopped until a person acts. Plain thanks get half of what a person
gets in a day, so that what somebody must act on never waits behind them: a note that the same came
before is not sent beyond that, of acknowledgements the latest goes on the day after, since its
checklist says it all. Pure.
Trusts: the numbers it is given.
Never touches: the queue.
Known limits: the board's own officers are not counted and not capped, since a digest a day is no
loop; but the chair's office gets no more of many that were released at once than any person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from outbox.letter import THANKS, LetterKind

Answers = Literal["", "words", "document"]
HOUR = timedelta(hours=1)
FULL_DAY = "its reader has had as many letters as a person gets in a day"
A_PROGRAM = f"{FULL_DAY}, and it answers one more message without a document: a program may write"
FULL_DAYS = f"{FULL_DAY}, for the third day running: a program may be answering us"
LOOPS = (A_PROGRAM, FULL_DAYS)
FULL_HOUR = "as many letters went out as may in an hour"
FULL_OF_THANKS = "its reader has had as many thanks as a person gets in a day"
SAID = "its reader has had as many thanks as a person gets in a day, and it says nothing new"
JOINED = (
    "its reader has had as many thanks as a person gets in a day, and a later letter to them says"
    " where everything stands"
)


@dataclass(frozen=True, slots=True)
class Caps:
    """What the settings say."""

    a_person_a_day: int
    in_all_an_hour: int

    @property
    def thanks_a_day(self) -> int:
        return max(1, self.a_person_a_day // 2)


@dataclass(frozen=True, slots=True)
class Gone:
    """What has gone already. `to_reader_today` is 0 for an officer of the board; `joined` says that
    a later letter of the same kind waits for the same reader; `hour_ends` is when there is room
    again in the hour, `tomorrow` when the next day begins. `answers` is what of a message it
    answers: its "words", where no document came with them, or a "document"; "" for a letter that
    answers no message. `full_before` says that the two days before were full, `stopped` why letters
    to its reader are held back, "" where none is."""

    to_reader_today: int
    in_the_last_hour: int
    joined: bool
    hour_ends: datetime
    tomorrow: datetime
    answers: Answers = ""
    full_before: bool = False
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """It is kept, and a person decides: so many answers to one reader look like a loop."""

    why: str


@dataclass(frozen=True, slots=True)
class Waits:
    """It goes later by itself."""

    why: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Spared:
    """It is not sent: it tells its reader nothing that another letter does not."""

    why: str


def stopped(caps: Caps, kind: LetterKind, gone: Gone) -> HeldBack | Waits | Spared | None:
    """What stops a letter, or None."""
    if (gone.stopped == FULL_DAYS and gone.answers) or (gone.stopped and gone.answers == "words"):
        return HeldBack(gone.stopped)
    if kind in THANKS and gone.to_reader_today >= caps.thanks_a_day:
        if kind == "duplicate":
            return Spared(SAID)
        return Spared(JOINED) if gone.joined else Waits(FULL_OF_THANKS, gone.tomorrow)
    if gone.to_reader_today >= caps.a_person_a_day:
        why = A_PROGRAM if gone.answers == "words" else FULL_DAYS
        if gone.answers == "words" or (gone.answers and gone.full_before):
            return HeldBack(why)
        return Waits(FULL_DAY, gone.tomorrow)
    if gone.in_the_last_hour >= caps.in_all_an_hour:
        return Waits(FULL_HOUR, gone.hour_ends)
    return None
