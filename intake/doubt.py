"""Whether the clock can be believed, by when a round last ended.

Does: doubts a clock that is too far from that: ahead by as much as the settings allow a board to be
idle, or behind by more than a clock is ever put back.
Trusts: that the clock was right when a round last ended.
Never touches: the clock.
Known limits: a clock that is ahead by less is believed. What a person does by a command meanwhile
is written down by the clock as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.calendar import moment

BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why, and what to do, in sentences of ours. `last` is when a round last ended: what comes
    meanwhile is taken as of then."""

    sentence: str
    fix: str
    last: datetime


def doubt(now: datetime, last: datetime | None, idle: timedelta) -> Doubt | None:
    """`idle` is how long there may be no round. Both times are in the board's time zone."""
    if last is None or -BACK <= now - last <= idle:
        return None
    way = "after" if now > last else "before"
    days = abs(now - last).days
    said = f"The clock says {moment(now)}, {days:,} day{'s' * (days != 1)} {way} the last round."
    fix = "Set the clock right. If it is right as it is: `scr-intake clock accept`"
    return Doubt(f"{said} Nothing is sent or judged meanwhile.", fix, last)
