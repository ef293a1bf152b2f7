"""The example of a day of signing, which may be copied as it stands."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.values.example_days import example_day, example_to_come, with_example_day


def test_the_example_is_shortly_past_and_can_be_read_day_first_alone() -> None:
    for days in range(800):
        today = date(2010, 1, 1) + timedelta(days=days)
        assert today - timedelta(days=14) < example_day(today) < today
        assert example_day(today).day > 12


def test_the_example_of_a_day_that_is_asked_for_is_still_to_come() -> None:
    for days in range(800):
        today = date(2010, 1, 1) + timedelta(days=days)
        assert today + timedelta(days=14) < example_to_come(today) < today + timedelta(days=29)
        assert example_to_come(today).day > 12


def test_the_example_alone_is_changed() -> None:
    today = date(2010, 4, 1)
    assert (
        with_example_day(
            "Enter the day, such as 28/05/2010, before 30/06/2010.", example_day(today)
        )
        == "Enter the day, such as 31/03/2010, before 30/06/2010."
    )
    assert (
        with_example_day("Day first, such as 13/02/2009 for 13 February 2009.", example_day(today))
        == "Day first, such as 31/03/2010 for 31 March 2010."
    )


def test_so_is_the_example_on_a_line_that_is_to_be_added() -> None:
    today = date(2010, 5, 20)
    assert (
        with_example_day(
            'Enter it on a line of its own, such as "Date of signing: 28/05/2010".',
            example_day(today),
        )
        == 'Enter it on a line of its own, such as "Date of signing: 19/05/2010".'
    )
