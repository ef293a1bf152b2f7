"""One test of many cases tells each that is wrong, and is run with what else it asks for."""

from __future__ import annotations

import pytest

from tests.each_case import each_case


def test_every_wrong_case_is_told_with_its_values() -> None:
    @each_case("word, count", [("one", 3), ("three", 4), ("seven", 2)], ids=str)
    def lengths(word: str, count: int) -> None:
        assert len(word) == count

    with pytest.raises(ExceptionGroup, match="2 of 3 cases") as told:
        lengths()
    notes = [note for each in told.value.exceptions for note in each.__notes__]
    assert notes == [
        "The case: {'word': 'three', 'count': 4}",
        "The case: {'word': 'seven', 'count': 2}",
    ]


def test_a_table_of_tables_is_every_pair() -> None:
    met = list[tuple[int, str]]()

    @each_case("number", (1, 2))
    @each_case("letter", [pytest.param("a", id="first"), "b"])
    def pairs(number: int, letter: str) -> None:
        met.append((number, letter))

    pairs()
    assert met == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]


def test_a_table_without_cases_is_no_test() -> None:
    with pytest.raises(AssertionError, match="no case of word"):
        each_case("word", [])


@each_case("number", range(3))
def test_what_else_a_test_asks_for_is_given(number: int, tmp_path: object) -> None:
    assert tmp_path is not None and number in range(3)
