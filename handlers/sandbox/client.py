"""The worker as the service uses it: asks one thing about one document, in a child of its own.

Nothing a child says is believed beyond the shape that `protocol.py` checks. One document at a time;
a second thread waits for the first.
"""

from __future__ import annotations

import math
import pickle
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from handlers.sandbox import protocol
from handlers.sandbox.process import ForkServerGone, ForkServerProcess, exchange_with_child
from handlers.sandbox.protocol import (
    LESS_CONFINED_STATUS,
    ChildDied,
    DeliveryOutOfTime,
    ForkServerOrders,
    LimitExceeded,
    ReadingTimedOut,
    SandboxReply,
    WorkerLimits,
    WorkerLost,
    WorkerStopped,
    WorkerUnavailable,
    pack_parts,
)
from handlers.sandbox.self_test import Confinement
from handlers.sandbox.task import TASK_TABLE

MAX_ATTEMPTS = 2  # when the fork server ends in the middle of a document, a new one tries once more


class ContentScreen(Protocol):
    """Whoever says whether some bytes may be opened at all."""

    def admit(self, data: bytes) -> None:
        """Raises DocumentUnreadable where they may not, WorkerUnavailable where nobody can say."""

    def interrupt(self) -> None:
        """End what is in hand. Safe in a signal handler."""


class Worker:
    """Answers questions about documents. Use it as a context manager, or `close` it.

    `tasks` is what may be asked (see `task.py`), `setup` goes to every task as its third
    argument, `path` adds folders to import tasks from. Nothing is started until it is needed, and
    nothing is opened that the `screen` does not admit.
    """

    def __init__(
        self,
        limits: WorkerLimits = WorkerLimits(),  # noqa: B008  # frozen
        tasks: Mapping[str, str] = TASK_TABLE,
        *,
        setup: object = None,
        path: Sequence[Path] = (),
        screen: ContentScreen | None = None,
    ) -> None:
        self._limits = limits
        self._tasks, self._setup = dict(tasks), setup
        self._places = tuple(str(folder) for folder in path)
        self._screen = screen
        self._lock = threading.Lock()
        self._fork_server: ForkServerProcess | None = None
        self._closed = False
        self._until = math.inf
        self._deaths = 0

    def run_in_child(self, task: str, data: bytes, argument: object = None) -> SandboxReply:
        """Do `task` on `data` in a child of its own; `argument` must be picklable.

        Raises DocumentUnreadable (ReadingTimedOut, DeliveryOutOfTime, LimitExceeded, ChildDied,
        UnforeseenFault) about the document, WorkerUnavailable when the fault is ours, KeyError for
        a task that is not in the table.
        """
        if task not in self._tasks:
            raise KeyError(task)
        request = pickle.dumps((task, argument))
        self.screen_content(data)
        with self._lock:
            for _ in range(MAX_ATTEMPTS):
                try:
                    return self._asked(request, data)
                except ForkServerGone:
                    self._deaths += 1
                    self._put_down()
        raise WorkerLost

    def screen_content(self, data: bytes) -> None:
        """See that these bytes may be opened. Raises what the screen raises, or DeliveryOutOfTime
        where there is no time left to ask it."""
        if self._screen is None:
            return
        if self.seconds_left <= 0:
            raise DeliveryOutOfTime
        self._screen.admit(data)

    @contextmanager
    def time_limit(self, seconds: float) -> Iterator[None]:
        """All that is asked meanwhile shares so many seconds; what they do not suffice for is
        DeliveryOutOfTime, and says nothing of the document."""
        self._until = time.monotonic() + seconds
        try:
            yield
        finally:
            self._until = math.inf

    @property
    def deaths(self) -> int:
        """How many children, or servers that fork them, ended before they had answered."""
        return self._deaths

    @property
    def seconds_left(self) -> float:
        """Of what was bounded; infinite where nothing was."""
        return self._until - time.monotonic()

    def confinement(self) -> Confinement:
        """What protects this machine from the documents, as tried here.

        Raises WorkerUnavailable.
        """
        with self._lock:
            return self._running().confinement

    def interrupt(self) -> None:
        """End the document in hand and take no other: whoever waits gets WorkerStopped. Safe in a
        signal handler."""
        self._closed = True
        if self._screen is not None:
            self._screen.interrupt()
        fork_server = self._fork_server
        if fork_server is not None:
            fork_server.request_shutdown()

    def close(self) -> None:
        """Stop at once, also when another thread waits for an answer (it gets WorkerStopped)."""
        self.interrupt()
        with self._lock:
            self._put_down()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _asked(self, request: bytes, data: bytes) -> SandboxReply:
        fork_server = self._running()
        own = time.monotonic() + self._limits.wall_seconds
        deadline = min(own, self._until)
        if deadline <= time.monotonic():
            raise DeliveryOutOfTime
        try:
            with fork_server.fork_child() as channel:
                pieces = pack_parts((request, data))
                received = exchange_with_child(channel, pieces, self._limits.reply_bytes, deadline)
            status = fork_server.wait_for_child(deadline)
        except ReadingTimedOut:
            self._deaths += 1
            fork_server.kill_child()
            if deadline < own:
                raise DeliveryOutOfTime from None
            raise
        except BaseException:
            # Also after Ctrl-C: for each child that was forked, its end has to be heard.
            fork_server.kill_child()
            raise
        self._deaths += status != 0
        _check(status)
        return protocol.decode_reply(received, self._limits)

    def _running(self) -> ForkServerProcess:
        if self._fork_server is None and not self._closed:
            orders = ForkServerOrders(
                self._limits, self._tasks, self._places, pickle.dumps(self._setup)
            )
            self._fork_server = ForkServerProcess(pickle.dumps(orders))
        if self._fork_server is None or self._closed:
            raise WorkerStopped
        return self._fork_server

    def _put_down(self) -> None:
        fork_server, self._fork_server = self._fork_server, None
        if fork_server is not None:
            fork_server.stop()


def _check(status: int) -> None:
    """Only a child that ended in order is believed. Raises what its end means."""
    if status == -signal.SIGXCPU:
        raise LimitExceeded("processor")
    if status == LESS_CONFINED_STATUS:
        raise WorkerUnavailable("a child was less confined than the first one")
    if status:
        raise ChildDied(
            signal.strsignal(-status) or "a signal" if status < 0 else f"exit status {status}"
        )
