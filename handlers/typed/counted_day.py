"""Days that count from another day: "two weeks more", "the following Friday", "next Friday".

Does: keeps such words with the day of the mail that said them, and reads them again against that
day and the due date, in the board's calendar. Where two days may be meant it has both. Pure.
Trusts: nothing; what is not written so is none.
Never touches: which returns there are.
Known limits: a weekday that the due date has too, and that comes before it, is not counted: it may
be the due date itself that is meant.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from config.calendar import Calendar

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    "a couple of": 2, "couple of": 2, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fourteen": 14,
}  # fmt: skip
FOLLOWING, NEXT, AFTER_NEXT = "the following ", "next ", " after next"
IN, SAID_ON, MORE = "in ", ", said on ", " more"
WEEK = timedelta(days=7)
_MORE = re.compile(rf"(?P<n>[a-z]+|\d+) (?P<u>working day|day|week|fortnight|month)s?{MORE}")
_WORKING = re.compile(rf"{IN}(?P<n>[a-z ]+|\d+) working days?")


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last that month has."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def kept_counted(words: str, said: date) -> str:
    return f"{words}{SAID_ON}{said.isoformat()}"


def counted_in(text: str) -> str:
    """The words alone, as they are told; "" for what was not kept so."""
    words, _, said = text.partition(SAID_ON)
    return words if said and _day(said) else ""


def counted(text: str, due: date, calendar: Calendar) -> tuple[date, ...]:
    """The days that it comes to for a return that is due on a day, the earliest first."""
    if found := _MORE.fullmatch(text):
        return _more(found, due, calendar)
    words, _, of_mail = text.partition(SAID_ON)
    said = _day(of_mail)
    if said is None:
        return ()
    if found := _WORKING.fullmatch(words):
        return (calendar.shift(said, _number(found["n"])),)
    name = words.removeprefix("the ") if words.endswith(AFTER_NEXT) else words
    name = name.removeprefix(FOLLOWING).removeprefix(NEXT).removesuffix(AFTER_NEXT).lower()
    if name not in WEEKDAYS:
        return ()
    if words.endswith(AFTER_NEXT):
        return after_next(name, said)
    if words.startswith(NEXT):
        return next_one(name, said)
    return (_following if words.startswith(FOLLOWING) else _weekday)(name, due, said)


def coming(name: str, day: date) -> date:
    """The first such weekday after a day."""
    return day + timedelta(days=(WEEKDAYS.index(name) - day.weekday() - 1) % 7 + 1)


def after_next(name: str, said: date) -> tuple[date, ...]:
    """After the next such weekday, or in the week after the next."""
    return (coming(name, said) + WEEK, coming(name, said) + 2 * WEEK)


def next_one(name: str, said: date) -> tuple[date, ...]:
    """A day that is yet to come in this week may be meant, or that of the next week; one that is
    only to come in the next week is that."""
    first = coming(name, said)
    return (first, first + WEEK) if first - said < timedelta(days=7 - said.weekday()) else (first,)


def _more(found: re.Match[str], due: date, calendar: Calendar) -> tuple[date, ...]:
    n = _number(found["n"])
    match found["u"] if n else "":
        case "":
            return ()
        case "working day":
            return (calendar.shift(due, n),)
        case "month":
            return (months_later(due, n),)
        case unit:
            return (due + timedelta(days=n * {"day": 1, "week": 7, "fortnight": 14}[unit]),)


def _following(name: str, due: date, said: date) -> tuple[date, ...]:
    """After the due date; of a return that is late it may be of this week or of the next."""
    first = coming(name, max(due, said))
    return (first,) if due >= said else (first, first + WEEK)


def _weekday(name: str, due: date, said: date) -> tuple[date, ...]:
    first = coming(name, said)
    if first > due:
        return (first,)
    return () if due.weekday() == first.weekday() else (coming(name, due),)


def _number(words: str) -> int:
    return NUMBERS.get(words) or (int(words) if words.isdigit() else 0)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
