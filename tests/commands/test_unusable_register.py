"""What lies in the place of the register and is not to be worked on is told as what it is, by
every command, with the step that mends it; and it stays as it is (failure mode 101)."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import Board, Ended
from tests.commands.test_program import NEED_IT_WHOLE, arguments

GP = build.make_chronology(build.STORIES["GP"])
LOOK = (("doctor",), ("status", "--health"))
EVERY = [*NEED_IT_WHOLE, *LOOK]
SOME = [*LOOK, *((each,) for each in ("once", "run", "recover", "backup")), ("audit", "accept")]
OTHER = "This is the register of another board: nothing in its record was written with the keys"
PERHAPS = "This is the register of another board, or one that is damaged"
MISSING = "There is no register where there should be one, and none is made anew."
DAMAGED = "The register file cannot be opened; it may be damaged, or not a register at all."
OLDER = "This register is older than the last one that was written"
OTHER_VERSION = "The register was made by another scr-intake than this one"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, loaded_once: Path) -> Path:
    """A used board with a backup, an older register of its own, and another board's."""
    folder = tmp_path_factory.mktemp("ground")
    board = Board.copied(loaded_once, folder / "board")
    shutil.copy(board.folder / "register.db", folder / "older.db")
    board.drop("GP", GP)
    board.once()
    assert board.run("backup", folder / "copy").status == 0
    other = Board(folder / "other")
    other.load()
    shutil.copy(other.folder / "register.db", folder / "other.db")
    return folder


def changed(register: Path, *statements: str) -> None:
    with closing(sqlite3.connect(register)) as raw, raw:
        for each in statements:
            raw.execute(each)


def other(ground: Path, register: Path) -> None:
    shutil.copy(ground / "other.db", register)


def older(ground: Path, register: Path) -> None:
    shutil.copy(ground / "older.db", register)


def empty(ground: Path, register: Path) -> None:
    register.touch()


def nothing_made(ground: Path, register: Path) -> None:
    """What SQLite makes of no bytes when somebody looks into it."""
    changed(register, "PRAGMA journal_mode=WAL", "CREATE TABLE t (n)", "DROP TABLE t")


def text(ground: Path, register: Path) -> None:
    register.write_text("This is not SQLite at all. " * 400)


def truncated(ground: Path, register: Path) -> None:
    whole = (ground / "board" / "register.db").read_bytes()
    register.write_bytes(whole[: len(whole) // 8192 * 4096])


def without_steps(ground: Path, register: Path) -> None:
    shutil.copy(ground / "board" / "register.db", register)
    changed(register, "DELETE FROM schema_steps", "DELETE FROM _sqlite_migrations")


def folder(ground: Path, register: Path) -> None:
    register.mkdir()


def link_to_nothing(ground: Path, register: Path) -> None:
    register.symlink_to(register.parent / "away" / "register.db")


SPOILED: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "another board's": (other, OTHER),
    "an older one": (older, OLDER),
    "no bytes": (empty, f"{MISSING} ({{}} is empty."),
    "nothing in it": (nothing_made, f"{MISSING} ({{}} is empty."),
    "a text": (text, DAMAGED),
    "cut short": (truncated, DAMAGED),
    "no steps": (without_steps, OTHER_VERSION),
    "a folder": (folder, f"{MISSING} ({{}} is a folder."),
    "a link to nothing": (link_to_nothing, f"{MISSING} ({{}} is a link to"),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_what_is_not_the_register_is_told_by_every_command_and_left_as_it_is(
    ground: Path, tmp_path: Path, kind: str
) -> None:
    put, says = SPOILED[kind]
    board = Board.copied(ground / "board", tmp_path / "board")
    register = board.folder / "register.db"
    for path in board.folder.glob("register.db*"):
        path.unlink()
    put(ground, register)
    before = register.read_bytes() if register.is_file() else None
    dropped = board.drop("POL", build.make_chronology(build.STORIES["POL"]))
    for words in EVERY if put is other else SOME:
        if put is older and words in (("recover",), ("audit", "accept"), ("doctor",)):
            continue  # which are for it, or say so in other words
        ended = board.run(*arguments(words, board))
        told = " ".join(f"{ended.out} {ended.err}".split())
        assert ended.status == 1, words
        assert says.format(register) in told, words
        assert "not written for" not in told, words
        if put is other:
            assert "scr-intake recover" not in told, words
            assert "audit accept" not in told, words
        if put not in (older, without_steps):
            assert f"scr-intake restore {ground / 'copy'} {board.folder / 'restored'}" in told, (
                words
            )
        after = register.read_bytes() if register.is_file() else None
        assert after == before, words
    assert dropped.exists(), "nothing is taken from a source"


def told(ended: Ended) -> str:
    return " ".join(f"{ended.out} {ended.err}".split())


def test_a_register_whose_every_row_is_spoiled_may_be_another_board_s_or_damaged(
    ground: Path, tmp_path: Path
) -> None:
    board = Board.copied(ground / "board", tmp_path / "board")
    changed(
        board.folder / "register.db",
        "DROP TRIGGER record_stands",
        "DROP TRIGGER record_stays",
        "DELETE FROM record WHERE seq > 1",
        "UPDATE record SET detail = '{}'",
    )
    for words in (("once",), ("recover",), ("doctor",), ("audit", "accept", "--reason", "x")):
        assert PERHAPS in told(board.run(*words)), words


def test_a_register_of_which_a_row_was_changed_is_no_other_board_s(
    ground: Path, tmp_path: Path
) -> None:
    board = Board.copied(ground / "board", tmp_path / "board")
    changed(
        board.folder / "register.db",
        "DROP TRIGGER record_stands",
        "UPDATE record SET detail = '{}' WHERE seq = 1",
    )
    assert "Entry 1 of the record is missing or was changed" in told(board.run("audit", "verify"))


def test_another_board_s_key_for_marks_is_told_as_keys_and_not_as_a_register(
    ground: Path, tmp_path: Path
) -> None:
    board = Board.copied(ground / "board", tmp_path / "board")
    shutil.copy(ground / "other" / "keys" / "marks.key", board.folder / "keys" / "marks.key")
    for words in (("once",), ("recover",), ("doctor",), ("audit", "accept", "--reason", "x")):
        assert "These are not the keys of this register and vault." in told(board.run(*words)), (
            words
        )
        assert "another board" not in told(board.run(*words)), words


def test_a_vault_that_is_lost_is_told_once_with_the_backup(ground: Path, tmp_path: Path) -> None:
    board = Board.copied(ground / "board", tmp_path / "board")
    (board.folder / "vault").rename(tmp_path / "away")
    for words in SOME:
        said = told(board.run(*arguments(words, board)))
        assert said.count("Is a disk not mounted?") == 1, words
        assert f"scr-intake restore {ground / 'copy'} {board.folder / 'restored'}" in said, words
