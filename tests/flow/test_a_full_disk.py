"""A disk that is really full: a small file system in memory, filled to its last byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import CASE, Board

ROOT = Path(__file__).parents[2]
GOOD = build.make_chronology(build.STORIES["GP"])
FULL = "The disk is full. Nothing is lost: what has come stays where it is until there is room."
SHUT = "A place that the service keeps things in cannot be written. Nothing is lost"
PATIENCE = 60.0
# The service, which looks for room more often than once in ten seconds.
IMPATIENT = """
import commands.run
from intake.__main__ import main
commands.run.ROOM_SECONDS = 0.5
main()
"""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB. Fails where CI is set and there can be none, else skips."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)], capture_output=True
    )
    if mounted.returncode:
        told = "a file system in memory cannot be mounted here, so a full disk goes untested"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Leave no byte free."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            while True:
                try:
                    if file.write(b"x" * size) < size:
                        break
                except OSError:
                    break
    return ballast


@pytest.fixture
def on_a_disk(disk: Path) -> Board:
    board = Board(disk / "board")
    board.load(CASE)
    board.drop("GP", GOOD)
    return board


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_start_on_a_full_disk_is_called_that_and_not_damage(on_a_disk: Board, disk: Path) -> None:
    """Failure mode 115: SQLite says that it cannot read or write, for its `-shm` cannot be made."""
    fill(disk)
    ended = on_a_disk.once()
    assert ended.status == 1
    assert FULL in ended.err
    assert "damaged" not in ended.err
    assert "not mounted" not in ended.err


def test_once_there_is_room_everything_goes_on(on_a_disk: Board, disk: Path) -> None:
    ballast = fill(disk)
    for _ in range(4):
        assert FULL in on_a_disk.once().err
    ballast.unlink()
    on_a_disk.once()
    assert on_a_disk.status()["deliveries"]["set aside"] == 0
    assert on_a_disk.returns("GP")["chronology"]["state"] == "accepted"


ROUNDS = ["2010-04-01T10:00", "2010-04-01T10:20", "2010-04-01T10:40", "2010-04-01T11:00"]


def test_rounds_of_their_own_tell_a_full_disk_once_and_once_that_it_is_over(
    on_a_disk: Board, disk: Path
) -> None:
    """Failure mode 115: neither round remembers the other, and the register can be written by
    none; the alerts are on another disk."""
    told = disk.parent / "alerts.log"
    settings = on_a_disk.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + f'\n[alerts]\nfile = "{told}"\n')
    on_a_disk.run("once", at="2010-04-01T09:00")
    ballast = fill(disk)
    for at in ROUNDS[:2]:
        assert on_a_disk.run("once", at=at).status == 1
    assert told.read_text().count("action needed - the disk is full") == 1
    ballast.unlink()
    for at in ROUNDS[2:]:
        on_a_disk.run("once", at=at)
    assert told.read_text().count("action needed - the disk is full") == 1
    assert told.read_text().count("the disk has room again") == 1
    assert "That was so from 10:00am" in " ".join(told.read_text().split())
    digest = on_a_disk.run("digest", "--preview", "--all", at="2010-04-01T11:05").out
    assert (
        "What came from 10:00am on Thursday 1 April 2010 to 10:40am on Thursday 1 April 2010 stayed"
        " where it was until then, as the disk was full." in " ".join(digest.split())
    )


def read_only(disk: Path) -> Callable[[], None]:
    """Nothing on it can be written; returns what has it written again."""

    def mounted(how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)

    mounted("ro")
    return lambda: mounted("rw")


def full(disk: Path) -> Callable[[], None]:
    return fill(disk).unlink


@pytest.mark.parametrize(
    ("hinder", "said", "alert"),
    [
        (full, FULL, "action needed - the disk is full"),
        (read_only, SHUT, "action needed - something cannot be kept"),
    ],
    ids=["full", "read-only"],
)
def test_the_service_waits_for_room_and_then_begins(
    on_a_disk: Board,
    disk: Path,
    hinder: Callable[[Path], Callable[[], None]],
    said: str,
    alert: str,
) -> None:
    """Failure mode 115: it does not end, to be kept down by systemd's start limit."""
    page, paged = disk.parent / "page", disk.parent / "paged"
    page.write_text(f"#!/bin/sh\ncat >> {paged}\n")
    page.chmod(0o755)
    settings = on_a_disk.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + f'\n[alerts]\ncommand = ["{page}"]\n')
    mend = hinder(disk)
    words = ["run", "--config", on_a_disk.folder / "scr-intake.toml", "--at", "2010-04-01T10:00"]
    with subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as service:
        try:
            assert service.stderr is not None
            assert said in service.stderr.readline()
            until(lambda: paged.exists() and alert in paged.read_text())
            mend()
            until(lambda: on_a_disk.returns("GP")["chronology"]["state"] == "accepted")
            until(lambda: paged.read_text().count("scr-intake: ") == 2)
            service.send_signal(signal.SIGTERM)
            service.communicate(timeout=PATIENCE)
        finally:
            service.kill()
    assert service.returncode == 0
    subjects = [line for line in paged.read_text().splitlines() if "scr-intake: " in line]
    assert len(subjects) == 2, "the operator heard by another way than mail: once, and of the end"
