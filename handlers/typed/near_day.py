"""Days told by other days: "a week on Tuesday", "end of next week", "in a fortnight".

Does: finds them in plain small letters and counts them from the day of the mail. "Next Friday" is
the one in this week or the one after, and has both. That, a bare "Monday" and "the following
Friday" are kept in words, since the day a return is due says more: `counted_day.py` reads them.
Trusts: nothing; today is passed in.
Never touches: days with a figure of their own, which `handlers/form/until.py` reads.
Known limits: English. A week ends on its Friday. "Next week" alone is no day, nor is "half term".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.typed.counted_day import (
    AFTER_NEXT,
    FOLLOWING,
    IN,
    NEXT,
    NUMBERS,
    WEEK,
    WEEKDAYS,
    after_next,
    coming,
    months_later,
    next_one,
)

_WD = rf"(?:{'|'.join(WEEKDAYS)})"
_N = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,2}})"
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


def near_days(text: str, today: date) -> Iterator[NearDay]:
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
            return f"{NEXT}{found['w6'].capitalize()}"
        case "after_next":
            return f"the {found['w5'].capitalize()}{AFTER_NEXT}"
        case "following":
            return f"{FOLLOWING}{(found['w8'] or found['w9']).capitalize()}"
        case "bare":
            return found["w10"].capitalize()
        case "working":
            return f"{IN}{found['n3']} working days"
    return ""


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _base(word: str, today: date) -> date:
    if word in WEEKDAYS:
        return coming(word, today)
    return today + timedelta(days=word == "tomorrow")


def _later(number: str, unit: str, day: date) -> date:
    n = NUMBERS.get(number) or int(number)
    unit = unit.removesuffix("s")
    if unit == "month":
        return months_later(day, n)
    return day + timedelta(days=n * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _end_of_week(found: re.Match[str], today: date) -> _Days:
    friday = _monday(today) + timedelta(days=4) + WEEK * (found["nextw"] is not None)
    return (friday,) if friday > today else ()


def _end_of_month(found: re.Match[str], today: date) -> _Days:
    first = months_later(today.replace(day=1), 2 if found["nextm"] else 1)
    return (first - timedelta(days=1),)


def _of_next_week(found: re.Match[str], today: date) -> _Days:
    at = WEEKDAYS.index(found["w3"] or found["w4"])
    return (_monday(today) + WEEK + timedelta(days=at),)


# Each with a reading; read down, and the first that stands at a place is taken.
_WAYS: tuple[tuple[str, str, _Read], ...] = (
    (
        "week_on",
        rf"(?P<n1>{_N}) (?P<u1>weeks?|fortnights?) (?:on|from|after) (?P<f1>{_FROM})",
        lambda found, today: (_later(found["n1"], found["u1"], _base(found["f1"], today)),),
    ),
    (
        "week_today",
        rf"(?P<n2>{_N}) (?P<u2>weeks?|fortnights?) (?P<f2>today|tomorrow)",
        lambda found, today: (_later(found["n2"], found["u2"], _base(found["f2"], today)),),
    ),
    (
        "friday_week",
        rf"(?P<f3>{_WD}|today|tomorrow) (?P<u3>week|fortnight)\b",
        lambda found, today: (_later("one", found["u3"], _base(found["f3"], today)),),
    ),
    ("of_next_week", rf"(?P<w3>{_WD}),? (?:of |in )?next week|next week,? (?:on )?(?P<w4>{_WD})",
     _of_next_week),
    ("after_next", rf"(?:the )?(?P<w5>{_WD}) after next",
     lambda found, today: after_next(found["w5"], today)),
    ("following", rf"(?:the )?following (?P<w8>{_WD})|(?:the )?(?P<w9>{_WD}) (?:after|following)"
     r"(?: that| this)?(?=[ ,.?!]*(?:$|[,.?!]|do\b|be\b|if\b|please\b|for\b|instead\b))",
     lambda found, today: (coming(found["w8"] or found["w9"], today),)),
    ("next", rf"next (?P<w6>{_WD}){_DIGITS}", lambda found, today: next_one(found["w6"], today)),
    ("this", rf"(?:this|this coming|coming) (?P<w7>{_WD}){_DIGITS}",
     lambda found, today: (coming(found["w7"], today),)),
    ("end_of_week", r"(?:back |tail |very )?end of (?:(?:the |this )?|(?P<nextw>next ))week",
     _end_of_week),
    ("end_of_month", r"(?:end of (?:(?:the |this )?|(?P<nextm>next ))month(?! of)|month end)",
     _end_of_month),
    ("working", rf"(?:in|within) (?P<n3>{_N}) working days?(?: time)?(?! of\b)",
     lambda found, today: (_later(found["n3"], "day", today),)),
    ("in", rf"(?:in|within) (?:about )?(?P<n4>{_N}) (?P<u4>days?|weeks?|fortnights?|months?)"
     r"(?: time)?(?! of\b)",
     lambda found, today: (_later(found["n4"], found["u4"], today),)),
    ("from_now", rf"(?P<n5>{_N}) (?P<u5>days?|months?) from (?:today|now)",
     lambda found, today: (_later(found["n5"], found["u5"], today),)),
    ("tomorrow", r"tomorrow", lambda _, today: (today + timedelta(days=1),)),
    ("bare", rf"(?<!every )(?<!last )(?P<w10>{_WD}){_DIGITS}",
     lambda found, today: (coming(found["w10"], today),)),
)  # fmt: skip
_READ = {key: read for key, _, read in _WAYS}
_ANY = re.compile("|".join(rf"\b(?P<{key}>(?:{pattern})\b)" for key, pattern, _ in _WAYS))
