"""A board whose agencies work on two shares: each is a drop folder of its own, side by side."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from intake.database import RegisterDatabase, Row
from intake.drop.scan import SENTINEL_FILE
from intake.drop.shared_folder import make_drop_folder
from tests import builders as build
from tests.board import Board

GOOD = build.make_chronology(build.STORIES["GP"])
TO_MEND = build.with_cell(GOOD, 14, "Date", "31/06/2007")
LATER = "2010-04-01T10:30"


def second_drop_folder(board: Board) -> Path:
    """Another share, in the settings and on the disk."""
    settings = board.folder / "scr-intake.toml"
    first, last = settings.read_text().split("\n[outbox]\n", 1)
    second = '\n[[drop]]\nname = "education"\npath = "education"\nsettle_seconds = 0\n'
    first = first.replace("\n[drop]\n", "\n[[drop]]\n")
    settings.write_text(f"{first}{second}\n[outbox]\n{last}")
    make_drop_folder(board.folder / "education")
    return board.folder / "education"


@pytest.fixture
def education(loaded: Board) -> Path:
    share = second_drop_folder(loaded)
    (share / "GP").mkdir()
    return share


def names(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def rows(board: Board, sql: str) -> list[Row]:
    with closing(RegisterDatabase(board.folder / "register.db")) as database:
        return database.fetch_rows(sql)


def entries(board: Board) -> list[tuple[str, str]]:
    sql = "SELECT d.source, e.verdict FROM entries e JOIN deliveries d ON d.id = e.delivery_id"
    return [(row["source"], row["verdict"]) for row in rows(board, f"{sql} ORDER BY e.id")]


def test_the_same_file_in_both_is_two_deliveries_and_one_entry(
    loaded: Board, education: Path
) -> None:
    """Promise 2: nothing counts twice. Each has its receipt where it lay."""
    loaded.drop("GP", GOOD)
    loaded.once()
    (education / "GP" / "chronology.docx").write_bytes(GOOD)
    loaded.once(at=LATER)
    assert entries(loaded) == [("drop", "accept")]
    again = rows(loaded, "SELECT d.source FROM repeats r JOIN deliveries d ON d.id = r.delivery_id")
    assert [row["source"] for row in again] == ["education"]
    receipt = "returned/chronology.docx.receipt.txt"
    assert names(loaded.folder / "drop" / "GP") == {"done/2010-04-01/chronology.docx", receipt}
    assert names(education / "GP") == {"done/2010-04-01/chronology.docx", receipt}


def test_what_lies_at_the_same_place_in_each_is_taken_from_both(
    loaded: Board, education: Path
) -> None:
    """Their places are the same, and the sources tell them apart; also what is put back goes to
    the share it is of."""
    loaded.drop("GP", GOOD)
    (education / "GP" / "chronology.docx").write_bytes(TO_MEND)
    loaded.once()
    assert sorted(entries(loaded)) == [("drop", "accept"), ("education", "reject")]
    assert "returned/chronology (our comments).docx" in names(education / "GP")
    assert "returned/chronology (our comments).docx" not in names(loaded.folder / "drop" / "GP")


def test_one_that_is_away_stops_not_the_other_and_is_told_by_its_name(
    loaded: Board, education: Path
) -> None:
    """Failure mode 23."""
    (education / SENTINEL_FILE).unlink()
    loaded.drop("GP", GOOD)
    said = loaded.once()
    assert entries(loaded) == [("drop", "accept")]
    assert "Drop folder education: The drop folder is not there" in " ".join(
        f"{said.out} {said.err}".split()
    )
    (outage,) = rows(loaded, "SELECT * FROM outages")
    assert (outage["kind"], outage["subject"]) == ("drop folder", "education")


def test_status_has_a_line_for_each(loaded: Board, education: Path) -> None:
    told = loaded.status()
    assert [each["name"] for each in told["drops"]] == ["drop", "education"]
    assert told["drop"] == {key: told["drops"][0][key] for key in ("events", "why")}
    shown = loaded.run("status").out
    assert "Drop folder: looked at" in shown and "Drop folder education: looked at" in shown


def test_a_case_has_its_agencies_folders_in_each(loaded: Board, education: Path) -> None:
    loaded.load()
    assert {p.name for p in education.iterdir() if p.is_dir()} == {"GP", "POL"}
