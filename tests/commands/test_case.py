"""`scr-intake case`: loading a case, saying what changed, showing where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.board import CASE, Board


def test_a_new_case_is_told_in_full(board: Board) -> None:
    ended = board.load()
    assert ended.status == 0, ended.err
    lines = ended.out.splitlines()
    assert lines[0] == "N12: a new case, to be complete by Wednesday 1 September 2010."
    assert "N12, GP: a new author, Author One." in lines
    assert "N12, POL: chronology due Friday 30 April 2010." in lines


def test_its_agencies_get_folders_to_drop_files_in(loaded: Board) -> None:
    folders = {path.name for path in (loaded.folder / "drop").iterdir() if path.is_dir()}
    assert folders == {"GP", "POL"}


def test_the_same_case_again_changes_nothing_and_says_so(loaded: Board) -> None:
    ended = loaded.load()
    assert (ended.status, ended.out) == (0, "N12: nothing has changed.\n")


def test_a_changed_due_date_is_told_with_both_dates(loaded: Board) -> None:
    ended = loaded.load(CASE.replace("2010-04-30", "2010-05-07"))
    assert ended.out == (
        "N12, POL: chronology now due Friday 7 May 2010; it was Friday 30 April 2010.\n"
    )
    assert loaded.returns("POL")["chronology"]["due"] == "2010-05-07"


def test_what_changed_can_be_had_as_json(loaded: Board) -> None:
    file = loaded.folder / "case.toml"
    file.write_text(CASE.replace("Shire Police", "Shireshire Police"))
    ended = loaded.run("case", "load", file, "--json")
    assert ended.json == {
        "reference": "N12",
        "changes": ["N12, POL: is now called Shireshire Police."],
        "kept": [],
    }
    assert loaded.run("case", "load", file, "--json").json["changes"] == []


def test_a_case_that_cannot_be_loaded_changes_nothing(loaded: Board) -> None:
    before = loaded.status()
    ended = loaded.load(CASE.replace("2010-05-28", '"later"').replace('"POL"', '"gp"'))
    assert ended.status == 1
    assert ended.err.startswith(f"The case in {loaded.folder / 'case.toml'} cannot be loaded.\n")
    assert ended.err.count("\n  - ") == 5
    assert ended.out == ""
    assert loaded.status() == before


@pytest.mark.parametrize("content", [b"reference = \xff", b"reference", b"\0"])
def test_a_file_that_is_no_case_is_told(board: Board, content: bytes) -> None:
    file = board.folder / "case.toml"
    file.write_bytes(content)
    ended = board.run("case", "load", file)
    assert ended.status == 1
    assert "it is not " in ended.err


def test_a_drop_folder_that_is_not_mounted_is_not_made_in_its_place(loaded: Board) -> None:
    """Failure mode 23."""
    drop = loaded.folder / "drop"
    drop.rename(loaded.folder / "away")
    drop.mkdir()  # the empty place where the share belongs
    ended = loaded.load(CASE.replace("2010-04-30", "2010-05-07"))
    assert ended.status == 1
    assert "Friday 7 May 2010" in ended.out
    assert "Load the case again" in ended.err
    assert list(drop.iterdir()) == []
    drop.rmdir()
    (loaded.folder / "away").rename(drop)
    assert loaded.load(CASE.replace("2010-04-30", "2010-05-07")).status == 0


def test_no_case_yet_says_how_to_load_one(board: Board) -> None:
    ended = board.run("case", "list")
    assert (ended.status, ended.out.strip()) == (
        0,
        "No case is loaded yet.\nTo load one:\nscr-intake case load FILE",
    )
    assert board.run("case", "list", "--json").json == []


def test_a_case_is_shown_as_a_matrix_agency_by_return(loaded: Board) -> None:
    assert loaded.run("case", "show", "N12").out.splitlines() == [
        "N12                   Chronology   IMR          QA form      Statement",
        "Meadow Lane Surgery   due 16 Apr   due 28 May   due 28 May   due 28 May",
        "Shire Police          due 30 Apr   due 28 May   due 28 May   due 28 May",
        "To be complete by Wednesday 1 September 2010: 153 days left.",
        "",
    ]


def test_one_case_is_an_object_and_all_are_a_list(loaded: Board) -> None:
    one = loaded.run("case", "show", "n12", "--json").json
    assert loaded.run("case", "list", "--json").json == [one]
    assert one["reference"] == "N12"
    assert one["agencies"][1]["returns"][0] == {
        "kind": "chronology",
        "due": "2010-04-30",
        "state": "awaited",
        "received": None,
        "accepted": None,
        "overdue": False,
    }


def test_a_case_that_is_not_there_is_told(loaded: Board) -> None:
    ended = loaded.run("case", "show", "N99")
    assert ended.status == 1
    assert ended.err == "There is no case N99.\nTo list those there are:\nscr-intake case list\n"


def test_the_example_in_docs_loads_as_it_stands(board: Board) -> None:
    example = Path(__file__).parents[2] / "docs" / "examples" / "case-n12.toml"
    assert board.run("case", "load", example).status == 0


SCHOOLS = CASE.replace("Meadow Lane Surgery", "Meadow Lane School").replace('"MLS"', '"School"')


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("Shire High School", 'abbreviation "School" of GP may mean POL'),
        ("Shire Police", ""),
    ],
)
def test_an_abbreviation_that_may_mean_another_agency_is_told(
    board: Board, named: str, told: str
) -> None:
    ended = board.load(SCHOOLS.replace("Shire Police", named))
    assert ended.status == 0 and (told in ended.out) and ("Take care." in ended.out) == bool(told)


def test_an_abbreviation_that_two_agencies_have_is_told_for_both(board: Board) -> None:
    ended = board.load(CASE.replace('"Police"', '"MLS"'))
    assert '"MLS" of GP may mean POL' in ended.out and '"MLS" of POL may mean GP' in ended.out
