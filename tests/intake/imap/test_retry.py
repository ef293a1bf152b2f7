"""How long is waited before something is tried again."""

from __future__ import annotations

from intake.imap.connection_thread import (
    FIRST_REFUSED_WAIT,
    FIRST_WAIT_SECONDS,
    IMMEDIATE_TRIES,
    MAX_MESSAGE_WAIT,
    MAX_REFUSED_WAIT,
    MAX_WAIT_SECONDS,
    BackOff,
    UnreadableMessages,
)


def waits(chance: float, *, refused: bool = False) -> list[float]:
    back_off = BackOff(lambda: chance)
    return [back_off.next_wait(refused=refused) for _ in range(2000)]


def test_each_wait_is_longer_than_the_last_until_they_are_long_enough() -> None:
    """Failure mode 4: for ever, and never more than so often."""
    longest = waits(1.0)
    assert longest[:4] == [
        FIRST_WAIT_SECONDS,
        2 * FIRST_WAIT_SECONDS,
        4 * FIRST_WAIT_SECONDS,
        8 * FIRST_WAIT_SECONDS,
    ]
    assert longest == sorted(longest)
    assert longest[-1] == MAX_WAIT_SECONDS


def test_half_of_each_is_left_to_chance_so_that_not_all_come_at_once() -> None:
    assert [round(a / b, 6) for a, b in zip(waits(0.0), waits(1.0), strict=True)] == [0.5] * 2000


def test_a_server_that_refuses_is_asked_less_often() -> None:
    """A password tried every second locks an account."""
    assert (waits(1.0, refused=True)[0], waits(1.0, refused=True)[-1]) == (
        FIRST_REFUSED_WAIT,
        MAX_REFUSED_WAIT,
    )


def test_once_it_answers_the_waits_begin_anew() -> None:
    back_off = BackOff(lambda: 1.0)
    for _ in range(9):
        back_off.next_wait()
    back_off.reset_tries()
    assert back_off.next_wait() == FIRST_WAIT_SECONDS


def test_a_message_is_tried_three_times_and_then_now_and_then() -> None:
    """Failure mode 11: it is never given up."""
    now = [0.0]
    spoilt = UnreadableMessages(lambda: now[0])
    for _ in range(IMMEDIATE_TRIES - 1):
        spoilt.note_failure("a", ValueError)
        assert spoilt.reason_to_wait("a") is None
    spoilt.note_failure("a", KeyError)
    assert spoilt.reason_to_wait("a") is KeyError
    assert spoilt.reason_to_wait("b") is None
    for _ in range(100):
        spoilt.note_failure("a", KeyError)
    now[0] += MAX_MESSAGE_WAIT
    assert spoilt.reason_to_wait("a") is None
    spoilt.note_success("a")
    spoilt.note_failure("a", KeyError)
    assert spoilt.reason_to_wait("a") is None
