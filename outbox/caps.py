"""The caps: how many letters may go, to one person in a day and in all in an hour.

Does: decides for one letter, by what has gone already, whether it goes, waits, is held back or is
not sent. Plain thanks get half of what a person gets in a day, so that what somebody must act on is
never held back behind them: a note that the same came before is not sent beyond that, of
acknowledgements the latest goes on the day after, since its checklist says it all. Pure.
Trusts: the numbers it is given.
Never touches: the queue.
Known limits: the board's own officers are not counted and not capped, since a digest a day is no
loop; but the chair's office gets no more of many that were released at once than any person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from outbox.letter import THANKS, TO_THE_CHAIR, LetterKind

HOUR = timedelta(hours=1)
FULL_DAY = "its reader has had as many letters as a person gets in a day"
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
    again in the hour, `tomorrow` when the next day begins."""

    to_reader_today: int
    in_the_last_hour: int
    joined: bool
    hour_ends: datetime
    tomorrow: datetime


@dataclass(frozen=True, slots=True)
class HeldBack:
    """It is kept, and a person decides: so many letters to one reader look like a loop."""

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
    if kind in THANKS and gone.to_reader_today >= caps.thanks_a_day:
        if kind == "duplicate":
            return Spared(SAID)
        return Spared(JOINED) if gone.joined else Waits(FULL_OF_THANKS, gone.tomorrow)
    if gone.to_reader_today >= caps.a_person_a_day:
        # What a person let go for the chair's office is no loop.
        return Waits(FULL_DAY, gone.tomorrow) if kind in TO_THE_CHAIR else HeldBack(FULL_DAY)
    if gone.in_the_last_hour >= caps.in_all_an_hour:
        return Waits(FULL_HOUR, gone.hour_ends)
    return None
