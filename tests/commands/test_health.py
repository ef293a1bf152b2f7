"""`status --health`: what a monitor is told of a real board, whether its service runs or not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.database import sqlite3
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board, Ended
from tests.commands.test_run import Listener, service
from tests.commands.test_ways import by_smtp

ROOT = Path(__file__).parents[2]
GP = build.make_chronology(build.STORIES["GP"])
CASE_DUE = "2010-03-03T09:00"
CLOSED = "Letters cannot leave: the mail server cannot be reached."


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    listening = Listener(tmp_path / "notify")
    with listening.socket:
        yield listening


def health(board: Board, at: str = "2010-03-03T10:00") -> Ended:
    return board.run("status", "--health", at=at)


def degraded(board: Board, at: str = "2010-03-03T10:00") -> list[str]:
    """What is degraded, by what it is about; the exit status agrees."""
    ended = board.run("status", "--health", "--json", at=at)
    found = [each["about"] for each in ended.json["conditions"] if each["degraded"]]
    assert ended.status == (1 if found else 0)
    assert ended.json["degraded"] == bool(found)
    return found


def state_of(folder: Path) -> dict[str, tuple[int, float]]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(p): (p.stat().st_size, p.stat().st_mtime) for p in paths}


def test_a_board_at_work_is_well_also_with_work_that_waits_for_a_person(loaded: Board) -> None:
    loaded.drop("NHS", GP)
    loaded.once(at="2010-03-03T10:00")
    assert loaded.run("status", at="2010-03-03T10:00").status == 1, "something is held"
    assert degraded(loaded) == []
    assert all(line.startswith("well") for line in health(loaded).out.splitlines())


def test_looking_changes_nothing_and_makes_no_register(board: Board, tmp_path: Path) -> None:
    kept = (board.folder / "register.db").rename(tmp_path / "kept.db")
    before = state_of(board.folder)
    assert degraded(board) == ["register"]
    assert state_of(board.folder) == before
    kept.rename(board.folder / "register.db")
    board.load()
    board.once(at="2010-03-03T10:00")
    before = state_of(board.folder)
    assert degraded(board) == []
    assert state_of(board.folder) == before


def test_a_service_that_makes_no_rounds_is_degraded(loaded: Board) -> None:
    assert degraded(loaded) == ["service"], "it never made one"
    loaded.once(at="2010-03-03T10:00")
    assert degraded(loaded, at="2010-03-03T10:15") == []
    assert degraded(loaded, at="2010-03-03T10:30") == ["service"]


def test_what_keeps_it_from_starting_is_a_condition_each_and_settings_are_exit_status_2(
    loaded: Board,
) -> None:
    loaded.once(at="2010-03-03T10:00")
    (loaded.folder / "keys" / "marks.key").chmod(0o644)
    assert degraded(loaded) == ["keys"]
    (loaded.folder / "keys" / "marks.key").chmod(0o600)
    register = loaded.folder / "register.db"
    whole = register.read_bytes()
    register.write_bytes(b"no register at all" * 100)
    assert degraded(loaded) == ["register"]
    register.write_bytes(whole)
    assert degraded(loaded) == []
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("[board]", "[bored]"))
    assert health(loaded).status == 2


def test_a_register_that_another_program_keeps_locked_is_degraded_and_not_waited_for(
    loaded: Board,
) -> None:
    loaded.once(at="2010-03-03T10:00")
    locked = sqlite3.connect(loaded.folder / "register.db", isolation_level=None)
    locked.execute("PRAGMA locking_mode=EXCLUSIVE")
    locked.execute("BEGIN EXCLUSIVE")
    locked.execute("CREATE TABLE kept (x)")
    try:
        assert "Another program keeps the register locked." in health(loaded).out
    finally:
        locked.close()


def test_letters_that_cannot_leave_are_told_wherever_somebody_looks(loaded: Board) -> None:
    """From the first round that meets it to the digest after it is over."""
    settings = loaded.folder / "scr-intake.toml"
    by_files = settings.read_text()
    by_smtp(loaded, 'host = "localhost"', "port = 1")
    assert CLOSED in loaded.once(at=CASE_DUE).err
    loaded.drop("GP", GP)
    loaded.once(at="2010-03-03T10:00")
    told = health(loaded, at="2010-03-03T10:01")
    assert told.status == 1
    since = ", since 9:00am on Wednesday 3 March 2010"
    assert told.out.startswith(f"DEGRADED  letters, outbox{since}: {CLOSED} 2 letters wait;")
    assert "cannot be reached" in loaded.run("status", at="2010-03-03T10:01").out
    assert "Waiting: 2." in loaded.run("outbox", at="2010-03-03T10:01").out
    for words in (("status", "--health"), ("outbox",)):
        late = loaded.run(*words, at="2010-03-03T23:00").out
        assert "tried again with the next letter that is to leave" in late
    settings.write_text(by_files)
    loaded.once(at="2010-03-03T14:00")
    assert degraded(loaded, at="2010-03-03T14:01") == []
    loaded.once(at="2010-03-04T09:00")
    digest = " ".join(letter_plain_text(loaded.sent("administrator@board.example")[-1]).split())
    assert (
        "Letters could not leave from 9:00am on Wednesday 3 March 2010 to 2:00pm on Wednesday 3"
        " March 2010 (the mail server cannot be reached); 2 letters waited; all have left."
    ) in digest


def test_a_mailbox_that_is_away_is_degraded_until_it_is_there_again(loaded: Board) -> None:
    shutil.move(loaded.folder / "mail", loaded.folder / "elsewhere")
    loaded.once(at="2010-03-03T10:00")
    assert degraded(loaded) == ["source mail-1"]
    shutil.move(loaded.folder / "elsewhere", loaded.folder / "mail")
    loaded.once(at="2010-03-03T10:00")
    assert degraded(loaded) == []


def test_systemd_is_shown_what_is_degraded_in_words(loaded: Board, listener: Listener) -> None:
    by_smtp(loaded, 'host = "localhost"', "port = 1")
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("scan_seconds = 30", "scan_seconds = 1"))
    loaded.drop("GP", GP)
    with service(loaded, listener, at="2010-03-03T08:30") as process:
        while not (heard := listener.anything()).startswith("STATUS="):
            pass
        assert heard.startswith("STATUS=Degraded. letters, outbox, since 8:30am on ")
        assert f": {CLOSED} " in heard
        assert degraded(loaded, at="2010-03-03T08:31") == ["letters, outbox"], "also while it runs"
        assert [listener.heard() for _ in range(24)] == ["WATCHDOG=1"] * 24  # and the next round
        process.terminate()
        out, err = process.communicate(timeout=30)
    assert out.count(CLOSED) == 1, "and the log says so once"
    assert err == ""


def test_it_can_be_asked_as_a_process_of_its_own(loaded: Board) -> None:
    """As a monitor does: nothing is written to standard error, and the exit status counts."""
    config = loaded.folder / "scr-intake.toml"
    asked = subprocess.run(
        [sys.executable, "-m", "intake", "status", "--health", "--config", str(config)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (asked.returncode, asked.stderr) == (1, "")
    assert asked.stdout.startswith("DEGRADED  clock")


def test_a_register_that_was_restored_is_told_until_a_person_ends_it(
    loaded: Board, tmp_path: Path
) -> None:
    loaded.once(at="2010-03-03T10:00")
    loaded.run("backup", tmp_path / "copy", at="2010-03-03T10:00")
    loaded.run("restore", tmp_path / "copy", tmp_path / "back", at="2010-03-03T10:00")
    shutil.copy(tmp_path / "back" / "register.db", loaded.folder / "register.db")
    shutil.copy(tmp_path / "back" / "vault" / "head", loaded.folder / "vault" / "head")
    assert degraded(loaded) == ["letters"]
    told = " ".join(health(loaded).out.split())
    assert "No letter leaves: the register was restored at 10:00am" in told
    assert "scr-intake recover" in told
    assert "well letters" not in told
    assert loaded.run("recover", at="2010-03-03T10:00").status == 0
    assert degraded(loaded) == [], "that nobody is chased waits for a person"
    assert "recover --resume-chasing" in health(loaded).out
    loaded.run("recover", "--resume-chasing", at="2010-03-03T10:00")
    assert "resume-chasing" not in health(loaded).out


def test_an_older_register_tells_nothing_but_that(loaded: Board, tmp_path: Path) -> None:
    shutil.copy(loaded.folder / "register.db", tmp_path / "yesterday.db")
    loaded.once(at="2010-03-03T10:00")
    shutil.copy(tmp_path / "yesterday.db", loaded.folder / "register.db")
    assert degraded(loaded) == ["register"]
    told = health(loaded).out
    assert "This register is older than the last one that was written" in told
    assert "systemctl start" not in told
    assert len([line for line in told.splitlines() if line.startswith(("well", "DEGR"))]) == 1
    (loaded.folder / "vault" / "head").unlink()
    assert "The vault does not hold the mark of the last entry" in health(loaded).out
    shutil.move(loaded.folder / "vault", loaded.folder / "elsewhere")
    assert "The vault is not there" in health(loaded).out


def test_nobody_is_told_to_start_what_cannot_start(loaded: Board) -> None:
    (loaded.folder / "keys" / "marks.key").chmod(0o644)
    assert degraded(loaded) == ["keys", "service"]
    told = health(loaded).out
    assert "systemctl start" not in told
    assert "It cannot start before this is mended: keys." in told
