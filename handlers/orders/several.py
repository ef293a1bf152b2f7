"""One line with an answer for several numbers, each of which is named: "2, 3: yes", "2 and 5 file",
"2 yes, 3 no". A range names none of what lies in it, and is asked about."""

from __future__ import annotations

import re

from config.order_words import ORDER_GRAMMAR
from handlers.orders.courtesies import without_opening
from handlers.orders.grammar import MAX_LINE_CHARS, GrammarContext, bare_line, read_order
from handlers.orders.order import Order

_NUMBER = r"\d{1,4}"
_AND = r"\s*(?:,\s*and\s|,|&|\+|\sand\s)\s*"
_TOGETHER = re.compile(
    rf"(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER}){{1,19}})(?:\s*[:)\u2013\u2014-]\s*|\s+)(?P<said>[^\W\d].*)",
    re.A | re.I,
)
_APART = re.compile(rf"\s*[,;.]\s+(?:and\s+)?(?={_NUMBER}[\s:.)\u2013\u2014-]+[a-z])", re.A | re.I)


def read_several(text: str, about: GrammarContext) -> tuple[Order, ...]:
    """The orders of a line that says the same of several numbers, or one thing of each: all of
    them, or none where any is no whole order that needs nothing besides its word."""
    line = without_opening(bare_line(text)[:MAX_LINE_CHARS])
    if together := _TOGETHER.fullmatch(line):
        numbers = re.findall(r"\d+", together["numbers"])
        parts = [f"{number} {together['said']}" for number in numbers]
    else:
        parts = _APART.split(line)
    if len(parts) < 2:
        return ()
    said = [read_order(part, about) for part in parts]
    orders = tuple(one for one in said if isinstance(one, Order) and _needs_nothing(one))
    whole = len(orders) == len(parts) == len({one.number for one in orders})
    return orders if whole else ()


def _needs_nothing(order: Order) -> bool:
    return ORDER_GRAMMAR.needs.get(order.word) == "nothing" and not order.rest
