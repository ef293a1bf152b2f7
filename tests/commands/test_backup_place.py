"""The place that a backup is made in: full, spoiled, gone in the midst of it, or since the last
night. It is told in a sentence, and what was there before stands (failure mode 108)."""

from __future__ import annotations

import errno
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3  # the build it picked

import commands.backup as command
import intake.backup
import intake.earlier_registers
from intake.database import RegisterDatabase
from tests import builders as build
from tests.board import Board, Ended

GP = build.make_chronology(build.STORIES["GP"])
NIGHT = ("2010-04-06T23:00", "2010-04-07T23:00", "2010-04-08T23:00")


@pytest.fixture
def used(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(chronology_taken)


def chronology_taken(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()


def told(ended: Ended) -> str:
    return " ".join(f"{ended.out} {ended.err}".split())


NO_ROOM = OSError(errno.ENOSPC, "No space left on device")
TROUBLES = (NO_ROOM, OSError(errno.EIO, "disk"), sqlite3.OperationalError("disk I/O error"))


# Each step that touches the place, as (where it is looked up, its name).
STEPS: tuple[tuple[object, str], ...] = (
    (intake.backup, "_private"),
    (RegisterDatabase, "backup_to_file"),
    (intake.backup, "_copy"),
    (intake.backup, "_copy_document_keys"),
    (intake.backup, "keep_register"),
    (intake.backup, "put_register"),
    (command, "is_still_there"),
    (command, "_write_head"),
    (command, "put_back"),
    (command, "find_restored_faults"),
    (command, "originals_to_put_back"),
    (command.LastBackup, "of_folder"),
    (command, "forget_earlier_registers"),
    (command, "spoiled_told"),
)


def raising(why: Exception) -> Callable[..., object]:
    def raises(*_: object, **__: object) -> object:
        raise why

    return raises


def test_whatever_step_the_place_stands_in_the_way_of_it_is_told(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = used.folder.parent / "copy"
    assert used.run("backup", copy, at=NIGHT[0]).status == 0
    for n, (where, name) in enumerate(STEPS):
        with monkeypatch.context() as patched:
            patched.setattr(where, name, raising(TROUBLES[n % 3]))
            ended = used.run("backup", copy, "--keep", 9, at=NIGHT[1])
        assert ended.status == 1, name
        assert "not written for" not in told(ended), name
        assert "It stopped while " in told(ended), name
        left = [path.name for path in copy.iterdir() if path.name.startswith(".register")]
        assert left == [], name
    assert used.run("restore", copy, used.folder.parent / "back").status == 0


def test_a_night_that_came_to_nothing_is_told_until_a_backup_is_made(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = used.folder.parent / "copy"
    assert used.run("backup", copy, at=NIGHT[0]).status == 0
    with monkeypatch.context() as patched:
        patched.setattr(intake.backup, "put_register", raising(NO_ROOM))
        assert used.run("backup", copy, at=NIGHT[1]).status == 1
    health = told(used.run("status", "--health", at=NIGHT[1]))
    assert (
        "DEGRADED backup, since 11:00pm on Wednesday 7 April 2010: The last was made at 11:00pm on"
        " Tuesday 6 April 2010, and the one begun at 11:00pm on Wednesday 7 April 2010 came to"
        " none." in health
    )
    assert f"scr-intake backup {copy}" in health
    assert "came to none" in told(used.run("doctor", at=NIGHT[1]))
    assert used.run("backup", copy, at=NIGHT[2]).status == 0
    assert "well backup" in told(used.run("status", "--health", at=NIGHT[2]))


def test_a_backup_whose_folder_goes_in_the_midst_of_it_says_nothing_of_what_stands(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = used.folder.parent / "copy"
    assert used.run("backup", copy, at=NIGHT[0]).status == 0
    copied = intake.backup._copy_document_keys

    def goes(vault: Path, into: Path) -> None:
        shutil.rmtree(copy)
        copied(vault, into)

    monkeypatch.setattr(intake.backup, "_copy_document_keys", goes)
    ended = used.run("backup", copy, at=NIGHT[1])
    assert ended.status == 1
    assert "The backup could not be made. It stopped while copying the keys" in told(ended)
    assert "stands" not in told(ended)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB. Skips where there can be none."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a file system in memory cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_disk_that_is_full_is_told_and_the_backup_before_stands(
    used: Board, disk: Path, tmp_path: Path
) -> None:
    assert used.run("backup", disk / "bk", at=NIGHT[0]).status == 0
    with (disk / "ballast").open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096) == 4096:
                pass
        except OSError:
            pass
    ended = used.run("backup", disk / "bk", at=NIGHT[1])
    assert ended.status == 1
    assert "The backup could not be made. It stopped while" in told(ended)
    assert "What was there before stands." in told(ended)
    assert f"The disk of {disk / 'bk'} is full: what is not in the backup yet takes about" in told(
        ended
    )
    assert re.search(r"takes about \d+ [KMG]B, and \d+ (bytes|KB) are free", told(ended))
    assert "put a folder on another disk in place of DIR: scr-intake backup DIR" in told(ended)
    assert not list((disk / "bk").glob(".*"))
    assert used.run("restore", disk / "bk", tmp_path / "back").status == 0


def test_a_disk_that_is_not_mounted_is_missed_and_nothing_is_written(
    used: Board, disk: Path
) -> None:
    assert used.run("backup", disk / "bk", "--keep", 3, at=NIGHT[0]).status == 0
    subprocess.run(["umount", str(disk)], check=True)
    ended = used.run("backup", disk / "bk", "--keep", 3, at=NIGHT[1])
    assert ended.status == 1
    assert (
        f"There was a backup of Tuesday 6 April 2010 in this folder, {disk / 'bk'}, and now none"
        " is there: is a disk not mounted? Nothing was written." in told(ended)
    )
    assert not list(disk.iterdir())
    assert "DEGRADED backup" in told(used.run("status", "--health", at=NIGHT[1]))
    (line,) = (x for x in ended.err.splitlines() if x.startswith("scr-intake backup"))
    assert used.run(*shlex.split(line)[1:], at=NIGHT[1]).status == 0
    assert used.run("backup", disk / "bk", "--keep", 3, at=NIGHT[2]).status == 0


def test_an_older_backup_that_lies_in_the_place_of_the_last_is_not_taken_for_it(
    used: Board, tmp_path: Path
) -> None:
    """What an earlier night wrote under the mount point."""
    copy = used.folder.parent / "copy"
    assert used.run("backup", copy, at=NIGHT[0]).status == 0
    shutil.copytree(copy, tmp_path / "under")

    os.utime(tmp_path / "under" / "register.db", (1, 1))
    assert used.run("backup", copy, "--keep", 1, at=NIGHT[1]).status == 0
    shutil.rmtree(copy)
    (tmp_path / "under").rename(copy)
    ended = used.run("backup", copy, at=NIGHT[2])
    assert ended.status == 1
    assert "and now an older one lies there" in told(ended)


def test_a_backup_that_was_moved_to_a_larger_disk_is_the_same(used: Board, tmp_path: Path) -> None:
    """Its files have other times then."""
    copy = used.folder.parent / "copy"
    assert used.run("backup", copy, at=NIGHT[0]).status == 0
    shutil.copytree(copy, tmp_path / "moved", copy_function=shutil.copyfile)
    shutil.rmtree(copy)
    (tmp_path / "moved").rename(copy)
    assert used.run("backup", copy, at=NIGHT[1]).status == 0


def test_an_earlier_register_that_is_gone_is_told(used: Board) -> None:

    copy = used.folder.parent / "copy"
    for n, night in enumerate(NIGHT, 1):
        (copy / "register.db").exists() and os.utime(copy / "register.db", (n, n * 86400))
        assert used.run("backup", copy, at=night).status == 0
    gone, _ = sorted(copy.glob("earlier/*/register.db"))
    gone.unlink()
    listed = used.run("restore", copy, used.folder.parent / "back", "--earlier", "none").err
    assert f"{gone.parent.name}, which is gone from it" in listed
    os.utime(copy / "register.db", (9, 9 * 86400))
    ended = used.run("backup", copy, at=NIGHT[2])
    assert ended.status == 1
    assert "It keeps 2 earlier registers." in ended.out
    assert f"1 earlier register is gone from the backup: of {gone.parent.name} only" in told(ended)
    (line,) = (x for x in ended.err.splitlines() if x.startswith("  rm "))
    subprocess.run(shlex.split(line), check=True)
    assert used.run("backup", copy, at=NIGHT[2]).status == 0
