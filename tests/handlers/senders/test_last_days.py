"""On which day somebody leaves, and whether they have left, as a mail says."""

from __future__ import annotations

from datetime import date

from handlers.senders.last_days import read_last_day
from tests.each_case import each_case

TUESDAY, FRIDAY = date(2010, 4, 6), date(2010, 4, 9)


@each_case(
    ("said", "comes_to"),
    [
        ("Author One leaves us on Friday.", (FRIDAY, False)),
        ("Author One is leaving on Friday and Jo Brown takes over from Monday.", (FRIDAY, False)),
        ("My last day is Friday 9 April.", (FRIDAY, False)),
        ("I am leaving the trust. Could we meet on Friday?", (None, False)),
        ("Author One has left us.", (None, True)),
        ("Author One left us on Friday.", (None, True)),
        ("Author One no longer works here from 9 April.", (FRIDAY, True)),
        ("Author One is leaving us.", (None, False)),
    ],
)
def test_a_day_counts_that_stands_with_the_words_and_is_to_come(
    said: str, comes_to: tuple[date | None, bool]
) -> None:
    assert read_last_day(said, TUESDAY) == comes_to
