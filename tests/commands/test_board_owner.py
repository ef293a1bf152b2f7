"""A board is opened by its owner alone; whoever else tries is told the line (failure mode 109)."""

from __future__ import annotations

import os
import pwd
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands import status_health
from commands.composition.board_owner import line_for_owner
from commands.composition.health_file import write_health_counts
from config.user_file import InvalidUserFile
from outbox.health.health_conditions import HealthCondition
from tests.board import Board, scr_intake
from tests.other_user import as_other_user, folder_of_other_user, give_to_other_user

ME = pwd.getpwuid(os.geteuid()).pw_name


@pytest.fixture
def foreign(loaded: Board, monkeypatch: pytest.MonkeyPatch) -> Board:
    """A board that we look at as another user."""
    uid = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: uid + 1)
    return loaded


def files(board: Board) -> set[Path]:
    return set(board.folder.rglob("*"))


@pytest.mark.parametrize(
    "words",
    [
        ("once",),
        ("status",),
        ("doctor",),
        ("audit", "verify"),
        ("digest", "--preview", "--all"),
        ("backup", "copy dir"),
        ("alerts",),
        ("status", "--health"),
    ],
    ids=" ".join,
)
def test_another_user_is_told_the_line_to_type_and_makes_no_file(
    foreign: Board, words: tuple[str, ...]
) -> None:
    before = files(foreign)
    ended = foreign.run(*words)
    assert ended.status == 1
    assert ended.err.startswith("This board belongs to another user. Nothing was opened.")
    assert f"sudo -u {ME} -- scr-intake --config " in ended.err.replace("\n", " ")
    assert files(foreign) == before


@pytest.fixture
def as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root alone may type `runuser`."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)


@pytest.mark.usefixtures("as_root")
def test_what_is_typed_is_quoted_as_a_shell_wants_it() -> None:
    assert line_for_owner(os.getuid(), ["scr-intake", "backup", "copy dir"]) == (
        f"runuser -u {ME} -- scr-intake backup 'copy dir'"
    )


@pytest.mark.usefixtures("as_root")
def test_an_owner_without_a_name_is_told_by_number() -> None:
    assert line_for_owner(4_000_123, ["scr-intake", "once"]) == (
        "setpriv --reuid=4000123 --clear-groups -- scr-intake once"
    )


@pytest.mark.parametrize("secret", [True, False], ids=["settings of root", "folder of root"])
def test_nobody_is_sent_from_root_to_the_owner_and_back(loaded: Board, secret: bool) -> None:
    """Each is told whose the one thing is that is not the owner's, and the line that mends it."""
    with folder_of_other_user() as outer:
        board = Board.copied(loaded.folder, outer / "board")
        give_to_other_user(board.folder)
        wrong = board.folder / "scr-intake.toml" if secret else board.folder
        os.chown(wrong, 0, 0)
        wrong.chmod(0o600 if secret else 0o777)
        told = as_other_user(lambda: board.run("once"))
        assert told.status == 1
        assert f"chown nobody: {wrong}" in " ".join(told.err.split())
        assert "runuser" not in told.err
        before = files(board)
        root = board.run("once")
        assert root.status == 1
        assert "runuser -u nobody -- scr-intake" in root.err
        assert files(board) == before


def test_settings_of_an_empty_place_are_told_as_that(loaded: Board, tmp_path: Path) -> None:
    """A key that is not there is another thing: here no board ever was."""
    alone = tmp_path / "alone" / "scr-intake.toml"
    alone.parent.mkdir()
    alone.write_text((loaded.folder / "scr-intake.toml").read_text())
    for words in (("once",), ("status",), ("doctor",), ("status", "--health")):
        ended = scr_intake("--config", alone, *words)
        told = " ".join(ended.err.split())
        assert ended.status == 1
        assert told.startswith("Nothing is kept where the settings say"), words
        assert "scr-intake init DIR" in told
        assert "not written for" not in ended.out
    assert [*alone.parent.iterdir()] == [alone]


def test_check_and_help_are_for_everybody(foreign: Board, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Nothing of ours.")
    assert "belongs to another" not in foreign.run("check", tmp_path / "notes.txt").err
    assert scr_intake("--help").status == 0


def test_a_folder_that_may_not_be_looked_into_is_no_damage(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A permission error is told as another user's board, also where not even the settings show."""
    looked = Path.stat

    def refused(path: Path, **how: bool) -> os.stat_result:
        if path.parent == loaded.folder:
            raise PermissionError(path)
        return looked(path, **how)

    monkeypatch.setattr(os, "geteuid", lambda: looked(loaded.folder).st_uid + 1)
    monkeypatch.setattr(Path, "stat", refused)
    ended = loaded.run("status")
    assert ended.err.startswith("This board belongs to another user.")


def condition(*, degraded: bool) -> HealthCondition:
    return HealthCondition("mailbox", "It is there.", degraded, None, "")


@pytest.mark.parametrize(
    ("degraded", "old", "exit_status"), [(False, False, 0), (True, False, 1), (False, True, 1)]
)
def test_a_monitor_of_another_user_reads_how_many_things_are_degraded(
    foreign: Board,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    degraded: bool,
    old: bool,
    exit_status: int,
) -> None:
    at = datetime.now(UTC) - timedelta(days=1 if old else 0)
    write_health_counts(tmp_path, [condition(degraded=degraded)], at)
    monkeypatch.setattr(status_health, "RUNTIME_FOLDER", tmp_path)
    assert (tmp_path / "health.json").stat().st_mode & 0o777 == 0o644
    ended = foreign.run("status", "--health")
    assert ended.status == exit_status
    assert f"{int(degraded)} condition" in ended.out
    assert ("does it run?" in ended.out) == old
    assert f"sudo -u {ME}" in ended.out
    told = foreign.run("status", "--health", "--json").json
    assert (told["degraded"], told["counts"]["degraded"]) == (bool(exit_status), int(degraded))


def test_without_a_unit_a_monitor_of_another_user_reads_what_lies_beside_the_register(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loaded.once()
    assert (loaded.folder / "health.json").stat().st_mode & 0o777 == 0o644
    uid = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: uid + 1)
    monkeypatch.setattr(status_health, "RUNTIME_FOLDER", tmp_path / "none")
    ended = loaded.run("status", "--health")
    assert "of the service degraded, as it wrote itself" in " ".join(ended.out.split())
    assert "belongs to another user" not in ended.err
    monkeypatch.setattr(status_health, "load_settings", not_readable)
    assert loaded.run("status", "--health").out == ended.out, "the settings may be closed to them"


def not_readable(path: Path) -> None:
    raise InvalidUserFile(str(path), [])
