"""The one thread that owns a connection."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from intake.imap.connection_thread import (
    FIRST_WAIT_SECONDS,
    STUCK_SECONDS,
    BackOff,
    ConnectionThread,
)
from intake.imap.errors import MailServerUnreachable
from intake.source import StillFetching


class Session:
    """As much of one as the thread needs to wait on it."""

    def __init__(self) -> None:
        self.client = self

    def open_folder(self, folder: str) -> int:
        return 1

    def close_folder(self) -> None: ...

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
def owners() -> Iterator[list[ConnectionThread]]:
    made: list[ConnectionThread] = []
    yield made
    for owner in made:
        owner.close()


def owner(owners: list[ConnectionThread], dial: Any) -> ConnectionThread:
    owners.append(ConnectionThread("mail-1", dial, "INBOX", BackOff(lambda: 0.0)))
    return owners[-1]


def test_all_work_is_done_on_its_thread_whoever_asks(owners: list[ConnectionThread]) -> None:
    """Failure mode 13."""
    one = owner(owners, answering)
    threads = [
        one.wait_for_job(one.submit_work(lambda session: threading.get_ident())) for _ in range(3)
    ]
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_what_goes_wrong_with_the_work_is_told_to_whoever_asked(
    owners: list[ConnectionThread],
) -> None:
    def wrong(session: Any) -> None:
        raise StillFetching

    one = owner(owners, answering)
    with pytest.raises(StillFetching):
        one.wait_for_job(one.submit_work(wrong))
    assert one.wait_for_job(one.submit_work(lambda session: 7)) == 7


def test_whoever_waits_for_news_is_nudged_when_the_connection_is_there(
    owners: list[ConnectionThread],
) -> None:
    """What came while nobody listened is not told by IDLE."""
    nudged = threading.Event()
    owner(owners, answering).attach_to_service(nudged.set, threading.Event(), 1.0)
    assert nudged.wait(30)


def test_it_does_not_start_before_it_is_needed(owners: list[ConnectionThread]) -> None:
    """`status` opens the application too."""
    before = threading.active_count()
    one = owner(owners, answering)
    assert threading.active_count() == before
    assert one.is_progressing()


def test_a_thread_that_is_stuck_does_not_progress(
    owners: list[ConnectionThread], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 82: systemd is not told that all is well."""
    one = owner(owners, answering)
    one.wait_for_job(one.submit_work(lambda session: None))
    assert one.is_progressing()
    actual = time.monotonic
    monkeypatch.setattr(
        "intake.imap.connection_thread.time.monotonic", lambda: actual() + STUCK_SECONDS
    )
    assert not one.is_progressing()
    one.note_progress()
    assert one.is_progressing()


def test_nobody_waits_for_longer_than_the_service_can(owners: list[ConnectionThread]) -> None:
    one = owner(owners, hanging)
    one.attach_to_service(lambda: None, threading.Event(), 0.2)
    with pytest.raises(StillFetching):
        one.wait_for_job(one.submit_work(lambda session: None))


def test_whatever_a_server_provokes_is_an_outage_and_not_the_end(
    owners: list[ConnectionThread],
) -> None:
    """Promise 6."""
    one = owner(owners, maddening)
    for _ in range(2):
        with pytest.raises(MailServerUnreachable):
            one.wait_for_job(one.submit_work(lambda session: None))
    assert one.is_progressing()


class ImpatientBackOff(BackOff):
    """Notes how long it would wait, and does not."""

    def __init__(self, tries: int) -> None:
        super().__init__(lambda: 1.0, tries)
        self.waits: list[float] = []
        self.noted = threading.Event()

    def next_wait(self, *, refused: bool = False) -> float:
        self.waits.append(super().next_wait(refused=refused))
        self.noted.set()
        return 0.0


def breaking(session: Any) -> None:
    raise OSError("the connection is gone")


def test_after_a_connection_that_worked_the_first_wait_is_short_again(
    owners: list[ConnectionThread],
) -> None:
    """Failure mode 4: a server that was away for long is not waited for so long for ever."""
    back_off = ImpatientBackOff(tries=9)
    one = ConnectionThread("mail-1", answering, "INBOX", back_off)
    owners.append(one)
    assert one.wait_for_job(one.submit_work(lambda session: 7)) == 7
    with pytest.raises(MailServerUnreachable):
        one.wait_for_job(one.submit_work(breaking))
    assert back_off.noted.wait(30)
    assert back_off.waits[0] == FIRST_WAIT_SECONDS


def test_a_server_that_lets_us_in_and_does_no_more_is_asked_less_and_less_often(
    owners: list[ConnectionThread],
) -> None:
    """Failure mode 4: that it answers is not yet that it works."""
    enough = threading.Event()

    class ShuttingSession(Session):
        def open_folder(self, folder: str) -> int:
            if len(back_off.waits) == 3:
                enough.set()
            raise OSError("the connection is gone")

    @contextmanager
    def shutting() -> Iterator[Any]:
        yield ShuttingSession()

    back_off = ImpatientBackOff(tries=0)
    one = ConnectionThread("mail-1", shutting, "INBOX", back_off)
    owners.append(one)
    one.attach_to_service(lambda: None, threading.Event(), 1.0)
    assert enough.wait(30)
    assert back_off.waits[:3] == [FIRST_WAIT_SECONDS * n for n in (1, 2, 4)]
