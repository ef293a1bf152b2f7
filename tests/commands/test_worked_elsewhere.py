"""A register that was copied away, worked on there and put back is refused: what it names is not in
the vault here. One whose head a disk has lost is not (failure mode 101)."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from handlers.register.leading_rows import MOST_UNTOLD_COMMITS
from intake.chain_head import OutsideHead
from tests import builders as build
from tests.board import Board, Ended
from tests.commands.test_lost_register import NEEDY

GP, POL = (build.make_chronology(build.STORIES[code]) for code in ("GP", "POL"))
SAYS = "This register was worked on elsewhere. Nothing was changed."
COMMANDS = (
    *NEEDY,
    ("run",),
    ("recover",),
    ("recover", "--without-journal"),
    ("recover", "--resume-chasing"),
    ("status", "--health"),
    ("doctor",),
)
HELD = ("case", "hold", "N12")
HELD += ("--reason", "A trial", "--by", "Jo Bloggs", "--yes")


@pytest.fixture
def used(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(backed_up)


def backed_up(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()
    assert loaded.run("backup", loaded.folder / "copy").status == 0


@pytest.fixture
def elsewhere(used: Board, tmp_path: Path) -> Board:
    """A test machine with copied keys and settings, that works sources of its own."""
    board = Board.copied(used.folder, tmp_path / "elsewhere")
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace(str(used.folder), str(board.folder)))
    (board.folder / "drop" / ".scr-intake").write_bytes(b"")
    (board.folder / "mail" / "scr-intake-register").unlink()
    return board


def put_back(elsewhere: Board, used: Board) -> None:
    for path in used.folder.glob("register.db-*"):
        path.unlink()
    shutil.copy(elsewhere.folder / "register.db", used.folder / "register.db")


def told(ended: Ended) -> str:
    return " ".join(f"{ended.out} {ended.err}".split())


def a_return_came(board: Board) -> None:
    board.drop("POL", POL)
    assert board.once("2010-04-02T10:00").status == 0


def a_person_decided(board: Board) -> None:
    assert board.run(*HELD, at="2010-04-02T10:00").status == 0


def a_case_was_loaded(board: Board) -> None:
    text = (board.folder / "case.toml").read_text().replace("N12", "N13")
    assert board.load(text, at="2010-04-02T10:00").status == 0


def an_alert_left(board: Board) -> None:
    """Where it left, nobody who reads alerts here may have seen it."""
    (board.folder / "mail").rename(board.folder / "away")
    for hour in (10, 12):
        board.once(f"2010-04-02T{hour}:00")
    with closing(sqlite3.connect(board.folder / "register.db")) as raw:
        sql = "SELECT kind FROM letters WHERE sent > '2010-04-02'"
        assert raw.execute(sql).fetchall() == [("alert",)]


def much_was_written(board: Board) -> None:
    """Of which nothing is named that lies anywhere: sources that were away and came back."""
    for n in range(MOST_UNTOLD_COMMITS):
        (board.folder / "mail").rename(board.folder / "away")
        board.once(f"2010-04-02T1{n}:00")
        (board.folder / "away").rename(board.folder / "mail")
        board.once(f"2010-04-02T1{n}:30")


@pytest.mark.parametrize(
    ("worked", "lacks"),
    [
        (a_return_came, "the vault has not: 1 original. What the journal here does not tell of: 1"),
        (a_person_decided, "does not tell of: 1 act of a person"),
        (a_case_was_loaded, "the vault has not: the keys of 1 case"),
        (an_alert_left, "does not tell of: 1 letter that left"),
        (much_was_written, "goes on after entry"),
    ],
)
def test_what_was_done_elsewhere_is_refused_by_every_command_before_anything_is_written(
    used: Board, elsewhere: Board, worked: Callable[[Board], None], lacks: str
) -> None:
    worked(elsewhere)
    put_back(elsewhere, used)
    register, head = used.folder / "register.db", used.folder / "vault" / "head"
    before = register.read_bytes(), head.read_bytes()
    dropped = used.drop("POL", POL)
    for words in COMMANDS:
        ended = used.run(*words, at="2010-04-03T10:00")
        assert ended.status == 1, words
        assert SAYS in told(ended), words
        assert lacks in told(ended), words
        assert f"/copy {used.folder / 'restored'} --config" in told(ended), "the line to type"
    assert (register.read_bytes(), head.read_bytes()) == before
    assert dropped.exists(), "nothing is taken from a source"


def test_with_the_vault_it_was_worked_on_with_it_is_whole(used: Board, elsewhere: Board) -> None:
    a_return_came(elsewhere)
    put_back(elsewhere, used)
    shutil.rmtree(used.folder / "vault")
    shutil.copytree(elsewhere.folder / "vault", used.folder / "vault")
    assert used.once("2010-04-03T10:00").status == 0
    assert used.run("audit", "verify", "--originals", at="2010-04-03T10:00").status == 0


def test_the_register_that_was_here_put_back_is_taken_again(
    used: Board, elsewhere: Board, tmp_path: Path
) -> None:
    shutil.copy(used.folder / "register.db", tmp_path / "kept.db")
    a_return_came(elsewhere)
    put_back(elsewhere, used)
    assert used.once().status == 1
    shutil.copy(tmp_path / "kept.db", used.folder / "register.db")
    assert used.once("2010-04-03T10:00").status == 0


def test_a_person_may_let_it_count_and_recover_says_what_only_it_tells_of(
    used: Board, elsewhere: Board
) -> None:
    a_return_came(elsewhere)
    a_person_decided(elsewhere)
    put_back(elsewhere, used)
    at = "2010-04-03T10:00"
    accepted = used.run("audit", "accept", "--reason", "Nobody has the vault", "--yes", at=at)
    assert accepted.status == 0, accepted.err
    assert "What came where it was worked on does not open here" in told(accepted)
    assert used.once(at).err.startswith("No letter leaves:")
    ended = used.run("recover", at=at)
    assert ended.status == 0, ended.err
    assert (
        "Only this register tells of 1 letter that left, 1 act of a person and 1 delivery whose"
        " original is not here"
    ) in told(ended)
    assert "letter 3 (N12, POL: an acknowledgement), 10:00am on Friday 2 April 2010" in told(ended)
    assert "Decision 1, hold, by Jo Bloggs" in told(ended)
    again = used.run("recover", at=at)
    assert "1 letter that left" not in told(again), "the journal tells of it from now on"


def test_a_copy_of_the_register_that_parted_from_the_one_here_says_what_only_it_tells_of(
    used: Board, elsewhere: Board
) -> None:
    """Here they went on as well: it is older than the last one that was written."""
    a_return_came(elsewhere)
    used.drop("GP", GP, "again.docx")
    used.once("2010-04-02T11:00")
    put_back(elsewhere, used)
    at = "2010-04-03T10:00"
    assert used.once(at).err.startswith("This register is older")
    ended = used.run("recover", at=at)
    assert ended.status == 0, ended.err
    assert "Taken in again: 0 messages and 1 file" in told(ended)
    assert "Only this register tells of 1 letter that left and 1 delivery" in told(ended)


def test_nothing_is_said_of_a_register_that_is_only_older(used: Board, tmp_path: Path) -> None:
    shutil.copy(used.folder / "register.db", tmp_path / "yesterday.db")
    a_return_came(used)
    shutil.copy(tmp_path / "yesterday.db", used.folder / "register.db")
    ended = used.run("recover", at="2010-04-03T10:00")
    assert ended.status == 0
    assert "Only this register" not in told(ended)


def test_one_commit_less_is_an_older_register(used: Board, tmp_path: Path) -> None:
    shutil.copy(used.folder / "register.db", tmp_path / "before.db")
    a_person_decided(used)
    shutil.copy(tmp_path / "before.db", used.folder / "register.db")
    assert used.once("2010-04-03T10:00").err.startswith("This register is older")


def test_a_head_that_a_disk_lost_is_caught_up_with_and_that_is_said(used: Board) -> None:
    """All that the newer rows name is here."""
    head = used.folder / "vault" / "head"
    before = head.read_bytes()
    a_return_came(used)
    head.write_bytes(before)
    ended = used.once("2010-04-03T10:00")
    assert ended.status == 0
    assert "The mark of the last entry in the vault was behind the register by" in told(ended)
    assert "was behind" not in told(used.once("2010-04-03T10:00")), "once"
    assert used.run("audit", "verify", "--originals", at="2010-04-03T10:00").status == 0
    assert "The mark in the vault was behind by" in used.run("audit", "log").out


def test_a_head_that_could_not_be_written_for_long_locks_nobody_out(used: Board) -> None:
    with patch.object(OutsideHead, "announce", side_effect=OSError(5, "Input/output error")):
        a_return_came(used)
        a_person_decided(used)
        much_was_written(used)
    with closing(sqlite3.connect(used.folder / "register.db")) as raw:
        sql = "SELECT count(*) FROM record WHERE detail LIKE '%unmarked%'"
        ((unmarked,),) = raw.execute(sql)
    assert unmarked > 2 * MOST_UNTOLD_COMMITS
    assert used.once("2010-04-03T10:00").status == 0
    assert used.run("audit", "verify", at="2010-04-03T10:00").status == 0


@pytest.mark.parametrize("step", ["announce", "confirm"])
def test_an_end_on_either_side_of_a_commit_leaves_a_register_that_is_taken(
    used: Board, step: str
) -> None:
    class Ended(BaseException):
        """As a kill: nothing is tidied up."""

    actual = getattr(OutsideHead, step)

    def ends(self: OutsideHead, *given: object) -> None:
        if step == "announce":
            actual(self, *given)
        raise Ended

    used.drop("POL", POL)
    with patch.object(OutsideHead, step, ends), pytest.raises(Ended):
        used.once("2010-04-02T10:00")
    ended = used.once("2010-04-02T10:00")
    assert ended.status == 0, ended.err
    assert "was behind" not in told(ended)
    assert used.returns("POL", at="2010-04-03T10:00")["chronology"]["state"] == "accepted"
