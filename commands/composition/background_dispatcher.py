"""Sends in a thread of its own, so that a mail server that hangs never holds up what comes in.

A letter that is being handed over when the service stops is not waited for longer than
`STOP_WAIT_SECONDS`; it is sent once more, under the same Message-ID, at the next start.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from commands.composition.round_limits import SENDING_LIMITS
from intake.database import is_register_failure
from intake.disk_errors import is_disk_full, is_write_refused
from outbox.sending.letter_dispatcher import LetterDispatcher, SendingRound

STOP_WAIT_SECONDS = 3.0  # seconds
STUCK_SECONDS = 600.0  # seconds for one call: the longest answer, and those of the letter before it

OpenDispatcher = Callable[[], AbstractContextManager[LetterDispatcher]]


class BackgroundDispatcher:
    """A dispatcher at work beside the round. `send_ready_letters` returns at once."""

    def __init__(self, open_dispatcher: OpenDispatcher, nudge: Callable[[], None]) -> None:
        """`open_dispatcher` opens one in the thread that uses it; `nudge` brings the next round
        forward when something has ended."""
        self._open_dispatcher = open_dispatcher
        self._nudge = nudge
        self._asked: queue.SimpleQueue[datetime | None] = queue.SimpleQueue()
        self._ended: queue.SimpleQueue[SendingRound] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._began = time.monotonic()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="sending", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def send_ready_letters(self, now: datetime) -> SendingRound:
        """Ask for some of what is ready, unless one is under way; return what has ended.

        Raises what went wrong in the thread.
        """
        if self._error is not None:
            raise self._error
        if self._idle.is_set():
            self._idle.clear()
            self._began = time.monotonic()
            self._asked.put(now)
        return _together(self._results())

    def is_progressing(self) -> bool:
        """Whether the thread is alive and not stuck (failure mode 82)."""
        at_rest = self._idle.is_set() or time.monotonic() - self._began < STUCK_SECONDS
        return self._thread.is_alive() and at_rest

    def stop(self) -> None:
        """Leave off after the letter in hand."""
        self._stopping.set()
        self._asked.put(None)
        self._thread.join(STOP_WAIT_SECONDS)

    def _run(self) -> None:
        try:
            with self._open_dispatcher() as dispatcher:
                while (now := self._asked.get()) is not None:
                    done = self._dispatch_some(dispatcher, now)
                    self._ended.put(done)
                    self._idle.set()
                    if done != SendingRound(away=done.away):
                        self._nudge()
        except BaseException as why:  # noqa: BLE001  handed to the round, which ends the process
            self._error = why
            self._nudge()

    def _dispatch_some(self, dispatcher: LetterDispatcher, now: datetime) -> SendingRound:
        try:
            return dispatcher.send_ready_letters(now, SENDING_LIMITS, self._stopping.is_set)
        except Exception as why:
            # The round says so; here too it is waited for.
            if is_disk_full(why) or (is_register_failure(why) and is_write_refused(why)):
                return SendingRound()
            raise

    def _results(self) -> Iterator[SendingRound]:
        while True:
            try:
                yield self._ended.get_nowait()
            except queue.Empty:
                return


@contextmanager
def sending_in_background(
    open_dispatcher: OpenDispatcher, nudge: Callable[[], None]
) -> Iterator[BackgroundDispatcher]:
    """One that is started, and stopped at the end."""
    dispatcher = BackgroundDispatcher(open_dispatcher, nudge)
    dispatcher.start()
    try:
        yield dispatcher
    finally:
        dispatcher.stop()


def _together(rounds: Iterator[SendingRound]) -> SendingRound:
    """Several calls as one; why a transport was away is told by the last of them."""
    all_rounds = list(rounds)
    return SendingRound(
        sent=tuple(x for each in all_rounds for x in each.sent),
        postponed=tuple(x for each in all_rounds for x in each.postponed),
        failed=tuple(x for each in all_rounds for x in each.failed),
        held_back=tuple(x for each in all_rounds for x in each.held_back),
        waits=tuple(x for each in all_rounds for x in each.waits),
        spared=tuple(x for each in all_rounds for x in each.spared),
        away=all_rounds[-1].away if all_rounds else (),
    )
