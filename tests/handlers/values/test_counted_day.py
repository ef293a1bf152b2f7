"""Days that count from the due date, Friday 16 April 2010, and how they are kept."""

from __future__ import annotations

from datetime import date

import pytest

from config.calendar import Calendar
from handlers.values.relative_days import (
    encode_relative_day,
    resolve_relative_day,
    words_of_relative_day,
)

DUE = date(2010, 4, 16)
EARLY, BEFORE, LATE = date(2010, 4, 1), date(2010, 4, 14), date(2010, 4, 20)
ENGLAND = Calendar.for_subdivision("ENG")


def days(text: str, due: date = DUE) -> list[str]:
    return [f"{day:%d %b}" for day in resolve_relative_day(text, due, ENGLAND)]


@pytest.mark.parametrize(
    ("span", "day"),
    [
        ("two weeks more", "30 Apr"),
        ("one week more", "23 Apr"),
        ("10 days more", "26 Apr"),
        ("one month more", "16 May"),
        ("one fortnight more", "30 Apr"),
        ("eleven working days more", "04 May"),  # 3 May is a bank holiday
    ],
)
def test_a_span_counts_from_the_due_date_in_the_boards_calendar(span: str, day: str) -> None:
    assert days(span) == [day]


@pytest.mark.parametrize(
    ("words", "said", "found"),
    [
        ("the following Friday", BEFORE, ["23 Apr"]),
        ("the following Monday", BEFORE, ["19 Apr"]),
        ("the following Friday", LATE, ["23 Apr", "30 Apr"]),
        ("Monday", BEFORE, ["19 Apr"]),
        ("Monday", EARLY, ["19 Apr"]),  # the 5th is before it is due
        ("Friday", BEFORE, []),  # it may be the due date that is meant
        ("Friday", LATE, ["23 Apr"]),
        ("next Friday", BEFORE, ["16 Apr", "23 Apr"]),
        ("next Monday", BEFORE, ["19 Apr"]),
        ("the Friday after next", BEFORE, ["23 Apr", "30 Apr"]),
        ("in ten working days", date(2010, 4, 20), ["05 May"]),
    ],
)
def test_a_weekday_is_read_by_the_due_date_and_the_day_it_was_said(
    words: str, said: date, found: list[str]
) -> None:
    kept = encode_relative_day(words, said)
    assert (days(kept), words_of_relative_day(kept)) == (found, words)


@pytest.mark.parametrize(
    "text",
    ["", "2010-04-30", "2010-04-30 or 2010-05-07", "Friday", "soon, said on 2010-04-14",
     "Monday, said on some day", "few days more"],
)  # fmt: skip
def test_what_is_not_kept_so_is_no_day(text: str) -> None:
    assert days(text) == [] and words_of_relative_day(text) in ("", "soon")
