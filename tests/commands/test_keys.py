"""`keys rotate`, and the refusal to start without the right keys."""

from __future__ import annotations

import shutil

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
