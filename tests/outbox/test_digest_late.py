"""A digest that has not gone: the operator is told once, and once when one has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from outbox.digest.digest_history import LastDigest, overdue_digest_reason
from tests.board import Board
from tests.outbox.conftest import LONDON

EIGHT = datetime(2010, 4, 20, 8, 0, tzinfo=LONDON)
AT = time(8)
SENT = LastDigest(date(2010, 4, 20), "sent", True, "")
WAITS = replace(SENT, state="queued", answer="the server was away")
OPERATOR = "it@board.example"


def said(last: LastDigest | None, hours: float) -> str:
    why = overdue_digest_reason(last, AT, EIGHT + timedelta(hours=hours))
    return why.sentence if why else ""


def test_one_that_has_gone_is_well() -> None:
    assert said(SENT, 9) == ""
    assert said(replace(SENT, state="cancelled"), 9) == ""


def test_one_that_failed_is_told_at_once() -> None:
    failed = replace(WAITS, state="failed")
    assert said(failed, 0.1) == "The digest could not be sent: the server was away."


def test_one_that_is_tried_again_and_again_is_told_after_two_hours() -> None:
    assert said(WAITS, 1.9) == ""
    assert said(WAITS, 2) == "The digest could not be sent yet: the server was away."
    assert said(WAITS, 72) != "", "and over a weekend"


def test_one_that_nothing_has_tried_to_send_yet_is_not() -> None:
    assert said(replace(WAITS, tried=False), 5) == ""


def test_before_the_first_there_is_nothing_to_tell() -> None:
    assert said(None, 9) == ""


# The whole way


def letters_go_nowhere(board: Board) -> None:
    """As on a machine where the folder for letters cannot be written."""
    sent = board.folder / "sent"
    sent.rename(board.folder / "away")
    sent.write_text("in the way")


def put_right(board: Board) -> None:
    (board.folder / "sent").unlink()
    (board.folder / "away").rename(board.folder / "sent")


def test_what_is_over_before_its_alert_can_leave_is_not_told(loaded: Board) -> None:
    """The digest leaves first, in the same round: neither letter about it follows."""
    loaded.once(at="2010-03-03T09:00")
    letters_go_nowhere(loaded)
    assert loaded.once(at="2010-03-04T08:00").err.count("digest") == 0
    ended = loaded.once(at="2010-03-04T10:30")
    assert "The digest could not be sent yet" in ended.err
    assert "not gone" in loaded.run("status", at="2010-03-04T10:31").out
    assert loaded.run("status", at="2010-03-04T10:31").status == 1
    put_right(loaded)
    for at in ("2010-03-04T15:00", "2010-03-04T15:01", "2010-03-05T08:00", "2010-03-05T09:00"):
        loaded.once(at=at)
    assert loaded.sent(OPERATOR) == []
    assert loaded.run("status", at="2010-03-05T09:00").status == 0


def test_a_source_that_was_away_and_is_there_before_its_alert_can_leave_is_not_told(
    loaded: Board,
) -> None:
    loaded.once(at="2010-03-03T09:00")
    letters_go_nowhere(loaded)
    box = loaded.folder / "mail"
    box.rename(loaded.folder / "elsewhere")
    loaded.once(at="2010-03-04T10:00")
    loaded.once(at="2010-03-04T11:00")
    (loaded.folder / "elsewhere").rename(box)
    put_right(loaded)
    for at in ("2010-03-04T15:00", "2010-03-04T15:05"):
        loaded.once(at=at)
    assert loaded.sent(OPERATOR) == []


def test_a_source_that_is_away_is_told_and_so_is_its_end(loaded: Board) -> None:
    loaded.once(at="2010-03-03T09:00")
    box = loaded.folder / "mail"
    box.rename(loaded.folder / "elsewhere")
    loaded.once(at="2010-03-04T10:00")
    loaded.once(at="2010-03-04T11:00")
    (loaded.folder / "elsewhere").rename(box)
    for at in ("2010-03-04T15:00", "2010-03-04T15:05"):
        loaded.once(at=at)
    assert len(loaded.sent(OPERATOR)) == 2


def test_a_new_days_digest_that_waits_as_well_does_not_end_it(loaded: Board) -> None:
    """Nothing is said to be over before a digest has left."""
    loaded.once(at="2010-03-03T09:00")
    letters_go_nowhere(loaded)
    for at in ("2010-03-04T08:00", "2010-03-04T10:30", "2010-03-05T08:00", "2010-03-08T08:05"):
        loaded.once(at=at)
        outages = loaded.run("status", at=at).out
    assert "not gone" in outages
    put_right(loaded)
    for at in ("2010-03-08T09:00", "2010-03-08T09:01"):
        loaded.once(at=at)
    subjects = [str(letter["Subject"]) for letter in loaded.sent(OPERATOR)]
    assert [subject for subject in subjects if "digest" in subject] == [
        "OFFICIAL-SENSITIVE: scr-intake: action needed - the daily digest has not gone",
        "OFFICIAL-SENSITIVE: scr-intake: a daily digest has left again, no action needed",
    ]
    assert loaded.run("status", at="2010-03-08T09:01").status == 0


def test_one_that_cannot_be_written_is_told_as_any_letter_is(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 76."""
    with monkeypatch.context() as patch:
        patch.setattr("outbox.digest.digest.health_lines", lambda *_: 1 / 0)
        assert "A letter (digest) was not written" in loaded.once(at="2010-03-03T08:00").err
        loaded.once(at="2010-03-03T08:01")
    (alert,) = loaded.sent(OPERATOR)
    assert "a letter is not written (digest)" in alert["Subject"]
    assert "not gone" in loaded.run("status", at="2010-03-03T08:02").out
    loaded.once(at="2010-03-03T08:03")
    assert "not gone" not in loaded.run("status", at="2010-03-03T08:04").out
