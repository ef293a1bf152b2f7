"""Sending beside the round: what hangs there holds nothing up, what goes wrong there is heard."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from commands.composition.background_dispatcher import BackgroundDispatcher, sending_in_background
from outbox.sending.letter_dispatcher import SendingLimits, SendingRound

NOW = datetime(2010, 4, 1, 10, tzinfo=UTC)


class Slow:
    """A dispatcher that is at work until it is let go on."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.go_on = threading.Event()
        self.begun = threading.Semaphore(0)
        self.thread: threading.Thread | None = None
        self.error = error

    def send_ready_letters(
        self, now: datetime, limits: SendingLimits, stopping: Callable[[], bool]
    ) -> SendingRound:
        self.thread = threading.current_thread()
        self.begun.release()
        if self.error:
            raise self.error
        self.go_on.wait(20)
        return SendingRound(away=("the mail server cannot be reached",))


def opened(slow: Slow) -> Callable[[], object]:
    @contextmanager
    def dispatcher() -> Iterator[Slow]:
        yield slow

    return dispatcher


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_round_never_waits_for_a_letter_that_hangs() -> None:
    """Failure mode 114."""
    slow = Slow()
    with sending_in_background(opened(slow), lambda: None) as dispatcher:  # type: ignore[arg-type]
        assert dispatcher.send_ready_letters(NOW) == SendingRound()
        assert slow.begun.acquire(timeout=20)
        assert (
            dispatcher.send_ready_letters(NOW) == SendingRound()
        )  # asks for nothing more meanwhile
        assert not slow.begun.acquire(timeout=0.1)
        assert dispatcher.is_progressing()
        slow.go_on.set()
        until(
            lambda: (
                dispatcher.send_ready_letters(NOW).away == ("the mail server cannot be reached",)
            )
        )
    assert slow.thread is not threading.current_thread()


def test_what_goes_wrong_beside_the_round_ends_the_service() -> None:
    """Promise 6: a failed loop ends the process, and systemd starts it again."""
    slow, nudged = Slow(ValueError("a mistake of ours")), threading.Event()
    with sending_in_background(opened(slow), nudged.set) as dispatcher:  # type: ignore[arg-type]
        dispatcher.send_ready_letters(NOW)
        assert nudged.wait(20)
        until(lambda: not dispatcher.is_progressing())
        with pytest.raises(ValueError, match="a mistake of ours"):
            dispatcher.send_ready_letters(NOW)


def test_a_full_disk_is_waited_for() -> None:
    """Failure mode 115."""
    slow = Slow(OSError(28, "No space left on device"))
    with sending_in_background(opened(slow), lambda: None) as dispatcher:  # type: ignore[arg-type]
        for _ in range(2):
            dispatcher.send_ready_letters(NOW)
            assert slow.begun.acquire(timeout=20)
            until(dispatcher.is_progressing)


def test_sending_that_takes_too_long_is_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failure mode 82."""
    monkeypatch.setattr("commands.composition.background_dispatcher.STUCK_SECONDS", 0.05)
    slow = Slow()
    with sending_in_background(opened(slow), lambda: None) as dispatcher:  # type: ignore[arg-type]
        assert isinstance(dispatcher, BackgroundDispatcher)
        dispatcher.send_ready_letters(NOW)
        until(lambda: not dispatcher.is_progressing())
        slow.go_on.set()


def test_stopping_waits_for_the_letter_in_hand_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("commands.composition.background_dispatcher.STOP_WAIT_SECONDS", 0.1)
    slow, began = Slow(), time.monotonic()
    with sending_in_background(opened(slow), lambda: None) as dispatcher:  # type: ignore[arg-type]
        dispatcher.send_ready_letters(NOW)
        assert slow.begun.acquire(timeout=20)
    assert time.monotonic() - began < 10
    slow.go_on.set()
