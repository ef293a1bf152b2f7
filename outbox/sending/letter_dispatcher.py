"""Hands what is ready in the queue to a transport, and remembers how each letter ended.

What is wrong with a transport makes the transport wait, what is wrong with one letter that letter
alone (failure modes 114 and 116). A letter that ends the service is given up after three times
(failure mode 104).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from intake.database import is_register_failure
from intake.disk_errors import is_disk_full
from outbox.sending.gate import (
    BarredByGuard,
    GateClosed,
    HeldForPerson,
    LetterNotNeeded,
    SendingGate,
    SentLater,
)
from outbox.sending.letter_queue import LetterQueue
from outbox.sending.retry_waits import (
    GIVE_UP_AFTER,
    LONGEST_WAIT,
    MAX_BROKEN_TRIES,
    MIN_TRIES,
    wait_after,
)
from outbox.sending.transport import (
    AnswerPending,
    HandoverPostponed,
    HandoverRefused,
    ServerAnswer,
    Transport,
    TransportUnavailable,
)
from outbox.sending.transport_back_off import TransportWaits
from outbox.sending.trial import TrialMode
from outbox.writing.letter import Letter, LetterKind
from outbox.writing.letter_reasons import LetterReason

MAX_AWAITED = 8  # answers at once

log = logging.getLogger(__name__)

SendingEnd = Literal["sent", "postponed", "failed", "held_back", "waits", "spared"]


@dataclass(frozen=True, slots=True)
class SendingLimits:
    """How much of the queue one call works through: letters handed over, seconds spent on that.
    It `waits` in the end for answers that are long in coming, or leaves them to a later call."""

    letters: float = float("inf")
    seconds: float = float("inf")
    waits: bool = True


WHOLE_QUEUE = SendingLimits()


@dataclass(frozen=True, slots=True)
class SendingRound:
    """The letters of one round, by how it ended for them, as they are now; `away` says why a
    transport took none."""

    sent: tuple[Letter, ...] = ()
    postponed: tuple[Letter, ...] = ()
    failed: tuple[Letter, ...] = ()
    held_back: tuple[Letter, ...] = ()
    waits: tuple[Letter, ...] = ()  # for room under a cap
    spared: tuple[Letter, ...] = ()  # not sent, since another letter tells what it would
    away: tuple[str, ...] = ()


class LetterDispatcher:
    """Hands over the letters that are ready, and writes down how each ended."""

    def __init__(
        self,
        queue: LetterQueue,
        gate: SendingGate,
        waits: TransportWaits,
        transport: Transport,
        instead: Mapping[LetterKind, Transport] | None = None,
        *,
        trial: TrialMode | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`instead` are the kinds of letter that leave by a transport of their own; `trial` says to
        whom each is handed over."""
        self._queue = queue
        self._gate = gate
        self._waits = waits
        self._transport = transport
        self._instead = dict(instead or {})
        self._trial = trial
        self._seconds = seconds
        self._awaited: dict[int, tuple[Letter, ServerAnswer]] = {}

    def send_ready_letters(
        self,
        now: datetime,
        limits: SendingLimits = WHOLE_QUEUE,
        stopping: Callable[[], bool] = lambda: False,
    ) -> SendingRound:
        """Try the letters that are ready; one that cannot go holds up no other, and a transport
        that is away is tried once, and then left alone for a while."""
        ended: dict[SendingEnd, list[Letter]] = {ended: [] for ended in get_args(SendingEnd)}
        away = {name: wait.answer for name, wait in self._waits.waits_not_over(now).items()}
        handed, spent = 0, 0.0
        if self._trial is not None:
            self._trial.note_change(self._queue, now)
        self._answered(now, ended)
        try:
            for id in self._queue.ready_letter_ids(now):
                if stopping() or handed >= limits.letters or spent >= limits.seconds:
                    break
                letter = self._queue.get_if_ready(id)
                if letter is None or self._of(letter).name in away or self._is_awaited(letter):
                    continue
                if not self._gate.can_note(letter):  # after a loss it would go once more
                    continue
                if self._may_go(letter, now, ended):
                    began = self._seconds()
                    self._one(letter, now, ended, away)
                    handed, spent = handed + 1, spent + self._seconds() - began
        finally:
            for transport in (self._transport, *self._instead.values()):
                transport.disconnect()
        self._answered(now, ended, wait=limits.waits)
        return SendingRound(
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
        self, now: datetime, ended: dict[SendingEnd, list[Letter]], *, wait: bool = False
    ) -> None:
        """What was awaited and is answered by now, or when it is waited for."""
        for letter, answer in list(self._awaited.values()):
            if wait or answer.is_ready_within(0):
                del self._awaited[letter.id]
                self._concluded(letter, answer.wait_for_result, now, ended)

    def _of(self, letter: Letter) -> Transport:
        return self._instead.get(letter.kind, self._transport)

    def _may_go(self, letter: Letter, now: datetime, ended: dict[SendingEnd, list[Letter]]) -> bool:
        match self._gate.find_obstacle(letter, now):
            case HeldForPerson(why) if letter.state == "queued":
                self._queue.hold_back(letter, why)
                ended["held_back"].append(letter)
            case SentLater(why, until) if letter.state == "queued":
                # What waits longer is looked at again meanwhile.
                self._queue.postpone_letter(letter, why, min(until, now + LONGEST_WAIT))
                ended["waits"].append(letter)
            case LetterNotNeeded(why) if letter.state == "queued":
                self._queue.call_back_letter(letter, why, now)
                ended["spared"].append(letter)
            case BarredByGuard():
                # One that was being sent when we last stopped cannot be held back any more.
                keep = (
                    self._queue.hold_back if letter.state == "queued" else self._queue.mark_failed
                )
                keep(letter, LetterReason.BARRED)
                ended["held_back"].append(letter)
            case GateClosed():
                pass
            case _:  # also one that was being sent when we last stopped: it may have gone
                return True
        return False

    def _one(
        self,
        letter: Letter,
        now: datetime,
        endings: dict[SendingEnd, list[Letter]],
        away: dict[str, str],
    ) -> None:
        """Hand one letter over. A transport that turns out to be away goes into `away`."""
        if (
            left := self._gate.left_at(letter)
        ) is not None:  # we were ended before we wrote it down
            self._left(letter, left, endings)
            return
        if letter.broke >= MAX_BROKEN_TRIES:
            self._queue.mark_failed(letter, LetterReason.BROKEN)
            endings["failed"].append(letter)
            return
        transport, tried, ended = self._of(letter), False, None
        if self._trial is not None:
            letter = self._trial.as_handed_over(letter)
        try:
            transport.open()
            ended = self._waits.note_available(transport.name)  # whatever becomes of the letter
            self._queue.mark_sending(letter)
            tried = True
            self._concluded(letter, lambda: transport.send(letter), now, endings)
        except AnswerPending as still:
            if len(self._awaited) < MAX_AWAITED:
                self._awaited[letter.id] = letter, still.answer
            else:
                self._concluded(letter, still.answer.wait_for_result, now, endings)
        except TransportUnavailable as why:
            if tried:
                self._queue.uncount_try(letter)
            self._waits.note_unavailable(transport.name, str(why), now, ended)
            away[transport.name] = str(why)

    def _concluded(
        self,
        letter: Letter,
        act: Callable[[], None],
        now: datetime,
        ended: dict[SendingEnd, list[Letter]],
    ) -> None:
        """Write down how handing over one letter ended.

        Raises TransportUnavailable or AnswerPending: that is not its end.
        """
        try:
            act()
        except (TransportUnavailable, AnswerPending):
            raise
        except HandoverPostponed as why:
            ended[self._not_now(letter, str(why), now)].append(letter)
        except HandoverRefused as why:
            self._queue.mark_failed(letter, str(why))
            ended["failed"].append(letter)
        except Exception as why:
            if is_disk_full(why) or is_register_failure(why):
                raise
            log.exception("letter %d: %s", letter.id, type(why).__name__, exc_info=False)
            ended[self._broke(letter, now)].append(letter)
        else:
            self._gate.note_departure(letter, now)
            self._left(letter, now, ended)

    def _left(self, letter: Letter, now: datetime, ended: dict[SendingEnd, list[Letter]]) -> None:
        with self._queue.transaction():
            self._queue.mark_sent(letter, now)
            self._gate.record_departure(letter, now)
        ended["sent"].append(letter)

    def _broke(self, letter: Letter, now: datetime) -> SendingEnd:
        if letter.broke + 1 >= MAX_BROKEN_TRIES:
            self._queue.mark_failed(letter, LetterReason.BROKEN)
            return "failed"
        self._queue.mark_broken(letter, LetterReason.BROKEN, now + wait_after(letter.tries))
        return "postponed"

    def _not_now(self, letter: Letter, why: str, now: datetime) -> SendingEnd:
        if now - letter.since >= GIVE_UP_AFTER and letter.tries + 1 >= MIN_TRIES:
            self._queue.mark_failed(letter, why)
            return "failed"
        self._queue.retry_later(letter, why, now + wait_after(letter.tries))
        return "postponed"
