"""How long is waited before something is tried again."""

from __future__ import annotations

from intake.imap.connection_thread import (
    FIRST,
    FIRST_REFUSED,
    LONGEST,
    LONGEST_REFUSED,
    MESSAGE_LONGEST,
    PATIENT,
    BackOff,
    Spoilt,
)


def waits(chance: float, *, refused: bool = False) -> list[float]:
    back_off = BackOff(lambda: chance)
    return [back_off.wait(refused=refused) for _ in range(2000)]


def test_each_wait_is_longer_than_the_last_until_they_are_long_enough() -> None:
    """Failure mode 4: for ever, and never more than so often."""
    longest = waits(1.0)
    assert longest[:4] == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert longest == sorted(longest)
    assert longest[-1] == LONGEST


def test_half_of_each_is_left_to_chance_so_that_not_all_come_at_once() -> None:
    assert [round(a / b, 6) for a, b in zip(waits(0.0), waits(1.0), strict=True)] == [0.5] * 2000


def test_a_server_that_refuses_is_asked_less_often() -> None:
    """A password tried every second locks an account."""
    assert (waits(1.0, refused=True)[0], waits(1.0, refused=True)[-1]) == (
        FIRST_REFUSED,
        LONGEST_REFUSED,
    )


def test_once_it_answers_the_waits_begin_anew() -> None:
    back_off = BackOff(lambda: 1.0)
    for _ in range(9):
        back_off.wait()
    back_off.over()
    assert back_off.wait() == FIRST


def test_a_message_is_tried_three_times_and_then_now_and_then() -> None:
    """Failure mode 11: it is never given up."""
    now = [0.0]
    spoilt = Spoilt(lambda: now[0])
    for _ in range(PATIENT - 1):
        spoilt.again("a", ValueError)
        assert spoilt.rests("a") is None
    spoilt.again("a", KeyError)
    assert spoilt.rests("a") is KeyError
    assert spoilt.rests("b") is None
    for _ in range(100):
        spoilt.again("a", KeyError)
    now[0] += MESSAGE_LONGEST
    assert spoilt.rests("a") is None
    spoilt.well("a")
    spoilt.again("a", KeyError)
    assert spoilt.rests("a") is None
