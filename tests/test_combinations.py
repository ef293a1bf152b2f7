"""The sample of a sweep leaves no value out, is the same each time, and can be all there is."""

from __future__ import annotations

from collections import Counter

import pytest

from tests import combinations
from tests.campaigns.sweeps import sweeps


def test_every_value_comes_up_and_the_longest_list_s_as_often_as_asked() -> None:
    layouts, words, people = range(40), "abcdefg", [True, False]
    sample = combinations.of(layouts, words, people, times=3)
    assert sample == combinations.of(layouts, words, people, times=3)
    assert len(set(sample)) == len(sample) == 120
    assert {each for _, each, _ in sample} == set(words)
    assert {each for *_, each in sample} == set(people)
    assert Counter(layout for layout, *_ in sample) == dict.fromkeys(layouts, 3)


def test_few_are_all_of_them() -> None:
    assert combinations.of("ab", "xy") == [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]


def test_the_campaign_has_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert combinations.first(2, "abc") == ["a", "b"]
    assert combinations.every(3, "abcdef") == ["a", "d", "f"]
    assert combinations.distinct(["b1", "a1", "a2"], lambda each: each[0]) == ["b1", "a1"]
    monkeypatch.setenv(combinations.EVERY, "1")
    assert combinations.first(2, "abc") == combinations.every(2, "abc") == ["a", "b", "c"]
    assert combinations.distinct(range(9), lambda each: each % 2) == [*range(9)]
    assert len(combinations.of(range(40), range(7), range(2))) == 560


def test_the_campaign_finds_the_tests_that_try_a_sample() -> None:
    names = {path.name for path in sweeps()}
    assert {"test_sign_off_sweep.py", "test_looks.py", "test_nothing_is_lost.py"} <= names
    assert "test_combinations.py" not in names
