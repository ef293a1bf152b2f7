"""A request for more time that its agency takes back, and what was sent back and comes again."""

from __future__ import annotations

from tests.board import Board
from tests.builders_mail import mail

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"


def written(board: Board, words: str, at: str) -> None:
    board.mail(mail(AUTHOR, SERVICE, "Serious Case Review N12", words, ()))
    board.once(at)


def digest(board: Board, at: str) -> str:
    return " ".join(board.run("digest", "--preview", "--all", at=at).out.split())


def test_a_withdrawal_ends_the_request_thanks_its_author_and_is_one_line(loaded: Board) -> None:
    written(loaded, "Please may we have until 30 April for the chronology?", "2010-04-06T10:00")
    assert "chronology is not chased until you decide" in digest(loaded, "2010-04-06T10:30")
    written(loaded, "I withdraw my request for more time for the chronology.", "2010-04-07T10:00")
    told = " ".join(loaded.sent(AUTHOR)[-1]["Subject"].split())
    assert "your request for more time is withdrawn" in told
    text = digest(loaded, "2010-04-07T10:30")
    assert "withdraws its request for more time, and is chased again" in text
    assert "not chased" not in text and "extend N12" not in text
    for at in ("2010-04-12T09:30", "2010-04-13T09:30"):
        loaded.once(at)
    assert "reminder" in " ".join(loaded.sent(AUTHOR)[-1]["Subject"].split())


def test_a_withdrawal_for_one_return_leaves_the_other_asked_for(loaded: Board) -> None:
    written(
        loaded,
        "Please may we have until 30 April for the chronology and until 11 June for the IMR?",
        "2010-04-06T10:00",
    )
    written(loaded, "I withdraw my request for more time for the IMR.", "2010-04-07T10:00")
    text = digest(loaded, "2010-04-07T10:30")
    assert "extend N12 GP chronology --until 2010-04-30" in text
    assert "extend N12 GP imr" not in text


def test_a_request_that_names_no_return_is_chased_for_none(loaded: Board) -> None:
    written(
        loaded,
        "Could I have more time please? I can do it by next Friday but not before.",
        "2010-04-06T10:00",
    )
    told = loaded.sent(AUTHOR)[-1]
    assert "your request for more time" in " ".join(told["Subject"].split())
    sent = len(loaded.sent(AUTHOR))
    for at in ("2010-04-12T09:30", "2010-04-13T09:30"):
        loaded.once(at)
    assert len(loaded.sent(AUTHOR)) == sent
