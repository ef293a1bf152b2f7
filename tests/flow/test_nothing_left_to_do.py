"""What the administrator settles by mail settles the message that told of it too: a statement that
was posted, an author who has left; and whoever is of no agency can be answered."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest

from outbox.digest.first_words import speaks_of_paper
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import LINK, SERVICE, Desk

AUTHOR, COMMISSIONER = "author@meadowlane.example", "commissioner@meadowlane.example"
STRANGER = '"Northvale Records" <records@northvale.example>'
AT = "2010-04-07T09:00"
SEEN = "evaluation statement seen on paper 7 April"
POSTED = "I posted the signed evaluation statement to you on Friday."
LEFT = (
    "Author One has left us. Please send everything for N12 to Jo Brown,"
    " jo.brown@meadowlane.example, who takes over from her."
)
FROM_STRANGER = "Please find attached the chronology from Northvale Midwifery for review N12."


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(asked))


def asked(board: Board) -> None:
    chronology = [("chronology.docx", build.make_chronology(build.STORIES["GP"]))]
    board.mail(mail(AUTHOR, SERVICE, "N12 statement", f"{POSTED}\n\nAuthor One", ()))
    board.mail(mail(COMMISSIONER, SERVICE, "N12", LEFT, ()))
    board.mail(mail(STRANGER, SERVICE, "Records for N12", FROM_STRANGER, chronology))
    board.once("2010-04-06T09:05")
    board.once("2010-04-07T08:05")


def number(desk: Desk, words: str) -> int:
    return next(int(ask["number"]) for ask in desk.asks(AT) if words in ask["says"])


def asks_next_day(desk: Desk, words: str) -> bool:
    desk.board.once("2010-04-08T08:05")
    return any(words in ask["says"] for ask in desk.asks("2010-04-08T09:00"))


def test_what_was_posted_is_seen_on_paper_by_a_link_of_its_ask(desk: Desk) -> None:
    desk.press(desk.link(number(desk, "I posted"), SEEN, AT), AT)
    assert "Done: seen outside on Wednesday 7 April 2010." in desk.answer()
    assert desk.board.returns("GP", at=AT)["evaluation_statement"]["state"] == "outside"
    desk.board.once("2010-04-07T09:20")
    told = " ".join(letter_plain_text(desk.board.sent("author@meadowlane.example")[-1]).split())
    assert "The evaluation statement has arrived: the board has it on paper" in told
    assert not asks_next_day(desk, "I posted")


def test_that_is_undone_as_a_whole(desk: Desk) -> None:
    desk.press(desk.link(number(desk, "I posted"), SEEN, AT), AT)
    desk.press(desk.undo_link(), "2010-04-07T09:02")
    assert desk.board.returns("GP", at=AT)["evaluation_statement"]["state"] == "awaited"
    assert asks_next_day(desk, "I posted")


def test_where_it_is_settled_by_another_link_the_message_waits_for_nobody(desk: Desk) -> None:
    desk.send("Status N12 GP", "", AT)
    desk.press(desk.shown_link(SEEN), "2010-04-07T09:10")
    assert "Done: seen outside" in desk.answer()
    assert not asks_next_day(desk, "I posted")


def test_what_is_said_of_another_return_goes_on_waiting(desk: Desk) -> None:
    desk.send("Status N12 GP", "", AT)
    desk.press(desk.shown_link("IMR seen on paper 7 April"), "2010-04-07T09:10")
    assert asks_next_day(desk, "I posted")


def test_who_left_waits_for_nobody_once_all_is_done_about_it(desk: Desk) -> None:
    at = number(desk, "send everything")
    for label, word in (("register author Jo", "register author"), ("remove Author One", "remove")):
        desk.press(desk.link(at, label, AT), "2010-04-07T09:10")
        desk.press(desk.shown_link(f"{word}, as it says here"), "2010-04-07T09:12")
        assert f"Done: {word}" in desk.answer()
    assert not asks_next_day(desk, "send everything")


def test_what_an_unknown_sender_calls_themselves_stands_in_the_ask(desk: Desk) -> None:
    says = next(ask["says"] for ask in desk.asks(AT) if "not registered" in ask["says"])
    assert "Northvale Midwifery" in says
    assert "(Northvale Records, records@northvale.example, 6 April)" in says


def test_whoever_is_of_no_agency_is_answered_from_her_own_mailbox(desk: Desk) -> None:
    desk.press(desk.link(number(desk, "not registered"), "register sender", AT), AT)
    letter = desk.shown_link("none of these: answer them")
    found = LINK.fullmatch(letter)
    assert found is not None and len(letter) < 500
    to, _, body = map(unquote, found.groups())
    assert to == "records@northvale.example"
    assert body.startswith("Dear Northvale Records, thank you for your message. We do not know you")
    desk.press(desk.shown_link("file"), "2010-04-07T09:20")
    assert "Done: file" in desk.answer()
    desk.board.once("2010-04-07T10:30")
    assert desk.board.sent("records@northvale.example") == [], "the service writes to no stranger"


def test_what_comes_on_paper_is_known_by_many_ways_of_saying_so() -> None:
    says = ("It is in the post.", "Sent by recorded delivery today.", "I left it at reception.",
            "A hard copy is coming by courier.", "Dropped off at your office this morning.",
            "We will hand over the signed form on paper.")  # fmt: skip
    says_not = ("See the attached.", "Which form do I post my question on?", "The postal address?")
    assert all(speaks_of_paper([line]) for line in says)
    assert not any(speaks_of_paper([line]) for line in says_not)
