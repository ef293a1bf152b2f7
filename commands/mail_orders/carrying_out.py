"""The orders of one mail, carried out: all that are about one ask together, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from commands.composition.app import Application
from commands.mail_orders.attached_documents import (
    hands_in,
    is_words_alone,
    no_document_result,
    take_documents,
)
from commands.mail_orders.details import detail_lines, detail_links
from commands.mail_orders.doing import OrderedBy, do_order, preview_order
from commands.mail_orders.handing_in import hand_in
from commands.mail_orders.lookups import link_to_newest, said_short
from commands.mail_orders.order_claims import OrderKey
from commands.mail_orders.other_days import agreed_orders
from commands.mail_orders.own_asks import OwnAsks
from commands.mail_orders.registering import REGISTER, register_named, with_registration
from commands.mail_orders.registering_senders import offer_registration
from commands.mail_orders.sending_originals import send_originals
from commands.mail_orders.undoing import undo_order
from config.order_words import ORDER_GRAMMAR
from handlers.orders.order import Order
from outbox.digest.offers import ANSWER, SEEN
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import HAND_IN, OrderOutcome, OrderResult, ordered_by

_STILL_ASKED = (
    "It asks something, and this answers nothing: write to them yourself, or undo it and use the"
    " word answer, with a colon and your words."
)
_DONE_WORD = re.compile(r"^Done: (?:accept|file)\.")
_NO_NUMBER = (
    "That digest has no such number. A message that says Digest is answered with what waits now,"
    " and its links."
)
_OTHER_NUMBER = "This link is for another number. Nothing was done."
_TWO_HAND_IN = (
    "Nothing was handed in: this message has documents for more than one number, and nobody can"
    " tell which are whose. Send one message for each, with its own."
)


@dataclass(slots=True)
class OrdersOfMail:
    """Carries them out. `asks` are those of the digest that the mail answers, `papers` is how many
    documents are attached to it; `hands_in` says that an order was about those."""

    app: Application
    by: OrderedBy
    key: OrderKey | None
    asks: Sequence[KeptAsk]
    own: OwnAsks
    papers: int
    hands_in: bool = False

    def carry_out(self, orders: Sequence[Order]) -> Iterator[OrderResult]:
        """One result for each number. What is to be told as it stands now comes after all else, so
        that it tells what a line further on decides."""
        together = defaultdict[int, list[Order]](list)
        for order in sorted(orders, key=lambda one: one.word == "retry"):
            together[order.number].append(order)
        taking = [number for number, about in together.items() if self._takes(number, about)]
        self.hands_in = bool(taking)
        for number, about in together.items():
            kept = self._kept(number)
            if kept is not None and number in taking and len(taking) > 1:
                yield OrderResult(number, said_short(kept), (_TWO_HAND_IN,), kept.ask.links)
            else:
                yield self._ordered(kept, about)

    def _kept(self, number: int) -> KeptAsk | None:
        return next((each for each in self.asks if each.ask.number == number), None)

    def _takes(self, number: int, orders: Sequence[Order]) -> bool:
        """Whether an order about this number takes what is attached."""
        kept = self._kept(number)
        if kept is None or not self.papers:
            return False
        return any(hands_in(self.app, kept, order) is not None for order in orders)

    def _ordered(self, kept: KeptAsk | None, orders: Sequence[Order]) -> OrderResult:
        """What came of all that is ordered about one ask."""
        app, key, number = self.app, self.key, orders[0].number
        if kept is None:
            return OrderResult(number, "", (_NO_NUMBER,), (link_to_newest(app),))
        if key is not None and key.only is not None and key.only.ask.number != number:
            return OrderResult(number, said_short(kept), (_OTHER_NUMBER,))
        results = [
            self._in_her_word(kept, self._carried_out(kept, meant), order)
            for order in orders
            for meant in agreed_orders(app, kept, order)
        ]
        return _as_one(results)

    def _in_her_word(self, kept: KeptAsk, result: OrderResult, order: Order) -> OrderResult:
        """Where a word stands for another, what was done is told by the word that she used."""
        if order.word != SEEN.label or not result.done:
            return result
        first, *others = result.says
        answered = any(ordered_by(link) == ANSWER.order for link in kept.ask.links)
        asks = answered and "?" in kept.ask.says
        says = (_DONE_WORD.sub(f"Done: {order.word}.", first), *others)
        return replace(result, says=(*says, _STILL_ASKED) if asks else says)

    def _carried_out(self, kept: KeptAsk, order: Order) -> OrderResult:
        app, by, key = self.app, self.by, self.key
        if order.word != HAND_IN.order and self.papers:
            place = hands_in(app, kept, order)
            if place is not None:
                return take_documents(app, by, place, order, self.own, self.papers)
        if order.word == "assign" and is_words_alone(app, kept, order):
            return no_document_result(app, self.own, kept, order)
        if order.word == "undo":
            return undo_order(app, by, kept, key.undoes if key else 0)
        if _is_shown_first(order.word, key):
            return preview_order(app, by, kept, order)
        return self._done(kept, order, confirmed=bool(key and key.confirms))

    def _done(self, kept: KeptAsk, order: Order, *, confirmed: bool) -> OrderResult:
        app, by = self.app, self.by
        match order.word:
            case "details":
                lines = tuple(detail_lines(app, kept))
                return OrderResult(
                    *(order.number, said_short(kept), lines, detail_links(app, kept)),
                    OrderOutcome.TOLD,
                )
            case "accept":
                return with_registration(app, kept, do_order(app, by, kept, order))
            case "register":
                return register_named(app, by, kept, order, confirmed=confirmed)
            case "hand in":
                return hand_in(app, by, kept, order, confirmed=confirmed)
            case "register sender":
                return offer_registration(app, kept)
            case "send me":
                return send_originals(app, by, kept, confirmed=confirmed)
            case _:
                return do_order(app, by, kept, order)


def _as_one(results: Sequence[OrderResult]) -> OrderResult:
    """Of several orders about one ask one result: done, where one of them was."""
    first = next((result for result in results if result.done), results[0])
    says = dict.fromkeys(line for result in results for line in result.says)
    links = dict.fromkeys(link for result in results for link in result.links)
    return first if len(results) == 1 else replace(first, says=(*says,), links=(*links,))


def _is_shown_first(word: str, key: OrderKey | None) -> bool:
    """Whether it is answered by what it would do, and by the link that does it."""
    once = word in ORDER_GRAMMAR.done_at_once or word == REGISTER.order
    heavier = word in ORDER_GRAMMAR.linked and not once
    return heavier and not (key is not None and key.confirms == word)
