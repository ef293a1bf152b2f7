"""The postman: takes what is ready from the queue to a transport, a letter at a time.

Does: opens the transport, marks a letter as being sent before it hands it over, and remembers how
that ended; tries again later what could not go now, for days. What is wrong with a transport makes
the transport wait, what is wrong with one letter that letter alone (failure modes 114 and 116).
One whose handing over ends the service, or as nobody foresaw, goes last, and is given up after
three times (failure mode 104).
A letter whose answer is long in coming is awaited beside the others, and the next to its reader
waits for it.
Trusts: the queue's order.
Never touches: what a letter says.
Known limits: at most MOST_AWAITED letters are with a server that takes its time, and one more holds
up the others as long as that server does.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from intake.database import is_the_registers
from intake.disk_errors import disk_is_full
from outbox.sending.gate import Barred, Gate, HeldBack, Shut, Spared, Waits
from outbox.sending.queue import Queue
from outbox.sending.transport import Answer, Awaited, Away, Never, NotNow, Transport
from outbox.sending.transport_back_off import LONGEST_WAIT, TransportWaits, wait_after
from outbox.writing.disclosure_guard import BARRED
from outbox.writing.letter import Letter, LetterKind

GIVE_UP = timedelta(days=5)
LEAST_TRIES = 10  # most of a day's; a letter that lay here for a week is not lost at its first try

MOST_BROKEN = 3  # times in a row
MOST_AWAITED = 8  # answers at once
BROKE = "handing it over ended the service, or as nobody foresaw"

log = logging.getLogger(__name__)

Ended = Literal["sent", "postponed", "failed", "held_back", "waits", "spared"]


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the queue one call works through: letters handed over, seconds spent on that.
    It `waits` in the end for answers that are long in coming, or leaves them to a later call."""

    letters: float = float("inf")
    seconds: float = float("inf")
    waits: bool = True


ALL = Share()


@dataclass(frozen=True, slots=True)
class Round:
    """The letters of one round, by how it ended for them, as they are now; `away` says why a
    transport took none."""

    sent: tuple[Letter, ...] = ()
    postponed: tuple[Letter, ...] = ()
    failed: tuple[Letter, ...] = ()
    held_back: tuple[Letter, ...] = ()
    waits: tuple[Letter, ...] = ()  # for room under a cap
    spared: tuple[Letter, ...] = ()  # not sent, since another letter tells what it would
    away: tuple[str, ...] = ()


class Postman:
    """Sends what is ready."""

    def __init__(
        self,
        queue: Queue,
        gate: Gate,
        waits: TransportWaits,
        transport: Transport,
        instead: Mapping[LetterKind, Transport] | None = None,
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`instead` are the kinds of letter that leave by a transport of their own."""
        self._queue = queue
        self._gate = gate
        self._waits = waits
        self._transport = transport
        self._instead = dict(instead or {})
        self._seconds = seconds
        self._awaited: dict[int, tuple[Letter, Answer]] = {}

    def deliver(
        self, now: datetime, share: Share = ALL, stopping: Callable[[], bool] = lambda: False
    ) -> Round:
        """Try the letters that are ready; one that cannot go holds up no other, and a transport
        that is away is tried once, and then left alone for a while."""
        ended: dict[Ended, list[Letter]] = {ended: [] for ended in get_args(Ended)}
        away = {name: wait.answer for name, wait in self._waits.waiting(now).items()}
        handed, spent = 0, 0.0
        self._answered(now, ended)
        try:
            for id in self._queue.ready(now):
                if stopping() or handed >= share.letters or spent >= share.seconds:
                    break
                letter = self._queue.is_ready(id)
                if letter is None or self._of(letter).name in away or self._is_awaited(letter):
                    continue
                if self._may_go(letter, now, ended):
                    began = self._seconds()
                    self._one(letter, now, ended, away)
                    handed, spent = handed + 1, spent + self._seconds() - began
        finally:
            for transport in (self._transport, *self._instead.values()):
                transport.rest()
        self._answered(now, ended, wait=share.waits)
        return Round(
            **{name: tuple(self._as_they_are(told)) for name, told in ended.items()},
            away=tuple(dict.fromkeys(away.values())),
        )

    def _as_they_are(self, letters: Iterable[Letter]) -> Iterator[Letter]:
        for letter in sorted(letters, key=lambda x: x.id):
            yield self._queue.get(letter.id) or letter

    def _is_awaited(self, letter: Letter) -> bool:
        """Whether its answer, or another's to the same reader, is long in coming."""
        readers = (each.contact_id for each, _ in self._awaited.values() if each.contact_id)
        return letter.id in self._awaited or letter.contact_id in tuple(readers)

    def _answered(
        self, now: datetime, ended: dict[Ended, list[Letter]], *, wait: bool = False
    ) -> None:
        """What was awaited and is answered by now, or when it is waited for."""
        for letter, answer in list(self._awaited.values()):
            if wait or answer.within(0):
                del self._awaited[letter.id]
                self._concluded(letter, answer.take, now, ended)

    def _of(self, letter: Letter) -> Transport:
        return self._instead.get(letter.kind, self._transport)

    def _may_go(self, letter: Letter, now: datetime, ended: dict[Ended, list[Letter]]) -> bool:
        match self._gate.stops(letter, now):
            case HeldBack(why) if letter.state == "queued":
                self._queue.hold_back(letter, why)
                ended["held_back"].append(letter)
            case Waits(why, until) if letter.state == "queued":
                # What waits longer is looked at again meanwhile.
                self._queue.later(letter, why, min(until, now + LONGEST_WAIT))
                ended["waits"].append(letter)
            case Spared(why) if letter.state == "queued":
                self._queue.call_back(letter, why, now)
                ended["spared"].append(letter)
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

    def _one(
        self,
        letter: Letter,
        now: datetime,
        endings: dict[Ended, list[Letter]],
        away: dict[str, str],
    ) -> None:
        """Hand one letter over. A transport that turns out to be away goes into `away`."""
        if letter.broke >= MOST_BROKEN:
            self._queue.failed(letter, BROKE)
            endings["failed"].append(letter)
            return
        transport, tried, ended = self._of(letter), False, None
        try:
            transport.open()
            ended = self._waits.found_open(transport.name)  # whatever becomes of the letter
            self._queue.sending(letter)
            tried = True
            self._concluded(letter, lambda: transport.send(letter), now, endings)
        except Awaited as still:
            if len(self._awaited) < MOST_AWAITED:
                self._awaited[letter.id] = letter, still.answer
            else:
                self._concluded(letter, still.answer.take, now, endings)
        except Away as why:
            if tried:
                self._queue.not_tried(letter)
            self._waits.found_away(transport.name, str(why), now, ended)
            away[transport.name] = str(why)

    def _concluded(
        self,
        letter: Letter,
        act: Callable[[], None],
        now: datetime,
        ended: dict[Ended, list[Letter]],
    ) -> None:
        """Write down how handing over one letter ended. Raises Away or Awaited: that is not its
        end."""
        try:
            act()
        except (Away, Awaited):
            raise
        except NotNow as why:
            ended[self._not_now(letter, str(why), now)].append(letter)
        except Never as why:
            self._queue.failed(letter, str(why))
            ended["failed"].append(letter)
        except Exception as why:
            if disk_is_full(why) or is_the_registers(why):
                raise
            log.exception("letter %d: %s", letter.id, type(why).__name__, exc_info=False)
            ended[self._broke(letter, now)].append(letter)
        else:
            self._queue.sent(letter, now)
            ended["sent"].append(letter)

    def _broke(self, letter: Letter, now: datetime) -> Ended:
        if letter.broke + 1 >= MOST_BROKEN:
            self._queue.failed(letter, BROKE)
            return "failed"
        self._queue.broke(letter, BROKE, now + wait_after(letter.tries))
        return "postponed"

    def _not_now(self, letter: Letter, why: str, now: datetime) -> Ended:
        if now - letter.since >= GIVE_UP and letter.tries + 1 >= LEAST_TRIES:
            self._queue.failed(letter, why)
            return "failed"
        self._queue.again(letter, why, now + wait_after(letter.tries))
        return "postponed"
