"""Whoever has to change a report is told at once that it is to be signed for anew."""

from __future__ import annotations

from datetime import date

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board

AUTHOR = "author@meadowlane.example"
ASKED = "The evaluation statement has to be signed again once the IMR is changed"
FIRST, SECOND = date(2010, 5, 24), date(2010, 5, 26)


def imr(dated: date = FIRST, author: str = "Author One") -> bytes:
    commissioner = "Commissioner One"
    agency = "Meadow Lane Surgery"
    return build.make_imr(agency=agency, author=author, commissioner=commissioner, dated=dated)


def statement(dated: date = FIRST, name: str = "Commissioner One") -> bytes:
    return build.make_statement(signed="Commissioner One", name=name, dated=dated)


def send(board: Board, day: date, *files: bytes) -> str:
    """The letter that answers these files, which come in one message."""
    attached = [(f"{number}.docx", content) for number, content in enumerate(files)]
    board.mail(build.mail(AUTHOR, "scr-returns@board.example", "N12", "Attached.", attached))
    board.once(at=f"{day}T10:00")
    board.once(at=f"{day}T10:05")
    return " ".join(letter_plain_text(board.answers()[-1]).split())


@pytest.mark.parametrize("name", ["Commissioner One", ""])
def test_a_letter_that_sends_back_a_report_asks_to_have_its_statement_signed_again(
    loaded: Board, name: str
) -> None:
    """Three authors of four did all that the first letter asked, and were asked about the day of
    their statement by the second."""
    said = send(loaded, FIRST, imr(author=""), statement(name=name))
    assert ASKED in said
    assert ("attach both to one message" in said) is bool(name), "one that we hold is asked about"
    assert "has to be signed again" not in send(loaded, SECOND, imr(), statement(SECOND))
    states = {kind: row["state"] for kind, row in loaded.returns("GP").items()}
    assert (states["imr"], states["evaluation_statement"]) == ("accepted", "accepted")


def test_a_statement_that_came_before_its_report_is_sent_back_is_to_be_signed_again(
    loaded: Board,
) -> None:
    send(loaded, FIRST, statement())
    assert ASKED in send(loaded, SECOND, imr(author=""))


@pytest.mark.parametrize("name", ["Commissioner One", ""])
def test_a_statement_that_follows_a_report_that_was_sent_back_is_to_be_signed_again(
    loaded: Board, name: str
) -> None:
    assert ASKED not in send(loaded, FIRST, imr(author="")), "no statement has come"
    assert ASKED in send(loaded, SECOND, statement(SECOND, name))


def test_a_statement_about_a_report_that_needs_no_changes_is_signed_once(loaded: Board) -> None:
    assert ASKED not in send(loaded, FIRST, imr(), statement(name=""))
    assert ASKED not in send(loaded, SECOND, build.make_qa_form(signed=""))
