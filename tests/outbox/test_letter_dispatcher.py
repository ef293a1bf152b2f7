"""The dispatcher: one letter at a time, and how each try ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from outbox.samples.drafts import SAMPLES
from outbox.sending.letter_dispatcher import LetterDispatcher, SendingLimits
from outbox.sending.retry_waits import GIVE_UP_AFTER, MIN_TRIES, wait_after
from outbox.sending.transport import (
    AnswerPending,
    HandoverPostponed,
    HandoverRefused,
    TransportUnavailable,
)
from outbox.sending.transport_back_off import TransportWaits
from outbox.writing.letter import Letter
from tests.outbox.conftest import NOW, Desk

LETTER = b"To: administrator@board.example\r\n\r\nx\r\n"


class Scripted:
    """A transport that does as it is told, and remembers what it was given."""

    def __init__(
        self,
        *does: Callable[[], None],
        opens: Sequence[Callable[[], None]] = (),
        name: str = "outbox",
    ) -> None:
        self.name = name
        self.does = list(does)
        self.opens = list(opens)
        self.given: list[Letter] = []
        self.opened = 0
        self.rested = False

    def open(self) -> None:
        self.opened += 1
        if self.opens:
            self.opens.pop(0)()

    def send(self, letter: Letter) -> None:
        self.given.append(letter)
        if self.does:
            self.does.pop(0)()

    def disconnect(self) -> None:
        self.rested = True


def refuse(error: type[Exception]) -> Callable[[], None]:
    def act() -> None:
        raise error("not today")

    return act


def fine() -> None:
    return None


def waits(desk: Desk) -> TransportWaits:
    return TransportWaits(desk.database)


def add(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.queue.add(replace(SAMPLES["digest"], key=key), LETTER, NOW, NOW.date())


def test_one_letter_that_cannot_go_holds_up_no_other(desk: Desk) -> None:
    """Failure mode 76."""
    add(desk, "a", "b", "c")
    done = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), Scripted(fine, refuse(HandoverPostponed), fine)
    ).send_ready_letters(NOW)
    assert [x.key for x in done.sent] == ["a", "c"]
    assert [x.key for x in done.postponed] == ["b"]


def test_every_try_sends_the_same_bytes_under_the_same_id(desk: Desk) -> None:
    """Failure mode 73, promise 3."""
    add(desk, "a")
    transport = Scripted(refuse(HandoverPostponed), fine)
    dispatcher = LetterDispatcher(desk.queue, desk.gate, waits(desk), transport)
    dispatcher.send_ready_letters(NOW)
    dispatcher.send_ready_letters(NOW + timedelta(hours=1))
    first, second = transport.given
    assert (first.message, first.message_id) == (second.message, second.message_id)


def ended_after_it_left(desk: Desk, monkeypatch: pytest.MonkeyPatch, transport: Scripted) -> None:
    """The transport has taken it, and the register does not say so."""

    def die(*words: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(desk.queue, "mark_sent", die)
        LetterDispatcher(desk.queue, desk.gate, waits(desk), transport).send_ready_letters(NOW)
    assert desk.queue.count_by_state()["sending"] == 1


def test_what_left_just_before_a_kill_is_not_handed_over_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 73: the journal beside the vault says that it left, and when."""
    add(desk, "a")
    transport = Scripted()
    ended_after_it_left(desk, monkeypatch, transport)
    dispatcher = LetterDispatcher(desk.queue, desk.gate, waits(desk), transport)
    (sent,) = dispatcher.send_ready_letters(NOW + timedelta(hours=1)).sent
    assert (len(transport.given), sent.state, sent.sent) == (1, "sent", NOW)


def test_a_letter_that_a_person_sends_once_more_is_not_taken_for_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, "a")
    transport, later = Scripted(), NOW + timedelta(days=1)
    dispatcher = LetterDispatcher(desk.queue, desk.gate, waits(desk), transport)
    (sent,) = dispatcher.send_ready_letters(NOW).sent
    desk.queue.mark_undelivered(sent, "came back")
    desk.queue.retry_letter(sent, later)
    transport.does = [refuse(KeyboardInterrupt)]
    with pytest.raises(KeyboardInterrupt):
        dispatcher.send_ready_letters(later)
    dispatcher.send_ready_letters(later)
    assert len(transport.given) == 3


def test_a_refusal_for_good_is_failed_and_stays_so(desk: Desk) -> None:
    """Failure mode 75."""
    add(desk, "a")
    dispatcher = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), Scripted(refuse(HandoverRefused))
    )
    assert len(dispatcher.send_ready_letters(NOW).failed) == 1
    assert desk.queue.count_by_state()["failed"] == 1
    assert dispatcher.send_ready_letters(NOW + timedelta(days=1)).failed == ()


def test_after_days_of_trying_a_letter_is_given_up(desk: Desk) -> None:
    add(desk, "a")
    dispatcher = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), Scripted(*[refuse(HandoverPostponed)] * 99)
    )
    ended = [dispatcher.send_ready_letters(NOW + timedelta(hours=4 * n)) for n in range(31)]
    assert [bool(done.failed) for done in ended] == [False] * 30 + [True]


def test_a_letter_that_lay_here_for_days_still_has_a_day_of_tries(desk: Desk) -> None:
    """The outbox was paused, or the service stopped: that is no reason to give up at once."""
    add(desk, "a")
    dispatcher = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), Scripted(*[refuse(HandoverPostponed)] * 99)
    )
    late = NOW + 2 * GIVE_UP_AFTER
    ended = [dispatcher.send_ready_letters(late + timedelta(hours=4 * n)) for n in range(MIN_TRIES)]
    assert [bool(done.failed) for done in ended] == [False] * (MIN_TRIES - 1) + [True]


def test_a_crash_while_sending_leaves_the_letter_to_be_sent_again(desk: Desk) -> None:
    """Failure mode 73: `sending` is committed before the transport is asked."""
    add(desk, "a")
    with pytest.raises(KeyboardInterrupt):
        LetterDispatcher(
            desk.queue, desk.gate, waits(desk), Scripted(refuse(KeyboardInterrupt))
        ).send_ready_letters(NOW)
    assert desk.queue.count_by_state()["sending"] == 1
    assert (
        len(
            LetterDispatcher(desk.queue, desk.gate, waits(desk), Scripted())
            .send_ready_letters(NOW)
            .sent
        )
        == 1
    )


def test_the_waits_grow_and_stop_growing() -> None:
    waits = [wait_after(tries) for tries in range(12)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(minutes=5), timedelta(hours=4))


def test_a_transport_that_is_away_waits_and_no_letter_has_been_tried(desk: Desk) -> None:
    """Failure mode 116: 32 letters that each try to sign in lock an account."""
    add(desk, *(f"letter {n}" for n in range(32)))
    transport = Scripted(opens=[refuse(TransportUnavailable)])
    dispatcher = LetterDispatcher(desk.queue, desk.gate, waits(desk), transport)
    done = dispatcher.send_ready_letters(NOW)
    assert (done.sent, done.postponed, done.away) == ((), (), ("not today",))
    assert dispatcher.send_ready_letters(NOW + timedelta(minutes=4)).away == ("not today",)
    assert transport.opened == 1
    assert transport.rested
    assert len(dispatcher.send_ready_letters(NOW + timedelta(minutes=5)).sent) == 32
    assert waits(desk).list_waits() == []


def test_a_transport_stays_away_longer_each_time_also_over_a_restart(desk: Desk) -> None:
    add(desk, "a")
    at, tried = NOW, []
    for _ in range(4):
        dispatcher = LetterDispatcher(
            desk.queue, desk.gate, waits(desk), Scripted(opens=[refuse(TransportUnavailable)])
        )
        dispatcher.send_ready_letters(at)
        (wait,) = waits(desk).list_waits()
        tried.append(wait.not_before - at)
        at = wait.not_before
    assert tried == [timedelta(minutes=n) for n in (5, 10, 20, 40)]
    assert (wait.tries, wait.since) == (4, NOW)


def test_a_person_who_mended_it_need_not_wait(desk: Desk) -> None:
    add(desk, "a")
    dispatcher = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), Scripted(opens=[refuse(TransportUnavailable)])
    )
    dispatcher.send_ready_letters(NOW)
    waits(desk).end_all_waits(NOW)
    assert len(dispatcher.send_ready_letters(NOW).sent) == 1


def test_a_transport_s_wait_written_by_a_wrong_clock_is_over(desk: Desk) -> None:
    """Failure mode 122."""
    add(desk, "a")
    dispatcher = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), Scripted(opens=[refuse(TransportUnavailable)])
    )
    dispatcher.send_ready_letters(NOW + timedelta(days=365))
    assert len(dispatcher.send_ready_letters(NOW).sent) == 1


def test_a_transport_that_goes_away_before_it_took_the_letter_is_no_try_of_it(desk: Desk) -> None:
    add(desk, "a", "b")
    dispatcher = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), Scripted(refuse(TransportUnavailable))
    )
    assert dispatcher.send_ready_letters(NOW).away == ("not today",)
    assert [letter.tries for letter in desk.queue.list_letters()] == [0, 0]
    assert desk.queue.count_by_state()["queued"] == 2


def test_a_letter_tried_in_vain_lets_the_others_go_first(desk: Desk) -> None:
    """Failure mode 114."""
    add(desk, "a")
    transport = Scripted(refuse(HandoverPostponed))
    dispatcher = LetterDispatcher(desk.queue, desk.gate, waits(desk), transport)
    dispatcher.send_ready_letters(NOW)
    add(desk, "b", "c")
    dispatcher.send_ready_letters(NOW + timedelta(hours=1))
    assert [letter.key for letter in transport.given] == ["a", "b", "c", "a"]


def test_a_share_is_so_many_letters_or_seconds(desk: Desk) -> None:
    """Failure mode 112."""
    add(desk, *"abcdef")
    clock = iter(range(0, 1000, 10))
    dispatcher = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), Scripted(), seconds=lambda: float(next(clock))
    )
    assert len(dispatcher.send_ready_letters(NOW, SendingLimits(letters=2)).sent) == 2
    assert len(dispatcher.send_ready_letters(NOW, SendingLimits(seconds=15)).sent) == 2
    assert len(dispatcher.send_ready_letters(NOW, stopping=lambda: True).sent) == 0
    assert len(dispatcher.send_ready_letters(NOW).sent) == 2


def test_letters_of_some_kinds_have_a_way_of_their_own(desk: Desk) -> None:
    add(desk, "a")
    desk.queue.add(replace(SAMPLES["digest"], kind="escalation", key="b"), LETTER, NOW, NOW.date())
    common, own = Scripted(opens=[refuse(TransportUnavailable)]), Scripted(name="own")
    done = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), common, {"escalation": own}
    ).send_ready_letters(NOW)
    assert [x.key for x in done.sent] == ["b"]
    assert [x.key for x in own.given] == ["b"]
    assert own.rested


def test_a_person_s_second_try_has_its_days_again(desk: Desk) -> None:
    add(desk, "a")
    late = NOW + GIVE_UP_AFTER
    dispatcher = LetterDispatcher(
        desk.queue,
        desk.gate,
        waits(desk),
        Scripted(refuse(HandoverRefused), *[refuse(HandoverPostponed)] * 99),
    )
    (letter,) = dispatcher.send_ready_letters(late).failed
    desk.queue.retry_letter(letter, late)
    for n in range(MIN_TRIES):
        assert len(dispatcher.send_ready_letters(late + timedelta(hours=4 * n)).postponed) == 1


class Late:
    """An answer that comes when it is told to."""

    def __init__(self) -> None:
        self.there = False

    def is_ready_within(self, seconds: float) -> bool:
        return self.there

    def wait_for_result(self) -> None:
        self.there = True


def test_a_letter_whose_answer_is_long_in_coming_holds_up_no_other(desk: Desk) -> None:
    """Failure mode 114: its reader's own server hangs; it is not handed over a second time."""
    late = Late()

    def hang() -> None:
        raise AnswerPending(late)

    add(desk, "a", "b")
    transport = Scripted(hang, fine)
    dispatcher = LetterDispatcher(desk.queue, desk.gate, waits(desk), transport)
    beside = SendingLimits(waits=False)
    assert [x.key for x in dispatcher.send_ready_letters(NOW, beside).sent] == ["b"]
    assert dispatcher.send_ready_letters(NOW, beside).sent == ()
    assert [x.key for x in transport.given] == ["a", "b"]
    late.there = True
    assert [x.key for x in dispatcher.send_ready_letters(NOW, beside).sent] == ["a"]


def test_a_command_that_ends_waits_for_what_is_long_in_coming(desk: Desk) -> None:
    """Or the next one would hand it over a second time."""

    def hang() -> None:
        raise AnswerPending(Late())

    add(desk, "a", "b")
    dispatcher = LetterDispatcher(desk.queue, desk.gate, waits(desk), Scripted(hang, fine))
    assert [x.key for x in dispatcher.send_ready_letters(NOW).sent] == ["a", "b"]


def test_a_way_that_lets_us_in_is_away_no_more_whatever_becomes_of_the_letter(desk: Desk) -> None:
    """Its next letter may hang; the sign-in that was refused is over all the same."""

    def hang() -> None:
        raise AnswerPending(Late())

    for ends in (hang, refuse(HandoverPostponed), refuse(HandoverRefused), fine):
        add(desk, ends.__qualname__ + str(ends))
        found = waits(desk)
        found.note_unavailable("outbox", "the sign-in was refused", NOW - timedelta(hours=1))
        LetterDispatcher(desk.queue, desk.gate, found, Scripted(ends)).send_ready_letters(
            NOW, SendingLimits(waits=False)
        )
        assert found.list_waits() == []


def test_a_way_that_lets_us_in_and_takes_no_letter_waits_longer_each_time(desk: Desk) -> None:
    add(desk, "a")
    found = waits(desk)
    for tries in range(3):
        at = NOW + timedelta(days=tries)
        LetterDispatcher(
            desk.queue, desk.gate, found, Scripted(refuse(TransportUnavailable))
        ).send_ready_letters(at)
        (wait,) = found.list_waits()
        assert (wait.since, wait.not_before - at) == (NOW, wait_after(tries))


def test_a_time_that_has_passed_is_never_given_for_the_next_try(desk: Desk) -> None:
    found = waits(desk)
    found.note_unavailable("outbox", "it is away", NOW)
    (wait,) = found.list_waits()
    assert wait.next_try_phrase(NOW) == "at 10:20am on Thursday 1 April 2010"
    for later in (timedelta(minutes=5), timedelta(hours=1), timedelta(days=-400)):
        assert wait.next_try_phrase(NOW + later) == "with the next letter that is to leave"


def test_a_person_who_mended_it_has_what_was_tried_in_vain_tried_in_the_next_round(
    desk: Desk,
) -> None:
    add(desk, "a")
    dispatcher = LetterDispatcher(
        desk.queue, desk.gate, waits(desk), Scripted(refuse(HandoverPostponed), fine)
    )
    dispatcher.send_ready_letters(NOW)
    desk.queue.hasten_retries(NOW)
    assert [x.key for x in dispatcher.send_ready_letters(NOW).sent] == ["a"]


def test_a_persons_vain_try_makes_no_wait_longer_and_a_reason_has_one_full_stop(desk: Desk) -> None:
    found = waits(desk)
    for n in range(5):
        found.note_unavailable("outbox", "the certificate has ended.", NOW + timedelta(hours=n))
    found.end_all_waits(NOW)
    found.note_unavailable("outbox", "the certificate has ended.", NOW)
    (wait,) = found.list_waits()
    assert wait.not_before - NOW == wait_after(0)
    assert wait.answer == "the certificate has ended"
