"""Days told by other days ("the following Friday", "two more weeks"), as calendar days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.calendar import Calendar
from handlers.values.day_words import NUMBER_PATTERN, NUMBER_WORDS, WEEKDAYS, read_iso_day

FOLLOWING_PREFIX, NEXT_PREFIX, AFTER_NEXT_SUFFIX = "the following ", "next ", " after next"
IN_PREFIX, SAID_ON_SEPARATOR, MORE_SUFFIX = "in ", ", said on ", " more"
ONE_WEEK = timedelta(days=7)
_MORE = re.compile(rf"(?P<n>[a-z]+|\d+) (?P<u>working day|day|week|fortnight|month)s?{MORE_SUFFIX}")
_WORKING = re.compile(rf"{IN_PREFIX}(?P<n>[a-z ]+|\d+) working days?")


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last that month has."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def encode_relative_day(words: str, said: date) -> str:
    return f"{words}{SAID_ON_SEPARATOR}{said.isoformat()}"


def words_of_relative_day(text: str) -> str:
    """The words alone, as they are told; "" for what was not kept so."""
    words, _, said = text.partition(SAID_ON_SEPARATOR)
    return words if said and read_iso_day(said) else ""


def is_span(text: str) -> bool:
    """Whether it counts from the day that a return is due."""
    return _MORE.fullmatch(text) is not None


def end_of_span(text: str, due: date) -> date | None:
    """Until when a span asks for a return that was due on a day; None for one in working days,
    which needs a calendar, and for what is no span."""
    found = _MORE.fullmatch(text)
    days = _calendar_days(found, due) if found else ()
    return days[0] if days else None


def resolve_relative_day(text: str, due: date, calendar: Calendar) -> tuple[date, ...]:
    """The days that it comes to for a return that is due on a day, the earliest first."""
    if found := _MORE.fullmatch(text):
        return _more(found, due, calendar)
    words, _, of_mail = text.partition(SAID_ON_SEPARATOR)
    said = read_iso_day(of_mail)
    if said is None:
        return ()
    if found := _WORKING.fullmatch(words):
        return (calendar.add_working_days(said, _number(found["n"])),)
    name = words.removeprefix("the ") if words.endswith(AFTER_NEXT_SUFFIX) else words
    name = (
        name.removeprefix(FOLLOWING_PREFIX)
        .removeprefix(NEXT_PREFIX)
        .removesuffix(AFTER_NEXT_SUFFIX)
        .lower()
    )
    if name not in WEEKDAYS:
        return ()
    if words.endswith(AFTER_NEXT_SUFFIX):
        return weekday_after_next(name, said)
    if words.startswith(NEXT_PREFIX):
        return readings_of_next(name, said)
    return (_following if words.startswith(FOLLOWING_PREFIX) else _weekday)(name, due, said)


def weekday_after(name: str, day: date) -> date:
    """The first such weekday after a day."""
    return day + timedelta(days=(WEEKDAYS.index(name) - day.weekday() - 1) % 7 + 1)


def weekday_after_next(name: str, said: date) -> tuple[date, ...]:
    """After the next such weekday, or in the week after the next."""
    return (weekday_after(name, said) + ONE_WEEK, weekday_after(name, said) + 2 * ONE_WEEK)


def readings_of_next(name: str, said: date) -> tuple[date, ...]:
    """A day that is yet to come in this week may be meant, or that of the next week; one that is
    only to come in the next week is that."""
    first = weekday_after(name, said)
    return (
        (first, first + ONE_WEEK) if first - said < timedelta(days=7 - said.weekday()) else (first,)
    )


def _more(found: re.Match[str], due: date, calendar: Calendar) -> tuple[date, ...]:
    n = _number(found["n"])
    if n and found["u"] == "working day":
        return (calendar.add_working_days(due, n),)
    return _calendar_days(found, due)


def _calendar_days(found: re.Match[str], due: date) -> tuple[date, ...]:
    """Nothing where it is in working days, or says no number."""
    n = _number(found["n"])
    match found["u"] if n else "":
        case "" | "working day":
            return ()
        case "month":
            return (add_months(due, n),)
        case unit:
            return (due + timedelta(days=n * {"day": 1, "week": 7, "fortnight": 14}[unit]),)


def _following(name: str, due: date, said: date) -> tuple[date, ...]:
    """After the due date; of a return that is late it may be of this week or of the next."""
    first = weekday_after(name, max(due, said))
    return (first,) if due >= said else (first, first + ONE_WEEK)


def _weekday(name: str, due: date, said: date) -> tuple[date, ...]:
    first = weekday_after(name, said)
    if first > due:
        return (first,)
    return () if due.weekday() == first.weekday() else (weekday_after(name, due),)


def _number(words: str) -> int:
    return NUMBER_WORDS.get(words) or (int(words) if words.isdigit() else 0)


_WD = rf"(?:{'|'.join(WEEKDAYS)})"
_UNIT = r"(?:working days?|days?|weeks?|fortnights?|months?)"
_FROM = rf"(?:today|now|tomorrow|{_WD})"
_DIGITS = r"(?!,? (?:the )?\d)"  # a day with a figure of its own


@dataclass(frozen=True, slots=True)
class NearDay:
    """`days` are its readings, the earliest first. With `words` the due date counts too, and `days`
    has what they would be if nothing were due. `soon` says that it is the very next day."""

    start: int
    end: int
    days: tuple[date, ...]
    words: str = ""
    soon: bool = False


_Days = tuple[date, ...]
_Read = Callable[[re.Match[str], date], _Days]


def find_near_days(text: str, today: date) -> Iterator[NearDay]:
    """Each in the order of the text, the longest reading of its words."""
    taken = 0
    for found in _ANY.finditer(text):
        key = next(name for name in _READ if found.group(name) is not None)
        days = _READ[key](found, today)
        if days and found.start() >= taken:
            taken = found.end()
            words = _words(key, found)
            yield NearDay(found.start(), found.end(), days, words, key == "tomorrow")


def _words(key: str, found: re.Match[str]) -> str:
    """Of what the due date counts for too."""
    match key:
        case "next":
            return f"{NEXT_PREFIX}{found['w6'].capitalize()}"
        case "after_next":
            return f"the {found['w5'].capitalize()}{AFTER_NEXT_SUFFIX}"
        case "following":
            return f"{FOLLOWING_PREFIX}{(found['w8'] or found['w9']).capitalize()}"
        case "bare":
            return found["w10"].capitalize()
        case "working":
            return f"{IN_PREFIX}{found['n3']} working days"
    return ""


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _base(word: str, today: date) -> date:
    if word in WEEKDAYS:
        return weekday_after(word, today)
    return today + timedelta(days=word == "tomorrow")


def later_day(number: str, unit: str, day: date) -> date:
    n = NUMBER_WORDS.get(number) or int(number)
    unit = unit.removesuffix("s")
    if unit == "month":
        return add_months(day, n)
    return day + timedelta(days=n * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _end_of_week(found: re.Match[str], today: date) -> _Days:
    friday = _monday(today) + timedelta(days=4) + ONE_WEEK * (found["nextw"] is not None)
    return (friday,) if friday > today else ()


def _end_of_month(found: re.Match[str], today: date) -> _Days:
    first = add_months(today.replace(day=1), 2 if found["nextm"] else 1)
    return (first - timedelta(days=1),)


def _of_next_week(found: re.Match[str], today: date) -> _Days:
    at = WEEKDAYS.index(found["w3"] or found["w4"])
    return (_monday(today) + ONE_WEEK + timedelta(days=at),)


# Each with a reading; read down, and the first that stands at a place is taken.
_WAYS: tuple[tuple[str, str, _Read], ...] = (
    (
        "week_on",
        rf"(?P<n1>{NUMBER_PATTERN}) (?P<u1>weeks?|fortnights?) (?:on|from|after) (?P<f1>{_FROM})",
        lambda found, today: (later_day(found["n1"], found["u1"], _base(found["f1"], today)),),
    ),
    (
        "week_today",
        rf"(?P<n2>{NUMBER_PATTERN}) (?P<u2>weeks?|fortnights?) (?P<f2>today|tomorrow)",
        lambda found, today: (later_day(found["n2"], found["u2"], _base(found["f2"], today)),),
    ),
    (
        "friday_week",
        rf"(?P<f3>{_WD}|today|tomorrow) (?P<u3>week|fortnight)\b",
        lambda found, today: (later_day("one", found["u3"], _base(found["f3"], today)),),
    ),
    ("of_next_week", rf"(?P<w3>{_WD}),? (?:of |in )?next week|next week,? (?:on )?(?P<w4>{_WD})",
     _of_next_week),
    ("after_next", rf"(?:the )?(?P<w5>{_WD}) after next",
     lambda found, today: weekday_after_next(found["w5"], today)),
    ("following", rf"(?:the )?following (?P<w8>{_WD})|(?:the )?(?P<w9>{_WD}) (?:after|following)"
     r"(?=[ ,.?!]*(?:$|[,.?!]|do\b|be\b|if\b|please\b|for\b|instead\b))",
     lambda found, today: (weekday_after(found["w8"] or found["w9"], today),)),
    ("next", rf"next (?P<w6>{_WD}){_DIGITS}",
     lambda found, today: readings_of_next(found["w6"], today)),
    ("this", rf"(?:this|this coming|coming) (?P<w7>{_WD}){_DIGITS}",
     lambda found, today: (weekday_after(found["w7"], today),)),
    ("end_of_week", r"(?:back |tail |very )?end of (?:(?:the |this )?|(?P<nextw>next ))week",
     _end_of_week),
    ("end_of_month", r"(?:end of (?:(?:the |this )?|(?P<nextm>next ))month(?! of)|month end)",
     _end_of_month),
    ("working", rf"(?:in|within) (?P<n3>{NUMBER_PATTERN}) working days?(?: time)?(?! of\b)",
     lambda found, today: (later_day(found["n3"], "day", today),)),
    ("in", rf"(?:in|within) (?:about )?(?P<n4>{NUMBER_PATTERN}) "
     r"(?P<u4>days?|weeks?|fortnights?|months?)(?: time)?(?! (?:of|or)\b)",
     lambda found, today: (later_day(found["n4"], found["u4"], today),)),
    ("from_now", rf"(?P<n5>{NUMBER_PATTERN}) (?P<u5>days?|months?) from (?:today|now)",
     lambda found, today: (later_day(found["n5"], found["u5"], today),)),
    ("tomorrow", r"tomorrow", lambda _, today: (today + timedelta(days=1),)),
    ("bare", rf"(?<!every )(?<!last )(?P<w10>{_WD}){_DIGITS}(?! (?:after|before) )",
     lambda found, today: (weekday_after(found["w10"], today),)),
)  # fmt: skip
_READ = {key: read for key, _, read in _WAYS}
_ANY = re.compile("|".join(rf"\b(?P<{key}>(?:{pattern})\b)" for key, pattern, _ in _WAYS))
