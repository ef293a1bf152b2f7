"""Programs that answer whatever comes, and do not say that they are programs."""

from __future__ import annotations

from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.told import newest

GP = "author@meadowlane.example"
US = "scr-returns@board.example"


def says(board: Board, n: int, at: str) -> None:
    """It has nothing with it, though it says so: the service would tell a person."""
    board.mail(mail(GP, US, "N12", f"Our chronology is attached, number {n}.\n"))
    board.once(at=at)


def letters(board: Board) -> list[str]:
    return [x["kind"] for x in board.run("letters", "--json").json if x["to"] == GP]


def test_one_that_begins_is_answered_once_a_day_and_a_person_sees_the_rest(loaded: Board) -> None:
    """Failure modes 65 and 70, promise 4."""
    for n, at in enumerate(("10:00", "10:01", "10:02", "15:00")):
        says(loaded, n, f"2010-03-15T{at}")
    assert letters(loaded) == ["nothing-found"]
    loaded.once(at="2010-03-16T09:00")
    digest = newest(loaded)
    assert digest.count("with none; waits for you to look") == 4
    assert digest.count("was not answered: it came so soon after a letter of ours") == 3
    says(loaded, 5, "2010-03-16T16:00")
    assert letters(loaded) == ["nothing-found"] * 2


def test_one_that_answers_a_letter_within_minutes_is_not_answered(loaded: Board) -> None:
    loaded.once(at="2010-04-13T10:00")
    says(loaded, 1, "2010-04-13T10:05")
    assert letters(loaded) == ["reminder"]


def test_a_person_who_takes_longer_and_forgets_the_document_is_told(loaded: Board) -> None:
    loaded.once(at="2010-04-13T10:00")
    says(loaded, 1, "2010-04-13T10:45")
    assert letters(loaded) == ["reminder", "nothing-found"]


def test_whoever_sends_a_document_is_answered_however_soon(loaded: Board) -> None:
    loaded.once(at="2010-04-13T10:00")
    good = build.make_chronology(build.STORIES["GP"])
    loaded.mail(mail(GP, US, "N12", attachments=[("chronology.docx", good)]))
    loaded.once(at="2010-04-13T10:01")
    assert letters(loaded) == ["reminder", "acknowledgement"]
