"""What stands before or behind an order for courtesy's sake and changes nothing: words of a closed
list, whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from config.order_words import ORDER_GRAMMAR, UNSETTLING_WORDS

_MOST = 3  # one behind the other
_STOP = re.compile(r"\s?(?:[.,;]|!{1,3})$")
_JOINS = " ,-\u2013\u2014"
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")


def _longest_first(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_MEANT = UNSETTLING_WORDS.negations | {"stop", "wait", "help", "digest", "status", "urgent"}
_PLEASANT = re.compile(
    rf"(?:{_longest_first(ORDER_GRAMMAR.openings | ORDER_GRAMMAR.courtesies)})(?![\w'])", re.I
)
_NAME = re.compile(r"[^\W\d_a-z][\w.'\u2019-]*(?: [^\W\d_a-z][\w.'\u2019-]*){0,2}")
_MARKS = " ,.;!-\u2013\u2014"
_OPENING = re.compile(
    rf"(?:{_longest_first(ORDER_GRAMMAR.openings)})\s?[,:;.!\u2013\u2014-]?\s+(?=[(\[#]?\d)", re.I
)


_LEAD = re.compile(
    rf"(?:{_longest_first(ORDER_GRAMMAR.leads)})\s?[,:;.!\u2013\u2014-]?\s+(?=\S)", re.I
)


def without_opening(line: str) -> str:
    """ "ok, 3 accept": what stands before a number is left out."""
    found = _OPENING.match(line)
    return line[found.end() :] if found else line


def without_courtesy(tail: str, word: str = "") -> str:
    """What is left of the end of a line without its full stops and courtesies; those of an order's
    `word` too."""
    behind = _ends_of(word)
    said = tail.translate(_APOSTROPHES).strip()
    for _ in range(_MOST):
        said = _unbracketed(_STOP.sub("", said).rstrip())
        found = behind.search(said)
        if found is None:
            break
        said = said[: found.start()].rstrip(_JOINS)
    return said.strip(" ,")


@cache
def _ends_of(word: str) -> re.Pattern[str]:
    """What may stand behind an order's word, or behind any words."""
    known = ORDER_GRAMMAR.courtesies | ORDER_GRAMMAR.courtesies_of.get(word, frozenset())
    known |= ORDER_GRAMMAR.objects if word else frozenset()
    return re.compile(rf"(?:^|[\s,])(?:{_longest_first(known)})$", re.I)


def _unbracketed(said: str) -> str:
    """ "(looks fine)" behind an order is as good as without its brackets."""
    opened = said.rfind("(")
    whole = opened >= 0 and said.endswith(")") and said[opened + 1 : -1].strip()
    return f"{said[:opened].rstrip()} {said[opened + 1 : -1]}" if whole else said


def without_lead(said: str) -> str:
    """ "please accept", behind a number: what leads to the word is left out."""
    for _ in range(_MOST):
        found = _LEAD.match(said)
        if found is None:
            break
        said = said[found.end() :]
    return said


def without_pleasantries(lines: Sequence[str]) -> list[str]:
    """The lines that say something: none that greets, thanks or signs, and not a name that stands
    last, in one word or below such a line."""
    left = list(lines)
    if left and _is_name(left[-1].strip(_MARKS)):
        alone = " " not in left[-1].strip()
        if alone or (left[1:] and is_pleasantry(left[-2])):
            left.pop()
    return [line for line in left if not is_pleasantry(line)]


def is_pleasantry(line: str) -> bool:
    """Words of the closed lists, with or without a name."""
    left, known = line.strip(_MARKS), False
    for _ in range(_MOST):
        found = _PLEASANT.match(left)
        if found is None:
            break
        left, known = left[found.end() :].strip(_MARKS), True
    return known and (not left or _is_name(left))


def _is_name(said: str) -> bool:
    return _NAME.fullmatch(said) is not None and _MEANT.isdisjoint(said.lower().split())
