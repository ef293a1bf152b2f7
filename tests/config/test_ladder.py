"""The chasing ladder: ours, a board's own, and every slip in one told at once."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from config.case_file import Role
from config.kind_loading import load_kinds
from config.ladder import CHAIR_LETTER, Ladder, LadderReader, LadderStep, load_ladder
from config.user_file import InvalidUserFile

KINDS = {kind.id for kind in load_kinds().all}
RUNG = '[[rung]]\ndays = {}\nletter = "{}"\nto = [{}]\n'
REMINDER = RUNG.format(-5, "reminder", '"author"')


def written(folder: Path, text: str) -> Ladder:
    path = folder / "ladder.toml"
    path.write_text(text)
    return load_ladder(KINDS, path)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(InvalidUserFile) as refused:
        written(folder, text)
    return [str(problem) for problem in refused.value.problems]


def test_it_reminds_then_chases_then_asks_those_above_and_last_drafts_to_the_chair() -> None:
    assert load_ladder(KINDS).steps_for_kind("chronology") == (
        LadderStep(-10, "reminder", ("author",)),
        LadderStep(-3, "reminder", ("author",)),
        LadderStep(0, "reminder", ("author",)),
        LadderStep(1, "chaser", ("author", "commissioner")),
        LadderStep(3, "escalation", ("commissioner", "panel representative")),
        LadderStep(5, "to-chair", ("chair",)),
    )


def test_a_kind_that_is_asked_for_within_days_climbs_a_ladder_of_its_own() -> None:
    ladder = load_ladder(KINDS)
    assert ladder.steps_for_kind("panel_representative")[0].days == -1
    assert ladder.steps_for_kind("staff_to_interview")[0].days == -3


def test_without_a_chair_the_ladder_ends_below_it() -> None:
    ladder = load_ladder(KINDS).without_letter(CHAIR_LETTER)
    assert ladder.steps_for_kind("chronology")[-1].letter == "escalation"
    assert ladder.steps_for_kind("panel_representative")[-1].letter == "chaser"


def test_a_boards_own_stands_in_place_of_ours(tmp_path: Path) -> None:
    own = '[[kind.imr.rung]]\ndays = 2\nletter = "chaser"\nto = ["author"]\n'
    ladder = written(tmp_path, RUNG.format(3, "chaser", '"author"') + REMINDER + own)
    assert [rung.days for rung in ladder.steps_for_kind("chronology")] == [-5, 3]
    assert [rung.days for rung in ladder.steps_for_kind("imr")] == [2]


def test_a_kind_may_be_left_in_peace(tmp_path: Path) -> None:
    assert written(tmp_path, REMINDER + "[kind.imr]\nrung = []\n").steps_for_kind("imr") == ()


def test_every_slip_is_told_with_its_place(tmp_path: Path) -> None:
    text = (
        RUNG.format(1, "threat", '"author"')
        + RUNG.format('"two"', "chaser", '"author"')
        + RUNG.format(4, "chaser", '"neighbour"')
        + RUNG.format(6, "chaser", "")
        + "[tune]\n"
    )
    assert problems(tmp_path, text) == [
        "rung 1, letter: should be 'reminder', 'chaser', 'escalation' or 'to-chair'",
        "rung 2, days: should be a whole number",
        "rung 3, to 1: should be 'author', 'commissioner', 'panel representative' or 'chair'",
        "rung 4, to: should have at least one entry",
        "tune is not a known key",
    ]


@pytest.mark.parametrize(
    ("rung", "says"),
    [
        ((2, "reminder", '"author"'), "should be a reminder until the day it is due"),
        ((0, "chaser", '"author"'), "should be a reminder until the day it is due"),
        ((5, "escalation", '"chair"'), "should send to-chair to the chair alone"),
        ((5, "to-chair", '"author"'), "should send to-chair to the chair alone"),
        ((5, "to-chair", '"chair", "author"'), "should send to-chair to the chair alone"),
    ],
)
def test_a_letter_that_would_say_what_is_not_so_is_refused(
    tmp_path: Path, rung: tuple[int, str, str], says: str
) -> None:
    (problem,) = problems(tmp_path, RUNG.format(*rung))
    assert says in problem


def test_two_letters_on_one_day_and_a_kind_there_is_not_are_refused(tmp_path: Path) -> None:
    own = '[[kind.poem.rung]]\ndays = 2\nletter = "chaser"\nto = ["author"]\n'
    assert problems(tmp_path, REMINDER + REMINDER + own) == [
        "kind, poem is not a kind of return: they are named by their files",
        "rung: has more than one step at -5 days: one day has one letter",
    ]


def test_a_file_that_is_not_there_or_not_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidUserFile, match=r"The chasing ladder in .*none\.toml cannot be used"):
        load_ladder(KINDS, tmp_path / "none.toml")
    (problem,) = problems(tmp_path, "[[rung")
    assert "it is not TOML" in problem


def test_everyone_a_case_file_may_name_can_be_chased() -> None:
    assert {*get_args(Role), "chair"} == set(get_args(LadderReader))
