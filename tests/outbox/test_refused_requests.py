"""A no to what asks or tells something is said as a no: nobody is asked to mend it and to send it
again."""

from __future__ import annotations

import pytest

from tests.board import Board
from tests.builders_mail import mail
from tests.outbox.test_promises import AUTHOR, SERVICE, asked, text_of

NO = ("reject", 1, "--reason", "The chair said no.", "--yes")
WORDS = "The panel meets on 12 May and needs it by then."
LATER = "2010-04-13T12:00"
MENDING = ("needs changes", "make the change", "send it again", "What we need from you")


def answered(board: Board, *more: str) -> tuple[str, str]:
    before = len(board.sent(AUTHOR))
    board.run(*NO, *more, at="2010-04-13T11:00")
    board.once(LATER)
    (letter,) = board.sent(AUTHOR)[before:]
    return str(letter["Subject"]), text_of(letter)


@pytest.mark.parametrize("more", [(), ("--tell", WORDS)])
def test_more_time_is_refused_in_so_many_words(loaded: Board, more: tuple[str, ...]) -> None:
    asked(loaded, AUTHOR)
    subject, said = answered(loaded, *more)
    assert subject.endswith("more time is not agreed, the due date stays")
    assert "More time is not agreed: the chronology stays due by " in said
    assert (WORDS in said) == bool(more)
    assert not [words for words in MENDING if words in said]


def test_a_refused_request_is_told_apart_from_a_document_that_was_sent_back(loaded: Board) -> None:
    asked(loaded, AUTHOR)
    _, said = answered(loaded, "--tell", WORDS)
    assert "1. " not in said


def test_thanks_for_news_is_no_demand(loaded: Board) -> None:
    body = "The mother died this morning.\n\nRegards\nAuthor One"
    loaded.mail(mail(AUTHOR, SERVICE, "N12", body, ()))
    loaded.once("2010-04-13T10:00")
    subject, said = answered(loaded, "--tell", "Thank you, I have rung Mary.")
    assert subject.endswith("our answer about your message about the scope of the review")
    assert "Thank you, I have rung Mary." in said
    assert not [words for words in MENDING if words in said]


def test_news_that_is_put_away_without_a_word_is_settled(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "The mother died this morning.", ()))
    loaded.once("2010-04-13T10:00")
    _, said = answered(loaded)
    assert "It is settled and is not taken up" in said
    assert not [words for words in MENDING if words in said]
