"""The postman: takes what is ready from the queue to the transport, a letter at a time.

Does: marks a letter as being sent before it hands it over, and remembers how that ended; tries
again later what could not go now, for days. Letters of some kinds may have a way of their own.
Trusts: the queue's order.
Never touches: what a letter says.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from outbox.caps import HeldBack, Waits
from outbox.gate import Barred, Gate, Shut
from outbox.guard import BARRED
from outbox.letter import Letter, LetterKind
from outbox.queue import Queue
from outbox.transport import Away, Never, NotNow, Transport

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP = timedelta(days=5)
LEAST_TRIES = 10  # most of a day's; a letter that lay here for a week is not lost at its first try

Ended = Literal["sent", "postponed", "failed", "held_back"]


@dataclass(frozen=True, slots=True)
class Round:
    """The letters of one round, by how it ended for them."""

    sent: tuple[Letter, ...]
    postponed: tuple[Letter, ...]
    failed: tuple[Letter, ...]
    held_back: tuple[Letter, ...]


class Postman:
    """Sends what is ready."""

    def __init__(
        self,
        queue: Queue,
        gate: Gate,
        transport: Transport,
        instead: Mapping[LetterKind, Transport] | None = None,
    ) -> None:
        """`instead` are the kinds of letter that leave by a way of their own."""
        self._queue = queue
        self._gate = gate
        self._transport = transport
        self._instead = dict(instead or {})

    def deliver(self, now: datetime) -> Round:
        """Try every letter that is ready; one that cannot go holds up no other, and a way that is
        closed is tried once."""
        ended: dict[Ended, list[Letter]] = {ended: [] for ended in get_args(Ended)}
        closed: list[Transport] = []
        try:
            for letter in self._queue.ready(now):
                way = self._instead.get(letter.kind, self._transport)
                if way not in closed and self._may_go(letter, now, ended):
                    ended[self._one(letter, way, now, closed)].append(letter)
        finally:
            for way in (self._transport, *self._instead.values()):
                way.rest()
        return Round(**{name: tuple(letters) for name, letters in ended.items()})

    def _may_go(self, letter: Letter, now: datetime, ended: dict[Ended, list[Letter]]) -> bool:
        match self._gate.stops(letter, now):
            case HeldBack(why) if letter.state == "queued":
                self._queue.hold_back(letter, why)
                ended["held_back"].append(letter)
            case Waits(why) if letter.state == "queued":
                self._queue.later(letter, why, now + FIRST_WAIT)
            case Barred():
                # One that was being sent when we last stopped cannot be held back any more.
                keep = self._queue.hold_back if letter.state == "queued" else self._queue.failed
                keep(letter, BARRED)
                ended["held_back"].append(letter)
            case Shut():
                pass
            case _:  # also one that was being sent when we last stopped: it may have gone
                return True
        return False

    def _one(self, letter: Letter, way: Transport, now: datetime, closed: list[Transport]) -> Ended:
        self._queue.sending(letter)
        try:
            way.send(letter)
        except NotNow as why:
            if isinstance(why, Away):
                closed.append(way)
            if now - letter.since >= GIVE_UP and letter.tries + 1 >= LEAST_TRIES:
                self._queue.failed(letter, str(why))
                return "failed"
            self._queue.again(letter, str(why), now + wait(letter.tries))
            return "postponed"
        except Never as why:
            self._queue.failed(letter, str(why))
            return "failed"
        self._queue.sent(letter, now)
        return "sent"


def wait(tries: int) -> timedelta:
    """Twice as long each time: 5, 10, 20 minutes ... 4 hours."""
    doubled: int = 2 ** min(tries, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
