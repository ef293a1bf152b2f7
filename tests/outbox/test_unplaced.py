"""Somebody in several reviews whose message names none of them is answered once."""

from __future__ import annotations

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.registry import SECOND_CASE

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
QUESTION = "Whom may we ask about the staff to be interviewed?"


def receipts(board: Board) -> list[str]:
    found = [x for x in board.sent(AUTHOR) if x["X-SCR-Intake"] == "unplaced"]
    return [f"{x['Subject']} {' '.join(letter_plain_text(x).split())}" for x in found]


def test_it_gets_one_receipt_that_asks_for_the_reference_and_names_no_review(
    loaded: Board,
) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    for n, at in enumerate(("10:00", "10:30", "11:00")):
        loaded.mail(mail(AUTHOR, SERVICE, f"Question {n}", f"{QUESTION} {n}", ()))
        loaded.once(f"2010-04-13T{at}")
    (said,) = receipts(loaded)
    assert "please say which review your message is for" in said
    assert "a person here will look at it" in said
    assert "N12" not in said and "N13" not in said
    loaded.mail(mail(AUTHOR, SERVICE, "Another", QUESTION, ()))
    loaded.once("2010-04-15T10:00")
    assert len(receipts(loaded)) == 2, "another day, another message"


def test_a_reply_to_it_is_still_asked_which_review_it_is_for(loaded: Board) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "Question", QUESTION, ()))
    loaded.once("2010-04-13T10:00")
    (letter,) = [x for x in loaded.sent(AUTHOR) if x["X-SCR-Intake"] == "unplaced"]
    again = mail(AUTHOR, SERVICE, "Re: it", QUESTION, (), in_reply_to=str(letter["Message-ID"]))
    loaded.mail(again)
    loaded.once("2010-04-13T12:00")
    assert "it could be for N12 or N13" in loaded.run("show", 2).out


def test_what_could_be_of_two_reviews_says_whose_it_is(loaded: Board) -> None:
    """On the digest and where it is shown: the letter names no review, a person has to choose."""
    assert loaded.load(SECOND_CASE).status == 0
    for n in range(6):
        loaded.mail(mail(AUTHOR, SERVICE, f"Question {n}", f"{QUESTION} {n}", ()))
        loaded.once("2010-04-13T10:00")
        told = " ".join(loaded.run("digest", "--preview", at="2010-04-14T08:00").out.split())
        times = f", {n + 1} times" if n == 5 else ""
        assert f"Meadow Lane Surgery{times}: a list of staff to interview; it could be" in told
    shown = loaded.run("show", 1).out
    assert "Entry 1: Meadow Lane Surgery: a list of staff to interview; it could be for" in shown
    for case in ("N12", "N13"):
        assert f"It may be from Author One, author of {case}, Meadow Lane Surgery." in shown
    assert "Meadow Lane Surgery: a list" in loaded.run("referred").out


def test_neither_small_talk_nor_a_stranger_gets_one(loaded: Board) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "Thanks", "Thank you.", ()))
    loaded.mail(mail("who@elsewhere.example", SERVICE, "N12 or N13", QUESTION, ()))
    loaded.once("2010-04-13T10:00")
    assert receipts(loaded) == []
    assert not loaded.sent("who@elsewhere.example")


LEAVES = (
    "Friday is my last day with Meadow Lane. From Monday my colleague Dana Lowe"
    " (dana.lowe@meadowlane.example) takes over both reviews from me."
)


def test_whoever_leaves_is_not_asked_for_which_review_that_is(loaded: Board) -> None:
    """They had said "both reviews", and were to send it again with one reference."""
    assert loaded.load(SECOND_CASE).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "I am moving on", LEAVES, ()))
    loaded.once("2010-04-13T10:00")
    (said,) = receipts(loaded)
    assert "no action needed - you are leaving" in said
    assert "in each review for which you are registered" in said
    assert "send it again" not in said and "Dana" not in said


def test_a_document_from_whoever_leaves_is_still_asked_about(loaded: Board) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    rows = build.make_chronology(build.STORIES["GP"])
    loaded.mail(mail(AUTHOR, SERVICE, "My last", LEAVES, [("a.docx", rows)]))
    loaded.once("2010-04-13T10:00")
    assert all("please say which review" in said for said in receipts(loaded))


@pytest.mark.parametrize(
    "words",
    [
        "The lead for this is away, so please expect a call about both reviews.",
        "Our records officer has moved office. This is for each of the reviews.",
        "N12 and N13: our switchboard has a new number.",
        "Might we have two more weeks in both cases? Our author is ill.",
    ],
)
def test_who_writes_about_several_reviews_is_not_asked_for_one(loaded: Board, words: str) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "A note", words, ()))
    loaded.once("2010-04-13T10:00")
    (said,) = receipts(loaded)
    assert "no action needed now" in said and "for each of these reviews" in said
    assert "Please send it again" not in said


@pytest.mark.parametrize(
    "words",
    [
        QUESTION,
        "I cannot tell which of both reviews you mean. Whom may we ring?",
        "This is not for both reviews. Whom may we ring?",
        "Please find the chronology for both reviews attached.",
    ],
)
def test_who_does_not_say_which_is_asked(loaded: Board, words: str) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "A note", words, ()))
    loaded.once("2010-04-13T10:00")
    (said,) = receipts(loaded)
    assert "please say which review your message is for" in said
