"""A board is opened by its owner alone; whoever else tries is told the line (failure mode 109)."""

from __future__ import annotations

import os
import pwd
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands import status_health
from commands.board_owner import line_for_owner
from commands.health_file import write_health_counts
from config.user_file import InvalidUserFile
from outbox.health.health_conditions import HealthCondition
from tests.board import Board, scr_intake

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
    assert f"runuser -u {ME} -- scr-intake --config " in ended.err.replace("\n", " ")
    assert files(foreign) == before


def test_what_is_typed_is_quoted_as_a_shell_wants_it() -> None:
    assert line_for_owner(os.geteuid(), ["scr-intake", "backup", "copy dir"]) == (
        f"runuser -u {ME} -- scr-intake backup 'copy dir'"
    )


def test_an_owner_without_a_name_is_told_by_number() -> None:
    assert line_for_owner(4_000_123, ["scr-intake", "once"]) == (
        "setpriv --reuid=4000123 --clear-groups -- scr-intake once"
    )


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
    assert f"runuser -u {ME}" in ended.out
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
