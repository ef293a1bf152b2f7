"""After a recovery nobody is told twice: agencies find one receipt, and what people decided again
is not asked for once more; what comes later goes on from there (failure mode 103)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import builders as build
from tests.board import Board, Ended

GP, POL = (build.make_chronology(build.STORIES[code]) for code in ("GP", "POL"))
WHY = ("--reason", "The author rang", "--yes")
BACKUP, LOST, AFTER = "2010-04-06T23:00", "2010-04-07T17:00", "2010-04-08T{}"


def extend(board: Board, until: str, at: str) -> Ended:
    words = ("extend", "N12", "POL", "imr", "--until", until, "--agreed-by", "The Chair")
    ended = board.run(*words, *WHY, at=at)
    assert ended.status == 0, ended.err
    return ended


def told(ended: Ended) -> str:
    return " ".join(f"{ended.out} {ended.err}".split())


def played(loaded: Board) -> None:
    """A day is lost: a file, two decisions, letters and a digest."""
    loaded.once("2010-04-06T10:00")
    assert loaded.run("backup", loaded.folder / "copy", at=BACKUP).status == 0
    loaded.once("2010-04-07T09:30")
    loaded.drop("POL", POL)
    loaded.once("2010-04-07T11:00")
    extend(loaded, "2010-06-11", "2010-04-07T12:00")
    ended = loaded.run("waive", "N12", "GP", "qa_form", *WHY, at="2010-04-07T12:10")
    assert ended.status == 0, ended.err
    loaded.once("2010-04-07T16:00")
    for path in loaded.folder.glob("register.db*"):
        path.unlink()


@pytest.fixture(scope="module")
def lost_once(loaded_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    board = Board.copied(loaded_once, tmp_path_factory.mktemp("lost") / "board")
    played(board)
    return board.folder


@pytest.fixture
def restored(lost_once: Path, tmp_path: Path) -> Board:
    """Its register restored, and the settings as they are printed."""
    board = Board.copied(lost_once, tmp_path / "board")
    ended = board.run("restore", board.folder / "copy", board.folder / "new", at=LOST)
    assert ended.status == 0, ended.err
    settings = board.folder / "scr-intake.toml"
    text = settings.read_text()
    for name in ("register", "vault"):
        text = re.sub(f"^{name} .*", f'{name} = "new/{name}"', text, flags=re.M)
    settings.write_text(text.replace('"new/register"', '"new/register.db"'))
    return board


def recover(board: Board, *words: object, at: str = LOST) -> Ended:
    ended = board.run("recover", *words, at=at)
    assert ended.status == 0, ended.err
    return ended


def test_an_agency_finds_one_receipt_for_one_file(restored: Board) -> None:
    """Its number is another's by then: something came before `recover` was run."""
    returned = restored.folder / "drop" / "POL" / "returned"
    before = {path.name: path.read_bytes() for path in returned.iterdir()}
    restored.drop("GP", GP)
    restored.once("2010-04-07T17:10")
    recover(restored, "--vault", restored.folder / "vault")
    restored.once("2010-04-07T18:00")
    assert {path.name: path.read_bytes() for path in returned.iterdir()} == before
    assert [p.name for p in (restored.folder / "drop" / "GP" / "returned").iterdir()] == [
        "chronology.docx.receipt.txt"
    ]
    restored.drop("POL", build.with_cell(POL, 14, "Date", "31/06/2007"))
    restored.once("2010-04-08T10:00")
    assert len(list(returned.iterdir())) > len(before), "what comes later has one of its own"


def test_what_was_decided_again_is_not_listed_once_more(restored: Board) -> None:
    vault = ("--vault", restored.folder / "vault")
    first = told(recover(restored, *vault))
    assert "has to be done again" in first
    assert "extend, N12, POL" in first
    assert "waive, N12, GP" in first
    extend(restored, "2010-06-18", AFTER.format("09:00"))
    again = told(recover(restored, *vault, at=AFTER.format("09:10")))
    assert "extend, N12, POL" not in again
    assert "waive, N12, GP" in again
    resumed = told(recover(restored, "--resume-chasing", at=AFTER.format("09:20")))
    assert "is not done again yet" in resumed
    assert "waive, N12, GP" in resumed
    assert "extend, N12, POL" not in resumed
    assert "leave again from the next round on" in resumed


def test_once_all_is_decided_again_that_is_said(restored: Board) -> None:
    vault = ("--vault", restored.folder / "vault")
    recover(restored, *vault)
    extend(restored, "2010-06-11", AFTER.format("09:00"))
    restored.run("waive", "N12", "GP", "qa_form", *WHY, at=AFTER.format("09:05"))
    again = told(recover(restored, *vault, at=AFTER.format("09:10")))
    assert "What people did after the backup is done again." in again
    resumed = told(recover(restored, "--resume-chasing", at=AFTER.format("09:20")))
    assert "not done again yet" not in resumed


def test_letters_go_on_above_the_numbers_that_left(restored: Board) -> None:
    sent = restored.folder / "sent"
    before = {path.name for path in sent.iterdir()}
    recover(restored, "--vault", restored.folder / "vault")
    restored.drop("GP", GP)
    restored.once("2010-04-08T10:00")
    new = {path.name for path in sent.iterdir()} - before
    assert new
    assert min(map(number, new)) > max(map(number, before))
    shown = restored.run("letters", "--json", at=AFTER.format("10:10")).json
    assert {one["id"] for one in shown} >= {*map(number, new)}


def number(name: str) -> int:
    return int(name.partition("-")[0])


def test_the_log_and_the_digest_say_what_was_taken_in_again(restored: Board) -> None:
    recover(restored, "--vault", restored.folder / "vault")
    log = told(restored.run("audit", "log", "N12", at=AFTER.format("08:00")))
    assert (
        "POL: chronology accepted (entry 1, delivery 1, which came at 11:00am on Wednesday 7 April"
        " 2010 and was taken in again after a restore)." in log
    )
    digest = told(restored.run("digest", "--preview", at=AFTER.format("08:00")))
    assert (
        "Since Wednesday 7 April, with what was taken in again after a restore and may have been"
        " told before: 1 document" in digest
    )
