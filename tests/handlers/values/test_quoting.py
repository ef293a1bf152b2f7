"""The one thing a letter may quote, and all that it may not."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from handlers.values.normalise import MAX_QUOTED_LENGTH, UNQUOTED_WORDS, quote_if_harmless
from tests.each_case import each_case


@each_case(
    "value",
    ["31/02/2009", "02/13/2009", "1st Feb 09", "1Feb09", "Mon 2 Feb 2009", "w/c 2/2/09", "2-5/2/09",
     "approx 3/2/09", "25:10", "5.45pm", "1745hrs", "1745", "17:00-18:00", "am", "eve", "N/K",
     "n/a", "Y", "no", "?", "01/02/2009-03/02/2009"],
)  # fmt: skip
def test_a_short_date_time_or_answer_is_quoted(value: str) -> None:
    assert quote_if_harmless(value) == value


@each_case(
    "value",
    ["", "Jane", "June", "April May", "Mark 2009", "Y - alone", "31/02/2009 at home", "ZXCANARY",
     "sun-tan", "<b>1/2/09</b>", "{says}", "1/2/09" * 5],
)  # fmt: skip
def test_names_words_and_long_text_are_not(value: str) -> None:
    assert quote_if_harmless(value) == UNQUOTED_WORDS


@each_case(
    "value",
    ["943 476 5919", "9434765919", "943-476-5919", "0115 496 0123", "01154960123", "07700 900123",
     "0115 49 60 12", "0115 4960 12 34", "N1 9NA", "W1A 1AA", "NG1 5DT", "QQ 12 34 56 C"],
)  # fmt: skip
def test_nhs_and_telephone_numbers_and_postcodes_are_not(value: str) -> None:
    assert quote_if_harmless(value) == UNQUOTED_WORDS


@given(st.text())
def test_whatever_is_quoted_is_short_and_on_one_line(value: str) -> None:
    out = quote_if_harmless(value)
    assert 0 < len(out) <= MAX_QUOTED_LENGTH
    assert out.isprintable()


@given(st.text("0123456789 ./-", min_size=1))
def test_no_run_of_figures_longer_than_a_year_is_quoted(value: str) -> None:
    out = quote_if_harmless(value)
    assert out == UNQUOTED_WORDS or max(map(len, re.findall(r"\d+", out))) <= 4
