"""`backup` and `restore`: proved by restoring, and told when it is not whole."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import backup as command
from tests import builders as build
from tests.board import Board, Ended

GP = build.make_chronology(build.STORIES["GP"])


@pytest.fixture
def used(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(chronology_taken)


def chronology_taken(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()


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
    held = {p.name for p in (used.folder.parent / "copy").iterdir()}
    assert held == {"register.db", "vault", "earlier"}


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

    def spoiled(*words: object) -> list[str]:
        told = whole(*words)  # type: ignore[arg-type]
        next((used.folder.parent / "copy" / "vault").glob("??/*")).write_bytes(b"spoiled")
        return told

    monkeypatch.setattr(command, "write_backup", spoiled)
    ended = back_up(used)
    assert ended.status == 1
    assert "its original cannot be opened." in ended.err
    assert "cannot be relied on" in ended.err


def originals(folder: Path) -> list[Path]:
    return sorted(folder.glob("vault/??/*"))


def test_what_has_rotted_in_a_backup_is_copied_again(used: Board) -> None:
    """Failure mode 108: the same size, another content."""
    back_up(used)
    copied = originals(used.folder.parent / "copy")[0]
    whole = copied.read_bytes()
    copied.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert back_up(used).status == 0
    assert copied.read_bytes() == whole


@pytest.mark.parametrize("rot", ["a bit", "cut"])
def test_what_has_rotted_in_the_vault_is_not_written_over_its_copy(used: Board, rot: str) -> None:
    """It was: the last copy that opened was gone, in every earlier backup too."""
    back_up(used)
    live, copied = originals(used.folder)[0], originals(used.folder.parent / "copy")[0]
    whole = copied.read_bytes()
    live.write_bytes(b"" if rot == "cut" else whole[:-1] + bytes([whole[-1] ^ 1]))
    ended = back_up(used)
    assert copied.read_bytes() == whole
    assert ended.status == 1
    assert "In the vault 1 original cannot be opened any more." in ended.err
    assert restore(used).status == 0


def test_no_earlier_register_goes_unless_it_is_said_how_many_to_keep(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor where the newest turns out not to be whole."""
    copy = used.folder.parent / "copy"
    for n in (1, 2, 3):
        assert back_up(used).status == 0
        os.utime(copy / "register.db", (n, n))
    assert len(list(copy.glob("earlier/*"))) == 2
    monkeypatch.setattr(command, "_find_faults_by_trial", lambda *words: ["It is not whole."])
    assert used.run("backup", copy, "--keep", 1).status == 1
    assert len(list(copy.glob("earlier/*"))) == 3
    monkeypatch.undo()
    assert used.run("backup", copy, "--keep", 2).status == 0
    assert len(list(copy.glob("earlier/*"))) == 1


def test_a_backup_is_tried_where_it_may_be_written(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 108: the parent of a mount point is root's."""
    copy = used.folder.parent / "mounted" / "copy"
    copy.mkdir(parents=True)
    made: list[Path] = []
    tried = command.put_back

    def noted(backup: Path, target: Path, *rest: object, **how: object) -> None:
        made.append(target)
        tried(backup, target, *rest, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "put_back", noted)
    assert used.run("backup", copy).status == 0
    assert [copy in target.parents for target in made] == [True]
    assert {path.name for path in copy.parent.iterdir()} == {"copy"}


def test_what_a_killed_trial_left_is_taken_away(used: Board) -> None:
    left = used.folder.parent / "copy" / ".trial-left"
    (left / "restored").mkdir(parents=True)
    assert back_up(used).status == 0
    assert not left.exists()


def test_a_backup_that_stops_says_at_which_step_and_path(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    (used.folder.parent / "copy").mkdir()
    (used.folder.parent / "copy" / "vault").write_text("in the way")
    ended = back_up(used)
    assert ended.status == 1
    assert "It stopped while copying the originals at " in ended.err
    assert str(used.folder.parent / "copy" / "vault") in ended.err.replace("\n", "")


def test_earlier_registers_are_kept_and_share_the_originals(used: Board) -> None:
    copy = used.folder.parent / "copy"
    kept = []
    for day, agency in enumerate(("POL", "GP", "POL"), 6):
        paper = build.make_chronology({**build.STORIES, "n": day}[agency])
        used.drop(agency, paper + b" " * day, f"again-{day}.docx")
        used.once(at=f"2010-04-{day:02d}T10:00")
        (copy / "register.db").exists() and os.utime(copy / "register.db", (day, day))
        assert used.run("backup", copy, "--keep", 2).status == 0
        kept.append(sorted(path.name for path in copy.glob("earlier/*")))
    assert [len(names) for names in kept] == [0, 1, 1]
    assert kept[1] != kept[2], "the oldest is forgotten"
    (name,) = kept[2]
    back = used.folder.parent / "earlier"
    assert used.run("restore", copy, back, "--earlier", name).status == 0
    refused = used.run("restore", copy, used.folder.parent / "none", "--earlier", "yesterday")
    assert refused.status == 2
    assert name in refused.err


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("correct horse battery\n")
    return file


def test_a_backup_with_its_keys_is_all_that_is_needed(used: Board, passphrase: Path) -> None:
    copy, back = used.folder.parent / "copy", used.folder.parent / "back"
    words = ("--with-keys", "--passphrase-file", passphrase)
    assert used.run("backup", copy, *words).status == 0
    marks = (used.folder / "keys" / "marks.key").read_bytes()
    sealed = (copy / "keys.sealed").read_bytes()
    assert marks.strip() not in sealed
    shutil.rmtree(used.folder / "keys")
    shutil.rmtree(used.folder / "vault")
    ended = used.run("restore", copy, back, *words)
    assert (ended.status, ended.err) == (0, "")
    assert (back / "keys" / "marks.key").read_bytes() == marks
    assert stat.S_IMODE((back / "keys").stat().st_mode) == 0o700


def test_another_passphrase_opens_no_keys(used: Board, passphrase: Path) -> None:
    copy = used.folder.parent / "copy"
    words = ("--with-keys", "--passphrase-file", passphrase)
    used.run("backup", copy, *words)
    passphrase.write_text("incorrect horse battery")
    ended = used.run("restore", copy, used.folder.parent / "back", *words)
    assert ended.err.startswith("The keys do not open with that passphrase")
    passphrase.write_text("short")
    assert used.run("backup", copy, *words).err.startswith("A passphrase for keys has 12")


def test_restoring_says_up_to_when_the_backup_reaches(used: Board) -> None:
    used.once(at="2010-04-06T10:00")
    back_up(used)
    assert "It reaches up to 10:00am on Tuesday 6 April 2010:" in restore(used).out


def test_restoring_never_writes_over_anything(used: Board) -> None:
    back_up(used)
    (used.folder.parent / "back").mkdir()
    (used.folder.parent / "back" / "mine").touch()
    assert "is not empty" in restore(used).err


def test_a_folder_without_a_backup_is_told(used: Board, tmp_path: Path) -> None:
    ended = used.run("restore", tmp_path, tmp_path / "back")
    assert "There is no backup in that folder." in ended.err
