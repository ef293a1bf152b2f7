"""The letter queue: written once, the same at every try, forward only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlite_utils.utils import sqlite3

from outbox.samples.drafts import SAMPLES
from outbox.sending.letter_queue import LETTER_STATES, LetterQueue
from outbox.writing.letter import Letter, LetterKind
from tests.outbox.conftest import NOW, Desk

BYTES = b"Subject: one\r\n\r\nThe very bytes.\r\n"
DIGEST = SAMPLES["digest"]


def queued(queue: LetterQueue, key: str = "digest/1", kind: LetterKind = "digest") -> Letter:
    id = queue.add(replace(DIGEST, key=key, kind=kind), BYTES, NOW, NOW.date())
    letter = queue.get(id)
    assert letter is not None
    return letter


def test_a_letter_comes_back_byte_for_byte(desk: Desk) -> None:
    assert queued(desk.queue).message == BYTES


def test_its_words_are_not_in_the_database_in_clear(desk: Desk) -> None:
    queued(desk.queue)
    (row,) = desk.database.fetch_rows("SELECT sealed FROM letters")
    assert b"The very bytes" not in row["sealed"]


def test_a_letter_is_written_once_however_often_it_is_derived(desk: Desk) -> None:
    """Promise 3: the unique key carries the rule."""
    queued(desk.queue)
    with pytest.raises(sqlite3.IntegrityError):
        queued(desk.queue)
    assert desk.queue.has_letter("digest/1")


def only_ready(queue: LetterQueue, now: datetime) -> Letter:
    (id,) = queue.ready_letter_ids(now)
    letter = queue.get_if_ready(id)
    assert letter is not None
    return letter


def test_its_message_id_is_keyed_and_the_same_for_the_same_letter(desk: Desk) -> None:
    """Failure mode 47."""
    drafts = [replace(DIGEST, key=key) for key in ("a", "a", "b")]
    one, again, other = map(desk.queue.message_id_for, drafts)
    assert one == again != other
    assert one.startswith("<scr.") and one.endswith("@board.example>")


def test_what_was_being_sent_when_we_stopped_is_sent_again(desk: Desk) -> None:
    """Failure mode 73."""
    letter = queued(desk.queue)
    desk.queue.mark_sending(letter)
    ready = only_ready(desk.queue, NOW)
    assert (ready.state, ready.message, ready.message_id) == (
        "sending",
        BYTES,
        letter.message_id,
    )


def test_a_postponed_letter_waits_for_its_time(desk: Desk) -> None:
    letter = queued(desk.queue)
    desk.queue.mark_sending(letter)
    desk.queue.retry_later(letter, "the folder is full", NOW + timedelta(minutes=5))
    assert desk.queue.ready_letter_ids(NOW + timedelta(minutes=4)) == []
    assert len(desk.queue.ready_letter_ids(NOW + timedelta(minutes=5))) == 1


def test_a_wait_longer_than_the_longest_was_written_by_a_wrong_clock_and_is_over(
    desk: Desk,
) -> None:
    """Failure mode 122."""
    letter = queued(desk.queue)
    desk.queue.mark_sending(letter)
    desk.queue.retry_later(letter, "the folder is full", NOW + timedelta(days=365))
    assert desk.queue.ready_letter_ids(NOW) == [letter.id]


def test_the_board_s_own_letters_come_first_then_what_was_tried_least(desk: Desk) -> None:
    """Failure mode 114."""
    tried, fresh = queued(desk.queue, "a", "rejection"), queued(desk.queue, "b", "rejection")
    digest = queued(desk.queue, "c")
    desk.queue.mark_sending(tried)
    desk.queue.retry_later(tried, "not today", NOW)
    assert desk.queue.ready_letter_ids(NOW) == [digest.id, fresh.id, tried.id]


def test_what_was_called_back_meanwhile_is_not_ready(desk: Desk) -> None:
    letter = queued(desk.queue)
    desk.queue.cancel_letter(letter)
    assert desk.queue.get_if_ready(letter.id) is None


def test_a_sent_letter_never_goes_back(desk: Desk) -> None:
    letter = queued(desk.queue)
    desk.queue.mark_sending(letter)
    desk.queue.mark_sent(letter, NOW)
    with pytest.raises(sqlite3.IntegrityError, match="cannot move that way"):
        desk.queue.mark_sending(letter)


@pytest.mark.parametrize("column", ["key", "kind", "message_id", "sealed"])
def test_a_letter_does_not_change_once_it_is_written(desk: Desk, column: str) -> None:
    queued(desk.queue)
    with pytest.raises(sqlite3.IntegrityError):
        desk.database.execute_insert(f"UPDATE letters SET {column} = x'00'")


def test_a_letter_is_never_deleted(desk: Desk) -> None:
    queued(desk.queue)
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        desk.database.execute_insert("DELETE FROM letters")


def test_the_counts_name_every_state(desk: Desk) -> None:
    assert set(desk.queue.count_by_state()) == set(LETTER_STATES)
    assert set(desk.queue.count_by_state().values()) == {0}
    queued(desk.queue)
    assert desk.queue.count_by_state()["queued"] == 1


def test_a_letter_at_rest_is_moved_by_a_person_alone(desk: Desk) -> None:
    letter = queued(desk.queue)
    desk.queue.hold_back(letter, "too many")
    assert desk.queue.ready_letter_ids(NOW + timedelta(days=1)) == []
    with pytest.raises(sqlite3.IntegrityError, match="cannot move that way"):
        desk.queue.mark_sending(letter)
    desk.queue.retry_letter(letter, NOW + timedelta(days=9))
    ready = only_ready(desk.queue, NOW + timedelta(days=9))
    assert ready.by_hand
    assert ready.since == NOW + timedelta(days=9)
    assert ready.queued == NOW


def test_a_letter_that_came_back_may_be_sent_again_or_let_be(desk: Desk) -> None:
    for key, act in (
        ("a", desk.queue.cancel_letter),
        ("b", lambda x: desk.queue.retry_letter(x, NOW)),
    ):
        letter = queued(desk.queue, key)
        desk.queue.mark_sending(letter)
        desk.queue.mark_sent(letter, NOW)
        desk.queue.mark_undelivered(letter, "it came back")
        act(letter)
    assert desk.queue.count_by_state()["cancelled"] == desk.queue.count_by_state()["queued"] == 1


def test_what_was_cancelled_is_not_sent_any_more(desk: Desk) -> None:
    letter = queued(desk.queue)
    desk.queue.cancel_letter(letter)
    assert desk.queue.ready_letter_ids(NOW) == []
    with pytest.raises(sqlite3.IntegrityError, match="cannot move that way"):
        desk.queue.retry_letter(letter, NOW)
