"""The service's rest, and what ends it."""

from __future__ import annotations

import threading

import pytest

from commands.run import MIN_REST_SECONDS, RoundTimer


def ticking(step: float = 0.5) -> RoundTimer:
    """A wake whose clock goes forward by itself at each look."""
    at = iter(range(10**6))
    return RoundTimer(lambda: next(at) * step)


@pytest.fixture
def stopping() -> threading.Event:
    return threading.Event()


def test_it_rests_until_the_time_is_up(stopping: threading.Event) -> None:
    assert ticking().rest_until_woken(1, stopping) is False


def test_a_nudge_ends_the_rest(stopping: threading.Event) -> None:
    wake = RoundTimer()
    threading.Timer(0.05, wake.interrupt_rest).start()
    assert wake.rest_until_woken(3600, stopping) is True


def test_a_nudge_during_the_round_before_is_not_forgotten(stopping: threading.Event) -> None:
    wake = RoundTimer()
    wake.interrupt_rest()
    assert wake.rest_until_woken(3600, stopping) is True


def test_many_nudges_are_one_and_leave_a_breath(stopping: threading.Event) -> None:
    """Else a long copy would keep the service busy with looking."""
    seen: list[float] = []
    at = iter(range(10**6))

    def clock() -> float:
        seen.append(next(at) * 0.25)
        return seen[-1]

    wake = RoundTimer(clock)
    for _ in range(10_000):
        wake.interrupt_rest()
    assert wake.rest_until_woken(3600, stopping) is True
    assert seen[-1] - seen[0] >= MIN_REST_SECONDS
    assert ticking().rest_until_woken(1, stopping) is False
    assert wake.rest_until_woken(1, stopping) is False, "all of them were the one that was heard"


def test_being_told_to_stop_ends_the_rest(stopping: threading.Event) -> None:
    threading.Timer(0.05, stopping.set).start()
    assert RoundTimer().rest_until_woken(3600, stopping) is False
