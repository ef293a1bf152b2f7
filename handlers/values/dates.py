"""Dates as an author typed them, read strictly and day first. Toolkit, e) Guidance Notes: Date."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from config.rules import VALUE_REFUSALS
from config.season_words import SEASONS
from handlers.values.day_words import MONTH_STEMS
from handlers.values.normalise import plain_characters, quote_if_harmless

MAX_DATE_LENGTH = 80  # characters; no date is longer, and a paragraph need not be searched for one

Precision = Literal["day", "month", "year", ""]


@dataclass(frozen=True, slots=True)
class DateReading:
    """`value` is the day where there is exactly one; otherwise `refusal` is a key of `[date]` in
    config/value_refusals.toml. `precision` is how much was said, `uncertain` a leading "?"."""

    value: date | None
    precision: Precision
    uncertain: bool = False
    refusal: str = ""


# Why a text that is meant as a day is refused: no calendar has such a day, or no case such a year.
IMPOSSIBLE_DATES = frozenset({"not-a-day", "month-first", "year-odd", "too-early"})

_MARK = r"[\s./\\|_\u00b7\u2044\u2215-]"
_SEP = rf"{_MARK}+"
_GAP = rf"{_MARK}*"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th))?"
_NAMES = (
    r"(?:jan(?:uary|aury|uray)?|feb(?:ruary|uary|urary|raury|r?y?)|mar(?:ch)?|apr(?:il)?|may|june?|"
    r"july?|aug(?:ust)?|sept?(?:ember|mber)?|oct(?:ober)?|nov(?:ember|emeber)?|dec(?:ember|emeber)?)"
)
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
_UNHEARD = {**{ord(mark): None for mark in "'\u2018\u2019`"}, ord(","): " "}
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
_TWO_DAYS = (
    rf"\d{_ORDINAL}\s*(?:(?:and|&|\+|or|\s)\s*\d{{1,2}}{_ORDINAL}\s*{_NAMES}|"
    rf"(?:and|&|\+|or)\s*\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}\d)"
)
# "XX May 2010", "__/05/2010", "[day] May 2010": the place of the day is held open.
_OPEN = r"x{1,3}|\?{1,3}|_+|\.{2,}|\u2026+|#+|-+|dd?|day|date|tb[ac]"
_OPEN_DAY = rf"(?:{_OPEN}|[(\[]\s*(?:{_OPEN}|insert (?:day|date))?\s*[)\]])"
_DAY_LEFT = (
    rf"^(?:{_WEEKDAY}\s)?{_OPEN_DAY}{_ORDINAL}{_GAP}(?:of\b)?{_GAP}(?:{_NAMES}|\d{{1,2}}){_GAP}\d{{2,4}}$|"
    rf"^{_NAMES}{_GAP}{_OPEN_DAY}{_ORDINAL}{_SEP}\d{{4}}$|"
    rf"^(?:x+|mm?){_SEP}(?:x+|mm?){_SEP}\d{{4}}$|^\d{{4}}{_SEP}\d{{1,2}}{_SEP}{_OPEN_DAY}$"
)
# Read down: the first that fits is the reason.
_REASONS = tuple(
    (key, re.compile(pattern, re.ASCII))
    for key, pattern in (
        ("not-known", rf"^{_NOT_KNOWN}$"),
        ("day-open", _DAY_LEFT),
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
    if len(bare) > MAX_DATE_LENGTH:
        return DateReading(None, "", uncertain, "not-a-date")
    reading = (
        _strictly(bare, period, today)  # as nearly every date stands
        or _strictly(_AROUND.sub("", bare), period, today)
        or _refused(bare)
    )
    return replace(reading, uncertain=True) if uncertain else reading


def date_refusal_words(
    reading: DateReading, raw: str, *, in_table: bool = False
) -> tuple[str, str]:
    """What to say of a refused date and how to put it right; `raw` is the text that was read.

    `in_table` gives the advice that fits an entry of a chronology, which has an Authors Comment.
    """
    words = VALUE_REFUSALS["date"][reading.refusal]
    return words.says.format(value=quote_if_harmless(raw)), words.fix_for_place(in_table=in_table)


def _plain(text: str) -> str:
    """Lower case, ordinary spaces and hyphens, nothing invisible, no commas or apostrophes."""
    return " ".join(plain_characters(text).lower().translate(_UNHEARD).split())


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
    return int(part) if part.isdigit() else MONTH_STEMS.index(part[:3]) + 1


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


DateSpan = tuple[date, date]

MAX_LIKELY_LENGTH = 60
_MONTHS_OF_A_YEAR = 12
_DAY = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}[./ -]\d{{1,2}}[./ -]\d{{2,4}}|{_NAMED})(?!\d)", re.ASCII | re.IGNORECASE
)
_MONTH = re.compile(r"(?<![\d./-])(\d{1,2})[./ -](\d{4})(?!\d)", re.ASCII)
_MONTH_NAMED = re.compile(
    rf"\b({_NAMES})\b(?:{_GAP}'?(\d{{4}}|\d\d$)(?!\d))?", re.ASCII | re.IGNORECASE
)
_YEAR_TWICE = re.compile(r"(?<!\d)((?:19|20)\d\d)[./ -](\d{1,2})(?!\d)", re.ASCII)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)", re.ASCII)
# "11-12/01/2010", "28 June to 2 July 2009": the first of two days, what parts them, and the second.
_TWO_ENDS = re.compile(
    rf"(?<![\d./-])(?P<day>\d{{1,2}}){_ORDINAL}(?P<month>\s?[./]\s?\d{{1,2}}|{_GAP}{_NAMES})?"
    r"\s*(?P<sign>[-/\u2010-\u2015]|\b(?:to|until|till|and|or)\b|[&+])\s*(?:the\s+)?"
    rf"(?P<last>(?P<until>\d{{1,2}}){_ORDINAL}"
    rf"(?:{_SEP}\d{{1,2}}{_SEP}|{_GAP}(?:of\b)?{_GAP}{_NAMES}{_GAP})\d{{2,4}})(?![\d./-])",
    re.ASCII | re.IGNORECASE,
)
_BESIDE = frozenset({"and", "or", "&", "+"})
_NO_END = re.compile(
    r"\W*(?:(?:some ?time|shortly|soon|just|well|on or) )?"
    r"(?:before|after|by|until|till?|up to|prior to)\b",
    re.IGNORECASE,
)


def likely_date_span(text: str, period: DateSpan | None = None) -> DateSpan | None:
    """The first and the last day that it may be; None where that is not plain.

    Of a stretch from one to another it is the first, which is what its author is asked for; of
    several that stand beside each other, any of them.
    """
    if len(text) > MAX_LIKELY_LENGTH or _NO_END.match(text):
        return None
    if (ends := _TWO_ENDS.search(text)) and (span := _of_two_ends(ends, period)):
        return span
    if found := _DAY.search(text):
        return _of_day(found[0], period)
    spans = _months_named(text, period) or _months_numbered(text) or _years_in(text)
    if not spans:
        return None
    if re.search(_FROM_TO, text.lower(), re.ASCII):
        return spans[0]
    return min(first for first, _ in spans), max(last for _, last in spans)


def _of_two_ends(ends: re.Match[str], period: DateSpan | None) -> DateSpan | None:
    """The first of two days that share a month or a year, or both where they stand beside each
    other; None where the second is no day."""
    last = read_date(ends["last"], period).value
    if last is None:
        return None
    month = _month(re.sub(r"\W", "", ends["month"]).lower()) if ends["month"] else last.month
    day = int(ends["day"])
    if not ends["month"] and day > int(ends["until"]):  # "30-2/07/2009" begins in June
        month = last.month - 1 or _MONTHS_OF_A_YEAR
    if not 1 <= month <= _MONTHS_OF_A_YEAR:
        return None
    first = _day(day, month, last.year - (month > last.month))
    if first is None:
        return None
    return first, last if ends["sign"].lower() in _BESIDE else first


def _months_named(text: str, period: DateSpan | None) -> list[DateSpan]:
    """Each month, in the year that stands behind it or behind the next: "Dec or Jan 2012"."""
    spans: list[DateSpan] = []
    for name, digits in reversed(_MONTH_NAMED.findall(text)):
        month, year = _month(name.lower()), _year(digits, period, None)
        if year is None and spans:
            year = spans[-1][0].year - (month > spans[-1][0].month)
        if year is not None:
            spans.append(_of_month(year, month))
    return spans[::-1]


def _months_numbered(text: str) -> list[DateSpan]:
    spans = [
        _of_month(int(year), int(month))
        for month, year in _MONTH.findall(text)
        if 1 <= int(month) <= _MONTHS_OF_A_YEAR and year[0] != "0"
    ]
    if spans or not (found := _YEAR_TWICE.search(text)):
        return spans
    year, after = int(found[1]), int(found[2])
    if after == (year + 1) % 100:  # 2011/12: December, or the one year and the next
        return [(date(year, 1, 1), date(year + 1, 12, 31))]
    return [_of_month(year, after)] if 1 <= after <= _MONTHS_OF_A_YEAR else []


def _years_in(text: str) -> list[DateSpan]:
    """Each year that is named; with a season by its side, that part of it."""
    years = [int(year) for year in _YEAR.findall(text)]
    seasons = [one for one in SEASONS if one.words.search(text)]
    if not seasons:
        return [(date(year, 1, 1), date(year, 12, 31)) for year in years]
    return [season.of(year) for year in years for season in seasons]


def _of_day(text: str, period: DateSpan | None) -> DateSpan | None:
    """The day itself; with the month first, that day. Of a day that the month does not have either
    the day or the month is wrong: the month, and that day in the months beside it."""
    day, named, year = _PART.findall(text.lower())
    month = _month(named)
    for one in (text, f"{month}/{day}/{year}"):
        value = read_date(one, period).value
        if value is not None:
            return value, value
    whole = read_date(f"1/{month}/{year}", period).value
    if whole is None or whole.year == date.max.year:
        return None
    first, last = _of_month(whole.year, whole.month)
    before, after = first - timedelta(1), last + timedelta(1)
    return _clipped(before, int(day)), _clipped(after, int(day))


def _clipped(month: date, day: int) -> date:
    return month.replace(day=max(1, min(day, monthrange(month.year, month.month)[1])))


def _of_month(year: int, month: int) -> DateSpan:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


_CLOCK_DAY_SIGNED = re.compile(
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


def read_signing_day(
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
    if reading.value is not None or len(text) > MAX_DATE_LENGTH:
        return reading
    for bare in (_CLOCK_DAY_SIGNED.sub("", text), _CLOCK_FIRST.sub("", text)):
        if bare.strip() and bare != text:
            again = read_date(bare, period, today)
            if again.value is not None:
                return again
    return reading
