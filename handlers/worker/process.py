"""The nursery as the service sees it: a process to start, to speak to and to stop.

Does: starts it fresh (nothing of the service's memory, environment or descriptors goes along),
hands it its orders, asks for children, hears how they ended.
Trusts: the nursery, which never reads a document.
Never touches: what is said on a child's channel.
Known limits: it ends when its control line closes, as that happens with the service however the
service ends. The kernel's own "die with the parent" would act when the thread that started it ends.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time

from handlers.worker.confinement import Confinement
from handlers.worker.control import KILL, READY, TASK
from handlers.worker.outcomes import NoWorker, TimedOut
from handlers.worker.parts import packed, read_part

START_SECONDS = 30.0
STOP_SECONDS = 2.0

# All that Python itself may need of the environment (failure mode 83).
NEEDED = ("LD_LIBRARY_PATH",)


class NurseryGone(Exception):
    """The nursery's process has ended."""


class NurseryProcess:
    """A running nursery. Not for two threads at once, except `hang_up`."""

    def __init__(self, orders: bytes) -> None:
        """Start it and wait until it is ready. Raises NoWorker when it cannot be."""
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

    def fork(self) -> socket.socket:
        """A channel to a new child. Raises NurseryGone."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [TASK], [theirs.fileno()])
            except OSError:
                ours.close()
                raise NurseryGone from None
        return ours

    def ended(self, deadline: float) -> int:
        """How the child ended, as `waitstatus_to_exitcode`. Raises TimedOut and NurseryGone."""
        return int(self._hear(deadline))

    def kill_child(self) -> None:
        """End it and wait until it has gone, with the whole nursery if there is no other way."""
        try:
            self._control.send(KILL)
            self.ended(time.monotonic() + STOP_SECONDS)
        except (OSError, TimedOut, NurseryGone):
            self.stop()

    def hang_up(self) -> None:
        """It ends its child and itself. Safe from any thread, at any time."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Hang up, and wait until no process is left."""
        self.hang_up()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._control.close()

    def _ready(self, orders: bytes) -> Confinement:
        deadline = time.monotonic() + START_SECONDS
        try:
            self._control.sendall(b"".join(packed([orders])))
            state, detail = self._hear(deadline), self._hear(deadline)
        except (OSError, NurseryGone, TimedOut):
            raise NoWorker("it did not start") from None
        if state != READY:
            raise NoWorker(f"it did not start ({str(detail, 'utf-8', 'replace')})")
        return Confinement.from_json(detail)

    def _hear(self, deadline: float) -> bytes:
        """The next part it says."""
        self._control.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            return read_part(self._control.recv)
        except TimeoutError:
            raise TimedOut from None
        except (OSError, EOFError):
            raise NurseryGone from None


def _started(control: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "handlers.worker"],
        stdin=control.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in NEEDED if name in os.environ},
        cwd="/",
        start_new_session=True,
    )
