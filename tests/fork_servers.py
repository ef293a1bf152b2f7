"""One fork server for all the workers of a session that give it the same orders.

Does: hands a worker a fork server that an earlier one has left as good as new, and takes it back
when the worker is closed. To start one costs a second of a processor, and most tests are not
about it.
Trusts: that every document has a child of its own, which `tests/handlers/sandbox` holds for true.
Never touches: a fork server whose worker was interrupted with a document in hand: that one ends.
Known limits: only for what runs in the test's own process: a service that a test starts has its
own fork server, and so has every test of the worker itself.
"""

from __future__ import annotations

import atexit
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from handlers.sandbox import client
from handlers.sandbox.process import ForkServerProcess
from handlers.sandbox.self_test import Confinement

MOST = 3  # that wait: each has some memory

_Key = tuple[int, bytes]  # the process that started it, and its orders
_idle: list[tuple[_Key, ForkServerProcess]] = []  # the one used last comes last


class Lent:
    """A fork server as `ForkServerProcess` has it, on loan."""

    def __init__(self, orders: bytes) -> None:
        self._key = (os.getpid(), orders)
        self._fork_server = _taken(self._key) or ForkServerProcess(orders)
        self._busy = self._over = self._back = False

    @property
    def confinement(self) -> Confinement:
        return self._fork_server.confinement

    @property
    def pid(self) -> int:
        return self._fork_server.pid

    def fork_child(self) -> socket.socket:
        self._busy = True
        return self._fork_server.fork_child()

    def wait_for_child(self, deadline: float) -> int:
        status = self._fork_server.wait_for_child(deadline)
        self._busy = False
        return status

    def kill_child(self) -> None:
        self._fork_server.kill_child()
        self._busy = False

    def request_shutdown(self) -> None:
        """With a document in hand for good; else it is left for the next one."""
        if self._busy:
            self._over = True
            self._fork_server.request_shutdown()

    def stop(self) -> None:
        if self._busy or self._over or not _lives(self._fork_server):
            self._fork_server.stop()
        elif not self._back:
            self._back = True
            _idle.append((self._key, self._fork_server))
            if len(_idle) > MOST:
                _idle.pop(0)[1].stop()


@contextmanager
def shared() -> Iterator[None]:
    """Workers that are made meanwhile share fork_servers."""
    with patch.object(client, "ForkServerProcess", Lent):
        yield


def _taken(key: _Key) -> ForkServerProcess | None:
    for each in reversed(_idle):
        if each[0] == key and _lives(each[1]):
            _idle.remove(each)
            return each[1]
    return None


def _lives(fork_server: ForkServerProcess) -> bool:
    return fork_server._process.poll() is None


@atexit.register
def _stop_all() -> None:
    for (pid, _), fork_server in _idle:
        if pid == os.getpid():
            fork_server.stop()
