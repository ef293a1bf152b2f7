"""What asks something of somebody who is away is told to a colleague as well."""

from __future__ import annotations

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board

AUTHOR, COMMISSIONER = "author@meadowlane.example", "commissioner@meadowlane.example"
DEPUTY, SERVICE = "deputy@meadowlane.example", "scr-returns@board.example"
GOOD = build.make_chronology(build.STORIES["GP"])
BAD = build.with_cell(GOOD, 14, "Date", "31/06/2007")
SHORT = build.make_chronology(build.STORIES["GP"][:-1])
SAYS = "You are written to as well as Author One, who is away until Thursday 22 April."
AT = "2010-04-07T10:00"


def away(board: Board, body: str = "I am away until Thursday 22 April.") -> None:
    board.once(at="2010-04-06T09:00")
    board.mail(build.mail(AUTHOR, SERVICE, "Automatic reply: N12", body, ()))
    board.once(at="2010-04-06T10:00")
    for letter in (board.folder / "sent").iterdir():  # reminders
        letter.unlink()


def texts(board: Board, to: str) -> list[str]:
    return [" ".join(letter_plain_text(letter).split()) for letter in board.sent(to)]


def test_a_rejection_goes_to_the_commissioner_too_and_says_for_whom(loaded: Board) -> None:
    away(loaded)
    loaded.drop("GP", BAD)
    loaded.once(at=AT)
    (to_author,), (to_commissioner,) = texts(loaded, AUTHOR), texts(loaded, COMMISSIONER)
    assert "Row 14, Date" in to_author and "Row 14, Date" in to_commissioner
    assert SAYS in to_commissioner and "as well as" not in to_author
    assert to_commissioner.startswith("Dear Commissioner One")


def test_a_registered_stand_in_is_told_rather_than_the_commissioner(board: Board) -> None:
    more = f'{{ name = "Deputy One", role = "author", email = "{DEPUTY}" }},\n  {{ name = "Comm'
    board.load(CASE.replace('{ name = "Commissioner One"', more + 'issioner One"', 1))
    away(board, f"I am away until Thursday 22 April. Please contact {DEPUTY}.")
    board.drop("GP", BAD)
    board.once(at=AT)
    assert texts(board, COMMISSIONER) == []
    assert len(texts(board, AUTHOR)) == len(texts(board, DEPUTY)) == 1


def test_what_asks_nothing_goes_to_who_sent_it_alone(loaded: Board) -> None:
    away(loaded)
    loaded.drop("GP", GOOD)
    loaded.once(at=AT)
    assert texts(loaded, COMMISSIONER) == []
    assert len(texts(loaded, AUTHOR)) == 1


@pytest.mark.parametrize("at", ["2010-04-06T09:30", "2010-04-23T10:00"])
def test_nobody_stands_in_before_they_are_away_or_once_they_are_back(
    loaded: Board, at: str
) -> None:
    if at > AT:
        away(loaded)
    loaded.drop("GP", BAD)
    loaded.once(at=at)
    assert not [text for text in texts(loaded, COMMISSIONER) if "as well as" in text]


def test_a_question_that_waits_for_an_answer_is_told_to_both(loaded: Board) -> None:
    away(loaded)
    loaded.drop("GP", build.zipped([("1.docx", GOOD), ("2.docx", SHORT)]), "all.zip")
    loaded.once(at=AT)
    assert SAYS in texts(loaded, COMMISSIONER)[0]


def test_what_a_person_sends_back_is_told_to_both(loaded: Board) -> None:
    """They sent it themselves, and were away when it was decided."""
    two = [("1.docx", GOOD), ("2.docx", SHORT)]
    loaded.mail(build.mail(AUTHOR, SERVICE, "N12", "Attached.", two))
    away(loaded)
    loaded.run("reject", 1, "--reason", "no", "--tell", "Please sign it by hand.", "--yes", at=AT)
    loaded.once(at="2010-04-07T11:00")
    assert SAYS in texts(loaded, COMMISSIONER)[0]
    assert "Please sign it by hand." in texts(loaded, COMMISSIONER)[0]
