"""Comparing words as people mean them, not as they typed them.

Does: folds a heading or label so that case, white space, apostrophes, punctuation and a leading
number make no difference; and measures how alike two folded texts are.
Trusts: nothing.
Never touches: anything but its arguments.
Known limits: likeness is by letters, not by meaning.
"""

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


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case letters and digits only, words parted by single spaces.

    >>> fold("Author\u2019s  comment:")
    'authors comment'
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = re.sub(r"['\u2018\u2019`\u02bc]", "", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain).split())


@lru_cache(maxsize=4096)
def squash(text: str) -> str:
    """`fold` without any spaces: "Child  Seen" and "childseen" are one heading."""
    return fold(text).replace(" ", "")


def without_number(text: str) -> str:
    """The text without a typed number in front: "7. Conclusions" becomes "Conclusions"."""
    return _NUMBER.sub("", text, count=1)


def without_section(text: str) -> str:
    """The same without "Section 7:" or "Part Two -" either, where anything is left then."""
    left = without_number(_SECTION.sub("", text, count=1))
    return left if any(c.isalnum() for c in left) else text


def likeness(one: str, other: str) -> float:
    """0 to 1: how alike two texts are, once folded."""
    a, b = fold(one), fold(other)
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.5 else matcher.quick_ratio()
