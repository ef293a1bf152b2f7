"""More time that is asked for several returns, each as it was asked: one link each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outbox.writing.letter_text import letter_plain_text
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


APART = "Could we have until 11 June for the IMR and until 5 May for the chronology please?"
EVERYTHING = "Could we have another fortnight for everything please?"
PARTLY = "Could we have until 11 June for the IMR, and till half-term for the chronology please?"
REPORT = "more time until 11 June for the IMR, and the QA form and evaluation statement with it"


def asked_for(loaded: Board, words: str) -> Desk:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", words, ()))
    loaded.once()
    loaded.once("2010-04-06T08:05")
    return Desk(loaded)


def last_letter(board: Board) -> tuple[str, str]:
    letter = board.sent(AUTHOR)[-1]
    return str(letter["Subject"]), " ".join(letter_plain_text(letter).split())


@pytest.mark.parametrize("at", ["2010-04-06T09:30", "2010-04-07T09:30"])
def test_no_to_the_rest_refuses_only_what_was_not_agreed(loaded: Board, at: str) -> None:
    """On the same digest, and on the next, which asks about the rest."""
    desk = asked_for(loaded, APART)
    desk.reply("1 more time until 11 June for the IMR", AT)
    loaded.once("2010-04-06T09:25")
    loaded.once(at.replace("09:30", "09:26"))
    desk.press(desk.link(1, "no", at), at)
    assert "Done: no." in desk.answer()
    loaded.once(at.replace("09:30", "09:55"))
    subject, said = last_letter(loaded)
    assert subject.endswith("more time is not agreed for the chronology")
    assert "More time is not agreed: the chronology stays due by Friday 16 April 2010." in said
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-16", "2010-06-11")


def test_once_all_is_given_no_comes_too_late(loaded: Board) -> None:
    desk = asked_for(loaded, APART)
    desk.reply("1 yes", AT)
    desk.reply("1 no", THEN)
    assert 'It was settled with "more time"' in desk.answer()
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-05-05", "2010-06-11")


def test_a_day_that_was_given_is_never_given_to_another_return(loaded: Board) -> None:
    """The second line has no return: it is what was given already, and no wish for what is left."""
    desk = asked_for(loaded, APART)
    desk.reply("1 more time until 11 June for the IMR", AT)
    desk.reply("1 more time until 11 June", THEN)
    assert "This is done already" in desk.answer()
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-16", "2010-06-11")


def test_what_moved_with_its_report_is_not_asked_for_anew(loaded: Board) -> None:
    desk = asked_for(loaded, EVERYTHING)
    assert labels(desk, NINE)[:3] == [CHRONOLOGY, REPORT, "yes: to all as asked"]
    desk.press(desk.link(1, REPORT, NINE), AT)
    assert "stays open for the chronology." in desk.answer()
    loaded.once("2010-04-07T08:05")
    (ask,) = desk.asks("2010-04-07T09:00")
    assert "IMR, QA form and evaluation statement (decided, due 11 June)" in ask["says"]
    assert [link["label"] for link in ask["links"]][:2] == [
        "more time until 30 April",
        "more time until another date",
    ]
    assert due(desk, "qa_form") == "2010-06-11"


def test_an_answer_offers_nothing_that_is_settled(loaded: Board) -> None:
    desk = asked_for(loaded, APART)
    desk.reply("1 more time until 11 June for the IMR", AT)
    desk.reply("1 more time until 5 May for the QA form", THEN)
    assert not desk.links("more time until 11 June")
    assert desk.links("more time until 5 May for the chronology")
    desk.reply("1 no", "2010-04-06T09:14")
    desk.reply("1 no", "2010-04-06T09:16")
    assert "Nothing was done." in desk.answer() and not desk.links("more time")
    assert desk.links("details")


def test_her_line_has_all_that_is_asked_and_only_a_day_that_was_read_is_offered(
    loaded: Board,
) -> None:
    desk = asked_for(loaded, PARTLY)
    (ask,) = desk.asks(NINE)
    assert (
        "asks for more time: IMR (28 May to 11 June) and chronology (16 April to a day that could"
        f' not be read); "{PARTLY}"' in ask["says"]
    )
    assert labels(desk, NINE)[:3] == [REPORT, "more time until another date", "no"]
    assert "for the chronology until a later day that we could not read" in last_letter(loaded)[1]
    desk.reply("1 yes", AT)
    assert "say which, with the words more time until" in desk.answer()
    desk.press(desk.link(1, REPORT, NINE), THEN)
    desk.press(desk.link(1, "more time until another date", NINE), "2010-04-06T09:14")
    desk.press(desk.shown_link("more time until 30 April for the chronology"), "2010-04-06T09:16")
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-30", "2010-06-11")


@pytest.mark.parametrize(
    "words",
    ["Could we have more time for the chronology?",
     "Could we have till half-term for the chronology?",
     "Could we have a week or so more for the chronology?",
     "Could we have another week or two on the chronology?",
     "Could we have a few more days for the chronology?"],
)  # fmt: skip
def test_no_link_offers_a_day_that_nobody_could_read(loaded: Board, words: str) -> None:
    desk = asked_for(loaded, words)
    assert words in desk.asks(NINE)[0]["says"]
    assert labels(desk, NINE)[:2] == ["more time until another date", "no"]


def test_where_it_is_not_plain_for_which_each_return_has_its_own_day(loaded: Board) -> None:
    desk = asked_for(loaded, "Could we have another fortnight please?")
    assert labels(desk, NINE)[:3] == [CHRONOLOGY, REPORT, "more time until another date"]


COMMISSIONER = "commissioner@meadowlane.example"
THEIRS = "Could we have another {} weeks for the evaluation statement please?"


@pytest.mark.parametrize(
    ("weeks", "left"), [("three", "14 June to 18 June"), ("two", "due 14 June")]
)
def test_a_report_that_is_given_time_leaves_what_somebody_else_asked_about_a_form_to_be_decided(
    loaded: Board, weeks: str, left: str
) -> None:
    """They are told of nothing by it; and what they asked for counts from the day it was due."""
    loaded.mail(mail(COMMISSIONER, SERVICE, "N12", THEIRS.format(weeks), ()))
    desk = asked_for(loaded, "Could we have until 14 June for the IMR please?")
    desk.reply("2 more time until 14 June", AT)
    assert (due(desk, "imr"), due(desk, "evaluation_statement")) == ("2010-06-14", "2010-06-14")
    assert "This answers something else" not in desk.answer()
    loaded.once("2010-04-07T08:05")
    (ask,) = desk.asks("2010-04-07T09:00")
    assert f"asks for more time: evaluation statement, {left};" in ask["says"]


def test_the_letter_says_in_its_sentence_which_forms_are_due_with_the_report(
    loaded: Board,
) -> None:
    desk = asked_for(loaded, "Could we have until 14 June for the IMR please?")
    desk.reply("1 more time until 14 June", AT)
    loaded.once("2010-04-06T12:00")
    said = " ".join(last_letter(loaded)[1].split())
    assert "The QA form and evaluation statement are due with it." in said


def test_a_no_whose_letter_has_left_is_turned_by_the_links_of_status(loaded: Board) -> None:
    """No undo is offered that cannot work any more."""
    desk = asked_for(loaded, "Could we have until 14 June for the IMR please?")
    desk.reply("1 no", AT)
    loaded.once("2010-04-06T12:00")
    desk.reply("1 more time until 14 June", "2010-04-06T12:10")
    assert "It cannot be undone: the letter about it has left." in desk.answer()
    assert not desk.links("undo")
    desk.press(desk.link(1, "no", NINE), "2010-04-06T12:11")
    desk.press(desk.shown_link("Status N12 GP"), "2010-04-06T12:12")
    more = "more time until 7 June for the IMR, and the QA form and evaluation statement with it"
    desk.press(desk.shown_link(more), "2010-04-06T12:14")
    assert "Done: more time until Monday 7 June 2010." in desk.answer()
    assert due(desk, "imr") == "2010-06-07"


def test_a_no_with_a_reason_is_told_where_it_stands_behind_a_colon_and_else_kept(
    loaded: Board,
) -> None:
    desk = asked_for(loaded, "Could we have until 14 June for the IMR please?")
    desk.reply("1 no: the panel needs it on 3 June", AT)
    assert "It says: the panel needs it on 3 June" in desk.answer()
    loaded.once("2010-04-06T12:00")
    assert "the panel needs it on 3 June" in last_letter(loaded)[1]


def test_a_reason_behind_a_comma_goes_to_nobody(loaded: Board) -> None:
    desk = asked_for(loaded, "Could we have until 14 June for the IMR please?")
    desk.reply("1 no, we need it by then", AT)
    assert "Done: no." in desk.answer()
    loaded.once("2010-04-06T12:00")
    assert "need it by then" not in last_letter(loaded)[1]


def test_yes_for_one_return_of_two_gives_the_day_that_was_asked_for_it(loaded: Board) -> None:
    desk = asked_for(loaded, ASKS)
    desk.reply("1 yes for the chronology", AT)
    assert (due(desk, "chronology"), due(desk, "imr")) == ("2010-04-30", "2010-05-28")


def test_the_link_for_another_date_asks_which_and_calls_nothing_undone(loaded: Board) -> None:
    desk = asked_for(loaded, "Could we have until 14 June for the IMR please?")
    desk.press(desk.link(1, "more time until another date", NINE), AT)
    assert "Nothing is done yet. Press one of these" in desk.answer()
    assert "it does not say until which day" not in desk.answer()
