"""An absence note: until when, and who stands in; nothing that it does not plainly say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.senders.absence_notes import MAX_ABSENCE_DAYS, AbsenceNote, read_absence
from tests.each_case import each_case

TODAY = date(2010, 4, 1)  # a Thursday
DEPUTY = "jane.deputy@meadowlane.example"


@each_case(
    ("note", "until"),
    [
        ("I am away until 12/04/2010.", (2010, 4, 12)),
        ("I am away until Monday 12 April.", (2010, 4, 12)),
        ("I am away until and including 12 April 2010.", (2010, 4, 12)),
        ("I am on leave up to and including 12th April.", (2010, 4, 12)),
        ("On leave through to Mon 12 Apr 2010", (2010, 4, 12)),
        ("I shall be away till the 12th of April.", (2010, 4, 12)),
        ("I will be back on Monday 12 April.", (2010, 4, 11)),
        ("I am back in the office on 12.04.2010", (2010, 4, 11)),
        ("I will return to work on April 12", (2010, 4, 11)),
        ("Returning to the office on 2010-04-12.", (2010, 4, 11)),
        ("I have left for leave; back Monday 12 April.", (2010, 4, 11)),
        ("Back in the office Monday 12 April.", (2010, 4, 11)),
        ("I will be available again from 12 April.", (2010, 4, 11)),
        ("Away until 12 April. I am back on 13 April.", (2010, 4, 12)),
        ("Away until 5 September", (2010, 9, 5)),
    ],
)
def test_the_last_day_away_is_read(note: str, until: tuple[int, int, int]) -> None:
    assert read_absence(note, TODAY).until == date(*until)


@each_case(
    "note",
    [
        "I am away.",
        "I am away until further notice.",
        "Away until next Monday.",
        "Away until Tuesday 12 April.",  # a Monday
        "Away until 31/04/2010.",
        "Away until 12 March.",  # it has passed
        "Away until 12/04/2009.",
        "Away until 12/04/2019.",
        "Away until 1 January 2099.",
        "Away until 9999-12-31.",
        "Away until 12 April. Jo is away until 14 April.",
        "We met on 12 April.",
        "Case opened 12/04/2010.",
    ],
)
def test_what_is_not_plainly_said_is_not_read(note: str) -> None:
    assert read_absence(note, TODAY).until is None


@pytest.mark.parametrize(
    "note",
    [
        f"Please contact {DEPUTY}.",
        f"In my absence please contact Jane Deputy on {DEPUTY}",
        f"For anything urgent, e-mail Jane ({DEPUTY}) please.",
        f"Please email <{DEPUTY}>; I have asked that she contact {DEPUTY} too.",
    ],
)
def test_one_deputy_s_address_is_read(note: str) -> None:
    assert read_absence(note, TODAY).deputy == DEPUTY


@pytest.mark.parametrize(
    "note",
    [
        "Please contact Jane.",
        f"Sent by {DEPUTY}",
        "Contact a|reboot|b@meadowlane.example.",
        "Contact a`reboot`@meadowlane.example.",
        "Contact $HOME&@meadowlane.example.",
        "Contact --help@meadowlane.example.",
        f"Contact {DEPUTY} or email other@meadowlane.example.",
        "Please contact jane@localhost",
    ],
)
def test_no_deputy_is_guessed(note: str) -> None:
    assert read_absence(note, TODAY).deputy == ""


@given(st.text(max_size=300), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_no_text_raises_and_no_day_is_past_or_far_off(text: str, today: date) -> None:
    for note in (text, f"until {text}", f"back on {text}", f"contact {text}@{text}"):
        away = read_absence(note, today)
        assert away.until is None or (
            today - timedelta(1) <= away.until <= today + timedelta(MAX_ABSENCE_DAYS)
        )
    assert read_absence("", today) == AbsenceNote()


@given(st.dates(TODAY, TODAY + timedelta(180)))
def test_a_day_written_in_full_is_always_read(day: date) -> None:
    note = f"I am away until {day:%A} {day.day} {day:%B %Y}."
    assert read_absence(note, TODAY).until == day
