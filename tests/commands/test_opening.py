"""`open`: a private copy, under a name of ours, and a line in the record."""

from __future__ import annotations

import stat
import tempfile
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import Board

GP = build.make_chronology(build.STORIES["GP"])


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))


def opened(board: Board, id: int) -> Path:
    ended = board.run("open", id)
    assert ended.status == 0, ended.err
    return Path(ended.out.splitlines()[0])


def test_the_copy_is_byte_for_byte_and_for_its_owner_alone(loaded: Board) -> None:
    loaded.drop("GP", GP, "About Child N.docx")
    loaded.once()
    path = opened(loaded, 1)
    assert path.read_bytes() == GP
    assert (path.name, stat.S_IMODE(path.stat().st_mode)) == ("entry-1.docx", 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_where_it_is_and_how_to_delete_it_are_said(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()
    told = loaded.run("open", 1).out
    assert f"rm -r {Path(told.splitlines()[0]).parent}\n" in told


def test_a_message_is_opened_as_a_message(loaded: Board) -> None:
    to = "scr-returns@board.example"
    loaded.mail(build.mail("author@meadowlane.example", to, "N12", "Hello.", []))
    loaded.once()
    assert opened(loaded, 1).name == "entry-1.eml"


def test_what_is_of_no_known_format_has_no_ending_that_would_open_it(loaded: Board) -> None:
    loaded.drop("GP", b"\x7fELF not a document at all")
    loaded.once()
    assert opened(loaded, 1).name == "entry-1.bin"


def test_what_was_written_in_the_message_itself_opens_as_text(loaded: Board) -> None:
    to, words = "scr-returns@board.example", "Could we have until 11 June for the IMR?"
    loaded.mail(build.mail("author@meadowlane.example", to, "N12", words, []))
    loaded.once()
    copy = opened(loaded, 1)
    assert copy.name == "entry-1.txt" and words in copy.read_text()


def test_each_opening_is_in_the_record(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()
    opened(loaded, 1)
    assert (
        "A copy of entry 1 was decrypted to be read, at the login"
        in loaded.run("audit", "log", "N12").out
    )
