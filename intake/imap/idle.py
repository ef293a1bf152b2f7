"""Listening: IDLE as a hint that something happened. What it was is found out by looking.

Does: waits on the connection and on a bell of our own at once, for a slice of time, and sees
afterwards that the connection still works.
Trusts: nothing that IDLE says: not a line of it is read for what it says.
Never touches: messages.
Known limits: a server without IDLE is only asked, once a slice, whether it is still there.
"""

from __future__ import annotations

import os
import select
import ssl
from contextlib import suppress
from typing import Any, cast

from intake.imap.client import Client

SLICE = 60.0  # seconds; well within the 9 minutes after which routers forget a connection


class Bell:
    """Rung from any thread, heard by the one that waits; what rings twice before is heard once."""

    def __init__(self) -> None:
        self._hear, self._ring = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def ring(self) -> None:
        with suppress(OSError):  # full: it will be heard anyway; closed: nobody waits any more
            os.write(self._ring, b"!")

    def wait(self, seconds: float, connection: int | None = None) -> bool:
        """Until it rings, something comes on the connection, or the time is up. True for the
        second."""
        poll = select.poll()
        poll.register(self._hear, select.POLLIN)
        if connection is not None:
            poll.register(connection, select.POLLIN)
        ready = {descriptor for descriptor, _ in poll.poll(seconds * 1000)}
        if self._hear in ready:
            with suppress(BlockingIOError):
                os.read(self._hear, 4096)
        return connection in ready

    def close(self) -> None:
        os.close(self._hear)
        os.close(self._ring)


def listen(client: Client, bell: Bell, seconds: float = SLICE) -> bool:
    """Whether the server had something to say. Raises what a broken connection raises.

    After every slice IDLE is ended and a NOOP asked: a server that has gone would else be listened
    to for ever (failure modes 1 and 2).
    """
    if not client.has_capability("IDLE"):
        bell.wait(seconds)
        client.noop()
        return False
    client.idle()
    heard = buffered(client) or bell.wait(seconds, client.socket().fileno())
    client.idle_done()
    client.noop()
    return heard


def buffered(client: Client) -> bool:
    """Whether something came along with the last answer and waits, read from the connection but
    not by us: poll sees nothing of it. A server tells so what happened before IDLE began."""
    connection, inner = client.socket(), cast(Any, client)._imap
    patience = connection.gettimeout()
    connection.setblocking(False)
    try:
        return bool(inner.file.peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        connection.settimeout(patience)
