"""One request to a child and its reply, with neither side able to hold the service up.

Does: writes and reads at once (a child may reply before it has read), within a deadline and a
greatest size.
Trusts: nothing; the child may be the document's by now.
Never touches: what the reply says. Known limits: the reply is held in memory.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator

from handlers.worker.outcomes import OverLimit, TimedOut

_CHUNK = 1 << 18


def exchange(
    channel: socket.socket, request: Iterator[bytes], most: int, deadline: float
) -> bytearray:
    """All the child wrote until it closed its end, at most `most` bytes.

    `deadline` is a `time.monotonic` value. Raises TimedOut and OverLimit.
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
                raise OverLimit("answer")


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
    raise TimedOut


def _received(channel: socket.socket) -> bytes:
    try:
        return channel.recv(_CHUNK)
    except ConnectionError:  # it ended without reading its request to the end
        return b""
