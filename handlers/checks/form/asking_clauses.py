"""The clauses of a letter in which more time is asked for, without those that say it is not.

What is not asked for is left out before anything is read of a request: neither its return, nor its
day, nor what it says of either is the request's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from config.time_request_words import time_request_patterns
from handlers.values.normalise import fold_text

MAX_CLAUSE_LENGTH = 600  # characters that are looked at
_PARTED = re.compile(
    r"(?<=;)\s+|\s[–—-]\s|(?<=,)\s+(?=(?:but|so|while|whereas|though|although|yet|however)\b)"
    r"|\s+(?=but\b)|(?<=,)\s+(?=and (?:we|i)\b)",
    re.I,
)


def without_declined(said: Iterable[str]) -> tuple[str, ...]:
    """The sentences without the clauses in which no time is asked for."""
    left = (_without(sentence) for sentence in said)
    return tuple(one for one in left if one)


def is_declined(clause: str) -> bool:
    """Whether it says that no time is asked for, that it was given, or that the asking is over,
    and asks for none besides."""
    words_of, folded = time_request_patterns(), _folded(clause)
    rest = words_of.denied.strip_from(folded)
    if rest == folded or words_of.all_the_same.search(folded):
        return is_withdrawn(clause)
    asks = words_of.late.search(rest) or words_of.another.search(rest)
    return not asks or is_withdrawn(clause)


def is_withdrawn(clause: str) -> bool:
    """Whether it takes back that time was asked for."""
    words_of, folded = time_request_patterns(), _folded(clause)
    taken_back = words_of.withdrawn.search(folded) is not None
    return taken_back and words_of.not_of_time.search(folded) is None


def is_kept(clause: str) -> bool:
    """Whether it only says that something comes when it is due, or has come."""
    words_of, folded = time_request_patterns(), _folded(clause)
    return words_of.kept.search(folded) is not None


def _without(sentence: str) -> str:
    clauses = [clause for clause in _PARTED.split(sentence) if clause]
    left = [clause for clause in clauses if not is_declined(clause)]
    return sentence if len(left) == len(clauses) else " ".join(left)


def _folded(words: str) -> str:
    """Folded, with a space behind each word, as the phrases are looked for."""
    return f"{fold_text(words[:MAX_CLAUSE_LENGTH])} "
