"""The words and patterns of days: months, weekdays, numbers and whole dates as people write them.

What a typed value means as a day is `dates.py`; what "in two weeks" comes to, `relative_days.py`.
"""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date

# As they begin, in their order. "September" and "sept" begin with "sep".
MONTH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_STEM_PATTERN = "|".join(MONTH_STEMS)
MONTH_PATTERN = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
FULL_MONTHS = tuple(month_name[1:])  # with a capital

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_PATTERN = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"

NUMBER_WORDS = {
    "a couple of": 2, "couple of": 2, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fourteen": 14,
}  # fmt: skip
# The longest first, so that none is read as the beginning of another.
NUMBER_WORD_PATTERN = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
NUMBER_PATTERN = rf"(?:{NUMBER_WORD_PATTERN}|\d{{1,2}})"

# A whole day in the text of a letter.
DAY_PATTERN = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ .\-/]*{MONTH_PATTERN}[ .,\-/]*\d{{2,4}}|"
    rf"{MONTH_PATTERN} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}[./\-]\d{{1,2}}[./\-]\d{{2,4}}|"
    rf"\d{{4}}-\d{{2}}-\d{{2}})\b",
    re.I,
)
# A day with which a table's cell begins, whatever it is called.
CELL_DAY_PATTERN = re.compile(
    r"[\s(*\u2022-]*(?:[A-Za-z]{3,9}[.,]?\s)?"
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{4}-\d\d-\d\d|"
    r"\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?[A-Za-z]{3,9}\.?,?\s\d{2,4})\b",
    re.ASCII,
)


def read_iso_day(text: str) -> date | None:
    """The day as the register keeps it; None where it keeps something else there."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
