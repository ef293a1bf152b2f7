"""`keys rotate`, and the refusal to start without the right keys."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import Board

GP = build.make_chronology(build.STORIES["GP"])


def test_everything_opens_after_a_rotation_without_the_old_key(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()
    ended = loaded.run("keys", "rotate")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Everything is now under key 2.")
    (loaded.folder / "keys" / "vault-1.key").unlink()
    assert loaded.run("letters", "show", 1).status == 0
    assert loaded.run("audit", "verify").status == 0
    assert loaded.once(at="2010-04-06T10:00").status == 0


def test_wrong_keys_are_a_refusal_to_start(loaded: Board) -> None:
    shutil.rmtree(loaded.folder / "keys")
    other = Board(loaded.folder.parent / "other")
    shutil.copytree(other.folder / "keys", loaded.folder / "keys")
    ended = loaded.once()
    assert ended.status == 1
    assert ended.err.startswith("These are not the keys of this register and vault.")


def test_a_vault_that_is_not_there_is_a_refusal_to_start(loaded: Board) -> None:
    (loaded.folder / "vault").rename(loaded.folder / "away")
    ended = loaded.once()
    assert ended.status == 1
    assert ended.err.startswith("The vault is not there, though the register names originals")
    assert not (loaded.folder / "vault").exists()


@pytest.mark.parametrize("words", [("once",), ("doctor",), ("status", "--health")], ids=" ".join)
def test_keys_that_are_not_there_are_put_back_and_never_made_anew(
    loaded: Board, words: tuple[str, ...]
) -> None:
    (loaded.folder / "keys" / "vault-1.key").unlink()
    ended = loaded.run(*words)
    told = " ".join(f"{ended.out} {ended.err}".split())
    assert "Put back the keys that belong to it." in told
    assert "scr-intake restore --with-keys DIR TARGET" in told
    assert "init" not in told
    assert "- intake" not in told


@pytest.mark.parametrize("words", [("once",), ("doctor",), ("status", "--health")], ids=" ".join)
def test_keys_that_are_away_are_told_with_the_backup_that_has_them(
    loaded: Board, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Of several backups the one that was made with them, though it was not the last."""
    (tmp_path / "pass").write_text("correct horse battery\n")
    secret = ("--passphrase-file", tmp_path / "pass")
    assert loaded.run("backup", tmp_path / "with", "--with-keys", *secret).status == 0
    assert loaded.run("backup", tmp_path / "without", at="2010-04-02T10:00").status == 0
    (loaded.folder / "keys").rename(tmp_path / "away")
    ended = loaded.run(*words)
    told = " ".join(f"{ended.out} {ended.err}".replace("`", "").split())
    target = loaded.folder / "restored"
    settings = f"--config {loaded.folder / 'scr-intake.toml'}"
    line = f"scr-intake restore --with-keys {tmp_path / 'with'} {target}"
    put = f"cp -a {target / 'keys'} {loaded.folder / 'keys'}"
    assert f"{line} {settings}" in told
    assert put in told
    assert "DIR" not in told
    assert loaded.run(*shlex.split(line)[1:], *secret).status == 0
    subprocess.run(shlex.split(put), check=True)
    assert loaded.once().status == 0


def test_where_no_known_backup_has_the_keys_the_known_ones_are_named(
    loaded: Board, tmp_path: Path
) -> None:
    assert loaded.run("backup", tmp_path / "copy").status == 0
    (loaded.folder / "keys").rename(tmp_path / "away")
    told = " ".join(loaded.once().err.split())
    assert f"In the backups that are known of, in {tmp_path / 'copy'}, none are found." in told
    assert "scr-intake restore --with-keys DIR TARGET" in told


@pytest.mark.parametrize("spoiled", ["keys", "keys/marks.key"])
def test_keys_that_others_may_reach_get_the_line_that_shuts_them(
    loaded: Board, spoiled: str
) -> None:
    (loaded.folder / spoiled).chmod(0o777)
    told = loaded.once().err
    assert told.startswith("Others can read the keys.")
    (line,) = (x for x in told.splitlines() if x.startswith("chmod"))
    assert "scr-intake keys rotate" in told
    subprocess.run(shlex.split(line), check=True)
    assert loaded.once().status == 0
