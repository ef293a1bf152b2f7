"""Reads an age as an author typed it (`7y`, `2y 3m`, `3/12`) as the days of life it can mean.

A year is 365.25 days, with two days' grace and one unit less, since ages are often rounded up. Any
text gets an answer, none raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from handlers.values.normalise import plain_characters

MAX_AGE_LENGTH = 40  # characters
MAX_YEARS = 125
DAYS_IN_YEAR = 365.25
DAYS_IN_MONTH = DAYS_IN_YEAR / 12
GRACE_DAYS = 2  # days
PREGNANCY_DAYS = 43 * 7  # days; the longest before birth that anyone is written about as unborn


@dataclass(frozen=True, slots=True)
class AgeReading:
    """`days` is the fewest and the most days since birth that the age can mean, below zero before
    birth; None where it cannot be read, and then `refusal` is "empty", "not-given" or "not-an-age".
    """

    days: tuple[int, int] | None
    refusal: str = ""

    def fits_birth_date(self, born: date, on: date) -> bool:
        """Whether someone born on `born` can be of this age on the day `on`."""
        return self.days is not None and self.days[0] <= (on - born).days <= self.days[1]


_Y = r"\s?(?:y(?:(?:ea)?rs?)?\.?)(?:/o)?"
_M = r"\s?(?:m(?:(?:on)?ths?)?|mos?)\.?"
_W = r"\s?(?:w(?:(?:ee)?ks?)?)\.?"
_D = r"\s?(?:d(?:ays?)?)\.?"
_AND = r"\s?(?:,|and|&)?\s?"
# The parts of an age from the largest down; each may be left out, and the smallest says how exact
# it is. "3/12" is a ward's shorthand for three twelfths of a year.
_AGE = re.compile(
    rf"(?:(?P<years>\d{{1,3}})(?:{_Y}|(?=\s\d{{1,2}}\s?/\s?12)|$){_AND})?"
    rf"(?:(?P<months>\d{{1,3}})(?:{_M}|\s?/\s?12){_AND})?"
    rf"(?:(?P<weeks>\d{{1,3}})(?:{_W}|\s?/\s?52){_AND})?"
    rf"(?:(?P<days>\d{{1,3}})(?:{_D}|\s?/\s?7))?",
    re.ASCII,
)
_UNIT = {"years": DAYS_IN_YEAR, "months": DAYS_IN_MONTH, "weeks": 7.0, "days": 1.0}
_PREGNANT = re.compile(
    r"un-?\s?born(?: \(?\d{1,2}\s?/\s?40\)?)?|ante-?\s?natal|in utero|"
    r"(?P<weeks>\d{1,2})(?:\s?\+\s?[0-6])?\s?/\s?40(?: unborn| gestation)?|"
    r"\d{1,2}\s?w(?:ee)?ks?(?: gestation|' gestation| pregnant)",
    re.ASCII,
)
_NEWBORN = re.compile(r"new-?\s?born|neonate|at birth|birth|nb", re.ASCII)
_ADULT = re.compile(r"adult|18\s?\+|over 18|18 or over|[2-9]0s", re.ASCII)
_NOT_GIVEN = re.compile(
    r"n\s?[./]?\s?[ka]|(?:not|un)\s?(?:known|given|recorded|applicable)|\?+|tb[ac]"
)
_ROUGHLY = re.compile(
    r"^(?:approx\w*\.?|about|around|circa|c\.?(?=\s?\d)|nearly|almost|[~?\s])+|[?\s]+$", re.ASCII
)
# "2 1/2", "2 and a half years": a half is told in months.
_HALF = re.compile(
    r"\b(\d{1,3}) ?(?:1/2|& 1/2|and a half|& a half)(?: ?y(?:(?:ea)?rs?)?\b\.?)?(?![/\d])"
)
_AROUND = re.compile(r"^aged?\b[\s:]*|\s?\bold$")


@lru_cache(maxsize=1024)  # a chronology says the same few ages in row after row
def read_age(text: str) -> AgeReading:
    """The days of life that `text` can mean, or why it is not an age."""
    words = _plain(text)
    if not any(c.isalnum() or c == "?" for c in words):
        return AgeReading(None, "empty")
    if _NOT_GIVEN.fullmatch(words):
        return AgeReading(None, "not-given")
    bare = _ROUGHLY.sub("", words)
    said = _AROUND.sub("", bare)
    days = _by_word(said) or _by_number(said)
    if days is None:
        return AgeReading(None, "not-an-age")
    return AgeReading(days if bare == words else _widened(days))


def _plain(text: str) -> str:
    """Lower case, ordinary spaces and marks, a half written as a part of a year."""
    said = " ".join(
        plain_characters(text.replace("½", " 1/2")).replace("\u2044", "/").lower().split()
    )
    return _HALF.sub(r"\1 6/12", said).strip(" .")


def _by_word(text: str) -> tuple[int, int] | None:
    if _PREGNANT.fullmatch(text):
        # "32/40" is also how early a newborn came, so a few weeks after birth still fit.
        return -PREGNANCY_DAYS, 28 if "/" in text else GRACE_DAYS
    if _NEWBORN.fullmatch(text):
        return 0, 42
    if _ADULT.fullmatch(text):
        return int(18 * DAYS_IN_YEAR) - GRACE_DAYS, int(MAX_YEARS * DAYS_IN_YEAR)
    return None


def _by_number(text: str) -> tuple[int, int] | None:
    found = _AGE.fullmatch(text) if 0 < len(text) <= MAX_AGE_LENGTH else None
    said = {unit: int(n) for unit, n in (found.groupdict() if found else {}).items() if n}
    if not said:
        return None
    fewest = sum(count * _UNIT[unit] for unit, count in said.items())
    if fewest > MAX_YEARS * DAYS_IN_YEAR:
        return None
    exact = [unit for unit in _UNIT if unit in said][-1]
    unit = _UNIT[exact]
    rounded_up = 0 if exact == "years" else unit
    return max(int(fewest - rounded_up) - GRACE_DAYS, 0), int(fewest + unit) + GRACE_DAYS


def _widened(days: tuple[int, int]) -> tuple[int, int]:
    """An age given as approximate: a fifth either way, and at least a month."""
    room = max(int(DAYS_IN_MONTH), days[1] // 5)
    return days[0] - room, days[1] + room
