"""Days that a mail tells by other days, counted from the day it came: Wednesday 14 April 2010."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.checks.form.requested_until import RequestedUntil, read_requested_until
from handlers.values.relative_days import find_near_days
from tests.each_case import each_case

CAME = date(2010, 4, 14)


@each_case(
    ("words", "day"),
    [
        ("a week on tuesday", 27),
        ("a week from friday", 23),
        ("a fortnight on monday", (5, 3)),
        ("a week today", 21),
        ("a week tomorrow", 22),
        ("friday week", 23),
        ("tuesday fortnight", (5, 4)),
        ("friday of next week", 23),
        ("next week, on monday", 19),
        ("monday next week", 19),
        ("this friday", 16),
        ("this coming monday", 19),
        ("the end of the week", 16),
        ("the end of next week", 23),
        ("the back end of next week", 23),
        ("the end of the month", 30),
        ("the end of next month", (5, 31)),
        ("month end", 30),
        ("in a fortnight", 28),
        ("in two weeks time", 28),
        ("in 10 days", 24),
        ("in a month", (5, 14)),
        ("two weeks from today", 28),
        ("tomorrow", 15),
    ],
)
def test_a_day_is_counted_from_the_day_of_the_mail(words: str, day: int | tuple[int, int]) -> None:
    month, number = day if isinstance(day, tuple) else (4, day)
    (found,) = find_near_days(f"could we have until {words} for this", CAME)
    assert (found.days, found.words) == ((date(2010, month, number),), "")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("would friday do", "Friday"),
        ("would the following friday do", "the following Friday"),
        ("until the friday after", "the following Friday"),
        ("until next friday", "next Friday"),
        ("until the friday after next", "the Friday after next"),
        ("within ten working days", "in ten working days"),
    ],
)
def test_what_the_due_date_or_the_calendar_counts_for_is_kept_in_words(
    words: str, kept: str
) -> None:
    (found,) = find_near_days(words, CAME)
    assert found.words == kept


@pytest.mark.parametrize(
    "words",
    ["friday 23 april", "friday the 23rd", "every friday", "next week", "half term", "last friday",
     "in two weeks of leave", "the end of the month of may", "fridays",
     "till the friday after that, and till half-term for the rest", "the friday after then"],
)  # fmt: skip
def test_what_is_no_such_day_is_left(words: str) -> None:
    assert list(find_near_days(words, CAME)) == []


def test_at_the_end_of_a_month_and_of_a_week_the_day_is_still_to_come() -> None:
    assert list(find_near_days("the end of the week", date(2010, 4, 17))) == []
    (found,) = find_near_days("the end of next month", date(2010, 1, 31))
    assert found.days == (date(2010, 2, 28),)
    (found,) = find_near_days("in a month", date(2010, 1, 31))
    assert found.days == (date(2010, 2, 28),)


@pytest.mark.parametrize("words", ["the friday after that", "half-term", "half term", "then"])
def test_a_day_that_hangs_on_another_or_on_no_calendar_is_told_as_not_read(words: str) -> None:
    said = ["We are back on Thursday 22nd.", f"Could we have till {words} for the rest?"]
    assert read_requested_until(said, CAME) == RequestedUntil(unread=True)
