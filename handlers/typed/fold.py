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


def squash(text: str) -> str:
    """`fold` without any spaces: "Child  Seen" and "childseen" are one heading."""
    return fold(text).replace(" ", "")


def without_number(text: str) -> str:
    """The text without a typed number in front: "7. Conclusions" becomes "Conclusions"."""
    return _NUMBER.sub("", text, count=1)


def likeness(one: str, other: str) -> float:
    """0 to 1: how alike two texts are, once folded."""
    a, b = fold(one), fold(other)
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.5 else matcher.quick_ratio()
