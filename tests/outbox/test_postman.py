"""The postman: one letter at a time, and how each try ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from outbox.letter import Letter
from outbox.postman import GIVE_UP, LEAST_TRIES, Postman, wait
from outbox.samples.drafts import SAMPLES
from outbox.transport import Away, Never, NotNow
from tests.outbox.conftest import NOW, Desk

LETTER = b"To: administrator@board.example\r\n\r\nx\r\n"


class Scripted:
    """A transport that does as it is told, and remembers what it was given."""

    def __init__(self, *does: Callable[[], None]) -> None:
        self.does = list(does)
        self.given: list[Letter] = []
        self.rested = False

    def send(self, letter: Letter) -> None:
        self.given.append(letter)
        if self.does:
            self.does.pop(0)()

    def rest(self) -> None:
        self.rested = True


def refuse(error: type[Exception]) -> Callable[[], None]:
    def act() -> None:
        raise error("not today")

    return act


def fine() -> None:
    return None


def add(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.queue.add(replace(SAMPLES["digest"], key=key), LETTER, NOW, NOW.date())


def test_one_letter_that_cannot_go_holds_up_no_other(desk: Desk) -> None:
    """Failure mode 76."""
    add(desk, "a", "b", "c")
    done = Postman(desk.queue, desk.gate, Scripted(fine, refuse(NotNow), fine)).deliver(NOW)
    assert [x.key for x in done.sent] == ["a", "c"]
    assert [x.key for x in done.postponed] == ["b"]


def test_every_try_sends_the_same_bytes_under_the_same_id(desk: Desk) -> None:
    """Failure mode 73, promise 3."""
    add(desk, "a")
    transport = Scripted(refuse(NotNow), fine)
    postman = Postman(desk.queue, desk.gate, transport)
    postman.deliver(NOW)
    postman.deliver(NOW + timedelta(hours=1))
    first, second = transport.given
    assert (first.message, first.message_id) == (second.message, second.message_id)


def test_a_refusal_for_good_is_failed_and_stays_so(desk: Desk) -> None:
    """Failure mode 75."""
    add(desk, "a")
    postman = Postman(desk.queue, desk.gate, Scripted(refuse(Never)))
    assert len(postman.deliver(NOW).failed) == 1
    assert desk.queue.counts()["failed"] == 1
    assert postman.deliver(NOW + timedelta(days=1)).failed == ()


def test_after_days_of_trying_a_letter_is_given_up(desk: Desk) -> None:
    add(desk, "a")
    postman = Postman(desk.queue, desk.gate, Scripted(*[refuse(NotNow)] * 99))
    ended = [postman.deliver(NOW + timedelta(hours=4 * n)) for n in range(31)]
    assert [bool(done.failed) for done in ended] == [False] * 30 + [True]


def test_a_letter_that_lay_here_for_days_still_has_a_day_of_tries(desk: Desk) -> None:
    """The outbox was paused, or the service stopped: that is no reason to give up at once."""
    add(desk, "a")
    postman = Postman(desk.queue, desk.gate, Scripted(*[refuse(NotNow)] * 99))
    late = NOW + 2 * GIVE_UP
    ended = [postman.deliver(late + timedelta(hours=4 * n)) for n in range(LEAST_TRIES)]
    assert [bool(done.failed) for done in ended] == [False] * (LEAST_TRIES - 1) + [True]


def test_a_crash_while_sending_leaves_the_letter_to_be_sent_again(desk: Desk) -> None:
    """Failure mode 73: `sending` is committed before the transport is asked."""
    add(desk, "a")
    with pytest.raises(KeyboardInterrupt):
        Postman(desk.queue, desk.gate, Scripted(refuse(KeyboardInterrupt))).deliver(NOW)
    assert desk.queue.counts()["sending"] == 1
    assert len(Postman(desk.queue, desk.gate, Scripted()).deliver(NOW).sent) == 1


def test_the_waits_grow_and_stop_growing() -> None:
    waits = [wait(tries) for tries in range(12)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(minutes=5), timedelta(hours=4))


def test_a_way_that_is_closed_is_tried_once_a_round_and_then_given_a_rest(desk: Desk) -> None:
    """A server that does not answer would keep every letter waiting for its time-out."""
    add(desk, "a", "b", "c")
    transport = Scripted(refuse(Away), fine, fine)
    postman = Postman(desk.queue, desk.gate, transport)
    done = postman.deliver(NOW)
    assert ([x.key for x in done.postponed], done.sent) == (["a"], ())
    assert transport.rested
    assert desk.queue.counts()["queued"] == 3
    assert [x.key for x in postman.deliver(NOW).sent] == ["b", "c"]


def test_letters_of_some_kinds_have_a_way_of_their_own(desk: Desk) -> None:
    add(desk, "a")
    desk.queue.add(replace(SAMPLES["digest"], kind="escalation", key="b"), LETTER, NOW, NOW.date())
    common, own = Scripted(refuse(Away)), Scripted()
    done = Postman(desk.queue, desk.gate, common, {"escalation": own}).deliver(NOW)
    assert [x.key for x in done.sent] == ["b"]
    assert [x.key for x in own.given] == ["b"]
    assert own.rested


def test_a_person_s_second_try_has_its_days_again(desk: Desk) -> None:
    add(desk, "a")
    late = NOW + GIVE_UP
    postman = Postman(desk.queue, desk.gate, Scripted(refuse(Never), *[refuse(NotNow)] * 99))
    (letter,) = postman.deliver(late).failed
    desk.queue.retry(letter, late)
    for n in range(LEAST_TRIES):
        assert len(postman.deliver(late + timedelta(hours=4 * n)).postponed) == 1
