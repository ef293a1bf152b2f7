"""Letters that come back: who is out of reach, and how that ends."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from outbox.wording import text_of
from tests.board import Board
from tests.builders_mail import bounce

GP = "author@meadowlane.example"
US = "scr-returns@board.example"
REMINDED = "2010-04-13T10:00"


@pytest.fixture
def reminder(loaded: Board) -> EmailMessage:
    """The chronology is due in three days, and the author is told so."""
    loaded.once(at=REMINDED)
    (reminder,) = loaded.sent(GP)
    return reminder


def comes_back(board: Board, letter: EmailMessage, at: str, **report: str) -> None:
    board.mail(bounce(letter.as_bytes(), GP, US, **report))
    board.once(at=at)


def told(board: Board) -> str:
    """The newest digest, as one line."""
    return " ".join(text_of(board.sent("administrator@board.example")[-1]).split())


def states(board: Board) -> list[str]:
    letters = board.run("letters", "--json").json
    return [x["state"] for x in letters if x["to"] == GP]


def test_a_letter_that_comes_back_is_undelivered_and_nothing_more_is_written_to_its_reader(
    loaded: Board, reminder: EmailMessage
) -> None:
    """Issue 7, point 6; the day after it is due there would be a chaser."""
    comes_back(loaded, reminder, "2010-04-13T11:00")
    assert states(loaded) == ["undelivered"]
    loaded.once(at="2010-04-14T09:00")
    assert "N12, Meadow Lane Surgery: letter" in told(loaded)
    assert "came back, and nothing more is sent to that address." in told(loaded)
    loaded.once(at="2010-04-19T10:00")
    assert len(loaded.sent(GP)) == 1
    assert loaded.run("status", at="2010-04-14T09:00").status == 1


def test_tried_again_by_a_person_it_goes_and_the_old_report_counts_no_more(
    loaded: Board, reminder: EmailMessage
) -> None:
    comes_back(loaded, reminder, "2010-04-13T11:00")
    (id,) = [x["id"] for x in loaded.run("letters", "--json").json if x["to"] == GP]
    assert loaded.run("letters", "retry", id, at="2010-04-13T12:00").status == 0
    loaded.once(at="2010-04-13T12:00")
    loaded.once(at="2010-04-13T13:00")
    assert states(loaded) == ["sent"]
    loaded.once(at="2010-04-19T10:00")
    assert states(loaded) == ["sent", "sent"], "the chaser goes: the reader is in reach again"


def test_let_be_by_a_person_it_no_longer_keeps_others_from_its_reader(
    loaded: Board, reminder: EmailMessage
) -> None:
    comes_back(loaded, reminder, "2010-04-13T11:00")
    (id,) = [x["id"] for x in loaded.run("letters", "--json").json if x["to"] == GP]
    assert loaded.run("letters", "cancel", id, at="2010-04-13T12:00").status == 0
    loaded.once(at="2010-04-19T10:00")
    assert states(loaded) == ["cancelled", "sent"]


@pytest.mark.parametrize(
    ("report", "says"),
    [
        ({"status": "4.4.1", "action": "delayed"}, "says that it still tries"),
        ({"status": "x", "action": "y"}, "does not say whether it arrived"),
    ],
)
def test_what_is_not_final_is_told_and_changes_nothing(
    loaded: Board, reminder: EmailMessage, report: dict[str, str], says: str
) -> None:
    comes_back(loaded, reminder, "2010-04-13T11:00", **report)
    assert states(loaded) == ["sent"]
    loaded.once(at="2010-04-14T09:00")
    assert says in told(loaded)
    loaded.once(at="2010-04-15T09:00")
    assert says not in told(loaded)


def test_a_forged_report_does_nothing(loaded: Board, reminder: EmailMessage) -> None:
    """Failure mode 71: it names no Message-ID of ours, however much like one it looks."""
    name, _, domain = str(reminder["Message-ID"]).partition("@")
    reminder.replace_header("Message-ID", f"{name[:-1]}{'0' if name[-1] != '0' else '1'}@{domain}")
    comes_back(loaded, reminder, "2010-04-13T11:00")
    assert states(loaded) == ["sent"]
    loaded.once(at="2010-04-19T10:00")
    assert states(loaded) == ["sent", "sent"]


def test_an_answer_to_somebody_out_of_reach_is_written_and_waits(
    loaded: Board, reminder: EmailMessage
) -> None:
    from tests import builders as build

    comes_back(loaded, reminder, "2010-04-13T11:00")
    loaded.drop("GP", build.chronology(build.STORIES["GP"]))
    loaded.once(at="2010-04-13T12:00")
    assert states(loaded) == ["undelivered", "queued"]
