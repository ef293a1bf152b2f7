"""The forecast: which chasers would go out on the days to come, if nothing came in and nobody
decided anything.

Does: climbs the ladder day by day, remembering what each day would have told. Pure.
Trusts: the chasers, which decide each day as they will when it comes.
Never touches: the queue; nothing is written and nothing is sent.
Known limits: answers to what is still to come, and their saving a reminder, are not foreseen. Of
several letters to one agency on a day only the first is written; the rest wait for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from outbox.heard import Heard
from outbox.letter import Draft

Derive = Callable[[datetime, Heard], Sequence[Draft]]  # what is due, given what was told


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One letter and the moment from which it would go."""

    when: datetime
    draft: Draft


def forecast(derive: Derive, told: Heard, first: datetime, last: datetime) -> Iterator[Foreseen]:
    """Every chaser from `first` to `last`, looked for once a day at the hour of `first`."""
    when, known = first, told
    while when <= last:
        drafts = derive(when, known)
        known = known.and_of(drafts, when.date()) if drafts else known
        yield from (Foreseen(when, draft) for draft in drafts)
        when += timedelta(days=1)
