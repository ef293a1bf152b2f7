"""The day until which more time is given: one day to come, and no other reading of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.orders.order import QuestionReason
from handlers.values.dates import IMPOSSIBLE_DATES, read_date
from handlers.values.day_words import WEEKDAYS

MAX_DAYS_AHEAD = 366
MAX_DAYS_WITHOUT_YEAR = 183  # a day that is further off may be one that has been

_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b", re.I)


def read_day_to_come(text: str, today: date) -> date | QuestionReason:
    """The day, or why there is none."""
    said = _WEEKDAY.match(text)
    day = _day(text[said.end() :].lstrip(" ,") if said else text, today)
    if said and isinstance(day, date) and not WEEKDAYS[day.weekday()].startswith(said[1].lower()):
        return "day-of-week"
    return day


def read_day_gone(text: str, today: date) -> date | QuestionReason:
    """A day that has been, today among them, or why there is none; without a year the last one."""
    reading = read_date(text, today=today)
    if reading.uncertain or "?" in text:
        return "day-missing"
    days = [reading.value] if reading.value is not None else []
    if reading.refusal == "no-year" and any(map(str.isdigit, text)):
        readings = (read_date(f"{text} {year}").value for year in (today.year, today.year - 1))
        days = [day for day in readings if day is not None]
        if days and days[0] > today and not any(_is_near(day, today) for day in days):
            return "day-to-come"
    if not days:
        return "day-impossible" if reading.refusal in IMPOSSIBLE_DATES else "day-missing"
    gone = next((day for day in days if day <= today), None)
    if gone is None:
        return "day-to-come"
    return gone if gone >= today - timedelta(MAX_DAYS_AHEAD) else "day-far"


def _is_near(day: date, today: date) -> bool:
    return today - timedelta(MAX_DAYS_WITHOUT_YEAR) <= day <= today


def _day(text: str, today: date) -> date | QuestionReason:
    reading = read_date(text, today=today)
    if reading.uncertain or "?" in text:
        return "day-missing"
    if reading.value is not None:
        return _weighed(reading.value, today)
    if reading.refusal == "no-year" and any(map(str.isdigit, text)):
        return _without_year(text, today)
    return "day-impossible" if reading.refusal in IMPOSSIBLE_DATES else "day-missing"


def _without_year(text: str, today: date) -> date | QuestionReason:
    """This year's, or next year's where that is near; neither where this year's has been."""
    readings = [read_date(f"{text} {year}").value for year in (today.year, today.year + 1)]
    days = [day for day in readings if day is not None]
    near = today + timedelta(MAX_DAYS_WITHOUT_YEAR)
    coming = next((day for day in days if today < day <= near), None)
    if coming is not None:
        return coming
    return "day-past" if days else "day-impossible"


def _weighed(day: date, today: date) -> date | QuestionReason:
    if day <= today:
        return "day-past"
    return "day-far" if day > today + timedelta(MAX_DAYS_AHEAD) else day
