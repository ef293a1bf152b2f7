"""Reads an absence note: until when somebody is away, and whom it names in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.values.dates import read_date
from handlers.values.day_words import MONTH_PATTERN
from intake.headers import address

MAX_ABSENCE_DAYS = 400  # days; who is away longer has left
MAX_DAYS_AHEAD = 200  # days; a day without a year that is further off is one that has passed
MAX_NOTE_LENGTH = 4_000  # characters of a note; what follows is footers

_DAY = (
    r"(?P<day>(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    rf"(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH_PATTERN}(?:,? \d{{4}})?"
    rf"|{MONTH_PATTERN} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}))"
)
_BACK = (
    r"(?:back (?:in (?:the )?office |at work |at my desk )?(?:on |from )?|returning (?:to (?:the )?"
    r"office |to work )?on |return (?:to (?:the )?office |to work )?on |"
    r"(?:be )?available (?:again )?(?:on|from) )"
)
_LAST = r"(?:until|till|up to(?: and including)?|through(?: to)?) "
_SAYS_BACK = re.compile(rf"\b{_BACK}{_DAY}(?!\w)", re.I)
_SAYS_LAST = re.compile(rf"\b{_LAST}(?:and including )?{_DAY}(?!\w)", re.I)

_WORD = r"[^\s<>,;:()\[\]\"]{1,254}"
_DEPUTY = re.compile(
    r"\b(?:contact|e-?mail|write to|speak to|reach|forward(?:ed)? to|cover(?:ed)? by)\b"
    r"[^.@\n]{0,80}?"
    rf"(?P<address>{_WORD}@{_WORD})",
    re.I,
)
# The rest of what an address may hold says something to a shell, and stands in no deputy's.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.'_+-]*@")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class AbsenceNote:
    """`until` is the last day away, None where that is not plain; `deputy` an address or ""."""

    until: date | None = None
    deputy: str = ""


def read_absence(text: str, today: date) -> AbsenceNote:
    """What a note says. `today` is the day it reached us."""
    said = " ".join(text[:MAX_NOTE_LENGTH].split())
    lasts = {
        day for day in _lasts(said, today) if today <= day <= today + timedelta(MAX_ABSENCE_DAYS)
    }
    deputies = list(dict.fromkeys(_deputies(text[:MAX_NOTE_LENGTH])))
    return AbsenceNote(
        until=next(iter(lasts)) if len(lasts) == 1 else None,
        deputy=deputies[0] if len(deputies) == 1 else "",
    )


def _lasts(said: str, today: date) -> Iterator[date]:
    """Each last day away that is said, by whichever phrase."""
    for found in _SAYS_LAST.finditer(said):
        if day := _date(found, today):
            yield day
    for found in _SAYS_BACK.finditer(said):
        if day := _date(found, today):
            yield day - timedelta(days=1)


def _date(found: re.Match[str], today: date) -> date | None:
    written = found["day"].replace(",", "")
    read = read_date(written).value
    if read is None and not re.search(r"\d{4}|[/.-]", written):
        years = (read_date(f"{written} {year}").value for year in (today.year, today.year + 1))
        soon = (day for day in years if day and today <= day <= today + timedelta(MAX_DAYS_AHEAD))
        read = next(soon, None)
    weekday = (found["weekday"] or "").lower()[:3]
    if read is None or (weekday and _WEEKDAYS[read.weekday()] != weekday):
        return None
    return read


def _deputies(text: str) -> Iterator[str]:
    for found in _DEPUTY.finditer(text):
        strict = address.strict_address(found["address"].strip(".'*_").removeprefix("mailto:"))
        if _PLAIN.match(strict):
            yield strict
