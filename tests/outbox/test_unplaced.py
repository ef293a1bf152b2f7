"""Somebody in several reviews whose message names none of them is answered once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from outbox.due.waiting_matters import kinds_concerned
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests import builders_smime as smime
from tests.authority import Authority
from tests.board import Board
from tests.builders_mail import Attachment, mail
from tests.registry import SECOND_CASE, STRANGERS

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


def test_somebody_of_one_review_whose_message_names_two_is_not_called_registered_for_both(
    loaded: Board,
) -> None:
    """What a letter says of its reader is looked up, not taken from how it came to be written."""
    assert loaded.load(STRANGERS).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "N12 and N13", f"{QUESTION} In N12 and in N13.", ()))
    loaded.once("2010-04-13T10:00")
    (said,) = receipts(loaded)
    assert "registered for more than one" not in said and "more than one review" in said


def test_whoever_dropped_it_hears_that_a_person_will_look_and_how_to_say_which_review(
    loaded: Board,
) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    rows = build.make_chronology(build.STORIES["GP"], reference="")
    for n in (1, 2):
        loaded.drop("GP", build.with_cell(rows, n, "Event", "Seen."), f"{n}.docx")
    loaded.once("2010-04-13T10:00")
    (said,) = receipts(loaded)
    assert "could not tell which review it is for" in said
    assert "a person here will look at it" in said and "on a line of its own" in said
    assert "N12" not in said and "N13" not in said
    loaded.once("2010-04-15T10:00")
    assert len(receipts(loaded)) == 1


def test_what_is_dropped_again_with_the_reference_on_a_line_is_placed(loaded: Board) -> None:
    """As the letter says."""
    assert loaded.load(SECOND_CASE).status == 0
    rows = build.make_chronology(build.STORIES["GP"], reference="")
    made, named = Document(BytesIO(rows)), BytesIO()
    made.paragraphs[0].insert_paragraph_before("N13")
    made.save(named)
    loaded.drop("GP", named.getvalue(), "again.docx")
    loaded.once("2010-04-13T10:00")
    assert receipts(loaded) == []
    assert "N13" in loaded.run("show", 1).out


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
        told = " ".join(
            loaded.run("digest", "--preview", "--all", at="2010-04-14T08:00").out.split()
        )
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
    ],
)
def test_who_writes_about_several_reviews_is_not_asked_for_one(loaded: Board, words: str) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "A note", words, ()))
    loaded.once("2010-04-13T10:00")
    (said,) = receipts(loaded)
    assert "no action needed now" in said and "for each of these reviews" in said
    assert "Please send it again" not in said


@pytest.mark.parametrize("sender", [AUTHOR, "jo@elsewhere.example"])
def test_an_encrypted_message_is_told_as_that_to_whoever_is_told_of_it(
    loaded: Board, sender: str
) -> None:
    """Its sender was promised that it is dealt with at once when it names its review."""
    loaded.load(SECOND_CASE)
    holder = Authority().issue("Author One", sender, rsa_key=True)
    content = smime.inner(("chronology.docx", build.make_chronology(build.STORIES["GP"])))
    loaded.mail(smime.encrypted_to(content, holder, sender.encode()).replace(b"N12", b"Returns"))
    loaded.once()
    said = receipts(loaded)
    assert len(said) == (sender == AUTHOR)
    assert all("without encrypting the message itself, and with the ref" in told for told in said)
    listed = " ".join(loaded.run("digest", "--preview", at="2010-04-06T09:00").out.split())
    assert "encrypted" in listed and "did not open" in listed


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


NAMELESS = build.make_statement(reference="", agency="", dated=date(2010, 4, 12))


def concerned(board: Board, words: str, *documents: Attachment) -> dict[str, int]:
    """How many entries wait that each kind of return may be the matter of, over both reviews."""
    assert board.load(SECOND_CASE).status == 0
    board.mail(mail(AUTHOR, SERVICE, "Statement", words, documents))
    board.once("2010-04-13T10:00")
    with open_application(GlobalOptions(board.folder / "scr-intake.toml")) as app:
        cases = app.register.case_matrix(date(2010, 4, 13))
        owed = {a.id: {r.kind for r in a.returns} for case in cases for a in case.agencies}
        found = Counter[str]()
        for entry in app.register.entries.unsettled_entries():
            found.update(kinds_concerned(entry, owed[entry.agency_id], app.kinds))
    return dict(found)


def test_a_document_of_one_kind_is_that_kind_s_return_in_each_review_it_could_be_of(
    loaded: Board,
) -> None:
    """It keeps nothing else silent there."""
    statement = ("statement.docx", NAMELESS)
    found = concerned(loaded, "Signed statement now attached.", statement)
    assert found == {"evaluation_statement": 2}


@pytest.mark.parametrize(
    "words",
    [
        "Signed statement attached. The IMR will need another fortnight, I am afraid.",
        "Statement attached. There are two more documents in the post to you.",
    ],
)
def test_a_message_that_says_more_may_be_about_anything_else_as_well(
    loaded: Board, words: str
) -> None:
    found = concerned(loaded, words, ("statement.docx", NAMELESS))
    assert found.keys() > {"evaluation_statement"}


def test_so_may_one_with_a_document_that_nobody_recognises_beside_it(loaded: Board) -> None:
    documents = (("a.docx", NAMELESS), ("b.rtf", b"{\\rtf1 Some notes.}"))
    assert concerned(loaded, "Documents attached.", *documents).keys() > {"evaluation_statement"}
