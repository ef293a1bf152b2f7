"""`backup` and `restore`: proved by restoring, and told when it is not whole."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from commands import backup as command
from tests import builders as build
from tests.board import Board, Ended

GP = build.make_chronology(build.STORIES["GP"])


@pytest.fixture
def used(loaded: Board) -> Board:
    loaded.drop("GP", GP)
    loaded.once()
    return loaded


def back_up(board: Board) -> Ended:
    return board.run("backup", board.folder.parent / "copy")


def restore(board: Board) -> Ended:
    return board.run("restore", board.folder.parent / "copy", board.folder.parent / "back")


def test_what_was_backed_up_comes_back_whole_and_private(used: Board) -> None:
    assert back_up(used).status == 0
    ended = restore(used)
    assert (ended.status, ended.err) == (0, "")
    back = used.folder.parent / "back"
    modes = {stat.S_IMODE(p.stat().st_mode) for p in back.rglob("*") if p.is_file()}
    assert modes == {0o600}
    for name in ("register.db", "register.db-wal", "register.db-shm"):
        (used.folder / name).unlink(missing_ok=True)
    shutil.rmtree(used.folder / "vault")
    (back / "register.db").rename(used.folder / "register.db")
    (back / "vault").rename(used.folder / "vault")
    assert used.returns("GP")["chronology"]["state"] == "accepted"
    assert used.run("audit", "verify").status == 0


def test_a_backup_is_brought_up_to_date_and_leaves_nothing_beside_it(used: Board) -> None:
    back_up(used)
    used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once(at="2010-04-06T10:00")
    assert back_up(used).status == 0
    beside = {path.name for path in used.folder.parent.iterdir()}
    assert beside == {"board", "copy"}
    assert {p.name for p in (used.folder.parent / "copy").iterdir()} == {"register.db", "vault"}


def test_a_backup_after_a_rotation_opens_with_the_new_key(used: Board) -> None:
    back_up(used)
    used.run("keys", "rotate")
    (used.folder / "keys" / "vault-1.key").unlink()
    assert back_up(used).status == 0


def test_a_backup_that_is_not_whole_is_not_said_to_be_one(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An original is spoiled on its way there."""
    whole = command.write_backup

    def spoiled(*words: object) -> None:
        whole(*words)  # type: ignore[arg-type]
        next((used.folder.parent / "copy" / "vault").glob("??/*")).write_bytes(b"spoiled")

    monkeypatch.setattr(command, "write_backup", spoiled)
    ended = back_up(used)
    assert ended.status == 1
    assert "its original cannot be opened." in ended.err
    assert "cannot be relied on" in ended.err


def test_restoring_never_writes_over_anything(used: Board) -> None:
    back_up(used)
    (used.folder.parent / "back").mkdir()
    (used.folder.parent / "back" / "mine").touch()
    assert "is not empty" in restore(used).err


def test_a_folder_without_a_backup_is_told(used: Board, tmp_path: Path) -> None:
    ended = used.run("restore", tmp_path, tmp_path / "back")
    assert "There is no backup in that folder." in ended.err
