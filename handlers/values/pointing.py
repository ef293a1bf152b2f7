"""Whether what stands in a blank points to another place instead of filling it: "ditto", "as
above", "As per IMR", a ditto mark. The words are those of `config/pointing_words.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from config.word_lists import POINTING
from handlers.values.normalise import fold_text

PointsTo = Literal["here", "elsewhere", ""]  # another line of the same paper, or another paper

MAX_POINTING_LENGTH = 60  # characters: what is longer says something of its own
_MARK = re.compile(
    r"[\s\-\u2013\u2014(]*(?:[\"\u201c\u201d\u201e\u2033\u3003]+|''+|,,)[\s\-\u2013\u2014)]*"
)
_SHORT_DITTO = re.compile(r"\s*(?:-+\s*)?(?:do|Do\.|do\.|[dD]/o)(?:\s*-+)?\s*")
_NUMBER = re.compile(r"\d{1,3}[a-z]?|[a-k]")  # of a section or a page
_WORDS = {name: {tuple(one.split()) for one in words} for name, words in POINTING.items()}
_LONGEST = max(len(one) for words in _WORDS.values() for one in words)


@lru_cache(maxsize=256)
def points_to(text: str) -> PointsTo:
    """Where a value points that says nothing of its own; "" for any other."""
    if len(text) > MAX_POINTING_LENGTH:
        return ""
    if _MARK.fullmatch(text) or _SHORT_DITTO.fullmatch(text):
        return "here"
    words = fold_text(text).split()
    if not words or _is_short_name(text, words):
        return ""
    if _is_made_of(words, ("here", "between")) and _holds(words, "here"):
        return "here"
    led = any(tuple(words[:size]) in _WORDS["leads"] for size in range(1, _LONGEST + 1))
    if not (led and _is_made_of(words, ("leads", "places", "between", "here", "whose"))):
        return ""
    if _holds(words, "places"):
        return "elsewhere"
    return "here" if _holds(words, "here") or _holds(words, "whose") else ""


def _is_short_name(text: str, words: Sequence[str]) -> bool:
    """ "AS" and "HER" may be somebody's initials."""
    return text.isupper() and len(words) == 1 and len(words[0]) < 4


def _is_made_of(words: Sequence[str], lists: Sequence[str]) -> bool:
    """Whether nothing but phrases of these lists stands there, the longest first, and numbers of
    sections."""
    at = 0
    while at < len(words):
        found = max(
            (n for n in range(1, _LONGEST + 1) for name in lists if _at(words, at, n, name)),
            default=0,
        )
        if not found and not (at and _NUMBER.fullmatch(words[at])):
            return False
        at += found or 1
    return True


def _holds(words: Sequence[str], name: str) -> bool:
    return any(_at(words, at, n, name) for at in range(len(words)) for n in range(1, _LONGEST + 1))


def _at(words: Sequence[str], at: int, size: int, name: str) -> bool:
    return at + size <= len(words) and tuple(words[at : at + size]) in _WORDS[name]
