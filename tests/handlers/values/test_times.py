"""Times of day as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.rules import VALUE_REFUSALS
from handlers.values.times import TimeReading, read_time, time_refusal_words
from tests.each_case import each_case

QUARTER_TO_SIX = time(17, 45)

STYLES = {
    "stop": lambda t: f"{t.hour:02}.{t.minute:02}",
    "hrs": lambda t: f"{t.hour:02}{t.minute:02}hrs",
    "bare": lambda t: f"{t.hour:02}{t.minute:02}",
    "colon and hrs": lambda t: f"{t.hour}:{t.minute:02} hrs",
    "twelve hours": lambda t: f"{t.hour % 12 or 12}.{t.minute:02}{'pm' if t.hour > 11 else 'am'}",
    "stops in pm": lambda t: (
        f"{t.hour % 12 or 12}:{t.minute:02} {'p.m.' if t.hour > 11 else 'a.m.'}"
    ),
    "seconds": lambda t: f"{t.hour:02}:{t.minute:02}:00",
    "letter h": lambda t: f"{t.hour:02}h{t.minute:02}",
}


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_a_time_with_a_colon_is_right_with_or_without_a_leading_nought(at: time) -> None:
    assert read_time(f"{at:%H:%M}") == TimeReading(at)
    assert read_time(f" {at.hour}:{at.minute:02} ") == TimeReading(at)


@given(
    st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.sampled_from(sorted(STYLES))
)
def test_a_clear_time_in_another_style_is_read_and_marked(at: time, style: str) -> None:
    assert read_time(STYLES[style](at)) == TimeReading(at, style=True)


@given(st.text() | st.text("0123456789:.apmhrs -?"))
def test_any_text_has_an_answer_and_a_time_or_a_refusal_but_never_both(text: str) -> None:
    reading = read_time(text)
    assert (reading.value is None) == bool(reading.refusal)
    assert not (reading.refusal and reading.style)
    if reading.refusal:
        assert all(time_refusal_words(reading, text))


@pytest.mark.parametrize(
    "text", ["17.45", "1745hrs", "5.45pm", "1745", "17;45", "17: 45", "17 45", "5:45 P.M."]
)
def test_the_usual_other_styles_are_clear(text: str) -> None:
    assert read_time(text) == TimeReading(QUARTER_TO_SIX, style=True)


def test_noon_is_a_clear_time_and_twelve_am_is_midnight() -> None:
    assert read_time("12 noon").value == time(12)
    assert read_time("12am").value == time(0)
    assert read_time("12pm").value == time(12)


MARKED = (
    "?17:45", "? 17:45", "17:45?", "17:45 (?)", "~17:45", "approx 17:45", "Approx. 17:45",
    "approximately 17:45", "c. 17:45", "c17:45", "C 17:45", "ca. 17:45", "circa 17:45",
    "about 17:45",
    "at about 17:45", "around 17:45", "est 17:45", "est. 17:45", "estimated 17:45", "17:45 est",
    "17:45 (est)", "17:45 (est.)", "17:45 estimated", "17:45 (estimated time)", "17:45 approx",
    "17:45 (approx.)", "17:45, approximately", "17:45 or so", "approx time 17:45", "\u224817:45",
    "17:45\n(approx)", "\u00a0?\u00a017:45",
)  # fmt: skip


@each_case("text", MARKED)
def test_a_time_marked_as_an_estimate_is_that_time(text: str) -> None:
    assert read_time(text) == TimeReading(QUARTER_TO_SIX, estimated=True)


@pytest.mark.parametrize("text", ["about 5.45pm", "c. 1745", "5.45pm-ish", "~1745hrs", "17.45?"])
def test_an_estimate_in_another_style_is_both(text: str) -> None:
    assert read_time(text) == TimeReading(QUARTER_TO_SIX, style=True, estimated=True)


REFUSED = {
    "": "empty",
    "-": "empty",
    "am": "part-of-day",
    "a.m.": "part-of-day",
    "eve": "part-of-day",
    "early pm": "part-of-day",
    "N/K": "not-known",
    "?": "not-known",
    "not known": "not-known",
    "17:00-18:00": "range",
    "17:00 – 18:00": "range",
    "9am to 5pm": "range",
    "25:10": "off-the-clock",
    "17:75": "off-the-clock",
    "17:45am": "off-the-clock",
    "17": "off-the-clock",
    "24:00": "midnight",
    "midnight": "midnight",
    "before 17:45": "estimated",
    "after 5pm": "estimated",
    "by 17:45": "estimated",
    "approx 25:10": "off-the-clock",
    "approx 17:00-18:00": "range",
    "10.00-11.00": "range",
    "about 5 o'clock": "estimated",
    "n/r": "not-known",
    "not recorded": "not-known",
    "17:00 & 18:00": "several",
    "1700/1800": "several",
    "1/2/09": "date",
    "17:45 phone call": "extra-words",
    "Telephone call": "not-a-time",
    "9:5": "not-a-time",
    "١٧:٤٥": "not-a-time",
    "x" * 5000: "not-a-time",
}


@each_case(("text", "why"), REFUSED.items(), ids=lambda v: str(v)[:20])
def test_what_is_not_one_time_is_refused_for_its_own_reason(text: str, why: str) -> None:
    reading = read_time(text)
    assert reading.value is None
    assert reading.refusal == why


def test_every_reason_has_words_and_every_word_a_reason() -> None:
    assert set(REFUSED.values()) == set(VALUE_REFUSALS["time"])


def test_the_words_quote_the_time_that_is_the_fault() -> None:
    says, fix = time_refusal_words(read_time("25:10"), "25:10")
    assert says == "25:10 is not a time on the 24 hour clock."
    assert fix == "Enter one time from 00:00 to 23:59 (hh:mm)."
