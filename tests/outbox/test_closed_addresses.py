"""An address from which mail came back stays closed until somebody says that it works."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import builders as build
from tests.board import Board
from tests.builders_mail import bounce
from tests.flow.answering import SERVICE, Desk

GP, AT = "author@meadowlane.example", "2010-04-13T09:00"
REACHED = "Author One (author@meadowlane.example) cannot be reached"


def out_of_reach(board: Board) -> None:
    """The reminder came back, and an answer waits for the same reader."""
    board.once("2010-04-12T10:00")
    board.mail(bounce(board.sent(GP)[0].as_bytes(), GP, SERVICE))
    board.once("2010-04-12T11:00")
    board.drop("GP", build.make_chronology(build.STORIES["GP"]))
    board.once("2010-04-12T12:00")
    board.once("2010-04-13T08:05")


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(out_of_reach))


def cancelled(desk: Desk, at: str = "2010-04-13T09:10") -> None:
    ask = next(a for a in desk.asks(AT) if any("cancel" in x["label"] for x in a["links"]))
    desk.press(desk.link(ask["number"], "cancel: nothing goes to that address", AT), at)


def to_gp(board: Board) -> list[str]:
    return [x["state"] for x in board.run("letters", "--json").json if x["to"] == GP]


def test_it_is_told_how_many_letters_wait_for_whom(desk: Desk) -> None:
    assert f"Surgery: 1 letter waits for Author One ({GP}), to whom mail came back" in desk.digest()
    assert to_gp(desk.board) == ["undelivered", "queued"]


def test_to_let_a_letter_be_that_came_back_opens_no_address_and_the_matter_stays(
    desk: Desk,
) -> None:
    cancelled(desk)
    says = "Author One cannot be reached: nothing goes to that address until somebody says"
    assert says in desk.answer()
    for day in (14, 15, 20):
        desk.board.once(f"2010-04-{day}T10:00")
        assert REACHED in desk.digest()
        assert "nothing goes there; 1 letter waits for them" in desk.digest()
    assert to_gp(desk.board) == ["cancelled", "queued"]
    assert "letter 1 came back." in desk.board.run("outbox").out
    shown = desk.board.run("letters", "show", 1).out
    assert "Nothing is sent to that address until a person says that it works again." in shown


def test_who_is_brought_back_has_what_waited_for_them(desk: Desk) -> None:
    cancelled(desk)
    desk.board.once("2010-04-14T08:05")
    at = "2010-04-14T09:00"
    ask = next(a for a in desk.asks(at) if REACHED in a["says"])
    desk.press(desk.link(ask["number"], "bring back", at), "2010-04-14T09:10")
    assert "Nothing is done yet." in desk.answer()
    desk.press(desk.shown_link("bring back, as it says here"), "2010-04-14T09:12")
    desk.board.once("2010-04-14T10:00")
    assert to_gp(desk.board) == ["cancelled", "sent"]
    desk.board.once("2010-04-15T08:05")
    assert REACHED not in desk.digest()


def test_a_letter_that_is_sent_once_more_opens_its_reader_s_address(desk: Desk) -> None:
    board = desk.board
    board.run("letters", "retry", 1, at="2010-04-13T09:10")
    board.once("2010-04-13T10:00")
    assert to_gp(board) == ["called back", "sent"], "what it asked for has come; the answer goes"
    board.mail(bounce(board.sent(GP)[-1].as_bytes(), GP, SERVICE))
    board.once("2010-04-13T11:00")
    letters = board.run("letters", "--json").json
    (back,) = [x["id"] for x in letters if x["state"] == "undelivered"]
    says = board.run("letters", "cancel", back, at="2010-04-13T11:10").out
    assert "Author One cannot be reached: nothing goes to that address until" in says
    board.once("2010-04-14T08:05")
    assert REACHED in desk.digest(), "mail came back a second time"


def test_who_is_out_of_reach_is_brought_back_by_the_answer_to_status(desk: Desk) -> None:
    cancelled(desk)
    desk.send("Status N12 GP", "Status N12 GP", "2010-04-13T09:20")
    assert desk.links("bring back")
