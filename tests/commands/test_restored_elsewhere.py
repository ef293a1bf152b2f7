"""A backup that is restored on a new machine: what lies in it, and what it says to type works as it
stands (failure mode 103)."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import Board, Ended, scr_intake

GP = build.make_chronology(build.STORIES["GP"])
AT = "2010-04-06T12:00"


@pytest.fixture
def backed_up(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(with_a_backup)


def with_a_backup(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()
    (loaded.folder.parent / "pass").write_text("correct horse battery\n")
    ended = loaded.run("backup", loaded.folder / "copy", *keys(loaded))
    assert ended.status == 0, ended.err


def keys(board: Board) -> list[object]:
    file = board.folder / "pass"
    file.write_text("correct horse battery\n")
    return ["--with-keys", "--passphrase-file", file]


def told(ended: Ended) -> str:
    return " ".join(f"{ended.out} {ended.err}".split())


def follow(board: Board, ended: Ended) -> None:
    """Puts the lines of the settings as they were printed."""
    settings = board.folder / "scr-intake.toml"
    text = settings.read_text()
    for name in ("register", "vault", "keys"):
        (line,) = (x.strip() for x in ended.out.splitlines() if x.startswith(f"  {name} = "))
        text, found = re.subn(f"^{name} .*", line, text, flags=re.M)
        assert found == 1
    settings.write_text(text)


def test_the_vault_that_init_has_just_made_is_not_taken_for_the_one_in_use(
    backed_up: Board, tmp_path: Path
) -> None:
    new = Board(tmp_path / "new")
    ended = new.run("restore", backed_up.folder / "copy", new.folder / "r", *keys(new), at=AT)
    assert ended.status == 0, ended.err
    assert "--vault" not in ended.out
    follow(new, ended)
    (line,) = (x for x in ended.out.splitlines() if x.strip().startswith("scr-intake recover"))
    (new.folder / "drop" / ".scr-intake").write_bytes(b"")  # the register of `init` works it
    (new.folder / "mail" / "scr-intake-register").unlink()
    stopped = scr_intake(*shlex.split(line)[1:], "--at", AT)
    assert stopped.status == 1
    assert "no journal goes back to the backup" in told(stopped)
    named = new.run("recover", "--vault", new.folder / "vault", at=AT)
    assert named.status == 1, "nor where somebody names it"
    assert "and of the one that is named, no journal goes back" in told(named)
    assert "recover --vault DIR" in told(named)
    line = named.err.splitlines()[-1]
    assert "--without-journal" in line
    assert new.run(*shlex.split(line)[1:], at=AT).status == 0
    assert new.returns("GP", at=AT)["chronology"]["state"] == "accepted"


def test_the_vault_that_was_in_use_is_named_though_its_keys_are_lost(
    backed_up: Board, tmp_path: Path
) -> None:
    shutil.rmtree(backed_up.folder / "keys")
    copy, target = backed_up.folder / "copy", backed_up.folder / "r"
    ended = backed_up.run("restore", copy, target, *keys(backed_up), at=AT)
    assert f"scr-intake recover --vault {backed_up.folder / 'vault'}" in told(ended)


def test_the_settings_are_in_the_backup_and_can_be_had_from_it(
    backed_up: Board, tmp_path: Path
) -> None:
    settings = tmp_path / "elsewhere" / "scr-intake.toml"
    settings.parent.mkdir()
    words = ("--config", settings, "restore", backed_up.folder / "copy", settings.parent / "r")
    asked = (*words, *keys(backed_up))
    refused = scr_intake(*asked)
    assert refused.status == 2
    assert "There are no settings at" in told(refused)
    subprocess.run(shlex.split(refused.err.splitlines()[-1]), check=True)
    assert settings.read_bytes() == (backed_up.folder / "scr-intake.toml").read_bytes()
    ended = scr_intake(*asked)
    assert ended.status == 0, ended.err
    assert f"lie in {backed_up.folder / 'copy' / 'scr-intake.toml'}" in told(ended)


def test_every_line_for_the_operator_names_the_settings_where_they_were_given_by_name(
    backed_up: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From another folder it would not find them."""
    for path in backed_up.folder.glob("register.db*"):
        path.unlink()
    settings = f"--config {backed_up.folder / 'scr-intake.toml'}"
    for words in (("once",), ("status", "--health"), ("doctor",)):
        ended = backed_up.run(*words)
        lines = [line.strip() for line in (ended.out + ended.err).splitlines()]
        typed = [each for each in lines if each.startswith("scr-intake ")]
        assert typed, words
        assert all(each.endswith(settings) for each in typed), words
    monkeypatch.chdir(backed_up.folder)
    refused = scr_intake("once")
    assert refused.status == 1
    assert "--config" not in refused.err
    monkeypatch.chdir(tmp_path)
    assert scr_intake(*shlex.split(typed[0])[1:]).status == 0


def test_a_backup_without_settings_says_so(backed_up: Board) -> None:
    (backed_up.folder / "copy" / "scr-intake.toml").unlink()
    ended = backed_up.run("restore", backed_up.folder / "copy", backed_up.folder / "r", at=AT)
    assert "Settings, case files, and kinds and letters of your own, are not in" in told(ended)
