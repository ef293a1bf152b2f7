"""A stretch of days in one cell is read by its first day, however the two share month and year."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.values.dates import likely_date_span, read_date
from tests.each_case import each_case

PERIOD = (date(2008, 1, 1), date(2010, 1, 31))
SIGNS = ("-", " - ", "\u2013", " \u2013 ", "/", " to ", " until ", " to the ")
PAIRS = ((11, 12), (2, 5), (3, 4), (28, 30), (1, 2), (12, 13), (9, 31))
MONTHS = ("{m:02}", "{m}")


def ranges() -> list[tuple[str, date]]:
    found = []
    for first, last in PAIRS:
        for m, name in ((1, "January"), (12, "Dec"), (10, "October")):
            for sign in SIGNS:
                shown = [f"{first:02}{sign}{last:02}", f"{first}{sign}{last}"]
                for days in shown:
                    for sep in "/.-":
                        if sign.strip() == sep == "-":
                            continue
                        found += [
                            (f"{days}{sep}{m:02}{sep}2009", date(2009, m, first)),
                            (f"{days}{sep}{m}{sep}09", date(2009, m, first)),
                        ]
                if sign != "/":
                    found.append((f"{first}{sign}{last} {name} 2009", date(2009, m, first)))
                    found.append((f"{first}th{sign}{last}th {name} 09", date(2009, m, first)))
    return found


def test_the_first_day_of_a_stretch_is_read_in_every_way_it_is_written():
    """Told as out of order and outside the period, and it was neither."""
    wrong = {
        text: span
        for text, first in ranges()
        if (span := likely_date_span(text, PERIOD)) != (first, first)
    }
    assert wrong == {}


@each_case(
    ("text", "first"),
    [
        ("11-12/01/2010", date(2010, 1, 11)),
        ("02-05/02/2009", date(2009, 2, 2)),
        ("02-05-02-2009", date(2009, 2, 2)),
        ("28/06-02/07/2009", date(2009, 6, 28)),
        ("28/6 - 2/7/09", date(2009, 6, 28)),
        ("30/12-2/1/2010", date(2009, 12, 30)),
        ("28 June - 2 July 2009", date(2009, 6, 28)),
        ("28th June to 2nd July 2009", date(2009, 6, 28)),
        ("30 Dec to 2 Jan 2010", date(2009, 12, 30)),
        ("30-2/07/2009", date(2009, 6, 30)),
        ("30-2/01/2010", date(2009, 12, 30)),
        ("11/01/2010-12/01/2010", date(2010, 1, 11)),
        ("11/01/2010 to 12/01/2010", date(2010, 1, 11)),
        ("11.01.09 - 12.01.09", date(2009, 1, 11)),
    ],
)
def test_a_stretch_over_the_end_of_a_month_or_a_year_begins_in_the_earlier_one(text, first):
    assert likely_date_span(text, PERIOD) == (first, first)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("11 and 12/01/2010", (date(2010, 1, 11), date(2010, 1, 12))),
        ("11 & 12 January 2010", (date(2010, 1, 11), date(2010, 1, 12))),
        ("3 or 4 March 2009", (date(2009, 3, 3), date(2009, 3, 4))),
    ],
)
def test_two_days_beside_each_other_are_any_of_them(text, span):
    assert likely_date_span(text, PERIOD) == span
    assert read_date(text, PERIOD).value is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/06/2009", None),
        ("02-05-2009", date(2009, 5, 2)),
        ("02/05/09", date(2009, 5, 2)),
        ("11.12.2009", date(2009, 12, 11)),
        ("1/2/2009", date(2009, 2, 1)),
    ],
)
def test_a_single_day_is_no_stretch(text, day):
    assert read_date(text, PERIOD).value == day
    if day:
        assert likely_date_span(text, PERIOD) == (day, day)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("11-12/01/2010", "range"),
        ("02-05/02/2009", "range"),
        ("11 & 12/01/2010", "several"),
        ("11 and 12/01/2010", "several"),
        ("28/06-02/07/2009", "range"),
    ],
)
def test_a_stretch_is_refused_as_what_it_is(text, refusal):
    assert read_date(text, PERIOD).refusal == refusal
