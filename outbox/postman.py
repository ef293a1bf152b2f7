"""The postman: takes what is ready from the queue to the transport, a letter at a time.

Does: marks a letter as being sent before it hands it over, and remembers how that ended; tries
again later what could not go now, for days.
Trusts: the queue's order.
Never touches: what a letter says.
Known limits: one transport.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from outbox.letter import Letter
from outbox.queue import Queue
from outbox.transport import Never, NotNow, Transport

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Round:
    """The letters of one round, by how it ended for them."""

    sent: tuple[Letter, ...]
    postponed: tuple[Letter, ...]
    failed: tuple[Letter, ...]


class Postman:
    """Sends what is ready."""

    def __init__(self, queue: Queue, transport: Transport) -> None:
        self._queue = queue
        self._transport = transport

    def deliver(self, now: datetime) -> Round:
        """Try every letter that is ready; one that cannot go holds up no other."""
        ended: dict[str, list[Letter]] = {"sent": [], "postponed": [], "failed": []}
        for letter in self._queue.ready(now):
            ended[self._one(letter, now)].append(letter)
        return Round(tuple(ended["sent"]), tuple(ended["postponed"]), tuple(ended["failed"]))

    def _one(self, letter: Letter, now: datetime) -> str:
        self._queue.sending(letter)
        try:
            self._transport.send(letter)
        except NotNow as why:
            if now - letter.queued >= GIVE_UP:
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
