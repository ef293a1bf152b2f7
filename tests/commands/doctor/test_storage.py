"""What `doctor` says of the register, the vault, the disk, permissions and the last backup."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import Any, NamedTuple

import pytest

from commands.doctor import storage
from tests import builders as build
from tests.board import Board
from tests.plain_reports import paper

GP = build.make_chronology(build.STORIES["GP"])


def told(board: Board, at: str = "2010-04-01T10:00") -> dict[str, str]:
    said: list[dict[str, Any]] = board.run("doctor", "--json", at=at).json
    return {one["sentence"]: one["state"] for one in said}


@pytest.fixture
def used(loaded: Board) -> Board:
    loaded.drop("GP", GP)
    loaded.once()
    return loaded


def test_a_register_that_was_left_alone_is_well(used: Board) -> None:
    said = told(used)
    assert said["Every original is there, and is what came."] == "well"
    assert said["There was never a backup."] == "soon"
    assert said["Nobody else can read the register, the vault or the keys."] == "well"


def test_a_board_without_a_register_is_told_and_none_is_made(board: Board) -> None:
    (board.folder / "register.db").unlink()
    assert any(sentence.startswith("There is no register where") for sentence in told(board))
    assert not (board.folder / "register.db").exists()


CAME = "N12, GP: what came on Thursday 1 April 2010 as entry 1 (deliveries, row 1)"


def test_an_original_that_was_lost_spoiled_or_left_over_is_found(used: Board) -> None:
    (path,) = (used.folder / "vault").glob("??/*")
    kept = path.read_bytes()
    path.write_bytes(kept[:-1])
    assert told(used)[f"{CAME}: its original cannot be opened."] == "wrong"
    path.rename(path.with_name("f" * 62))
    said = told(used)
    assert said[f"{CAME}: its original is not in the vault."] == "wrong"
    assert said["In the vault, named by nothing: 1 original. They do no harm."] == "well"


def fixes(board: Board) -> dict[str, str]:
    said: list[dict[str, Any]] = board.run("doctor", "--json").json
    return {one["sentence"]: one["fix"] for one in said if one["state"] == "wrong"}


def test_a_rotted_original_is_brought_back_from_the_last_backup(used: Board) -> None:
    """Not by restoring all of it, and not by asking whoever reads this."""
    copy = used.folder.parent / "copy"
    used.run("backup", copy, "--keep", 3)
    (path,) = (used.folder / "vault").glob("??/*")
    path.write_bytes(path.read_bytes()[:-1])
    ((sentence, fix),) = fixes(used).items()
    assert sentence == f"{CAME}: its original cannot be opened."
    install = next(line for line in fix.splitlines() if line.startswith("  install"))
    assert fix.endswith(f"`scr-intake backup {copy} --keep 3`")
    assert "restore" not in fix
    subprocess.run(shlex.split(install), check=True)
    assert fixes(used) == {}


def test_many_originals_are_one_line_with_their_number(used: Board) -> None:
    for n in range(5):
        used.drop("GP", paper(f"Agenda {n}"), f"agenda{n}.docx")
    used.once()
    for path in (used.folder / "vault").glob("??/*"):
        path.unlink()
    ((sentence, fix),) = fixes(used).items()
    assert sentence.startswith(
        "6 rows of deliveries, all that there are, have no original that is what came. The first:"
    )
    assert fix.endswith("`scr-intake backup DIR`")


@pytest.mark.parametrize("left", [False, True])
def test_a_vault_that_is_gone_is_told_as_that_with_both_ways_on(used: Board, left: bool) -> None:
    copy, vault = used.folder.parent / "copy", used.folder / "vault"
    used.run("backup", copy)
    shutil.rmtree(vault)
    if left:
        vault.mkdir(mode=0o700)  # where its disk would be mounted
    ((sentence, _),) = fixes(used).items()
    assert sentence.startswith("The vault is not there")
    assert "Is a disk not mounted?" in sentence
    assert f"`scr-intake restore {copy} {used.folder / 'restored'}`" in sentence


def test_a_change_by_hand_is_found(used: Board) -> None:
    with closing(sqlite3.connect(used.folder / "register.db")) as raw, raw:
        raw.execute("UPDATE returns SET state = 'waived' WHERE id = 2")
    assert told(used)["N12, GP: the IMR (returns, row 2) was changed."] == "wrong"


def test_wrong_keys_are_told_as_the_refusal_they_will_be(used: Board) -> None:
    (used.folder / "keys" / "marks.key").chmod(0o644)
    assert any(s.startswith("Others can read the keys.") for s in told(used))


def test_what_others_can_reach_is_told(used: Board) -> None:
    (used.folder / "register.db").chmod(0o640)
    assert told(used)[f"Others can reach {used.folder / 'register.db'}."] == "wrong"


def test_a_backup_grows_old(used: Board) -> None:
    used.run("backup", used.folder.parent / "copy", at="2010-04-06T22:00")
    new = "There is a backup of the last two days, and it was tried."
    assert told(used, at="2010-04-07T08:00")[new] == "well"
    old = "The last backup was made at 10:00pm on Tuesday 6 April 2010."
    assert told(used, at="2010-04-10T08:00")[old] == "soon"


def test_an_older_register_knows_by_the_journal_of_the_backups_since(used: Board) -> None:
    copy = used.folder.parent / "copy"
    used.run("backup", copy, at="2010-04-03T22:00")
    shutil.copy(used.folder / "register.db", used.folder.parent / "older.db")
    used.run("backup", copy, at="2010-04-06T22:00")
    shutil.copy(used.folder.parent / "older.db", used.folder / "register.db")
    said = told(used, at="2010-04-07T08:00")
    assert "There is a backup of the last two days, and it was tried." in said


def ways_out(board: Board, at: str) -> list[str]:
    """The ways out, in their order, of what is wrong with what is kept."""
    said = board.run("doctor", "--json", at=at).json
    wrong = [x for x in said if x["about"] == "What is kept" and x["state"] == "wrong"]
    return [" ".join(one["fix"].split()) for one in wrong]


def lose_an_original(board: Board) -> None:
    next((board.folder / "vault").glob("??/*")).unlink()


def change_a_row(board: Board) -> None:
    with closing(sqlite3.connect(board.folder / "register.db")) as raw, raw:
        raw.execute("UPDATE returns SET state = 'waived' WHERE id = 2")


def test_of_several_faults_there_is_one_way_out_first_and_the_rest_is_looked_at_again(
    used: Board,
) -> None:
    copy = used.folder.parent / "copy"
    used.run("backup", copy, at="2010-04-01T22:00")
    lose_an_original(used)
    change_a_row(used)
    (used.folder / "vault" / "journal").write_bytes(b"")
    first, *rest = ways_out(used, "2010-04-02T08:00")
    assert f"scr-intake restore {copy}" in first or "scr-intake restore DIR" in first
    assert len(rest) == 2
    assert all("look again" in fix and "`scr-intake doctor`" in fix for fix in rest)


def test_an_older_register_comes_before_all_that_is_wrong_with_what_lies_there(used: Board) -> None:
    copy = used.folder.parent / "copy"
    used.run("backup", copy, at="2010-04-01T22:00")
    shutil.copy(used.folder / "register.db", used.folder.parent / "older.db")
    used.drop("POL", build.make_chronology(build.STORIES["POL"]))
    used.once("2010-04-02T08:00")
    shutil.copy(used.folder.parent / "older.db", used.folder / "register.db")
    change_a_row(used)
    lose_an_original(used)
    first, *rest = ways_out(used, "2010-04-02T09:00")
    assert first.startswith("Put back the latest register.")
    assert rest
    assert all("scr-intake recover" in fix or "look again" in fix for fix in rest)
    assert not any("scr-intake restore" in fix for fix in rest)


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(("free", "state"), [(2, "wrong"), (7, "soon"), (50, "well")])
def test_a_disk_that_fills_is_told_in_time(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, free: int, state: str
) -> None:
    monkeypatch.setattr(storage.shutil, "disk_usage", lambda _: _Usage(100, 100 - free, free))
    assert told(loaded)[f"The disk is {free}% free."] == state
