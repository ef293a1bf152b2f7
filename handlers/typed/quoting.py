"""The one exception to "locate, don't quote": a short date, time or Y/N that is itself the fault.

Does: lets such a value through and stops everything else.
Trusts: nothing; what is passed in is cell text from outside.
Never touches: anything.
Known limits: words are let through only from a closed list and beside a figure, so an unusual
spelling of a month is described, not quoted, and "June" alone, which may be a person, is too. A
number of three figures, or of five, is never quoted: dates and times have none, NHS and telephone
numbers do. A sort code written 12-34-56 cannot be told from a date.
"""

from __future__ import annotations

import re

LONGEST = 24
UNQUOTED = "What is entered"

QUOTABLE = (
    "jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|august|sep|sept|"
    "september|oct|october|nov|november|dec|december|mon|monday|tue|tues|tuesday|wed|wednesday|"
    "thu|thur|thurs|thursday|fri|friday|sat|saturday|sun|sunday|am|pm|hrs|hours|noon|midnight|eve|"
    "evening|morning|afternoon|night|approx|circa|wc|week|commencing|beginning|from|to|until|"
    "between|and|or|early|mid|late"
)
_NUMBER = r"(?<!\d)(?:\d{1,2}|[012]\d{3})(?!\d)"
_SUFFIX = r"(?<=\d)(?:st|nd|rd|th|h)(?![a-z0-9])"
_WORD = rf"(?<![a-z])(?:{QUOTABLE}|w/c)(?![a-z])"
_MARK = r"[./:\-–,?~ ]"
_SAFE = re.compile(rf"(?=.*\d)(?:{_NUMBER}|{_SUFFIX}|{_WORD}|{_MARK})+", re.IGNORECASE | re.ASCII)
_BARE = re.compile(
    r"y|n|yes|no|not known|unknown|n[./]?[ka]|am|pm|eve|evening|morning|afternoon|night|noon|"
    r"midnight|\?",
    re.IGNORECASE | re.ASCII,
)
# Two figures at a time, with nothing but spaces or hyphens between: a telephone number's look.
_LONG_NUMBER = re.compile(r"(?:\d[ -]*){9,}")


def quoted(value: str) -> str:
    """`value` itself when it is a short date, time or Y/N; otherwise "What is entered"."""
    text = " ".join(value.split())
    if len(text) > LONGEST or _LONG_NUMBER.search(text):
        return UNQUOTED
    return text if _SAFE.fullmatch(text) or _BARE.fullmatch(text) else UNQUOTED
