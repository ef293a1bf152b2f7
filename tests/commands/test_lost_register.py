"""A lost register is not a new board: every command that needs one says so, and makes none
(failure modes 101 and 103)."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import Board, scr_intake

GP = build.make_chronology(build.STORIES["GP"])
NEEDY = (
    ("once",),
    ("status",),
    ("due",),
    ("letters",),
    ("digest", "--preview", "--all"),
    ("audit", "verify"),
    ("case", "list"),
    ("backup", "copy"),
    ("keys", "rotate"),
)


@pytest.fixture
def used(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(chronology_taken)


def chronology_taken(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()


@pytest.fixture
def register(used: Board) -> Path:
    """The register's file, with the log that SQLite keeps beside it taken in."""
    return used.folder / "register.db"


def lose(register: Path) -> None:
    for path in register.parent.glob("register.db*"):
        path.unlink()


@pytest.mark.parametrize("words", NEEDY, ids=" ".join)
def test_without_its_register_nothing_is_done_and_none_is_made(
    used: Board, register: Path, words: tuple[str, ...]
) -> None:
    lose(register)
    ended = used.run(*words)
    assert ended.status == 1
    assert ended.err.startswith("There is no register where there should be one, and none is made")
    assert "the record had" in ended.err, "it says what was there"
    assert not register.exists()


def test_nothing_is_taken_from_a_source_without_a_register(used: Board, register: Path) -> None:
    lose(register)
    dropped = used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once()
    assert dropped.exists()


def test_an_empty_register_is_a_lost_one(used: Board, register: Path) -> None:
    lose(register)
    register.touch()
    ended = used.once()
    assert ended.status == 1
    assert "register.db is empty" in ended.err


def test_yesterday_s_register_put_back_is_noticed(
    used: Board, register: Path, tmp_path: Path
) -> None:
    shutil.copy(register, tmp_path / "yesterday.db")
    used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once()
    shutil.copy(tmp_path / "yesterday.db", register)
    for words in (("once",), ("audit", "verify"), ("status",)):
        ended = used.run(*words)
        assert ended.status == 1
        assert ended.err.startswith("This register is older than the last one that was written")
    assert "An older register lies in its place" in used.run("doctor").out


def test_a_head_that_was_taken_away_is_not_taken_for_a_new_board(used: Board) -> None:
    (used.folder / "vault" / "head").unlink()
    assert used.once().err.startswith("The vault does not hold the mark of the last entry")


@pytest.mark.parametrize("taken_away", [True, False])
def test_a_person_may_say_that_an_older_register_counts(
    used: Board, register: Path, tmp_path: Path, taken_away: bool
) -> None:
    if taken_away:
        (used.folder / "vault" / "head").unlink()
    else:
        shutil.copy(register, tmp_path / "yesterday.db")
        used.drop("POL", build.make_chronology(build.STORIES["POL"]))
        used.once()
        shutil.copy(tmp_path / "yesterday.db", register)
    words = ("audit", "accept", "--reason", "The disk of N12 was lost", "--yes")
    assert used.run(*words).status == 0
    assert used.once().err.startswith("No letter leaves:"), "it works, and says what is held"
    assert used.run("audit", "verify").status == 0
    with closing(sqlite3.connect(register)) as raw:
        (told,) = raw.execute("SELECT detail FROM record WHERE what = 'register accepted'")
    assert "disk" not in told[0], "a reason is people's words, and sealed"
    again = used.run(*words)
    assert again.err.startswith("This register is the latest that was written.")


def test_a_head_that_lags_is_no_fault(used: Board) -> None:
    """A kill may come between the commit and the head."""
    head = used.folder / "vault" / "head"
    before = head.read_bytes()
    used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once()
    head.write_bytes(before)
    assert used.once().status == 0
    assert used.run("audit", "verify").status == 0


def test_one_spoiled_place_of_the_head_leaves_the_other(used: Board) -> None:
    head = used.folder / "vault" / "head"
    whole = head.read_bytes()
    for start in (0, 4096):
        head.write_bytes(whole[:start] + b"?" * 100 + whole[start + 100 :])
        assert used.run("status").status == 0, "the other place still has the entry before"


@pytest.mark.parametrize("kept", ["keys", "vault"])
def test_init_refuses_a_folder_where_a_board_was_begun(used: Board, kept: str) -> None:
    (used.folder / "scr-intake.toml").unlink()
    shutil.rmtree(used.folder / ("vault" if kept == "keys" else "keys"))
    lose(used.folder / "register.db")
    ended = scr_intake("init", used.folder)
    assert ended.status == 1
    assert ended.err.startswith("Keys or originals of a board lie there already")
    assert not (used.folder / "register.db").exists()


def test_what_needs_no_register_does_its_work_without_one(
    used: Board, register: Path, tmp_path: Path
) -> None:
    assert used.run("backup", tmp_path / "copy").status == 0
    lose(register)
    paper = tmp_path / "chronology.docx"
    paper.write_bytes(GP)
    assert used.run("check", paper, "--kind", "chronology").status == 0
    assert "There is no register where" in used.run("doctor").out
    assert used.run("restore", tmp_path / "copy", tmp_path / "restored").status == 0


def test_what_was_restored_is_taken_for_the_latest(
    used: Board, register: Path, tmp_path: Path
) -> None:
    used.run("backup", tmp_path / "copy")
    used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once()
    lose(register)
    shutil.rmtree(used.folder / "vault")
    assert used.run("restore", tmp_path / "copy", tmp_path / "restored").status == 0
    shutil.move(tmp_path / "restored" / "register.db", register)
    shutil.move(tmp_path / "restored" / "vault", used.folder / "vault")
    assert used.once().err.startswith("No letter leaves:"), "it works, and says what is held"
    assert used.run("audit", "verify").status == 0


def test_a_lost_register_is_told_with_the_line_that_brings_it_back(
    used: Board, register: Path, tmp_path: Path
) -> None:
    used.run("backup", tmp_path / "a copy")
    lose(register)
    for words in (("once",), ("status", "--health"), ("doctor",)):
        ended = used.run(*words)
        lines = [line.strip() for line in (ended.out + ended.err).splitlines()]
        (line,) = (each for each in lines if each.startswith("scr-intake restore"))
        asked = ["--config", str(used.folder / "scr-intake.toml")]
        folders = [str(tmp_path / "a copy"), str(used.folder / "restored")]
        assert shlex.split(line)[2:] == [*folders, *asked]
    refused = scr_intake("init", used.folder)
    assert refused.status != 0
    assert used.run(*shlex.split(line)[1:]).status == 0


def test_where_no_backup_is_known_it_is_said_what_to_put_into_the_line(
    used: Board, register: Path
) -> None:
    lose(register)
    told = used.once().err
    assert "put its folder in place of DIR and an empty one in that of TARGET:" in told
    settings = used.folder / "scr-intake.toml"
    assert told.endswith(f"\nscr-intake restore DIR TARGET --config {settings}\n")


def test_an_older_register_gets_one_next_step_and_no_backup(
    used: Board, register: Path, tmp_path: Path
) -> None:
    shutil.copy(register, tmp_path / "yesterday.db")
    used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once()
    shutil.copy(tmp_path / "yesterday.db", register)
    told = used.run("doctor", "--json").json
    fixes = {one["fix"] for one in told if one["state"] == "wrong"}
    assert all("scr-intake recover" in fix for fix in fixes)
    assert not any("scr-intake restore" in fix for fix in fixes)


def test_init_where_only_the_register_is_lost_says_that(used: Board, register: Path) -> None:
    ended = scr_intake("init", used.folder)
    assert "is already there. Nothing was changed." in ended.err
    lose(register)
    ended = scr_intake("init", used.folder)
    assert ended.status == 1
    assert ended.err.startswith("Keys or originals of a board lie there already")
    assert not register.exists()


def test_a_register_that_a_person_takes_for_the_latest_holds_letters_and_chasing_until_recover(
    used: Board, register: Path, tmp_path: Path
) -> None:
    shutil.copy(register, tmp_path / "yesterday.db")
    used.once(at="2010-04-12T09:00")
    chased = len(used.sent())
    dropped = used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once(at="2010-04-12T10:00")
    assert not dropped.exists()
    shutil.copy(tmp_path / "yesterday.db", register)
    words = ("audit", "accept", "--reason", "The disk of N12 was lost")
    asked = " ".join(used.run(*words, at="2010-04-12T11:00").out.split())
    for said in ("would go again", "lies in done/ and is not taken", "scr-intake recover --vault"):
        assert said in asked, "before it asks"
    assert used.run(*words, "--yes", at="2010-04-12T11:00").status == 0
    before = len(used.sent())
    assert before > chased
    used.once(at="2010-04-12T11:10")
    assert len(used.sent()) == before, "no letter leaves"
    assert used.run("recover", at="2010-04-12T11:20").status == 0
    used.once(at="2010-04-12T11:30")
    assert len(used.sent()) == before, "nobody hears twice"
    assert used.returns("POL", at="2010-04-12T11:30")["chronology"]["state"] != "awaited"
    assert "resume-chasing" in used.run("doctor", at="2010-04-12T11:30").out
