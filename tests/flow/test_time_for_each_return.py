"""More time that is asked for several returns, each as it was asked: one link each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import SERVICE, Desk

AUTHOR = "author@meadowlane.example"
NINE, AT, THEN = "2010-04-06T09:00", "2010-04-06T09:10", "2010-04-06T09:12"
ASKS = (
    "We are snowed under. Any chance of another fortnight on the chronology, and a week on the IMR?"
)
CHRONOLOGY = "more time until 30 April for the chronology"
IMR = "more time until 4 June for the IMR"


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(asked_for_both))


def asked_for_both(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", ASKS, ()))
    loaded.once()
    loaded.once("2010-04-06T08:05")


def due(desk: Desk, kind: str) -> object:
    return desk.board.returns("GP", at="2010-04-06T10:00")[kind]["due"]


def labels(desk: Desk, at: str) -> list[str]:
    return [str(link["label"]) for link in desk.asks(at)[0]["links"]]


def test_each_return_has_a_link_with_its_day_and_what_moves_with_it(desk: Desk) -> None:
    assert labels(desk, NINE)[:3] == [
        CHRONOLOGY,
        f"{IMR}, and the QA form and evaluation statement with it",
        "yes: to all as asked",
    ]


def test_both_are_given_as_they_were_asked(desk: Desk) -> None:
    desk.press(desk.link(1, CHRONOLOGY, NINE), AT)
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-30", "2010-05-28")
    desk.press(desk.link(1, IMR, NINE), THEN)
    assert "Done: more time until Friday 4 June 2010." in desk.answer()
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-30", "2010-06-04")
    desk.press(desk.link(1, CHRONOLOGY, NINE), "2010-04-06T09:14")
    assert "This is done already" in desk.answer()


def test_both_in_one_reply_or_by_one_link_are_given_and_one_undo_takes_both_back(
    desk: Desk,
) -> None:
    desk.reply(f"1 {CHRONOLOGY}\n1 {IMR} please", AT)
    answer = desk.answer()
    assert "Done: more time until Friday 30 April 2010." in answer
    assert "Done: more time until Friday 4 June 2010." in answer
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-30", "2010-06-04")
    desk.press(desk.undo_link(), THEN)
    assert "2010, for the chronology. It waits" in desk.answer()
    assert "2010, for the IMR. It waits" in desk.answer()
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-16", "2010-05-28")
    desk.press(desk.link(1, "yes: to all as asked", NINE), "2010-04-06T09:14")
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-30", "2010-06-04")


def test_two_days_for_one_return_are_two_answers(desk: Desk) -> None:
    desk.reply(f"1 {CHRONOLOGY}\n1 more time until 7 May for the chronology", AT)
    assert "there are two answers to it" in desk.answer()
    assert due(desk, "chronology") == "2010-04-16"


def test_another_date_for_what_was_given_time_is_not_said_to_be_done(desk: Desk) -> None:
    desk.press(desk.link(1, CHRONOLOGY, NINE), AT)
    desk.reply("1 more time until 7 May for the chronology", THEN)
    answer = desk.answer()
    assert "Nothing was done. More time was given at" in answer and "done already" not in answer
    assert "the chronology until Friday 30 April. To change it, undo that first." in answer
    assert due(desk, "chronology") == "2010-04-30"


def test_a_day_alone_is_for_the_return_that_asks_for_it_and_any_other_is_asked_about(
    desk: Desk,
) -> None:
    desk.reply("1 more time until 20 May", AT)
    assert "does not say plainly for which return" in desk.answer()
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-16", "2010-05-28")
    desk.reply("1 more time until 30 April", THEN)
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-30", "2010-05-28")


def test_a_day_that_nobody_asked_for_is_the_same_on_every_morning(loaded: Board) -> None:
    loaded.once("2010-05-04T08:05")
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Could we have more time for the chronology?", ()))
    loaded.once("2010-05-04T10:00")
    desk, offered = Desk(loaded), list[str]()
    for day in ("05", "06"):
        loaded.once(f"2010-05-{day}T08:05")
        offered.append(labels(desk, f"2010-05-{day}T09:00")[0])
    assert offered == ["more time until 18 May"] * 2
