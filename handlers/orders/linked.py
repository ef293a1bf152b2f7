"""Orders that a link of ours writes: they are heavier than others, or about somebody whom the link
names. The word, and what it needs, is the whole line; anything else is asked about. Typed, one is
what its link is: what is heavier is first answered by what it would do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from config.order_words import ORDER_GRAMMAR, LinkedNeed
from handlers.orders.courtesies import without_courtesy
from handlers.orders.order import Assignment, Order, OrderQuestion, QuestionReason
from handlers.orders.until import read_day_gone, read_day_to_come
from handlers.values.normalise import fold_text

_ADDRESS = r"(?P<email>[^\s@:<>]{1,64}@[^\s@:<>]{3,190})"
_SHAPES: Mapping[LinkedNeed, re.Pattern[str]] = {
    "nothing": re.compile(r""),
    "address": re.compile(_ADDRESS),
    "addresses": re.compile(rf"{_ADDRESS} to {_ADDRESS.replace('<email>', '<address>')}"),
    "absence": re.compile(rf"{_ADDRESS} until (?P<day>\S.{{2,40}})"),
    "person": re.compile(
        rf"(?P<reference>\S{{1,20}}) (?P<agency>\S{{1,40}}) {_ADDRESS}: ?(?P<name>\S.{{0,79}})"
    ),
    "seen": re.compile(r"(?P<kind>\S.{0,59}) on (?P<day>\S[^:]{2,40}): ?(?P<why>\S.*)"),
}
_MISSING: Mapping[LinkedNeed, QuestionReason] = {
    "nothing": "not-an-order",
    "address": "person-missing",
    "addresses": "person-missing",
    "absence": "person-missing",
    "person": "person-missing",
    "seen": "day-missing",
}
# As the label of a link has it: "IMR seen on paper 3 April"; the return may be left out.
_ON_PAPER = re.compile(
    rf"(?:(?:the )?(?P<kind>\S.{{0,59}}?) )?{ORDER_GRAMMAR.on_paper}"
    r"(?: on)?(?: (?P<day>\S[^:]{2,40}))?",
    re.I,
)
_SEEN, _PAPER = "seen outside", "on paper"
_WORDS = sorted(ORDER_GRAMMAR.linked, key=len, reverse=True)


def read_linked_order(
    number: int, said: str, today: date, kinds: Mapping[str, str]
) -> Order | OrderQuestion | None:
    """None where it does not begin with one of their words."""
    said = without_courtesy(said)
    if paper := _ON_PAPER.fullmatch(said):
        if not paper["day"]:
            return OrderQuestion(number, "day-missing")
        told = {**paper.groupdict(), "why": _PAPER}
        return _asked(number, _filled(Order(number, _SEEN, _PAPER), told, today, kinds))
    lowered = said.lower()
    word = next((w for w in _WORDS if lowered == w or lowered.startswith(f"{w} ")), "")
    if not word:
        return None
    need, rest = ORDER_GRAMMAR.linked[word], said[len(word) :].strip()
    found = _SHAPES[need].fullmatch(rest)
    if found is None:
        return OrderQuestion(number, _MISSING[need])
    return _asked(number, _filled(Order(number, word, rest), found.groupdict(), today, kinds))


def _asked(number: int, read: Order | QuestionReason) -> Order | OrderQuestion:
    return read if isinstance(read, Order) else OrderQuestion(number, read)


def _filled(
    order: Order, said: Mapping[str, str | None], today: date, kinds: Mapping[str, str]
) -> Order | QuestionReason:
    read = read_day_gone if said.get("why") else read_day_to_come
    day = read((said.get("day") or "").strip(" .,"), today) if said.get("day") else None
    if isinstance(day, str):
        return day
    kind = kinds.get(fold_text(said.get("kind") or ""), "")
    if said.get("kind") and not kind:
        return "place-missing"
    place = None
    if reference := said.get("reference"):
        place = Assignment(reference, said.get("agency") or "", "")
    return Order(
        *(order.number, order.word, said.get("why") or order.rest, day, place, kind),
        email=said.get("email") or "",
        address=said.get("address") or "",
        name=(said.get("name") or "").strip(),
    )
