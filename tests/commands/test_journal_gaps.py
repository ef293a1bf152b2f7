"""The journal beside the vault is held against the register: whatever was done to it is noticed
before the day on which it is needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intake.journal import LETTER_LEFT, OutsideJournal
from intake.keys import read_keys
from tests.board import Board

FRIDAY, MONDAY = "2010-04-09T09:00", "2010-04-12T09:00"
SAYS = "The journal beside the vault does not tell of"


def journal_of(board: Board) -> OutsideJournal:
    return OutsideJournal(board.folder / "vault", read_keys(board.folder / "keys"))


def letter_lines(board: Board) -> list[bytes]:
    """As they stand in the file."""
    journal = journal_of(board)
    lines = journal.file.read_bytes().split()
    told = {line: journal._opened(line) for line in lines}
    return [line for line, says in told.items() if says and says.what == LETTER_LEFT]


def deleted(file: Path, board: Board) -> None:
    file.unlink()


def cut(file: Path, board: Board) -> None:
    """In the middle of the last letter's line."""
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.index(letter_lines(board)[-1]) + 40])


def edited(file: Path, board: Board) -> None:
    line = letter_lines(board)[0]
    other = line[:50] + (b"A" if line[50:51] != b"A" else b"B") + line[51:]
    file.write_bytes(file.read_bytes().replace(line, other))


def robbed(file: Path, board: Board) -> None:
    file.write_bytes(file.read_bytes().replace(letter_lines(board)[0], b""))


def set_back(file: Path, board: Board) -> None:
    file.write_bytes((board.folder / "journal.friday").read_bytes())


@pytest.mark.parametrize("tamper", [deleted, cut, edited, robbed, set_back])
def test_whatever_was_done_to_it_is_told_with_the_next_step_and_a_backup_mends_it(
    loaded: Board, tmp_path: Path, tamper: Callable[[Path, Board], None]
) -> None:
    file = loaded.folder / "vault" / "journal"
    loaded.once(FRIDAY)
    (loaded.folder / "journal.friday").write_bytes(file.read_bytes())
    loaded.once(MONDAY)
    assert loaded.run("audit", "verify", at=MONDAY).status == 0
    before = [line for line in journal_of(loaded).read_lines() if line.what == LETTER_LEFT]
    tamper(file, loaded)
    ended = loaded.run("audit", "verify", at=MONDAY)
    assert ended.status == 1
    assert SAYS in ended.out
    assert "scr-intake backup DIR" in ended.out
    assert SAYS in loaded.run("doctor", at=MONDAY).out
    if tamper not in (edited, robbed):
        told = loaded.once(MONDAY)
        assert told.status == 1
        assert "the letter that left last" in " ".join(told.err.split())
    copied = loaded.run("backup", tmp_path / "copy", at=MONDAY)
    assert copied.status == 1
    assert "whole" not in copied.out
    assert "Its lines are written anew." in " ".join(copied.err.split())
    after = [line for line in journal_of(loaded).read_lines() if line.what == LETTER_LEFT]
    assert sorted(map(str, after)) == sorted(map(str, before)), "as they were, and each once"
    assert loaded.run("audit", "verify", at=MONDAY).status == 0
    assert "the letter that left last" not in loaded.once(MONDAY).err


def test_an_act_that_a_kill_kept_from_it_is_no_fault_and_the_next_backup_notes_it(
    loaded: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(OutsideJournal, "append", lambda *_, **__: None)
        loaded.run("outbox", "pause")
    noted = len(list(journal_of(loaded).read_lines()))
    assert loaded.run("audit", "verify").status == 0
    assert loaded.run("backup", tmp_path / "copy").status == 0
    assert len(list(journal_of(loaded).read_lines())) == noted + 2, "the act, and the backup"
