"""Says whether a few words beside an answer speak of a day that is still to come.

A day without a year is the next one of that name, where that is not far off: in October "5
November" is ahead, and "12 September" is last month's. The words are in
`config/signed_form_doubt_words.toml`.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date, timedelta

from handlers.values.dates import likely_date_span
from handlers.values.doubts import DOUBT_LISTS, sentences
from handlers.values.normalise import fold_text

MAX_WORDS = 9  # words of a sentence that only says when
NOT_FAR_OFF = timedelta(days=150)  # from today to a day that is given without its year
_MONTHS = tuple(name.lower() for name in month_name[1:])
_ABBREVIATED = {month[:3]: month for month in _MONTHS} | {"sept": "september"}
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\Z")
_NUMBERED = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b")


def is_due_ahead(comment: str, today: date) -> bool:
    """Whether a short sentence says no more than that something happens on a day to come."""
    return any(_says_when(sentence, today) for sentence in sentences(comment))


def _says_when(sentence: str, today: date) -> bool:
    words = fold_text(sentence).split()
    if not 1 < len(words) <= MAX_WORDS or any(
        DOUBT_LISTS.has(n, words) for n in ("done", "planned")
    ):
        return False
    if not any(day > today for day in _days(sentence, words, today)):
        return False
    return DOUBT_LISTS.has("coming", words) or all(map(_is_of_day, words))


def _is_of_day(word: str) -> bool:
    return word[:1].isdigit() or _month(word) != "" or DOUBT_LISTS.has("day_words", (word,))


def _month(word: str) -> str:
    return word if word in _MONTHS else _ABBREVIATED.get(word, "")


def _days(sentence: str, words: list[str], today: date) -> Iterator[date]:
    """The days that are named; of a month its last."""
    for number in _NUMBERED.findall(sentence):
        if (span := likely_date_span(number)) is not None:
            yield span[1]
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if month := _month(word):
            day = _ORDINAL.sub(r"\1", before) if before[:1].isdigit() else ""
            given = after if re.fullmatch(r"\d{4}", after) else ""
            yield from _in_year(f"{day} {month}".strip(), given, today)


def _in_year(named: str, year: str, today: date) -> Iterator[date]:
    years = [int(year)] if year else [today.year, today.year + 1]
    for one in years:
        span = likely_date_span(f"{named} {one}")
        if span is not None and (year or span[1] - today <= NOT_FAR_OFF):
            yield span[1]
