"""Reads whether somebody has left, or leaves on a day to come, from words that say that they do.

Only a day that stands with those words counts, and never one in front of which they have left: by
"Jo left us on Friday" nobody knows which Friday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from config.mail_words import MAIL_WORDS
from handlers.checks.form.requested_until import find_named_days

_WORDS = MAIL_WORDS.leaving
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+(?=[A-Z])")
_CLAUSE_ENDS = re.compile(r"[.;!?,]| and | but ")


def _phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.I)


_LEAVES = _phrases((*_WORDS.themselves, *_WORDS.others, *_WORDS.last_day))
_GONE = _phrases(_WORDS.gone)
_NO_LONGER = re.compile(r"\bno longer\b", re.I)


def read_last_day(said: str, today: date) -> tuple[date | None, bool]:
    """The last day of whoever leaves, None where none to come is plainly named; and whether they
    have left by now, as it says."""
    days, leaves, gone = set[date](), False, False
    for sentence, found in _leaving_sentences(said):
        is_gone = _GONE.search(sentence) is not None
        gone, leaves = gone or is_gone, leaves or not is_gone
        if not is_gone or _NO_LONGER.search(sentence):
            days |= _days_of(sentence, found, today)
    to_come = {day for day in days if day >= today}
    return (min(to_come) if len(to_come) == 1 else None), gone and not leaves


def _leaving_sentences(said: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each sentence that says that somebody leaves, and where."""
    for sentence in _SENTENCE_ENDS.split(said):
        found = _LEAVES.search(sentence) or _GONE.search(sentence)
        if found is not None:
            yield sentence, found


def _days_of(sentence: str, found: re.Match[str], today: date) -> frozenset[date]:
    """The days in what is said right behind the words, else in the whole sentence."""
    behind = _CLAUSE_ENDS.split(sentence[found.start() :], maxsplit=1)[0]
    return find_named_days([behind], today) or find_named_days([sentence], today)
