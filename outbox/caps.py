"""The caps: how many letters may go, to one person in a day and in all in an hour.

Does: decides for one letter, by what has gone already, whether it goes, waits or is held back.
Pure.
Trusts: the numbers it is given.
Never touches: the queue.
Known limits: the board's own officers are not counted and not capped: a digest a day is no loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

HOUR = timedelta(hours=1)
FULL_DAY = "its reader has had as many letters as a person gets in a day"
FULL_HOUR = "as many letters went out as may in an hour"


@dataclass(frozen=True, slots=True)
class Caps:
    """What the settings say."""

    a_person_a_day: int
    in_all_an_hour: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """It is kept, and a person decides: so many letters to one reader look like a loop."""

    why: str


@dataclass(frozen=True, slots=True)
class Waits:
    """It goes later by itself."""

    why: str


def stopped(caps: Caps, to_reader_today: int, in_the_last_hour: int) -> HeldBack | Waits | None:
    """What stops a letter, or None. `to_reader_today` is 0 for an officer of the board."""
    if to_reader_today >= caps.a_person_a_day:
        return HeldBack(FULL_DAY)
    if in_the_last_hour >= caps.in_all_an_hour:
        return Waits(FULL_HOUR)
    return None
