"""Which days a date that was refused may stand for, as plainly as it can be read.

Does: gives the span of days of "31/04/2008" (31 March to 31 May), "12/13/2008" (13 December, as its
author is told), "12/2006-01/2007" (December, where it begins) or "2006".
Trusts: `handlers/typed/when.py` for whole days.
Never touches: findings. What is only likely makes no fault of its own.
Known limits: what has neither a month in figures nor a year in four figures stands for nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from handlers.typed.when import read_date

Span = tuple[date, date]

LONGEST = 60
_DAY = re.compile(r"(?<!\d)\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}(?!\d)")
_MONTH = re.compile(r"(?<![\d./-])(\d{1,2})[./ -](\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def likely(text: str, period: Span | None = None) -> Span | None:
    """The first and the last day that it may be; None where that is not plain."""
    if len(text) > LONGEST:
        return None
    if found := _DAY.search(text):
        return _of_day(found[0], period)
    if (found := _MONTH.search(text)) and 1 <= int(found[1]) <= 12:
        return _of_month(int(found[2]), int(found[1]))
    years = _YEAR.findall(text)
    return (date(int(years[0]), 1, 1), date(int(years[0]), 12, 31)) if years else None


def _of_day(text: str, period: Span | None) -> Span | None:
    """The day itself; with the month first, that day. Of a day that the month does not have either
    the day or the month is wrong: the month, and that day in the months beside it."""
    day, month, year = re.findall(r"\d+", text)
    for one in (text, f"{month}/{day}/{year}"):
        value = read_date(one, period).value
        if value is not None:
            return value, value
    whole = read_date(f"1/{month}/{year}", period).value
    if whole is None:
        return None
    first, last = _of_month(whole.year, whole.month)
    before, after = first - timedelta(1), last + timedelta(1)
    return _clipped(before, int(day)), _clipped(after, int(day))


def _clipped(month: date, day: int) -> date:
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def _of_month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
