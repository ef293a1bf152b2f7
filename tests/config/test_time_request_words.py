"""Phrases that ask for more time, as a board's officer would write one."""

from __future__ import annotations

import re

import pytest

from config.time_request_words import InvalidPhrase, phrase_patterns, time_request_patterns
from tests.each_case import each_case

LISTS = ("late", "another", "promised", "hoped", "denied", "besides", "not_ours", "asks")


def written(phrase: str, **lists: list[str]) -> dict[str, dict[str, list[str]] | list[str]]:
    """A file of which one phrase asks."""
    others = {name: ["nothing"] for name in LISTS}
    return {**others, "late": [phrase], "lists": {"return": ["imr"], **lists}}


@each_case(
    ("phrase", "said", "found"),
    [
        ("behind with", "we are behind with it", True),
        ("behind with", "we are behind without it", False),
        ("late * again", "late for the third time again", True),
        (
            "late * again",
            "late one two three four five six seven eight nine ten eleven again",
            False,
        ),
        ("# {unit} more", "12 weeks more", True),
        ("# {unit} more", "120 weeks more", False),
        ("by the #th", "by the 14th", True),
        ("by the #th", "by the 14", False),
        ("give us [a little] longer", "give us longer", True),
        ("give us [a little] longer", "give us a little longer", True),
        ("give us [a little] longer", "give us a longer", False),
        ("a {word} longer", "a bit longer", True),
    ],
)
def test_a_phrase_is_known_as_it_is_written(phrase: str, said: str, found: bool) -> None:
    words = phrase_patterns(written(phrase, unit=["day", "weeks", "{half}"], half=["half term"]))
    assert bool(re.search(words["late"], f"{said} ")) is found


@pytest.mark.parametrize(
    "phrase",
    [
        "by {whom}",
        "in {ring}",
        "won't manage",
        "Late",
        "late?",
        "[late",
        "late]",
        "{}",
        "",
        "by #nd",
    ],
)
def test_a_slip_in_a_phrase_stops_the_program_and_is_told(phrase: str) -> None:
    with pytest.raises(InvalidPhrase):
        phrase_patterns(written(phrase, ring=["the {ring}"]))


def test_the_phrases_that_ship_are_as_their_file_says() -> None:
    words = time_request_patterns()
    assert words.late.search("we need more time ") and words.returns.search("the imr ")
    assert not words.late.search("this is on time ")
