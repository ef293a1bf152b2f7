"""`scr-intake init`: a folder that is ready to run as it stands."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from commands.init import make_board
from config.settings import load_settings
from tests.board import scr_intake


def test_a_new_board_can_be_worked_on_as_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "board"
    assert scr_intake("init", folder).status == 0
    settings = folder / "scr-intake.toml"
    assert load_settings(settings).board.name
    for name in ("mail/new", "mail/cur", "mail/tmp", "drop", "sent", "vault", "keys"):
        assert (folder / name).is_dir(), name
    ended = scr_intake("once", "--config", settings, "--at", "2010-04-01T10:00")
    assert (ended.status, ended.out) == (0, "Nothing to do.\n")
    assert (folder / "register.db").is_file()


def test_only_the_service_can_read_the_keys_and_the_folder(tmp_path: Path) -> None:
    scr_intake("init", tmp_path / "board")
    assert stat.S_IMODE((tmp_path / "board").stat().st_mode) == 0o700
    keys = list((tmp_path / "board" / "keys").iterdir())
    assert len(keys) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys} == {0o600}


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    scr_intake("init", tmp_path)
    (tmp_path / "scr-intake.toml").write_text("mine")
    keys = {path: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    ended = scr_intake("init", tmp_path)
    assert ended.status == 2
    assert "is already there. Nothing was changed." in ended.err
    assert (tmp_path / "scr-intake.toml").read_text() == "mine"
    assert {path: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == keys


@pytest.mark.parametrize("folder", ["/proc/x", "file", "file/below"])
def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("")
    ended = scr_intake("init", folder)
    assert ended.status == 2
    assert "Traceback" not in ended.err
    assert folder in ended.err


def test_the_demonstration_takes_the_same_board(tmp_path: Path) -> None:
    make_board(tmp_path / "board")
    ended = scr_intake("demo", "--folder", tmp_path)
    assert ended.status == 2
    assert ended.err.endswith("board is already there. Name another folder, or none.\n")
    Path(tmp_path / "file").write_text("")
    assert scr_intake("demo", "--folder", tmp_path / "file").status == 2


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file, and every folder as no bytes."""
    return {p: p.read_bytes() if p.is_file() else b"" for p in folder.rglob("*")}


@pytest.mark.parametrize("left", ["register.db", "keys", "vault", "drop", "mail"])
def test_beside_what_another_board_left_nothing_is_written(tmp_path: Path, left: str) -> None:
    scr_intake("init", tmp_path / "first")
    (tmp_path / "new").mkdir()
    (tmp_path / "first" / left).rename(tmp_path / "new" / left)
    before = contents(tmp_path / "new")
    ended = scr_intake("init", tmp_path / "new")
    assert ended.status == 1
    assert str(tmp_path / "new" / left) in ended.err
    if left in ("drop", "mail"):
        assert str(tmp_path / "first" / "register.db") in ended.err, "whose it is"
    assert contents(tmp_path / "new") == before


def test_a_board_inside_another_s_drop_folder_is_not_begun(tmp_path: Path) -> None:
    scr_intake("init", tmp_path / "first")
    ended = scr_intake("init", tmp_path / "first" / "drop" / "GP")
    assert (ended.status, "lies in another" in ended.err) == (1, True)
    assert not (tmp_path / "first" / "drop" / "GP").exists()
