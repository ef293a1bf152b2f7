"""`scr-intake template`: a template that says for itself which case and agency it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.readers.word.stamping import stamp_document
from tests import builders as build
from tests.board import Board
from tests.registry import SECOND_CASE

SERVICE = "scr-returns@board.example"
AUTHOR = "author@meadowlane.example"
FOR = ("--case", "N13", "--agency", "gp", "--kind", "chronology")


@pytest.fixture
def board(tmp_path: Path) -> Board:
    made = Board(tmp_path / "board")
    made.load()
    made.load(SECOND_CASE)
    (made.folder / "blank.docx").write_bytes(
        build.make_chronology(build.STORIES["GP"], reference="")
    )
    return made


def issued(board: Board, *words: str) -> bytes:
    out = board.folder / "GP.docx"
    ended = board.run("template", board.folder / "blank.docx", *(words or FOR), "-o", out)
    assert ended.status == 0, ended.err
    assert "stamped for N13, GP, chronology." in ended.out
    return out.read_bytes()


def test_what_comes_back_in_an_issued_template_goes_to_its_case(board: Board) -> None:
    """Evidence of the case where the mail gives none; without it the document is a question."""
    plain = (board.folder / "blank.docx").read_bytes()
    for document in (plain, issued(board)):
        raw = build.mail(AUTHOR, SERVICE, "Our chronology", "Here.", [("a.docx", document)])
        board.mail(raw)
        board.once()
    asked, letter = board.answers()
    assert "which review" in asked["Subject"]
    assert "SCR N13" in letter["Subject"]
    states = {c["reference"]: c["agencies"][0]["returns"] for c in board.status()["cases"]}
    assert [r["state"] for r in states["N13"] if r["kind"] == "chronology"] == ["accepted"]
    assert [r["state"] for r in states["N12"] if r["kind"] == "chronology"] == ["awaited"]


def test_a_template_of_another_case_or_agency_is_held(board: Board) -> None:
    """Promise 5."""
    document = issued(board)
    board.mail(build.mail(AUTHOR, SERVICE, "N12", "Here.", [("a.docx", document)]))
    board.drop("POL", document)
    board.once()
    assert board.status()["held"] == 2
    assert board.answers() == []


def test_a_stamp_that_this_board_did_not_make_says_nothing(board: Board) -> None:
    """Failure mode 47."""
    blank = (board.folder / "blank.docx").read_bytes()
    forged = stamp_document(blank, "N13/GP/chronology/0123456789abcdef0123456789abcdef")
    board.mail(build.mail(AUTHOR, SERVICE, "Ours", "Here.", [("a.docx", forged)]))
    board.once()
    (asked,) = board.answers()
    assert "which review" in asked["Subject"]
    assert "N13" not in asked.as_string(), "nor is what the stamp says told"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--case", "N99", "--agency", "GP", "--kind", "imr"), "not an agency of an open case"),
        (("--case", "N13", "--agency", "XX", "--kind", "imr"), "not an agency of an open case"),
        (("--case", "N13", "--agency", "GP", "--kind", "poem"), "not a kind of return"),
    ],
)
def test_a_place_that_there_is_not_is_refused(
    board: Board, words: tuple[str, ...], says: str
) -> None:
    out = board.folder / "out.docx"
    ended = board.run("template", board.folder / "blank.docx", *words, "-o", out)
    assert ended.status == 2
    assert says in ended.err
    assert not out.exists()


def test_what_is_no_word_document_is_refused_and_nothing_is_written_over(board: Board) -> None:
    words = board.folder / "words.txt"
    words.write_text("words")
    out = board.folder / "out.docx"
    ended = board.run("template", words, *FOR, "-o", out)
    assert (ended.status, out.exists()) == (1, False)
    assert "not a Word document" in ended.err
    ended = board.run("template", board.folder / "blank.docx", *FOR, "-o", words)
    assert (ended.status, words.read_text()) == (2, "words")
