"""Mail without a document, rehearsals and machines' mail, the whole way to the letters."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import Board
from tests.registry import SECOND_CASE

AUTHOR = "author@meadowlane.example"
SERVICE = "scr-returns@board.example"
GP = build.make_chronology(build.STORIES["GP"])
BROKEN = build.with_cell(GP, 5, "Date", "2009")


@pytest.fixture
def board(tmp_path: Path) -> Board:
    made = Board(tmp_path / "board")
    assert made.load().status == 0
    return made


def mail(
    *documents: bytes, to: str = SERVICE, subject: str = "N12", body: str = "Hello.", **more: str
) -> bytes:
    attached = [(f"{n}.docx", document) for n, document in enumerate(documents)]
    return build.mail(AUTHOR, to, subject, body, attached, **more)


def text_of(letter: EmailMessage) -> str:
    plain = letter.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


def answer(board: Board, raw: bytes) -> EmailMessage | None:
    board.mail(raw)
    board.once()
    board.once()
    letters = board.answers()
    assert len(letters) <= 1
    return letters[0] if letters else None


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("Please find our chronology attached.", "we found no document in your message"),
        ("https://reader.egress.com/x", "a person will open what you sent"),
        ("Who is our contact?", None),
    ],
)
def test_a_message_without_a_document_is_answered_once_or_not_at_all(
    board: Board, body: str, subject: str | None
) -> None:
    letter = answer(board, mail(body=body, message_id="<one@meadowlane.example>"))
    if subject is None:
        assert letter is None
    else:
        assert letter is not None
        assert subject in letter["Subject"]
        assert letter["In-Reply-To"] == "<one@meadowlane.example>"


def test_a_rehearsal_is_answered_and_nothing_else_knows_of_it(board: Board) -> None:
    """The returns, the chasers and the matrix are as they were; the answer says so."""
    before = board.status()["cases"]
    letter = answer(board, mail(BROKEN, to=SERVICE.replace("@", "+check@")))
    assert letter is not None
    assert "a rehearsal, nothing was logged" in letter["Subject"]
    assert "Row 5, Date." in text_of(letter)
    assert board.status()["cases"] == before
    board.once(at="2010-04-06T10:00")
    assert [x["Subject"] for x in board.sent(AUTHOR)][1:] != []
    assert board.run("once").out == "Nothing to do.\n"


def test_a_sealed_message_pauses_the_chasers_of_its_agency_alone(board: Board) -> None:
    board.mail(mail(body="https://reader.egress.com/x"))
    board.once(at="2010-04-19T10:00")
    assert [x["Auto-Submitted"] for x in board.sent(AUTHOR)] == ["auto-replied"]
    board.once(at="2010-05-04T10:00")
    assert len(board.sent(AUTHOR)) == 1
    assert board.sent("author@shirepolice.example")


def test_the_digest_tells_what_mail_told(board: Board) -> None:
    """Failure mode 69: a real return in a machine's mail is logged, not answered, and told."""
    board.mail(mail(GP, auto_submitted="auto-generated"))
    away = "I am away until Thursday 22 April. Please contact deputy@meadowlane.example."
    board.mail(mail(subject="Automatic reply: N12", body=away))
    board.mail(build.mail("x@elsewhere.example", SERVICE, "For N12", "Here.", [("a.docx", GP)]))
    board.once(at="2010-04-01T10:00")
    board.once(at="2010-04-06T08:00")
    board.once(at="2010-04-07T08:00")
    digests = board.sent("administrator@board.example")
    words = " ".join(text_of(digests[0]).split())
    whose = "somebody not registered (x@elsewhere.example, 1 April)"
    assert f"1. A chronology for N12 from {whose}." in words
    assert "chronology, in a message that a machine sent; logged and not answered" in words
    assert "Author One is away until Thursday 22 April; the note names" in words
    assert not board.answers()
    again = text_of(digests[1])
    assert "is away" not in again, "what was told for information is told once"


def test_documents_of_two_cases_in_one_message_are_answered_each_for_its_own(
    board: Board,
) -> None:
    """Promise 5."""
    board.load(SECOND_CASE)
    dated = date(2010, 3, 30)
    forms = [build.make_qa_form(child_identifier=f"{n}/A", dated=dated) for n in ("N12", "N13")]
    board.mail(mail(*forms, subject="Our forms"))
    board.once()
    first, second = board.answers()
    for letter, own, other in ((first, "N12", "N13"), (second, "N13", "N12")):
        text = f"{letter['Subject']}\n{text_of(letter)}"
        assert own in text
        assert other not in text
