"""Dates as people type them: read strictly, day first, or refused with a reason."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from config.rules import VALUE_REFUSALS
from handlers.values.dates import DateReading, date_refusal_words, read_date
from tests.each_case import each_case

PERIOD = (date(2007, 1, 1), date(2010, 2, 14))
FIRST_OF_FEBRUARY = date(2009, 2, 1)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

days = st.dates(date(1911, 1, 1), date(2099, 12, 31))


def ordinal(number: int) -> str:
    teens = 10 < number < 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


STYLES = {
    "figures": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "no noughts": lambda d: f"{d.day}.{d.month}.{d.year}",
    "hyphens": lambda d: f"{d.day}-{d.month}-{d.year}",
    "spaces": lambda d: f"{d.day} {d.month} {d.year}",
    "two marks": lambda d: f"{d.day:02}.{d.month:02}/{d.year}",
    "dashes": lambda d: f"{d.day}–{d.month}–{d.year}",
    "iso": lambda d: d.isoformat(),
    "words": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "ordinal": lambda d: f"{ordinal(d.day)} {MONTHS[d.month - 1][:3]} {d.year}",
    "of": lambda d: f"the {ordinal(d.day)} of {MONTHS[d.month - 1]}, {d.year}.",
    "weekday": lambda d: f"{d:%A} {d.day} {MONTHS[d.month - 1]} {d.year}",
    "short weekday": lambda d: f"{d:%a}. {d.day:02}/{d.month:02}/{d.year}",
    "month named first": lambda d: f"{MONTHS[d.month - 1]} {ordinal(d.day)}, {d.year}",
    "non-breaking": lambda d: f"{d.day}\u00a0{MONTHS[d.month - 1][:3]}\u00a0{d.year}",
    "tight": lambda d: f"{d.day}{MONTHS[d.month - 1][:3].upper()}{d.year}",
    "trailing stop": lambda d: f" {d.day:02}.{d.month:02}.{d.year}. ",
    "zero width": lambda d: f"\u200b{d.day:02}/{d.month:02}/{d.year}",
}


@given(day=days, style=st.sampled_from(sorted(STYLES)))
def test_every_accepted_style_gives_back_the_day(day: date, style: str) -> None:
    assert read_date(STYLES[style](day)) == DateReading(day, "day")


@given(st.text() | st.text("0123456789/.- ?fbjanFEmrst"), st.none() | st.just(PERIOD))
def test_any_text_has_an_answer_and_a_day_or_a_refusal_but_never_both(
    text: str, period: tuple[date, date] | None
) -> None:
    reading = read_date(text, period, date(2010, 4, 1))
    assert (reading.value is None) == bool(reading.refusal)
    assert (reading.precision == "day") == (reading.value is not None)
    if reading.refusal:
        assert all(date_refusal_words(reading, text))


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1900, 2100))
def test_figures_that_could_be_read_either_way_are_day_first(
    first: int, second: int, year: int
) -> None:
    assert read_date(f"{first}/{second}/{year}").value == date(year, second, first)


@each_case(
    "text",
    ["01.02.09", "1/2/2009", "01.02/09", "1st Feb 09", "1 February 2009", "Sun 1 Feb 2009",
     "2009-02-01", "February 1st, 2009", "1\u00a0Feb\u00a009", "1. Feb. 2009.", "1 Feb '09",
     "1//2/2009", "1\\2\\09", "1/2/2009 (Sun)", "2009/02/01", "1 / 2 / 2009"],
)  # fmt: skip
def test_the_toolkits_styles_and_their_near_relations_are_read(text: str) -> None:
    assert read_date(text, PERIOD) == DateReading(FIRST_OF_FEBRUARY, "day")


def test_sept_is_a_month() -> None:
    assert read_date("3rd Sept 2009").value == date(2009, 9, 3)


def test_mixed_marks_between_the_parts_are_read() -> None:
    assert read_date("22.05/16", today=date(2017, 1, 1)).value == date(2016, 5, 22)


def test_a_weekday_that_disagrees_with_the_date_does_not_change_it() -> None:
    assert read_date("Friday 1 February 2009").value == FIRST_OF_FEBRUARY


REFUSED = {
    "": "empty",
    " \u00a0\u200b ": "empty",
    "-": "empty",
    "31/02/2009": "not-a-day",
    "29/02/09": "not-a-day",
    "2009-13-02": "not-a-day",
    "31 April 2009": "not-a-day",
    "45/45/2009": "not-a-day",
    "02/13/2009": "month-first",
    "12.25.08": "month-first",
    "1/2/9": "year-odd",
    "1/2/209": "year-odd",
    "1/2/20009": "year-odd",
    "1/2/0209": "year-odd",
    "Feb 2009": "month-only",
    "Feb '09": "month-only",
    "02/2009": "month-only",
    "2009-02": "month-only",
    "2009": "year-only",
    "in 2009": "year-only",
    "XX Feb 2009": "day-open",
    "__/02/2009": "day-open",
    "[day] Feb 2009": "day-open",
    "Tues XX Feb 2009": "day-open",
    "Feb XX 2009": "day-open",
    "2 Feb": "no-year",
    "2/2": "no-year",
    "February": "no-year",
    "w/c 2/2/09": "week",
    "wc 2/2/09": "week",
    "W.C. 2/2/09": "week",
    "week commencing 2 Feb 2009": "week",
    "wk beg 2/2/09": "week",
    "2-5/2/09": "range",
    "2-5 Feb 2009": "range",
    "2/5 Feb 2009": "range",
    "1/2/09 - 3/2/09": "range",
    "1/2/09 to 3/2/09": "range",
    "from 1/2/09": "range",
    "Feb-Mar 2009": "range",
    "Dec 08/Jan 09": "range",
    "2008-2009": "range",
    "2/2/09 onwards": "range",
    "approx 3/2/09": "approximate",
    "c. 3/2/09": "approximate",
    "~3/2/09": "approximate",
    "3/2/09?": "approximate",
    "mid Feb 2009": "approximate",
    "Summer 2009": "approximate",
    "1/2/09 3/2/09": "several",
    "1/2/09\n3/2/09": "several",
    "1/2/09 & 3/2/09": "several",
    "2 and 3 Feb 2009": "several",
    "3/2/09 17:45": "with-time",
    "3 Feb 2009 at 5pm": "with-time",
    "2009-02-03T17:45:00": "with-time",
    "3/2/09 (from notes)": "extra-words",
    "3/2/09 referred to GP": "extra-words",
    "N/K": "not-known",
    "?": "not-known",
    "date not known": "not-known",
    "17:45": "not-a-date",
    "01022009": "not-a-date",
    "Home visit by the health visitor": "not-a-date",
    "x" * 5000: "not-a-date",
    "١/٢/٢٠٠٩": "not-a-date",
}


@each_case(("text", "why"), REFUSED.items(), ids=lambda v: str(v)[:20])
def test_what_is_not_one_day_is_refused_for_its_own_reason(text: str, why: str) -> None:
    reading = read_date(text, PERIOD)
    assert reading.value is None
    assert reading.refusal == why


def test_every_reason_has_words_and_every_word_a_reason() -> None:
    told = set(REFUSED.values()) | {"month-first-throughout"}
    told |= {"too-early", "not-settled"}  # of days of signing
    assert told == set(VALUE_REFUSALS["date"])


def test_how_much_was_said_is_kept() -> None:
    assert read_date("Feb 2009").precision == "month"
    assert read_date("2009").precision == "year"
    assert read_date("w/c 2/2/09").precision == ""


def test_a_leading_question_mark_marks_an_uncertain_date() -> None:
    assert read_date("?1/2/2009") == DateReading(FIRST_OF_FEBRUARY, "day", uncertain=True)
    assert read_date("?Feb 2009").uncertain
    assert not read_date("1/2/2009").uncertain


def test_a_two_digit_year_takes_the_century_of_the_period() -> None:
    assert read_date("1/2/09", (date(1907, 1, 1), date(1910, 1, 1))).value == date(1909, 2, 1)
    assert read_date("1/2/09", PERIOD, date(2100, 1, 1)).value == FIRST_OF_FEBRUARY


def test_a_two_digit_year_outside_the_period_takes_the_nearest_century() -> None:
    assert read_date("1/2/86", PERIOD).value == date(1986, 2, 1)
    assert read_date("1/2/11", PERIOD).value == date(2011, 2, 1)


@given(days, st.integers(-90, 0))
def test_without_a_period_a_two_digit_year_is_the_latest_up_to_next_year(
    today: date, years: int
) -> None:
    year = today.year + 1 + years
    reading = read_date(f"1/2/{year % 100:02}", today=today)
    assert reading.value == date(year, 2, 1)


@given(days)
def test_a_two_digit_year_within_the_period_gives_back_the_day(day: date) -> None:
    period = (day - timedelta(days=400), day + timedelta(days=400))
    assert read_date(f"{day:%d.%m.%y}", period).value == day


def test_the_words_quote_a_date_and_nothing_else() -> None:
    says, fix = date_refusal_words(read_date("31/02/2009"), "31/02/2009")
    assert says == "31/02/2009 is not a day in the calendar."
    assert fix == "Enter the day, day first, such as 28/02/2009."


@each_case("text", [*REFUSED, "31/02/2009 ZXCANARY", "w/c 2/2/09 ZXCANARY"])
def test_no_word_that_an_author_wrote_comes_back(text: str) -> None:
    says, fix = date_refusal_words(read_date(text), text)
    for word in ("ZXCANARY", "visit", "notes", "referred", "xxx"):
        assert word not in says + fix


def test_an_entry_of_a_chronology_gets_advice_that_fits_it() -> None:
    reading = read_date("2-5/2/09", PERIOD)
    assert "Authors Comment" in date_refusal_words(reading, "2-5/2/09", in_table=True)[1]
    assert "Authors Comment" not in date_refusal_words(reading, "2-5/2/09")[1]
