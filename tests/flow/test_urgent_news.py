"""News that may alter the scope, the whole way: the administrator hears of it at once, and its
sender that a person looks at it."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
NEWS = "There is a second child in the family, whom none of us had on our list."


def test_news_is_urgent_in_the_round_it_comes_and_is_answered(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12 - urgent", f"{NEWS}\n\nRegards\nAuthor One", ()))
    loaded.once("2010-04-13T22:10")
    (urgent,) = loaded.sent("administrator@board.example")
    assert str(urgent["Subject"]).startswith("OFFICIAL-SENSITIVE: SCR N12: action needed now - ")
    (answer,) = loaded.sent(AUTHOR)
    said = " ".join(letter_plain_text(answer).split())
    assert "no action needed" in str(answer["Subject"])
    assert "A person here looks at your message about the scope of the review at once" in said
    assert "nil return" not in said and "is or has been known" not in said
    assert "counts as one of the returns" not in said


def test_a_question_about_the_period_alarms_nobody(loaded: Board) -> None:
    words = "Which period does the review cover? Many thanks for the template.\n\nAuthor One"
    loaded.mail(mail(AUTHOR, SERVICE, "N12", words, ()))
    loaded.once("2010-04-13T22:10")
    assert loaded.sent("administrator@board.example") == []
