"""What a mail did is taken back by another before anybody was told; after that it is said what can
be done instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.board import Board
from tests.builders_mail import bounce
from tests.flow.answering import SERVICE, Desk
from tests.flow.test_answers_by_mail import AUTHOR, TEN, asked_desk, state


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(asked_desk))


def test_an_assignment_is_undone_and_can_be_made_anew(desk: Desk) -> None:
    before = state(desk)
    desk.reply("3 assign N12 GP chronology", "2010-04-06T09:10")
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "accepted"
    desk.press(desk.undo_link(), "2010-04-06T09:12")
    assert 'Undone: "assign" of 9:10am' in desk.answer()
    assert state(desk) == before
    row = desk.board.returns("GP", at=TEN)["chronology"]
    assert (row["state"], row["received"], row["accepted"]) == ("awaited", None, None)
    desk.board.once("2010-04-06T09:30")
    assert state(desk) == before, "nobody is told of what was undone"
    assert desk.board.run("audit", "verify", at=TEN).status == 0
    desk.reply("3 assign N12 GP chronology", "2010-04-06T09:40")
    assert "Done: assign N12 GP chronology. N12, GP: chronology accepted." in desk.answer()
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "accepted"


def test_what_an_undone_assignment_was_wrong_about_is_put_where_it_belongs(desk: Desk) -> None:
    desk.reply("3 assign N12 POL chronology", "2010-04-06T09:10")
    desk.press(desk.undo_link(), "2010-04-06T09:12")
    desk.reply("3 assign N12 GP chronology", "2010-04-06T09:14")
    assert desk.board.returns("GP", at=TEN)["chronology"]["state"] == "accepted"
    assert desk.board.returns("POL", at=TEN)["chronology"]["state"] == "awaited"


def test_an_assignment_is_not_undone_once_its_letter_has_left(desk: Desk) -> None:
    desk.reply("3 assign N12 GP chronology", "2010-04-06T09:10")
    undo = desk.undo_link()
    desk.board.once("2010-04-06T09:40")
    settled = state(desk)
    desk.press(undo, "2010-04-06T09:45")
    assert "Nothing was undone: the letter about it has left." in desk.answer()
    assert "Tell both agencies yourself" in desk.answer()
    assert state(desk) == settled


@pytest.mark.parametrize("word", ["put on hold", "close case"])
def test_what_was_done_with_a_review_is_undone(desk: Desk, word: str) -> None:
    at = "2010-09-02T08:05"
    desk.board.once(at)
    shown = desk.board.run("case", "show", "N12", at=at).out
    number = next(a["number"] for a in desk.asks(at) if "the review" in a["says"])
    desk.press(desk.link(number, word, at), "2010-09-02T09:10")
    desk.press(desk.shown_link(f"{word}, as it says here"), "2010-09-02T09:12")
    assert desk.board.run("case", "show", "N12", at=at).out != shown
    desk.press(desk.undo_link(), "2010-09-02T09:14")
    assert "The review is as it was before, and nobody was written to." in desk.answer()
    assert desk.board.run("case", "show", "N12", at=at).out == shown


def test_more_time_for_a_review_is_undone(desk: Desk) -> None:
    at = "2010-09-02T08:05"
    desk.board.once(at)
    number = next(a["number"] for a in desk.asks(at) if "the review" in a["says"])
    desk.reply(f"{number} more time until 1 December", "2010-09-02T09:10")
    assert desk.board.status(at)["cases"][0]["complete_by"] == "2010-12-01"
    desk.press(desk.undo_link(), "2010-09-02T09:12")
    assert desk.board.status(at)["cases"][0]["complete_by"] == "2010-09-01"


@pytest.mark.parametrize("word", ["retry", "cancel"])
def test_what_was_done_with_a_letter_that_came_back_is_undone(loaded: Board, word: str) -> None:
    loaded.once("2010-04-12T10:00")
    reminder = loaded.sent(AUTHOR)[0]
    loaded.mail(bounce(reminder.as_bytes(), AUTHOR, SERVICE))
    loaded.once("2010-04-12T11:00")
    loaded.once("2010-04-13T08:05")
    desk, at = Desk(loaded), "2010-04-13T09:00"
    before = loaded.run("letters", "--json", at=at).json
    ask = next(a for a in desk.asks(at) if any(x["label"].startswith(word) for x in a["links"]))
    desk.press(desk.link(ask["number"], word, at), "2010-04-13T09:10")
    assert f"Done: {word}." in desk.answer()
    desk.press(desk.undo_link(), "2010-04-13T09:12")
    assert f'Undone: "{word}" of 9:10am' in desk.answer()
    after = loaded.run("letters", "--json", at=at).json
    kept = ("id", "state", "tries", "sent", "answer")
    was = [[letter[name] for name in kept] for letter in before]
    assert [[letter[name] for name in kept] for letter in after][: len(was)] == was


def test_a_letter_that_went_again_is_not_called_back(loaded: Board) -> None:
    loaded.once("2010-04-12T10:00")
    loaded.mail(bounce(loaded.sent(AUTHOR)[0].as_bytes(), AUTHOR, SERVICE))
    loaded.once("2010-04-12T11:00")
    loaded.once("2010-04-13T08:05")
    desk, at = Desk(loaded), "2010-04-13T09:00"
    ask = next(a for a in desk.asks(at) if any(x["label"].startswith("retry") for x in a["links"]))
    desk.press(desk.link(ask["number"], "retry", at), "2010-04-13T09:10")
    undo = desk.undo_link()
    loaded.once("2010-04-13T09:40")
    desk.press(undo, "2010-04-13T09:45")
    assert "the letter about it has left. Write to its reader yourself" in desk.answer()
