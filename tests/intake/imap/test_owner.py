"""The one thread that owns a connection."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from intake.imap.connection_thread import STUCK, BackOff, Owner
from intake.imap.errors import Away
from intake.source import NotYet


class Session:
    """As much of one as the thread needs to wait on it."""

    def __init__(self) -> None:
        self.client = self

    def opened(self, folder: str) -> int:
        return 1

    def has_capability(self, capability: str) -> bool:
        return False

    def noop(self) -> None: ...


@contextmanager
def answering() -> Iterator[Any]:
    yield Session()


@contextmanager
def hanging() -> Iterator[Any]:
    time.sleep(2)
    yield Session()


@contextmanager
def maddening() -> Iterator[Any]:
    raise RuntimeError("nobody thought of this")
    yield


@pytest.fixture
def owners() -> Iterator[list[Owner]]:
    made: list[Owner] = []
    yield made
    for owner in made:
        owner.close()


def owner(owners: list[Owner], dial: Any) -> Owner:
    owners.append(Owner("mail-1", dial, "INBOX", BackOff(lambda: 0.0)))
    return owners[-1]


def test_all_work_is_done_on_its_thread_whoever_asks(owners: list[Owner]) -> None:
    """Failure mode 13."""
    one = owner(owners, answering)
    threads = [one.ask(one.submit(lambda session: threading.get_ident())) for _ in range(3)]
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_what_goes_wrong_with_the_work_is_told_to_whoever_asked(owners: list[Owner]) -> None:
    def wrong(session: Any) -> None:
        raise NotYet

    one = owner(owners, answering)
    with pytest.raises(NotYet):
        one.ask(one.submit(wrong))
    assert one.ask(one.submit(lambda session: 7)) == 7


def test_whoever_waits_for_news_is_nudged_when_the_connection_is_there(
    owners: list[Owner],
) -> None:
    """What came while nobody listened is not told by IDLE."""
    nudged = threading.Event()
    owner(owners, answering).serve(nudged.set, threading.Event(), 1.0)
    assert nudged.wait(30)


def test_it_does_not_start_before_it_is_needed(owners: list[Owner]) -> None:
    """`status` opens the house too."""
    before = threading.active_count()
    one = owner(owners, answering)
    assert threading.active_count() == before
    assert one.progresses()


def test_a_thread_that_is_stuck_does_not_progress(
    owners: list[Owner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 82: systemd is not told that all is well."""
    one = owner(owners, answering)
    one.ask(one.submit(lambda session: None))
    assert one.progresses()
    actual = time.monotonic
    monkeypatch.setattr("intake.imap.connection_thread.time.monotonic", lambda: actual() + STUCK)
    assert not one.progresses()
    one.tick()
    assert one.progresses()


def test_nobody_waits_for_longer_than_the_service_can(owners: list[Owner]) -> None:
    one = owner(owners, hanging)
    one.serve(lambda: None, threading.Event(), 0.2)
    with pytest.raises(NotYet):
        one.ask(one.submit(lambda session: None))


def test_whatever_a_server_provokes_is_an_outage_and_not_the_end(owners: list[Owner]) -> None:
    """Promise 6."""
    one = owner(owners, maddening)
    for _ in range(2):
        with pytest.raises(Away):
            one.ask(one.submit(lambda session: None))
    assert one.progresses()
