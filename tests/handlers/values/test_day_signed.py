"""A day of signing may carry the time that a program stamped beside it."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.values.dates import read_date, read_signing_day
from tests.each_case import each_case

DAY = date(2010, 5, 21)


@each_case("day", ["21/05/2010", "21 May 2010", "2010-05-21", "21.05.2010"])
@each_case(
    "time",
    [" 09:15", " at 9:15", ", 09:15:32", " 09:15:32 +01'00'", " at 3pm", " 3.15 p.m.", " 1530 hrs",
     " (09:15 BST)", " in the afternoon", " 09:15 GMT"],
)  # fmt: skip
def test_a_time_beside_the_day_changes_nothing(day, time):
    assert read_signing_day(day + time).value == DAY


@pytest.mark.parametrize("text", ["2010-05-21T09:15:00Z", "09:15 on 21 May 2010", "9.15am 21/5/10"])
def test_a_stamp_in_another_order_is_read_too(text):
    assert read_signing_day(text).value == DAY or read_date(text).value is None


@pytest.mark.parametrize("text", ["31/04/2010 09:15", "May 2010", "09:15", "TBC", ""])
def test_what_is_no_day_stays_none(text):
    assert read_signing_day(text).value is None
    assert read_signing_day(text).refusal


def test_nothing_is_signed_before_the_period_of_the_review_begins():
    period = (date(2009, 1, 1), date(2010, 3, 31))
    for text in ("24/05/1010", "24 May 1910", "31/12/2008 09:15"):
        assert read_signing_day(text, period).refusal == "too-early", text
    assert read_signing_day("1/1/09", period).value == date(2009, 1, 1)
