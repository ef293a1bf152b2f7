"""One request and one reply, with an other end that does not play along. Failure mode 55."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest

from handlers.sandbox.process import exchange_with_child
from handlers.sandbox.protocol import LimitExceeded, ReadingTimedOut

LONG = b"x" * (4 << 20)  # more than a channel holds


@pytest.fixture
def against():
    """The exchange of a long request with a child that behaves as given."""
    channels = []

    def meet(behave, most: int = 8 << 20, seconds: float = 60.0) -> bytearray:
        ours, theirs = socket.socketpair()
        channels.extend((ours, theirs))
        child = threading.Thread(target=lambda: behave(theirs), daemon=True)
        child.start()
        try:
            return exchange_with_child(
                ours, iter([LONG[:8], b"", LONG[8:]]), most, time.monotonic() + seconds
            )
        finally:
            ours.close()
            child.join()

    yield meet
    for channel in channels:
        channel.close()


def read_all(channel: socket.socket) -> int:
    count = 0
    while count < len(LONG):
        count += len(channel.recv(1 << 16))
    return count


def test_a_request_is_read_and_then_answered(against):
    def behave(channel):
        channel.sendall(str(read_all(channel)).encode())
        channel.close()

    assert against(behave) == str(len(LONG)).encode()


def test_a_long_answer_before_the_request_is_read_blocks_nobody(against):
    def behave(channel):
        channel.sendall(LONG)
        read_all(channel)
        channel.close()

    assert against(behave) == LONG


def test_an_answer_is_heard_from_one_who_leaves_the_request_unread(against):
    def behave(channel):
        channel.sendall(b"no")
        channel.close()

    assert against(behave) == b"no"


def test_one_who_trickles_gets_no_more_time_for_it(against):
    def behave(channel):
        with contextlib.suppress(OSError):
            while True:
                channel.send(b".")

    with pytest.raises(ReadingTimedOut):
        against(behave, most=1 << 40, seconds=0.3)


def test_one_who_says_nothing_times_out(against):
    with pytest.raises(ReadingTimedOut):
        against(read_all, seconds=0.3)


def test_an_answer_is_cut_off_at_its_limit(against):
    def behave(channel):
        with contextlib.suppress(OSError):
            channel.sendall(LONG)

    with pytest.raises(LimitExceeded):
        against(behave, most=1 << 20)
    assert against(lambda channel: (channel.send(b"1234"), channel.close()), most=4) == b"1234"
