"""What answers the administrator's mails is said in her words, and names what it is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.board import Board
from tests.builders_mail import bounce, mail
from tests.flow.answering import SERVICE, Desk

AUTHOR = "author@meadowlane.example"
AT = "2010-04-07T09:00"
NEWS = "We have found records of two more siblings, which may alter the scope of the review."


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(asked))


def asked(board: Board) -> None:
    board.mail(mail(AUTHOR, SERVICE, "N12", "Whom do I ask about the template?\n\nAuthor One", ()))
    board.mail(mail("author@shirepolice.example", SERVICE, "N12", f"{NEWS}\n\nAuthor Two", ()))
    board.once("2010-04-06T09:05")
    board.once("2010-04-07T08:05")


def number(desk: Desk, words: str) -> int:
    return next(int(ask["number"]) for ask in desk.asks(AT) if words in ask["says"])


def test_a_line_that_is_no_answer_is_named_by_its_first_words(desk: Desk) -> None:
    desk.reply("1 accepted that one I think", AT)
    assert 'Your line begins: "1 accepted that one ...".' in desk.answer()


def test_a_number_that_the_digest_has_not_leads_to_what_waits_now(desk: Desk) -> None:
    desk.reply("9 accept", AT)
    assert desk.shown_link("what waits for you now").endswith("body=Digest")


def test_what_waits_now_is_said_as_the_digest_says_it(desk: Desk) -> None:
    desk.send("Digest", "", AT)
    for ask in desk.asks(AT):
        assert ask["says"] in desk.answer()


def test_help_has_the_words_and_is_not_echoed(desk: Desk) -> None:
    desk.send("Help", "help", AT)
    for word in ("cleared", "yes", "seen", "send me", "waive"):
        assert word in desk.answer()
    assert "What else you wrote" not in desk.answer()


def test_where_a_case_stands_is_a_sentence_an_agency(desk: Desk) -> None:
    desk.send("Status N12", "", AT)
    says = "Shire Police: chronology due 30 Apr, IMR due 28 May, QA form due 28 May,"
    assert says in desk.answer()


def test_seen_is_done_as_seen(desk: Desk) -> None:
    desk.press(desk.link(number(desk, "news"), "seen", AT), AT)
    assert "Done: seen." in desk.answer()


def test_no_number_of_an_entry_stands_in_the_digest(desk: Desk) -> None:
    desk.board.mail(mail(AUTHOR, SERVICE, "N12", "Received with thanks.\n\nAuthor One", ()))
    desk.board.once("2010-04-07T10:00")
    desk.board.once("2010-04-08T08:05")
    assert "thanks or small talk" in desk.digest() and "(entry" not in desk.digest()


def test_a_letter_that_came_back_is_cancelled_with_who_else_can_be_written_to(desk: Desk) -> None:
    desk.reply(f"{number(desk, 'Whom do I ask')} answer: it is on our page", AT)
    desk.board.once("2010-04-07T09:40")
    letter = desk.board.sent(AUTHOR)[-1]
    desk.board.mail(bounce(letter.as_bytes(), AUTHOR, SERVICE))
    desk.board.once("2010-04-07T10:00")
    desk.board.once("2010-04-08T08:05")
    at = "2010-04-08T09:00"
    found = next(ask for ask in desk.asks(at) if "came back" in ask["says"])
    desk.press(desk.link(found["number"], "cancel", at), at)
    assert "At their agency Commissioner One can be written to." in desk.answer()
