"""The administrator answers, by mails alone, what agencies write without a document."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import SERVICE, Desk
from tests.registry import SECOND_CASE

AUTHOR, POLICE = "author@meadowlane.example", "author@shirepolice.example"
EIGHT, NINE, TEN = "2010-04-07T08:05", "2010-04-07T09:00", "2010-04-07T10:00"
NEXT_DAY = "2010-04-08T08:05"
QUESTION = "Whom do I ask about column 7 of the table?"


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(asked_in_two_cases))


def asked_in_two_cases(loaded: Board) -> None:
    """Both agencies take part in two reviews; the police say which of them they ask about."""
    loaded.load(SECOND_CASE)
    loaded.mail(mail(AUTHOR, SERVICE, "A question", QUESTION, ()))
    loaded.mail(mail(POLICE, SERVICE, "N12: a question", QUESTION, ()))
    loaded.once("2010-04-06T10:00")
    loaded.once(EIGHT)


def number_of(desk: Desk, label: str) -> int:
    """The ask that has this link."""
    asks = desk.asks(NINE)
    (found,) = (a["number"] for a in asks if any(x["label"] == label for x in a["links"]))
    return int(found)


def newest(letters: list[EmailMessage]) -> str:
    return " ".join(f"{letters[-1]['Subject']} {letter_plain_text(letters[-1])}".split())


def test_what_is_assigned_as_it_reads_is_settled_and_its_sender_is_told_what_is_owed(
    desk: Desk,
) -> None:
    number = number_of(desk, "assign N12 GP as it reads")
    desk.press(desk.link(number, "assign N12 GP", NINE), NINE)
    assert "Letter (acknowledgement) to Author One, author." in desk.answer()
    desk.board.once(TEN)
    told = newest(desk.board.sent(AUTHOR))
    assert "SCR N12: where your returns stand" in told
    assert "This is what Meadow Lane Surgery still owes for review N12" in told
    desk.board.once(NEXT_DAY)
    assert not any("GP" in str(ask) for ask in desk.asks(NEXT_DAY)), "the same ask again"


def test_a_question_is_answered_by_sending_what_is_owed(desk: Desk) -> None:
    number = number_of(desk, "yes: send them what they owe")
    desk.press(desk.link(number, "yes", NINE), NINE)
    assert "Letter (acknowledgement) to Author Two, author." in desk.answer()
    desk.board.once(TEN)
    assert "SCR N12: where your returns stand" in newest(desk.board.sent(POLICE))
    desk.board.once(NEXT_DAY)
    assert all("yes: send them" not in str(ask) for ask in desk.asks(NEXT_DAY))


def test_a_question_is_answered_in_her_own_words(desk: Desk) -> None:
    number = number_of(desk, "yes: send them what they owe")
    link = desk.link(number, "answer", NINE)
    desk.press(link, NINE)
    assert "Nothing was done for this" in desk.answer()
    words = "Column%207%20is%20for%20your%20sources."
    desk.press(link.replace("your%20words", words), "2010-04-07T09:05")
    assert "Done: answer." in desk.answer()
    desk.board.once(TEN)
    assert "Column 7 is for your sources." in newest(desk.board.sent(POLICE))


def test_a_question_of_somebody_with_two_reviews_is_answered_before_anybody_says_for_which(
    desk: Desk,
) -> None:
    number = number_of(desk, "assign N12 GP as it reads")
    desk.reply(f"{number} answer: Column 7 is for your sources, in N13 as well.", NINE)
    assert "Done: answer." in desk.answer()
    desk.board.once(TEN)
    assert "Column 7 is for your sources" in newest(desk.board.sent(AUTHOR))
    desk.board.once(NEXT_DAY)
    assert not any("GP" in str(ask) for ask in desk.asks(NEXT_DAY)), "it is settled"


def test_what_an_ask_says_keeps_its_quotation_whole(desk: Desk) -> None:
    words = "Please ring me. It is about the dates; I cannot send them yet."
    desk.board.mail(mail(POLICE, SERVICE, "N12", words, ()))
    desk.board.once("2010-04-07T11:00")
    desk.board.once(NEXT_DAY)
    asks = desk.asks("2010-04-08T09:00")
    (number,) = (ask["number"] for ask in asks if "ring me" in ask["says"])
    desk.reply(f"{number} details", "2010-04-08T09:00")
    about = desk.answer().partition("Details")[0]
    assert about.count('"') % 2 == 0 and '"Please ring me' in about
