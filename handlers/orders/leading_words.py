"""The word of an order with which what stands behind a number begins, however it is spelled, and
what may lead to it."""

from __future__ import annotations

import re

from config.order_words import ORDER_GRAMMAR
from handlers.orders.courtesies import without_lead
from handlers.orders.digest_text import fold_line

_WORDS = sorted(ORDER_GRAMMAR.needs, key=len, reverse=True)
_SPELLED = {**{word: word for word in _WORDS}, **ORDER_GRAMMAR.spelled}
_LEADING = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(_SPELLED, key=len, reverse=True)))})(?![\w'])"
)
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")
_NO_BREAK = str.maketrans("\u00a0\u2007\u202f", "   ")
# Her own words, behind a colon or a dash.
JOINED = re.compile(r"(?::|\s?[\u2013\u2014]|\s?-(?=\s))\s*(?P<words>\S.*)")


def leading_word(said: str) -> tuple[str, str]:
    """The order's word that it begins with, however it is spelled, and what stands behind; "" for
    none."""
    folded = said.lower().translate(_NO_BREAK).translate(_APOSTROPHES)
    found = _LEADING.match(folded)
    return (_SPELLED[found[0]], said[found.end() :]) if found else ("", said)


def led_word(said: str) -> tuple[str, str]:
    """The same, behind what only leads to it: "please accept". A yes leads to no no."""
    plain = leading_word(without_lead(said))
    if plain[0] and (plain[0] != "no" or not fold_line(said).startswith("y")):
        return plain
    return leading_word(said)
