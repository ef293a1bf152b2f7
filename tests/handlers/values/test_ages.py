"""Ages as people type them, held fairly against a date of birth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.values.ages import read_age
from tests.each_case import each_case

BORN = date(2007, 5, 9)


def fits(text: str, *, days: int) -> bool:
    return read_age(text).fits_birth_date(BORN, BORN + timedelta(days=days))


@pytest.mark.parametrize("text", ["7", "7y", "7 yrs", "7 years old", "aged 7", "7 y/o", "7."])
def test_an_age_in_years_fits_from_one_birthday_to_the_next(text: str) -> None:
    age = read_age(text)
    assert age.fits_birth_date(BORN, date(2014, 5, 9))
    assert age.fits_birth_date(BORN, date(2015, 5, 8))
    assert not age.fits_birth_date(BORN, date(2014, 5, 1))
    assert not age.fits_birth_date(BORN, date(2015, 5, 20))


@each_case(
    ("text", "days"),
    [("2y 3m", 830), ("2 years and 3 months", 830), ("2 3/12", 830), ("2y 3/12", 830),
     ("14 mths", 435), ("14m", 435), ("3/12", 100), ("2/52", 16), ("2 wks", 16), ("5/7", 5),
     ("5 days", 5), ("2½", 920), ("2 1/2", 920),
     ("2½ yrs", 920), ("2 and a half years", 920), ("1 yr 2 wks", 382), ("newborn", 3), ("0", 200)],
)  # fmt: skip
def test_the_wards_shorthand_and_plain_words_are_read(text: str, days: int) -> None:
    assert fits(text, days=days)
    assert not fits(text, days=days + 400)


def test_three_twelfths_are_months_two_fiftyseconds_weeks_and_five_sevenths_days() -> None:
    assert not fits("3/12", days=22)
    assert not fits("2/52", days=90)
    assert not fits("5/7", days=14)


@pytest.mark.parametrize(
    "text", ["unborn", "Unborn", "un\u2011born", "32/40", "32+4/40", "unborn (32/40)"]
)
def test_a_child_to_be_born_has_an_age_before_birth_only(text: str) -> None:
    assert fits(text, days=-56)
    assert not fits(text, days=90)
    assert not fits(text, days=-400)


def test_an_age_marked_as_rough_is_given_room() -> None:
    assert not fits("7", days=8 * 365 + 60)
    assert fits("approx 7", days=8 * 365 + 60)
    assert fits("7?", days=8 * 365 + 60)


def test_an_adult_by_word_is_eighteen_or_more() -> None:
    assert read_age("adult").fits_birth_date(BORN, date(2026, 1, 1))
    assert not read_age("18+").fits_birth_date(BORN, date(2020, 1, 1))


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "empty"), ("-", "empty"), ("N/K", "not-given"), ("n/a", "not-given"), ("?", "not-given"),
     ("seven", "not-an-age"), ("7 & 4", "not-an-age"), ("12/2/09", "not-an-age"),
     ("999", "not-an-age"), ("Child N", "not-an-age"), ("7" * 5000, "not-an-age")],
)  # fmt: skip
def test_what_is_not_an_age_is_refused(text: str, why: str) -> None:
    reading = read_age(text)
    assert reading.days is None
    assert reading.refusal == why


@given(st.text() | st.text("0123456789/ymwd ?.+½"))
def test_any_text_has_an_answer_and_an_age_or_a_refusal_but_never_both(text: str) -> None:
    reading = read_age(text)
    assert (reading.days is None) == bool(reading.refusal)
    assert reading.days is None or reading.days[0] <= reading.days[1]


@given(st.dates(date(1990, 1, 1), date(2010, 1, 1)), st.integers(0, 17), st.integers(0, 364))
def test_a_true_age_in_years_always_fits(born: date, years: int, days: int) -> None:
    birthday = date(born.year + years, born.month, min(born.day, 28))
    on = birthday + timedelta(days=days)
    assert read_age(str(years)).fits_birth_date(born.replace(day=min(born.day, 28)), on)


@given(st.integers(0, 200), st.integers(0, 27))
def test_a_true_age_in_months_fits_rounded_down_or_up(months: int, days: int) -> None:
    born = date(2000, 1, 1)
    on = date(2000 + months // 12, months % 12 + 1, 1) + timedelta(days=days)
    assert read_age(f"{months}/12").fits_birth_date(born, on)
    assert read_age(f"{months + 1} months").fits_birth_date(born, on)
