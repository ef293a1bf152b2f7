"""The words of days and numbers, of which every reader of them takes the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.checks.form.requested_days import RequestMark, pair_returns_with_days
from handlers.checks.form.same_as_another import spell_out_same
from handlers.values.day_words import DAY_PATTERN, FULL_MONTHS, NUMBER_WORDS, read_iso_day
from tests.each_case import each_case

FIRST = date(2010, 5, 7)


@each_case(("word", "count"), NUMBER_WORDS.items())
def test_any_number_may_be_counted_in_days_after_another_return(word: str, count: int) -> None:
    text = f"the chronology by 7 may and the imr {word} days after that"
    at = text.index("7 may")
    marks = [RequestMark(0, at, at + 5, day=FIRST)]
    found = pair_returns_with_days([text], marks, ("chronology", "IMR"))
    assert (("IMR",), FIRST + timedelta(days=count)) in found


@pytest.mark.parametrize("word", ["four", "ten", "a couple of"])
def test_any_number_may_be_counted_in_weeks_behind_another(word: str) -> None:
    said = spell_out_same(
        [f"May the IMR come {word} weeks after the chronology?"], [("chronology", FIRST)], FIRST
    )
    assert "until " in said[0]


@each_case("month", FULL_MONTHS)
def test_a_day_of_every_month_is_found_in_a_letter(month: str) -> None:
    for named in (month, month[:3]):
        assert DAY_PATTERN.search(f"Sent on 3rd {named} 2010, as agreed.")


def test_what_the_register_keeps_instead_of_a_day_is_none() -> None:
    assert read_iso_day("2010-05-07") == FIRST
    assert read_iso_day("one week more") is None
