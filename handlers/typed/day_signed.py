"""The day something was signed, which a program may have stamped with the time.

Does: reads a date as `when.py` does, and where only a time of day stands beside it, the date.
Trusts: nothing.
Never touches: the clock.
Known limits: an event's date with a time is another matter: that time belongs in its own column.
"""

from __future__ import annotations

import re
from datetime import date

from handlers.typed.when import LONGEST, DateReading, read_date

_CLOCK = re.compile(
    r"[\s,(]*(?:\bat\b|(?<=\d)t(?=\d))?\s*\b(?:\d{1,2}(?:[:.h]\d{2}){1,2}(?:\.\d{1,6})?"
    r"|\d{1,2}(?=\s?[ap]\.?m)|\d{3,4}(?=\s?(?:hrs?|hours)))\s?"
    r"(?:[ap]\.?m\b\.?|hrs?\b|hours\b|z\b|utc\b|gmt\b|bst\b)?"
    r"(?:\s?[+-]\d{2}'?:?(?:\d{2})?'?|\s?(?:gmt|bst|utc)\b)?\)?\s*$"
    r"|\s*\((?:gmt|bst|utc)\)\s*$"
    r"|[\s,]*(?:\bin the\b\s*)?\b(?:morning|afternoon|evening|noon|midday)\b\s*$",
    re.I,
)
_CLOCK_FIRST = re.compile(
    r"^\s*\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?|hrs?\b|hours\b)?[\s,]*(?:\bon\b)?\s*", re.I
)


def read_day_signed(
    text: str, period: tuple[date, date] | None = None, today: date | None = None
) -> DateReading:
    """`read_date`, a time of day beside the date left out. Nothing was signed before the period
    of the review began: such a day is refused."""
    reading = _without_time(text, period, today)
    if reading.value is None or period is None or reading.value >= period[0]:
        return reading
    return DateReading(None, "", refusal="too-early")


def _without_time(text: str, period: tuple[date, date] | None, today: date | None) -> DateReading:
    reading = read_date(text, period, today)
    if reading.value is not None or len(text) > LONGEST:
        return reading
    for bare in (_CLOCK.sub("", text), _CLOCK_FIRST.sub("", text)):
        if bare.strip() and bare != text:
            again = read_date(bare, period, today)
            if again.value is not None:
                return again
    return reading
