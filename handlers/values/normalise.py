"""Compares words as people mean them, not as they typed them."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_SECTION = re.compile(
    r"^\s*(?:section|part|chapter|heading)\s+(?:no\.?\s*)?(?:\d{1,2}|[ivx]{1,4}|[a-k]|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve)\b[\d.\s)(:#*\u2022\u2013\u2014-]*",
    re.I,
)
_NUMBER = re.compile(
    r"^\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.):]\)?|\d{1,2}(?=\s))\s*", re.I
)


# What becomes of each character of plain English: most texts have no other.
_FOLDED = {
    code: chr(code).lower() if chr(code).isalnum() else None if chr(code) in "'`" else " "
    for code in range(128)
}


@lru_cache(maxsize=4096)
def fold_text(text: str) -> str:
    """Lower case letters and digits only, words parted by single spaces.

    >>> fold("Author\u2019s  comment:")
    'authors comment'
    """
    if text.isascii():
        return " ".join(text.translate(_FOLDED).split())
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = re.sub(r"['\u2018\u2019`\u02bc]", "", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain).split())


@lru_cache(maxsize=4096)
def fold_without_spaces(text: str) -> str:
    """`fold_text` without any spaces: "Child  Seen" and "childseen" are one heading."""
    return fold_text(text).replace(" ", "")


def without_number(text: str) -> str:
    """The text without a typed number in front: "7. Conclusions" becomes "Conclusions"."""
    return _NUMBER.sub("", text, count=1)


def without_section(text: str) -> str:
    """The same without "Section 7:" or "Part Two -" either, where anything is left then."""
    left = without_number(_SECTION.sub("", text, count=1))
    return left if any(c.isalnum() for c in left) else text


def text_similarity(one: str, other: str) -> float:
    """0 to 1: how alike two texts are, once folded."""
    a, b = fold_text(one), fold_text(other)
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.5 else matcher.quick_ratio()


MAX_BILINGUAL_LENGTH = 300  # characters; what is longer is a text, and is not taken apart
MAX_BILINGUAL_SPLITS = 4  # places to part it at

_PARTED = re.compile(r"\s+/\s+|\s+\|\s+|\s*\n\s*")


@lru_cache(maxsize=4096)
def bilingual_halves(text: str) -> tuple[str, ...]:
    """What stands before and behind each place where a text may be parted; none for most texts.

    >>> halves("Casgliadau / Conclusions")
    ('Casgliadau', 'Conclusions')
    """
    if len(text) > MAX_BILINGUAL_LENGTH or not ("/" in text or "|" in text or "\n" in text.strip()):
        return ()
    found = list(_PARTED.finditer(text.strip()))
    if len(found) > MAX_BILINGUAL_SPLITS:
        return ()
    whole = text.strip()
    sides = (side for one in found for side in (whole[: one.start()], whole[one.end() :]))
    return tuple(side for side in dict.fromkeys(sides) if side)


_DASHES = re.compile("[\u2010-\u2015\u2212]")


def plain_characters(text: str) -> str:
    """Most cells are plain already, and cost nothing."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return _DASHES.sub("-", "".join(c for c in text if unicodedata.category(c) != "Cf"))


MAX_QUOTED_LENGTH = 24
UNQUOTED_WORDS = "What is entered"

QUOTABLE_WORDS = (
    "jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|august|sep|sept|"
    "september|oct|october|nov|november|dec|december|mon|monday|tue|tues|tuesday|wed|wednesday|"
    "thu|thur|thurs|thursday|fri|friday|sat|saturday|sun|sunday|am|pm|hrs|hours|noon|midnight|eve|"
    "evening|morning|afternoon|night|approx|circa|wc|week|commencing|beginning|from|to|until|"
    "between|and|or|early|mid|late"
)
_NUMBER_QUOTING = r"(?<!\d)(?:\d{1,2}|[012]\d{3})(?!\d)"
_SUFFIX = r"(?<=\d)(?:st|nd|rd|th|h)(?![a-z0-9])"
_WORD = rf"(?<![a-z])(?:{QUOTABLE_WORDS}|w/c)(?![a-z])"
_MARK = r"[./:\-–,?~ ]"
_SAFE = re.compile(
    rf"(?=.*\d)(?:{_NUMBER_QUOTING}|{_SUFFIX}|{_WORD}|{_MARK})+", re.IGNORECASE | re.ASCII
)
_BARE = re.compile(
    r"y|n|yes|no|not known|unknown|n[./]?[ka]|am|pm|eve|evening|morning|afternoon|night|noon|"
    r"midnight|\?",
    re.IGNORECASE | re.ASCII,
)
# Two figures at a time, with nothing but spaces or hyphens between: a telephone number's look.
_LONG_NUMBER = re.compile(r"(?:\d[ -]*){9,}")


def quote_if_harmless(value: str) -> str:
    """`value` itself when it is a short date, time or Y/N; otherwise "What is entered"."""
    text = " ".join(value.split())
    if len(text) > MAX_QUOTED_LENGTH or _LONG_NUMBER.search(text):
        return UNQUOTED_WORDS
    return text if _SAFE.fullmatch(text) or _BARE.fullmatch(text) else UNQUOTED_WORDS
