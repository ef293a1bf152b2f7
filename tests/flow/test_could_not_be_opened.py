"""What could not be opened at all: its sender hears so in the subject, and how to send it."""

from __future__ import annotations

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.builders_package import encrypted, rewrite, truncated

AUTHOR = "author@meadowlane.example"
US = "scr-returns@board.example"
GOOD = build.make_chronology(build.STORIES["GP"])


def sent(board: Board, *attachments: tuple[str, bytes]) -> str:
    board.mail(mail(AUTHOR, US, "SCR N12", attachments=list(attachments)))
    board.once()
    (letter,) = board.answers(AUTHOR)
    return f"{letter['Subject']}\n{' '.join(letter_plain_text(letter).split())}"


@pytest.mark.parametrize("content", [truncated(GOOD), truncated(GOOD, 0.05)])
def test_a_file_cut_short_is_said_not_to_open(loaded: Board, content: bytes) -> None:
    said = sent(loaded, ("chronology.docx", content))
    assert "action needed now - we could not open your document" in said
    assert 'choose File, Save As, and "Word Document (*.docx)"' in said
    assert "Your document: we could not open it" in said
    assert loaded.returns("GP")["chronology"]["state"] == "awaited"


def test_a_file_of_no_bytes_is_said_to_be_empty(loaded: Board) -> None:
    assert "there is nothing in your document" in sent(loaded, ("chronology.docx", b""))


def test_what_did_open_is_told_in_the_same_letter(loaded: Board) -> None:
    said = sent(loaded, ("a.docx", truncated(GOOD)), ("b.docx", GOOD))
    assert "We could open all but one of them" in said
    assert "Chronology: accepted, thank you" in said


def test_with_something_else_to_mend_the_subject_is_about_that(loaded: Board) -> None:
    faulty = build.with_cell(GOOD, 5, "Date", "2009")
    said = sent(loaded, ("a.docx", truncated(GOOD)), ("b.docx", faulty))
    assert "need changes" in said.partition("\n")[0]
    assert "Your document: we could not open it" in said


def test_a_document_with_a_password_is_for_a_person_and_its_password_is_not_asked_for(
    loaded: Board,
) -> None:
    """Failure mode 53."""
    said = sent(loaded, ("chronology.docx", encrypted(GOOD)))
    assert "no action needed now" in said.partition("\n")[0]


def test_a_dropped_file_that_does_not_open_has_a_receipt_that_says_so(loaded: Board) -> None:
    loaded.drop("GP", rewrite(GOOD, "word/document.xml", lambda _: b"<w:document"))
    loaded.once()
    (receipt,) = (loaded.folder / "drop" / "GP" / "returned").iterdir()
    said = " ".join(receipt.read_text(encoding="utf-8-sig").split())
    assert "Your document: we could not open it" in said
    assert "save it again as a Word document (.docx) without a password" in said


def _unread_chronology(board: Board, words: str) -> None:
    """A chronology with a password, and on a later day the same without one."""
    locked = [("a.docx", encrypted(GOOD))]
    board.mail(mail(AUTHOR, US, words, attachments=locked))
    board.once()


def test_a_copy_that_could_not_be_read_waits_until_its_return_is_accepted(loaded: Board) -> None:
    _unread_chronology(loaded, "SCR N12: our chronology")
    assert [each["id"] for each in loaded.run("referred", "--json").json] == [1]
    loaded.mail(mail(AUTHOR, US, "SCR N12: chronology", attachments=[("b.docx", GOOD)]))
    loaded.once()
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"
    assert loaded.run("referred", "--json").json == []


def test_a_copy_that_may_be_of_another_return_waits_on(loaded: Board) -> None:
    _unread_chronology(loaded, "SCR N12: our IMR")
    loaded.mail(mail(AUTHOR, US, "SCR N12: chronology", attachments=[("b.docx", GOOD)]))
    loaded.once()
    assert [each["id"] for each in loaded.run("referred", "--json").json] == [1]


def test_a_copy_of_which_nothing_says_what_it_is_waits_on(loaded: Board) -> None:
    _unread_chronology(loaded, "SCR N12")
    loaded.mail(mail(AUTHOR, US, "SCR N12: chronology", attachments=[("b.docx", GOOD)]))
    loaded.once()
    assert [each["id"] for each in loaded.run("referred", "--json").json] == [1]
