"""Letters looked at before anybody gets one."""

from __future__ import annotations

from typing import get_args

import pytest

from commands.preview import LETTER_PURPOSES
from outbox.samples.drafts import RECEIPTS, samples_of_kind
from outbox.writing.letter import LetterKind
from tests.board import Board

KINDS: tuple[LetterKind, ...] = get_args(LetterKind)


def test_every_kind_has_a_sample_and_a_line_that_says_what_it_is_for(board: Board) -> None:
    listed = board.run("letters", "preview").out.splitlines()
    assert [line.split()[0] for line in listed] == [*KINDS, "receipt"] == list(LETTER_PURPOSES)
    assert all(list(samples_of_kind(kind)) for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_shown_with_its_headers_and_its_text(board: Board, kind: LetterKind) -> None:
    ended = board.run("letters", "preview", kind)
    assert ended.status == 0, ended.err
    assert ended.out.count("Subject: OFFICIAL-SENSITIVE: ") == len(list(samples_of_kind(kind)))
    assert f"X-SCR-Intake: {kind}" in ended.out
    assert "Auto-Submitted: auto-generated" in ended.out
    assert "<html" not in ended.out


def test_it_is_written_in_the_boards_own_name_and_needs_neither_keys_nor_register(
    board: Board,
) -> None:
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("Shireshire", "Loamshire"))
    (board.folder / "keys").rename(board.folder / "away")
    (board.folder / "register.db").unlink()
    assert "Loamshire Safeguarding Children Board" in board.run("letters", "preview", "chaser").out
    assert not (board.folder / "register.db").exists()


def test_its_html_is_put_into_a_file_for_each_sample(board: Board) -> None:
    path = board.folder / "letter.html"
    ended = board.run("letters", "preview", "reminder", "--html", path)
    shown = board.run("letters", "preview", "reminder").out.count("Subject: ")
    names = ["letter.html", *(f"letter-{n}.html" for n in range(2, shown + 1))]
    assert shown > 1
    assert ended.out.splitlines() == [f"Written: {board.folder / name}" for name in names]
    assert path.read_text().startswith("<!DOCTYPE html>")


def test_a_file_that_cannot_be_written_is_told(board: Board) -> None:
    ended = board.run("letters", "preview", "chaser", "--html", board.folder / "no" / "x.html")
    assert ended.status == 1
    assert "cannot be written: No such file or directory." in ended.err


def test_a_receipt_is_shown_as_the_text_it_is(board: Board) -> None:
    shown = board.run("letters", "preview", "receipt").out
    assert shown.count("Receipt 1\n") == len(RECEIPTS)
    ended = board.run("letters", "preview", "receipt", "--html", board.folder / "x.html")
    assert (ended.status, ended.err) == (2, "A receipt is plain text; there is no HTML of it.\n")
