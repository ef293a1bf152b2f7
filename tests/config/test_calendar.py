"""Working days, and dates in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendar import Calendar, date_in_words, date_without_year, moment_in_words

ENGLAND = Calendar.for_subdivision("ENG")
SCOTLAND = Calendar.for_subdivision("SCT")
DAYS = st.dates(date(2005, 1, 1), date(2035, 12, 31))
STEPS = st.integers(-40, 40)


def test_easter_2010_is_four_days_without_work() -> None:
    closed = [
        date(2010, 4, day) for day in range(1, 8) if not ENGLAND.is_working_day(date(2010, 4, day))
    ]
    assert closed == [date(2010, 4, day) for day in (2, 3, 4, 5)]
    assert ENGLAND.add_working_days(date(2010, 4, 1), 1) == date(2010, 4, 6)
    assert ENGLAND.add_working_days(date(2010, 4, 6), -1) == date(2010, 4, 1)


def test_christmas_2010_fell_on_a_weekend_and_moved_its_holidays() -> None:
    assert ENGLAND.add_working_days(date(2010, 12, 24), 1) == date(2010, 12, 29)
    assert ENGLAND.working_days_late(date(2010, 12, 24), date(2010, 12, 29)) == 1


def test_scotland_keeps_other_days() -> None:
    easter_monday, second = date(2010, 4, 5), date(2010, 1, 4)
    assert (ENGLAND.is_working_day(easter_monday), SCOTLAND.is_working_day(easter_monday)) == (
        False,
        True,
    )
    assert (ENGLAND.is_working_day(second), SCOTLAND.is_working_day(second)) == (True, False)


def test_the_office_may_close_on_days_of_its_own() -> None:
    closed = date(2010, 4, 7)
    assert not Calendar.for_subdivision("ENG", [closed]).is_working_day(closed)
    assert ENGLAND.is_working_day(closed), "one calendar's closures are not another's"


def test_no_step_gives_the_day_itself_or_the_next_working_day() -> None:
    assert ENGLAND.add_working_days(date(2010, 4, 1), 0) == date(2010, 4, 1)
    assert ENGLAND.add_working_days(date(2010, 4, 2), 0) == date(2010, 4, 6)


@given(DAYS, STEPS)
def test_a_shift_ends_on_a_working_day_and_can_be_taken_back(day: date, steps: int) -> None:
    start = ENGLAND.add_working_days(day, 0)
    there = ENGLAND.add_working_days(start, steps)
    assert ENGLAND.is_working_day(there)
    assert ENGLAND.add_working_days(there, -steps) == start


@given(DAYS, st.integers(1, 40))
def test_a_shift_from_any_day_passes_so_many_working_days(day: date, steps: int) -> None:
    assert ENGLAND.working_days_late(day, ENGLAND.add_working_days(day, steps)) == steps


@given(DAYS, st.integers(-30, 0))
def test_nothing_is_late_on_or_before_the_day(due: date, days: int) -> None:
    assert ENGLAND.working_days_late(due, due + timedelta(days)) == 0


def test_a_weekend_adds_nothing_to_how_late_it_is() -> None:
    friday = date(2010, 4, 16)
    late = [ENGLAND.working_days_late(friday, friday + timedelta(n)) for n in range(6)]
    assert late == [0, 0, 0, 1, 2, 3]


def test_dates_are_written_as_people_write_them() -> None:
    assert date_in_words(date(2010, 4, 1)) == "Thursday 1 April 2010"
    assert date_without_year(date(2010, 4, 16)) == "Friday 16 April"


@pytest.mark.parametrize(
    ("hour", "told"), [(0, "12:05am"), (9, "9:05am"), (12, "12:05pm"), (17, "5:05pm")]
)
def test_a_moment_has_a_clock_of_twelve_hours(hour: int, told: str) -> None:
    at = datetime(2010, 4, 1, hour, 5, tzinfo=ZoneInfo("Europe/London"))
    assert moment_in_words(at) == f"{told} on Thursday 1 April 2010"
