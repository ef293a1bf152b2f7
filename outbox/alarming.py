"""Which alerts go by another way than mail, and when.

Does: decides. What mail cannot tell (that letters do not leave, that the clock is doubted, that the
disk is full) goes at once when it is due; any other alert when its letter has not left for as long
as the settings allow, or at once where they say so. The end is told to whoever heard the beginning.
Pure.
Trusts: the outages that rounds noted.
Never touches: programs, files.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from intake.outages import CLOCK, DISK, KEPT, Outage

AT_ONCE = timedelta(0)
# Told whatever the clock says, and however short it lasts.
AT_THE_FULL = frozenset({CLOCK, DISK, KEPT})


class Telling(NamedTuple):
    """That an outage began, or that it is over."""

    outage: Outage
    over: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """`after` says how long each source may be away, `patience` how long a letter may wait, and
    `mute` what mail cannot tell."""

    after: Mapping[str, timedelta]
    patience: timedelta
    mute: Collection[str]


def due(
    outages: Collection[Outage],
    terms: Terms,
    told: Callable[[Telling], bool],
    left: Callable[[Outage], bool],
    now: datetime,
) -> Iterator[Telling]:
    """What is to be told by one way; `told` says what was by that way already, `left` whether the
    letter about it has been sent."""
    for outage in outages:
        begun, ended = Telling(outage, over=False), Telling(outage, over=True)
        if outage.over is None:
            if not told(begun) and _wanted(outage, terms, left, now):
                yield begun
        elif told(begun) and not told(ended):
            yield ended


def _wanted(outage: Outage, terms: Terms, left: Callable[[Outage], bool], now: datetime) -> bool:
    if outage.source in AT_THE_FULL:
        return True
    lasted = now - outage.since - terms.after.get(outage.source, AT_ONCE)
    if outage.source in terms.mute or terms.patience == AT_ONCE:
        return lasted >= AT_ONCE
    return lasted >= terms.patience and not left(outage)
