"""What stands before or behind an order for courtesy's sake and changes nothing: words of a closed
list, whole."""

from __future__ import annotations

import re

from config.order_words import ORDER_GRAMMAR

_MOST = 3  # one behind the other
_STOP = re.compile(r"\s?(?:[.,;]|!{1,3})$")
_JOINS = " ,-\u2013\u2014"


def _longest_first(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_OPENING = re.compile(
    rf"(?:{_longest_first(ORDER_GRAMMAR.openings)})\s?[,:;.!\u2013\u2014-]?\s+(?=[(\[#]?\d)", re.I
)


def without_opening(line: str) -> str:
    """ "ok, 3 accept": what stands before a number is left out."""
    found = _OPENING.match(line)
    return line[found.end() :] if found else line


def without_courtesy(tail: str, word: str = "") -> str:
    """What is left of the end of a line without its full stops and courtesies; those of an order's
    `word` too."""
    known = ORDER_GRAMMAR.courtesies | ORDER_GRAMMAR.courtesies_of.get(word, frozenset())
    behind = re.compile(rf"(?:^|[\s,])(?:{_longest_first(known)})$", re.I)
    said = tail.strip()
    for _ in range(_MOST):
        said = _STOP.sub("", said).rstrip()
        found = behind.search(said)
        if found is None:
            break
        said = said[: found.start()].rstrip(_JOINS)
    return said.strip(" ,")
