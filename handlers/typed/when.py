"""A date as an author typed it, read strictly and day first.

Does: reads one day out of a cell or a blank, or says why it does not: a week, a month, a range,
a day that is not in the calendar.
Trusts: nothing; the text comes from outside. Any text gets an answer, none raises.
Never touches: the clock (today is passed in), the document.
Known limits: English month names, in full or shortened as usual, rightly spelled or with
the commonest slips. A weekday is
allowed and not compared with the date. A month-first date whose day is 12 or less reads as day
first, here as everywhere in the toolkit. Years 1000 to 9999.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from config.refusals import REFUSALS
from handlers.typed.keyboard import plain
from handlers.typed.quoting import quoted

LONGEST = 80  # characters; no date is longer, and a paragraph need not be searched for one

Precision = Literal["day", "month", "year", ""]


@dataclass(frozen=True, slots=True)
class DateReading:
    """`value` is the day where there is exactly one; otherwise `refusal` is a key of
    `[date]` in config/refusals.toml. `precision` is how much was said, `uncertain` a leading "?".
    """

    value: date | None
    precision: Precision
    uncertain: bool = False
    refusal: str = ""


# Refusals of what is meant for a day and is none in any calendar.
IMPOSSIBLE = frozenset({"not-a-day", "month-first", "year-odd", "too-early"})

_MARK = r"[\s./\\|_\u00b7\u2044\u2215-]"
_SEP = rf"{_MARK}+"
_GAP = rf"{_MARK}*"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th))?"
_NAMES = (
    r"(?:jan(?:uary|aury|uray)?|feb(?:ruary|uary|urary|raury|r?y?)|mar(?:ch)?|apr(?:il)?|may|june?|"
    r"july?|aug(?:ust)?|sept?(?:ember|mber)?|oct(?:ober)?|nov(?:ember|emeber)?|dec(?:ember|emeber)?)"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAY = r"\b(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"

_DAY_FIRST = rf"\d{{1,2}}{_ORDINAL}{_SEP}\d{{1,2}}{_SEP}\d+"
_NAMED = rf"\d{{1,2}}{_ORDINAL}{_GAP}(?:of\b)?{_GAP}{_NAMES}{_GAP}\d+"
_NAME_FIRST = rf"{_NAMES}{_GAP}\d{{1,2}}{_ORDINAL}{_SEP}\d+"
_YEAR_FIRST = rf"\d{{4}}{_SEP}\d{{1,2}}{_SEP}\d{{1,2}}"
_ANY = rf"(?:{_YEAR_FIRST}|{_DAY_FIRST}|{_NAMED}|{_NAME_FIRST})"

_PART = re.compile(rf"\d+|{_NAMES}")
# What may stand around a date and changes nothing: its weekday, brackets, a dash, a footnote's
# mark, the word "Date", the midnight that a spreadsheet adds.
_AROUND = re.compile(
    rf"^(?:the\b|on\b|date\b|{_WEEKDAY}|[\s.,;:()\[\]*#-])+|"
    rf"(?:[\s.,;:()\[\]*#-]|\b{_WEEKDAY}|[t\s]00:00(?::00)?)+$"
)
# Each way to write a whole date, and where its day, month and year stand among its parts.
_STYLES = tuple(
    (re.compile(style, re.ASCII), places)
    for style, places in (
        (_DAY_FIRST, (0, 1, 2)),
        (_NAMED, (0, 1, 2)),
        (_NAME_FIRST, (1, 0, 2)),
        (_YEAR_FIRST, (2, 1, 0)),
    )
)

_CLOCK = (
    r"(?:\d{1,2}:\d{2}|\d\s?(?:am|pm|a\.m|p\.m|hrs?|hours)\b|"
    r"\b(?:am|pm|morning|afternoon|evening|eve|night|noon|midday|midnight)\b)"
)
_DATED = rf"^(?=.*(?:\d|\b{_NAMES}\b)).*"  # prose without a figure or a month is no date at all
_NOT_KNOWN = (
    r"(?:date\s)?(?:n\s?[./]?\s?[ka]|(?:not|un)\s?(?:known|given|recorded|stated|sure|applicable|"
    r"dated)|no date|tb[ac])"
)
_ROUGHLY = (
    r"(?:[~?]|\b(?:approx\w*|circa|ca?|about|around|abt|est|estimated?|early|mid|late|end|start|"
    r"beginning|before|after|by|or so|spring|summer|autumn|winter|christmas|easter|new year)\b)"
)
_FROM_TO = (
    rf"(?:\bto\s(?:the\s)?(?:\d|{_NAMES}|date|present|now)|^(?:from|since|between)\b|"
    rf"\b(?:until|till?|onwards?|ongoing|weekend)\b|\d{_ORDINAL}\s*-\s*\d|"
    rf"{_NAMES}{_GAP}\d{{0,4}}\s*[-/]\s*(?:\d{{1,2}}\s*)?{_NAMES}|"
    rf"\d\s*/\s*\d{{1,2}}{_ORDINAL}\s+{_NAMES})"
)
_TWO_DAYS = rf"\d{_ORDINAL}\s*(?:and|&|\+|or|\s)\s*\d{{1,2}}{_ORDINAL}\s*{_NAMES}"
# Read down: the first that fits is the reason.
_REASONS = tuple(
    (key, re.compile(pattern, re.ASCII))
    for key, pattern in (
        ("not-known", rf"^{_NOT_KNOWN}$"),
        ("week", rf"{_DATED}(?:\bw\s?[/.\\]?\s?[cbe]\b|\bw(?:ee)?ks?\b|\bweekly\b)"),
        ("approximate", _DATED + _ROUGHLY),
        ("year-only", r"^(?:in\s)?\d{4}$"),
        ("month-only", rf"^(?:in\s)?{_NAMES}{_GAP}(?:\d{{4}}|\d\d)$"),
        ("month-only", rf"^(?:(?:0?[1-9]|1[0-2]){_SEP}\d{{4}}|\d{{4}}{_SEP}(?:0?[1-9]|1[0-2]))$"),
        ("with-time", rf"^(?=.*{_ANY}).*{_CLOCK}"),
        ("no-year", rf"^\d{{1,2}}{_ORDINAL}{_GAP}(?:of\b)?{_GAP}{_NAMES}$"),
        ("no-year", rf"^(?:{_NAMES}{_GAP}(?:\d{{1,2}}{_ORDINAL})?|\d{{1,2}}{_SEP}\d{{1,2}})$"),
        ("range", _DATED + _FROM_TO),
        ("several", rf"{_ANY}.*\b{_ANY}|{_TWO_DAYS}"),
        ("extra-words", _ANY),
        ("not-a-date", ""),
    )
)
_SAID: dict[str, Precision] = {"month-only": "month", "year-only": "year"}


def read_date(
    text: str, period: tuple[date, date] | None = None, today: date | None = None
) -> DateReading:
    """The one day that `text` gives, day first, or why there is none.

    A two-digit year takes the century nearest to `period` (inside it, if either is). Without a
    period it is the latest year that is not more than one after `today`; without both, 1969-2068.
    """
    words = _plain(text)
    uncertain = words.startswith(("?", "(?)"))
    bare = words.removeprefix("(?)").lstrip("? ") if uncertain else words
    if not any(c.isalnum() for c in bare):
        return DateReading(None, "", uncertain, "not-known" if "?" in words else "empty")
    if len(bare) > LONGEST:
        return DateReading(None, "", uncertain, "not-a-date")
    reading = (
        _strictly(bare, period, today)  # as nearly every date stands
        or _strictly(_AROUND.sub("", bare), period, today)
        or _refused(bare)
    )
    return replace(reading, uncertain=True) if uncertain else reading


def refusal_words(reading: DateReading, raw: str, *, in_table: bool = False) -> tuple[str, str]:
    """What to say of a refused date and how to put it right; `raw` is the text that was read.

    `in_table` gives the advice that fits an entry of a chronology, which has an Authors Comment.
    """
    words = REFUSALS["date"][reading.refusal]
    return words.says.format(value=quoted(raw)), words.fix_for(in_table=in_table)


def _plain(text: str) -> str:
    """Lower case, ordinary spaces and hyphens, nothing invisible, no commas or apostrophes."""
    return " ".join(re.sub("['\u2018\u2019`]", "", plain(text).lower()).replace(",", " ").split())


def _strictly(
    text: str, period: tuple[date, date] | None, today: date | None
) -> DateReading | None:
    """The reading of a whole date in an accepted style; None where `text` is anything else."""
    for style, places in _STYLES:
        if style.fullmatch(text):
            parts = _PART.findall(text)
            day, month, year = (parts[place] for place in places)
            reading = _in_calendar(int(day), _month(month), _year(year, period, today))
            # Where the year leads, the month is meant to stand before the day.
            if reading.refusal == "month-first" and style.pattern != _DAY_FIRST:
                return replace(reading, refusal="not-a-day")
            return reading
    return None


def _in_calendar(day: int, month: int, year: int | None) -> DateReading:
    if year is None:
        return DateReading(None, "", refusal="year-odd")
    if found := _day(day, month, year):
        return DateReading(found, "day")
    refusal = "month-first" if _day(month, day, year) else "not-a-day"
    return DateReading(None, "", refusal=refusal)


def _month(part: str) -> int:
    return int(part) if part.isdigit() else _MONTHS.index(part[:3]) + 1


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str, period: tuple[date, date] | None, today: date | None) -> int | None:
    """None when it is written in neither two figures nor four."""
    if len(digits) == 4:
        return int(digits) if digits[0] != "0" else None
    if len(digits) != 2:
        return None
    if period is None:
        latest = today.year + 1 if today else 2068
        return latest - (latest - int(digits)) % 100
    first, last = period[0].year, period[1].year
    candidates = [century + int(digits) for century in range(1700, 2300, 100)]
    return max(candidates, key=lambda year: (-max(first - year, year - last, 0), year))


def _refused(text: str) -> DateReading:
    text = text.strip(" .;:")
    why = next(key for key, pattern in _REASONS if pattern.search(text))
    return DateReading(None, _SAID.get(why, ""), refusal=why)
