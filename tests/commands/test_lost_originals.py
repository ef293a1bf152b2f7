"""An original that is missing, or does not open: whoever meets it hears which, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from intake.spool import Spool
from tests import builders as build
from tests.board import Board

GP = build.make_chronology(build.STORIES["GP"])
SERVICE = "scr-returns@board.example"
LATER = "2010-04-06T10:00"


@pytest.fixture
def held(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(stranger_taken)


def stranger_taken(loaded: Board) -> None:
    """A folder's return as entry 1; a stranger's message with a document as entry 2."""
    loaded.drop("GP", GP)
    loaded.once()
    polite = build.make_chronology(build.STORIES["POL"])
    mail = build.mail("s@meadowlane.example", SERVICE, "x", "Here.", [("c.docx", polite)])
    loaded.mail(mail)
    loaded.once()


def spoil(board: Board, how: str) -> None:
    """Every original that is there."""
    paths = list((board.folder / "vault").glob("[0-9a-f][0-9a-f]/*"))
    contents = [path.read_bytes() for path in paths]
    for path, other in zip(paths, [*contents[1:], contents[0]], strict=True):
        if how == "missing":
            path.unlink()
        else:
            path.write_bytes(other if how == "exchanged" else b"")


@pytest.mark.parametrize("how", ["missing", "exchanged", "emptied"])
@pytest.mark.parametrize(
    "words",
    [
        ("open", 2),
        ("assign", 2, "--case", "N12", "--agency", "POL", "--reason", "x", "--yes"),
    ],
    ids=["open", "assign"],
)
def test_a_command_says_which_entry_it_is_and_what_comes_next(
    held: Board, tmp_path: Path, how: str, words: tuple[object, ...]
) -> None:
    assert held.run("backup", tmp_path / "copy").status == 0
    spoil(held, how)
    ended = held.run(*words, at=LATER)
    assert ended.status == 1
    lost = "is not in the vault any more" if how == "missing" else "does not open any more"
    first = ended.err.splitlines()[0]
    assert "entry 2" in first or "entries 2" in first
    assert lost in " ".join(ended.err.split())
    lines = [line.strip() for line in ended.err.splitlines() if " install " in f" {line} "]
    assert any(f" {tmp_path / 'copy'}/vault/" in line for line in lines), ended.err
    assert not re.search(r"\b[0-9a-f]{64}\b", ended.err), "no digest"


def test_without_a_backup_the_next_step_is_named_all_the_same(held: Board) -> None:
    spoil(held, "missing")
    ended = held.run("open", 1, at=LATER)
    assert ended.status == 1
    assert "scr-intake backup DIR" in ended.err


def test_verifying_names_the_entry_that_commands_take(held: Board) -> None:
    spoil(held, "missing")
    told = " ".join(held.run("audit", "verify", at=LATER).out.split())
    assert "as entry 1 (deliveries, row 1): its original is not in the vault" in told
    assert "as entry 2 (deliveries, row 2): its original is not in the vault" in told


def test_after_a_backup_that_met_one_health_is_not_well_until_it_is_mended(
    held: Board, tmp_path: Path
) -> None:
    assert held.run("backup", tmp_path / "copy", at="2010-04-05T23:00").status == 0
    spoil(held, "missing")
    assert held.run("backup", tmp_path / "copy", at="2010-04-06T23:00").status == 1
    held.once(at="2010-04-07T09:00")
    assert held.run("status", "--health", at="2010-04-07T09:01").status == 1


def test_what_was_taken_in_and_is_lost_before_it_is_judged_is_told(
    held: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.drop("POL", build.make_chronology(build.STORIES["POL"]), "late.docx")
    store = Spool.begin_try

    def lose_first(self: Spool, delivery: object) -> bool:
        spoil(held, "missing")
        return store(self, delivery)  # type: ignore[arg-type]

    monkeypatch.setattr(Spool, "begin_try", lose_first)
    ended = held.once(at=LATER)
    assert ended.status == 1
    assert "delivery 3 is not in the vault any more" in " ".join(ended.err.split())
