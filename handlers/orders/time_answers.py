"""Yes and no to what asks for more time, as people type them: "ok", "yes for the IMR", "no, we need
it by then"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from config.order_words import ORDER_GRAMMAR
from handlers.orders.agreed_days import is_reason_for_no
from handlers.orders.courtesies import without_courtesy
from handlers.orders.digest_text import fold_line
from handlers.orders.leading_words import JOINED, leading_word
from handlers.orders.order import Order
from handlers.values.normalise import fold_text

_FOR_A_RETURN = re.compile(r"\W*(?:for|to|on) (?:the |their )?(\S.*)")
_APART = tuple(":,;.-\u2013\u2014")  # between an answer and its reason


def read_time_answer(number: int, said: str, kinds: Mapping[str, str]) -> Order | None:
    """Yes or no to what asks for more time: in other words, for one return of several, or with a
    reason."""
    plain = {fold_line(one).strip(" .,!") for one in (said, without_courtesy(said))}
    if not plain.isdisjoint(ORDER_GRAMMAR.consents):
        return Order(number, "yes")
    word, tail = leading_word(said)
    if word == "yes" and (named := _FOR_A_RETURN.fullmatch(without_courtesy(tail))):
        kind = kinds.get(fold_text(named[1]), "")
        return Order(number, "yes", kind=kind) if kind else None
    behind = tail.lstrip()
    if word == "no" and behind[:1] in _APART and is_reason_for_no(behind):
        joined = JOINED.fullmatch(tail)
        if joined:
            return Order(number, "no", joined["words"].strip())
        return Order(number, "no", aside=tail.strip(" ,;.-\u2013\u2014"))
    return None
