"""Reads a time of day as an author typed it, or says why it is not one time.

24:00 and "midnight" are refused: they may be the start or the end of the day. Any text gets an
answer, none raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from config.rules import VALUE_REFUSALS
from handlers.values.normalise import plain_characters, quote_if_harmless

MAX_TIME_LENGTH = 60  # characters


@dataclass(frozen=True, slots=True)
class TimeReading:
    """`value` is the time where there is exactly one, to the minute; otherwise `refusal` is a key
    of `[time]` in config/value_refusals.toml. `style`: a clear time, but not written as 17:45.
    `estimated`: its author marked it as uncertain."""

    value: time | None
    style: bool = False
    estimated: bool = False
    refusal: str = ""


# A mark that a time is an estimate, before it or after it; not one that makes it a limit ("by").
_ABOUT = (
    r"(?:approx(?:imate(?:ly)?)?|circa|ca?|about|around|abt|app?|est(?:imated?|imation)?|roughly|"
    r"possibly|probably|or so|ish|uncertain|tbc|not (?:certain|sure|exact))"
)
_ROUGH_SIGN = r"[~?\u2248\u00b1]+|\+/-"
_BEFORE = re.compile(
    rf"^(?:[(\[]?\s?(?:{_ROUGH_SIGN}|(?:at |time )?{_ABOUT}(?:\s(?:time|at))?(?![a-z]))"
    r"[.,:]?\s?[)\]]?\s?)+",
    re.ASCII,
)
_AFTER = re.compile(
    rf"\s?(?:[-,(\[]\s?)?(?:{_ROUGH_SIGN}|(?:time )?{_ABOUT}\.?(?:\stime)?)\s?[)\]]?$", re.ASCII
)
_RIGHT = re.compile(r"\d{1,2}:\d\d", re.ASCII)
_HOURS = r"\s?(?:hrs?|hours|h)?"
_HALF = r"(?P<half>[ap])\.?\s?m"
# A clear time in another style, and a time that no clock shows; noon is the one word for a minute.
_CLEAR = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?P<hour>\d{{1,2}})\s?[:.;,h\u2236\u00b7]\s?(?P<minute>\d\d)(?:[:.]\d\d)?{_HOURS}",
        rf"(?P<hour>\d{{1,2}}?)(?P<minute>\d\d){_HOURS}",
        r"(?P<hour>\d\d) (?P<minute>\d\d)",
        rf"(?P<hour>\d{{1,2}})\s?(?:[:.;]?\s?(?P<minute>\d\d))?\s?{_HALF}",
        r"(?P<hour>\d{1,2})\s?(?:hrs|hours)",
        r"(?P<hour>12)?(?:[:.]00)?\s?(?:noon|midday)",
    )
)
_ONE = r"\d{1,2}(?:[:.;]?\d\d)?\s?(?:[ap]\.?\s?m\b\.?|hrs?\b|hours\b)?"
_PART = (
    r"(?:early|mid|late)?[\s-]?(?:am|pm|a\.m|p\.m|morning|afternoon|evening|eve|night|night\s?time|"
    r"day|day\s?time|all day|lunch\s?time|tea\s?time|bed\s?time|school|out of hours|ooh)"
)
_ROUGHLY = (
    r"[~?]|\bc\.?\s?\d|"
    r"\b(?:approx\w*|circa|about|around|abt|est|estimated?|before|after|by|early|late)\b"
)
# Read down: the first that fits is the reason.
_REASONS = tuple(
    (key, re.compile(pattern, re.ASCII))
    for key, pattern in (
        ("not-known", r"^(?:time\s)?(?:n\s?[./]?\s?[kar]|unk|no(?:ne| time)?|(?:not|un)\s?(?:known|given|recorded|stated|specified|noted|documented|timed|applicable|available)|tb[ac])(?:\s(?:given|recorded|stated|known))?$"),  # noqa: E501
        ("midnight", r"^(?:24[:.]?00\s?(?:hrs?|hours)?|(?:12\s?)?midnight)$"),
        ("part-of-day", rf"^(?:in the |at |during the )?{_PART}$"),
        ("date", r"\d{1,4}([./-])\d{1,2}\1\d{2,4}"),
        ("off-the-clock", rf"^{_ONE}$"),
        ("range", rf"{_ONE}\s*(?:-|\bto\b|\btill?\b|\buntil\b)\s*{_ONE}|^(?:from|between)\b.*\d"),
        ("estimated", rf"^(?=.*\d).*(?:{_ROUGHLY})"),
        ("several", rf"{_ONE}\s*(?:and|&|\+|or|/|,|;|\s)\s*{_ONE}$"),
        ("extra-words", r"\d[:.]\d\d\b|\d\s?[ap]\.?m\b|\d{3,4}\s?h(?:ou)?rs\b"),
        ("not-a-time", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=64)  # more than one check asks it of each row
def read_time(text: str) -> TimeReading:
    """The one time that `text` gives, or why there is none."""
    words = _plain(text)
    if not any(c.isalnum() or c == "?" for c in words):
        return TimeReading(None, refusal="empty")
    if value := _time_of(words):
        return TimeReading(value, style=not _RIGHT.fullmatch(words))
    if len(words) <= MAX_TIME_LENGTH:
        bare = _AFTER.sub("", _BEFORE.sub("", words, count=1), count=1).strip()
        if value := _time_of(bare):
            return TimeReading(value, style=not _RIGHT.fullmatch(bare), estimated=True)
        if bare and (limits := _refused(bare)) != "not-a-time":
            return TimeReading(None, refusal=limits)
    return TimeReading(None, refusal=_refused(words.strip(" .,")))


def _time_of(words: str) -> time | None:
    if _RIGHT.fullmatch(words):
        hour, minute = words.split(":")
        return _minute(int(hour), int(minute), "")
    return _clearly(words.strip(" .,()[]-*"))


def time_refusal_words(reading: TimeReading, raw: str) -> tuple[str, str]:
    """What to say of a refused time and how to put it right; `raw` is the text that was read."""
    words = VALUE_REFUSALS["time"][reading.refusal]
    return words.says.format(value=quote_if_harmless(raw)), words.fix


def _plain(text: str) -> str:
    """Lower case, ordinary spaces and hyphens, nothing invisible."""
    return " ".join(plain_characters(text).lower().split())


def _clearly(text: str) -> time | None:
    for style in _CLEAR:
        if found := style.fullmatch(text):
            parts = found.groupdict()
            hour, minute = int(parts["hour"] or 12), int(parts.get("minute") or 0)
            return _minute(hour, minute, parts.get("half") or "")
    return None


def _minute(hour: int, minute: int, half: str) -> time | None:
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    elif half == "a" and hour > 12:
        return None  # 17:45am is two different times
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _refused(text: str) -> str:
    if len(text) > MAX_TIME_LENGTH:
        return "not-a-time"
    if not text.strip("? "):
        return "not-known"
    return next(key for key, pattern in _REASONS if pattern.search(text))
