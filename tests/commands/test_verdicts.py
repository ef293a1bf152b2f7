"""`accept` and `reject`: told first, asked, then done, logged, and written about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board, Ended
from tests.builders_mail import mail

LATER = "2010-04-06T10:00"


@pytest.fixture
def waiting(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(statement_to_look_at)


def statement_to_look_at(loaded: Board) -> None:
    """Entry 1 is the surgery's evaluation statement, which a person has to look at."""
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once()
    assert loaded.returns("GP")["evaluation_statement"]["state"] == "referred"


def decide(board: Board, *words: object) -> Ended:
    return board.run(*words, "--reason", "The author rang", "--yes", at=LATER)


def test_an_accepted_entry_settles_its_return_and_its_sender_is_told(waiting: Board) -> None:
    ended = decide(waiting, "accept", 1)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "N12, Meadow Lane Surgery: evaluation statement was for you to look at, and is accepted.",
        "Letter (decision) to Author One, author.",
        "Done, and in the record. Letters go with the next round.",
    ]
    row = waiting.returns("GP")["evaluation_statement"]
    assert (row["state"], row["accepted"]) == ("accepted", "2010-04-01")
    waiting.once(at=LATER)
    letter = waiting.sent("author@meadowlane.example")[-1]
    assert letter["Subject"].endswith(
        "accepted, thank you, no action needed now - evaluation statement"
    )
    assert "Letter" not in waiting.once(at=LATER).out, "it is told once"


def test_whoever_accepts_a_statement_is_told_that_its_report_was_sent_again(
    waiting: Board,
) -> None:
    said = "signed before the report reached us in the form in which we hold it"
    for at, origin in (("2010-04-02T10:00", "White British"), ("2010-04-05T10:00", "British")):
        assert said not in waiting.run("show", 1, at=at).out
        report = build.make_imr(dated=date(2010, 3, 29), ethnic_origin=origin)
        waiting.drop("GP", report, name=f"{origin}.docx")
        waiting.once(at=at)
    assert said in " ".join(waiting.run("show", 1, at=LATER).out.split())
    assert f"Take care. The statement was {said}." in decide(waiting, "accept", 1).out


def test_why_it_was_decided_is_told_to_nobody_outside(waiting: Board) -> None:
    decide(waiting, "accept", 1)
    waiting.once(at=LATER)
    assert not [x for x in waiting.sent() if "rang" in letter_plain_text(x)]
    assert "The author rang" in waiting.run("show", 1).out


def test_show_has_the_words_that_were_told_and_when_they_left(waiting: Board) -> None:
    words = ("--reason", "She rang", "--tell", "It is the new template.", "--yes")
    assert waiting.run("accept", 1, *words, at="2010-04-06T09:20").status == 0
    shown = waiting.run("show", 1, at="2010-04-06T09:21").out
    assert "  Told: It is the new template. No letter says so yet." in shown
    waiting.once(at="2010-04-06T10:05")
    told = letter_plain_text(waiting.sent("author@meadowlane.example")[-1])
    assert "It is the new template." in " ".join(told.split())
    shown = " ".join(waiting.run("show", 1, at="2010-04-06T12:00").out.split())
    assert "Told: It is the new template. Letter 3 says so, and left at" in shown


def test_a_rejected_entry_is_told_with_all_there_is_to_mend(waiting: Board) -> None:
    ended = decide(waiting, "reject", 1, "--tell", "Please sign it by hand.")
    assert "evaluation statement was for you to look at, and is to be mended." in ended.out
    waiting.once(at=LATER)
    text = letter_plain_text(waiting.sent("author@meadowlane.example")[-1])
    assert "needs changes before we can accept it" in text
    assert "Please sign it by hand." in text
    assert "signed by an author" in text


def test_beside_what_a_person_found_wrong_nothing_is_called_in_order(waiting: Board) -> None:
    """Failure mode 96: it is wrong with some part of it, and nobody says with which."""
    assert "In order: the statements" in waiting.run("show", 1).out
    decide(waiting, "reject", 1, "--tell", "The four statements are of last year's form.")
    waiting.once(at=LATER)
    assert "in order" not in letter_plain_text(waiting.sent("author@meadowlane.example")[-1])


def test_what_a_person_says_of_a_document_is_one_point_whatever_lines_it_has(
    waiting: Board,
) -> None:
    decide(waiting, "reject", 1, "--tell", "Please sign it.\n\nTwo things:\n1. the name\n2. a date")
    waiting.once(at=LATER)
    text = letter_plain_text(waiting.sent("author@meadowlane.example")[-1])
    assert "\n  2. Please sign it. Two things: 1. the name 2. a date\n" in text


def test_nothing_is_decided_when_nobody_says_yes(waiting: Board) -> None:
    before = waiting.status()
    ended = waiting.run("accept", 1, "--reason", "It is good")
    assert ended.status == 1
    assert "was for you to look at, and is accepted" in ended.out
    assert waiting.status() == before
    assert "evaluation statement" in waiting.run("referred").out


def test_a_reason_is_asked_for(waiting: Board) -> None:
    assert waiting.run("accept", 1, "--yes").status == 2
    assert waiting.run("accept", 1, "--yes", "--reason", " ").status == 2


@pytest.mark.parametrize(
    "tell", ["Say more about Child N.", "About CHILD\u00a0N", "child\n\nN", "As in N13."]
)
def test_a_letter_that_would_name_a_child_or_another_case_stops_the_decision(
    waiting: Board, tell: str
) -> None:
    """Promise 5."""
    waiting.load(CASE.replace('"N12"', '"N13"').replace('"N12/A"', '"N13/A"'))
    ended = decide(waiting, "reject", 1, "--tell", tell)
    assert ended.status == 1
    assert "would name a person the review is about" in ended.err
    assert waiting.returns("GP")["evaluation_statement"]["state"] == "referred"


def test_what_was_decided_waits_for_nobody_any_more(waiting: Board) -> None:
    decide(waiting, "accept", 1)
    assert waiting.run("referred").out == "Nothing waits here.\n"
    assert decide(waiting, "accept", 1).err == "Entry 1 is accepted already.\n"


def test_of_two_decisions_about_one_entry_only_the_last_is_told(waiting: Board) -> None:
    decide(waiting, "accept", 1)
    decide(waiting, "reject", 1)
    told = waiting.once(at=LATER).out
    assert told.count("decision sent") == 1
    assert waiting.returns("GP")["evaluation_statement"]["state"] == "rejected"


def test_what_is_of_no_case_is_put_away_and_nobody_is_told(loaded: Board) -> None:
    loaded.drop("NHS", build.make_chronology(build.STORIES["GP"]))
    loaded.once()
    assert "belongs to no case yet" in decide(loaded, "accept", 1).err
    ended = decide(loaded, "reject", 1)
    assert ended.out.splitlines()[0] == "No letter tells of this."
    assert loaded.run("held").out == "Nothing waits here.\n"
    assert loaded.status()["held"] == 0


def test_what_a_danger_is_is_never_told_in_our_words(loaded: Board) -> None:
    """Danger tells nobody outside: who rejects such an entry says why themselves."""
    loaded.drop("GP", build.dde_field(build.make_chronology(build.STORIES["GP"])))
    loaded.once()
    assert "Say with --tell what they should do." in decide(loaded, "reject", 1).err
    decide(loaded, "reject", 1, "--tell", "Please send it without the field.")
    loaded.once(at=LATER)
    letter = loaded.sent("author@meadowlane.example")[-1]
    assert "Please send it without the field." in letter_plain_text(letter)
    assert "do more than be read" not in letter_plain_text(letter)


def test_an_entry_that_is_not_there_is_told(loaded: Board) -> None:
    assert "There is no entry 9." in decide(loaded, "accept", 9).err


@pytest.mark.parametrize("word", ["accept", "reject"])
def test_nothing_is_decided_about_an_entry_of_a_closed_case(waiting: Board, word: str) -> None:
    decide(waiting, "case", "close", "N12")
    ended = decide(waiting, word, 1)
    assert (ended.status, ended.err) == (1, "N12 is closed. Reopen it first.\n")
    assert waiting.returns("GP")["evaluation_statement"]["state"] == "referred"


@pytest.mark.parametrize("word", ["reject", "accept"])
def test_what_a_person_says_about_a_message_without_a_document_is_told(
    loaded: Board, word: str
) -> None:
    """What a person wrote may be thanks: nothing but their words says that something is needed."""
    question = mail("author@meadowlane.example", "scr-returns@board.example", "SCR N12", "Which?")
    loaded.mail(question)
    loaded.once()
    decide(loaded, word, 1, "--tell", "Please use the form of the toolkit.")
    loaded.once(at=LATER)
    letter = loaded.sent("author@meadowlane.example")[-1]
    assert letter["Subject"].endswith(": for your attention - our answer about your message")
    assert "What we need from you" not in letter_plain_text(letter)
    assert "Please use the form of the toolkit." in letter_plain_text(letter)
    assert "changes" not in letter_plain_text(letter)
    assert letter["In-Reply-To"]
