"""A note to a colleague that was left in a report, and all that reads a little like one."""

from __future__ import annotations

from pathlib import Path

from handlers.values.colleague_notes import holds_note
from handlers.values.unfinished import says_unfinished
from tests.each_case import each_case

HERE = Path(__file__).parent


def listed(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


@each_case("number", ["", "4.3 ", "4.3 The office was told of it. "])
@each_case("text", listed("notes.txt"))
def test_a_note_to_a_colleague_is_noticed_behind_a_number_and_a_sentence(text, number):
    """Failure mode 93: notes of the authors to each other go to the panel."""
    assert holds_note(number + text) or says_unfinished(number + text)


@each_case("text", [*listed("no_notes.txt"), *listed("finished.txt")])
def test_what_teams_are_to_do_and_what_is_asked_of_practice_is_no_note(text):
    assert not holds_note(text)
    assert not holds_note(text, planning=True)


@each_case("text", listed("finished_plans.txt"))
def test_what_a_plan_tells_people_to_do_is_no_note(text):
    assert not holds_note(text, planning=True)


def test_a_note_that_is_quoted_is_another_persons():
    assert not holds_note("The entry read \u201cSue to confirm.\u201d and no more.")
    assert holds_note("The entry read \u201cno reply\u201d. Sue to confirm.")
