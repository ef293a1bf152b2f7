"""The fork server as the service sees it: a process to start, to ask for a child, and to stop."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from handlers.sandbox.protocol import (
    KILL_COMMAND,
    READY,
    TASK_COMMAND,
    LimitExceeded,
    ReadingTimedOut,
    WorkerUnavailable,
    pack_parts,
    read_part,
)
from handlers.sandbox.self_test import Confinement

_CHUNK = 1 << 18


def exchange_with_child(
    channel: socket.socket, request: Iterator[bytes], most: int, deadline: float
) -> bytearray:
    """All the child wrote until it closed its end, at most `most` bytes.

    `deadline` is a `time.monotonic` value. Raises ReadingTimedOut and LimitExceeded.
    """
    channel.setblocking(False)
    outgoing, received = _Outgoing(channel, request), bytearray()
    poll = select.poll()
    poll.register(channel, select.POLLIN | select.POLLOUT)
    while True:
        events = _awaited(poll, deadline)
        if events & select.POLLOUT and not outgoing.send():
            poll.modify(channel, select.POLLIN)
        if events & ~select.POLLOUT:
            chunk = _received(channel)
            if not chunk:
                return received
            received += chunk
            if len(received) > most:
                raise LimitExceeded("answer")


class _Outgoing:
    """The request, sent as far as the channel takes it."""

    def __init__(self, channel: socket.socket, pieces: Iterator[bytes]) -> None:
        self._channel = channel
        self._pieces = pieces
        self._rest = memoryview(b"")

    def send(self) -> bool:
        """Send some more. False when there is nothing left to send, or nobody to read it."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self._rest = memoryview(piece)
        try:
            self._rest = self._rest[self._channel.send(self._rest[:_CHUNK]) :]
        except BlockingIOError:
            return True
        except ConnectionError:
            return False
        return True


def _awaited(poll: select.poll, deadline: float) -> int:
    """What the channel is ready for. A child that trickles bytes gets no more time for it."""
    remaining = deadline - time.monotonic()
    for _, events in poll.poll(remaining * 1000) if remaining > 0 else ():
        return events
    raise ReadingTimedOut


def _received(channel: socket.socket) -> bytes:
    try:
        return channel.recv(_CHUNK)
    except ConnectionError:  # it ended without reading its request to the end
        return b""


START_SECONDS = 30.0
STOP_SECONDS = 2.0

# All that Python itself may need of the environment (failure mode 83).
NEEDED_VARIABLES = ("LD_LIBRARY_PATH",)


class ForkServerGone(Exception):
    """The fork server's process has ended."""


class ForkServerProcess:
    """A running fork server. Not for two threads at once, except `request_shutdown`."""

    def __init__(self, orders: bytes) -> None:
        """Start it and wait until it is ready. Raises WorkerUnavailable when it cannot be."""
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = _started(theirs)
        try:
            self.confinement = self._ready(orders)
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    def fork_child(self) -> socket.socket:
        """A channel to a new child. Raises ForkServerGone."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [TASK_COMMAND], [theirs.fileno()])
            except OSError:
                ours.close()
                raise ForkServerGone from None
        return ours

    def wait_for_child(self, deadline: float) -> int:
        """How the child ended, as `waitstatus_to_exitcode`.

        Raises ReadingTimedOut and ForkServerGone.
        """
        return int(self._hear(deadline))

    def kill_child(self) -> None:
        """End it and wait until it has gone, with the whole fork server if there is no other
        way."""
        try:
            self._control.send(KILL_COMMAND)
            self.wait_for_child(time.monotonic() + STOP_SECONDS)
        except (OSError, ReadingTimedOut, ForkServerGone):
            self.stop()

    def request_shutdown(self) -> None:
        """It ends its child and itself. Safe from any thread, at any time."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Hang up, and wait until no process is left."""
        self.request_shutdown()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._control.close()

    def _ready(self, orders: bytes) -> Confinement:
        deadline = time.monotonic() + START_SECONDS
        try:
            self._control.sendall(b"".join(pack_parts([orders])))
            state, detail = self._hear(deadline), self._hear(deadline)
        except (OSError, ForkServerGone, ReadingTimedOut):
            raise WorkerUnavailable("it did not start") from None
        if state != READY:
            raise WorkerUnavailable(f"it did not start ({str(detail, 'utf-8', 'replace')})")
        return Confinement.from_json(detail)

    def _hear(self, deadline: float) -> bytes:
        """The next part it says."""
        self._control.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            return read_part(self._control.recv)
        except TimeoutError:
            raise ReadingTimedOut from None
        except (OSError, EOFError):
            raise ForkServerGone from None


def _started(control: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "handlers.sandbox"],
        stdin=control.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in NEEDED_VARIABLES if name in os.environ},
        cwd="/",
        start_new_session=True,
    )
