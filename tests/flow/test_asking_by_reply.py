"""Who answers a reminder and asks for time is not chased until somebody looks."""

from __future__ import annotations

from email.message import EmailMessage

from tests.board import Board
from tests.builders_mail import mail

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"


def reminded(board: Board) -> EmailMessage:
    """The reminder that the chronology is due on Friday 16 April."""
    for at in ("2010-04-12T09:30", "2010-04-13T09:30"):
        board.once(at)
    return next(x for x in board.sent(AUTHOR) if "reminder" in " ".join(x["Subject"].split()))


def answered(board: Board, words: str) -> None:
    letter = reminded(board)
    subject = "RE: " + " ".join(letter["Subject"].split())
    board.mail(mail(AUTHOR, SERVICE, subject, words, (), In_Reply_To=letter["Message-ID"]))
    board.once("2010-04-13T12:00")


def digest(board: Board) -> str:
    return " ".join(board.run("digest", "--preview", "--all", at="2010-04-14T08:00").out.split())


def test_a_reply_that_asks_for_time_is_a_request_for_what_the_letter_was_about(
    loaded: Board,
) -> None:
    answered(loaded, "I won't get this done by Friday, is Wednesday the 28th alright for it?")
    said = digest(loaded)
    assert (
        "request for more time until Wednesday 28 April; the chronology is not chased until you"
        " decide" in said
    )
    assert "extend N12 GP chronology --until 2010-04-28" in said
    assert "which return" not in said and "who asks" not in said
    told = " ".join(loaded.sent(AUTHOR)[-1]["Subject"].split())
    assert "your request for more time" in told


def test_words_that_decline_more_time_or_thank_for_it_are_no_request(
    loaded: Board,
) -> None:
    """They have the signs of a request: more time, an extension, the chronology."""
    answered(loaded, "No extension is needed. Thank you for the extra time for the chronology.")
    said = digest(loaded)
    assert "a message without a document; waits for you to look" in said
    assert "request for more time" not in said and "extend N12" not in said


def test_a_question_by_reply_is_an_ask_and_silences_what_the_letter_was_about(
    loaded: Board,
) -> None:
    answered(loaded, "What goes into column 7?")
    said = digest(loaded)
    assert "a message without a document; waits for you to look, and the chronology is" in said
    assert "extend N12 GP chronology --until DATE" in said


def test_thanks_by_reply_silence_nothing_though_the_subject_names_the_return(
    loaded: Board,
) -> None:
    answered(loaded, "Many thanks, happy to pick this up - lunch at the Bell on Friday? My treat.")
    said = digest(loaded)
    assert "is not chased" not in said and "extend N12" not in said
