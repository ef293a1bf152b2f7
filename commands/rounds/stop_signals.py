"""What SIGTERM and SIGINT do to a command that works for long."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
GRACE_SECONDS = 4.0  # that the thing in hand has, once it is told to stop


class StoppedInHand(BaseException):
    """The thing in hand took longer than it may once told to stop. What was committed is kept, and
    the rest is done the next time, as after kill -9."""


def stop_on_signal(*acts: Callable[[], None]) -> None:
    """What both of them do from here on."""

    def stop(*_: object) -> None:
        for act in acts:
            act()

    for name in STOP_SIGNALS:
        signal.signal(name, stop)


class StopRequest:
    """Whether a command was told to stop; what is in hand is ended then, or left after
    GRACE_SECONDS."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self._interrupt: Callable[[], None] = lambda: None

    def interrupts(self, interrupt: Callable[[], None]) -> None:
        """What ends the thing in hand from here on."""
        self._interrupt = interrupt

    def is_made(self) -> bool:
        return self._told.is_set()

    def make(self) -> None:
        self._told.set()
        _start_timer(GRACE_SECONDS)
        self._interrupt()


@contextmanager
def stopping_on_signal() -> Iterator[StopRequest]:
    """Within, either signal makes the request, and nothing goes on for long after it."""
    request = StopRequest()
    earlier = [(name, signal.getsignal(name)) for name in (*STOP_SIGNALS, signal.SIGALRM)]
    signal.signal(signal.SIGALRM, _leave)
    stop_on_signal(request.make)
    try:
        yield request
    except StoppedInHand:
        pass
    finally:
        _start_timer(0)
        for name, act in earlier:
            signal.signal(name, act)


def _start_timer(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _leave(number: int, frame: FrameType | None) -> None:
    raise StoppedInHand
