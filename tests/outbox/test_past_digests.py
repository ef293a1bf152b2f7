"""The digests that were written, read back."""

from __future__ import annotations

from datetime import date

from outbox.digest.digest_history import (
    LastDigest,
    last_digest_day,
    last_digest_written_at,
    newest_digest,
)
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.outbox.conftest import NOW, Desk
from tests.outbox.test_digest_late import letters_go_nowhere, put_right
from tests.outbox.test_queue import queued


def test_the_last_one_is_the_one_before_today(desk: Desk) -> None:
    letter = queued(desk.queue)
    assert last_digest_written_at(desk.database, date(2010, 4, 6)) is None, "it has not left"
    desk.queue.mark_sending(letter)
    desk.queue.mark_sent(letter, NOW)
    assert last_digest_day(desk.database, NOW.date()) is None
    assert last_digest_written_at(desk.database, NOW.date()) is None
    assert last_digest_day(desk.database, date(2010, 4, 6)) == NOW.date()
    assert last_digest_written_at(desk.database, date(2010, 4, 6)) == NOW


def test_after_an_outage_the_newest_leaves_alone_and_tells_what_the_others_would(
    loaded: Board,
) -> None:
    letters_go_nowhere(loaded)
    for day in ("01", "06", "07"):  # Easter lies between
        loaded.once(at=f"2010-04-{day}T08:30")
        if day == "06":
            loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    put_right(loaded)
    loaded.once(at="2010-04-08T12:30")
    (digest,) = [
        letter
        for letter in loaded.sent("administrator@board.example")
        if letter["Subject"].partition("Case returns, ")[1]
    ]
    told = " ".join(letter_plain_text(digest).split())
    assert "Thursday 8 April" in digest["Subject"]
    assert (
        "The digests of Thursday 1 April, Tuesday 6 April and Wednesday 7 April could not leave"
        in told
    )
    assert "So far: 1 document (1 accepted)." in told
    loaded.once(at="2010-04-09T08:30")
    told = " ".join(letter_plain_text(loaded.sent("administrator@board.example")[-1]).split())
    assert "could not leave" not in told.replace("Letters could not leave", "")


def test_the_newest_one_says_how_it_fared(desk: Desk) -> None:
    assert newest_digest(desk.database) is None
    letter = queued(desk.queue)
    assert newest_digest(desk.database) == LastDigest(NOW.date(), "queued", False, "")
    desk.queue.mark_sending(letter)
    desk.queue.mark_failed(letter, "nobody of that name")
    assert newest_digest(desk.database) == LastDigest(
        NOW.date(), "failed", True, "nobody of that name"
    )
