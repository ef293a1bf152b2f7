"""What is attached to an answer: taken where a line says whose it is, as by the link that hands it
in; and otherwise named as not taken, with those links. Nothing that came is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.composition.app import Application
from commands.mail_orders.doing import OrderedBy
from commands.mail_orders.handing_in import KEYED, NO_AGENCY, hand_in
from commands.mail_orders.lookups import open_place, said_short
from commands.mail_orders.own_asks import OwnAsks, hand_in_link, hand_in_results, places_of_asks
from handlers.orders.order import Order
from handlers.register.submissions import Entry
from handlers.senders.mail import UNREAD_TROUBLES, documents_of_message
from intake.spool import Delivery
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import HAND_IN, AskTopic, OrderLink, OrderOutcome, OrderResult, ordered_by

_ANSWERED = frozenset({"accept", "file", "seen"})  # of a sealed message: what was in it is attached
_NOT_TAKEN = (
    "What you attached was not taken, since no line says plainly whose it is. To hand it in, press"
    " the link of its agency and attach it to the message that opens."
)
_ATTACHED = "What you attached"
_NO_DOCUMENT = (
    "Nothing was done. There is no document in this message, so it cannot be the {}. What was in"
    " it, or came by another way, is handed in by its link: attach it to the message that opens."
)


def count_documents(app: Application, delivery: Delivery) -> int:
    """How many are attached. Raises UnforeseenFault or WorkerUnavailable."""
    raw = app.vault.read_original(delivery.content)
    return len(documents_of_message(app.sandbox_judge.unpack_message(raw, delivery.received)))


def hands_in(app: Application, kept: KeptAsk, order: Order) -> KeptAsk | None:
    """The ask, with the place that what is attached is of; None where the order is about something
    else."""
    topic = kept.ask.topic
    if order.word == HAND_IN.order:
        return kept
    if order.word == "assign" and order.place is not None:
        at = AskTopic(topic.sort, topic.items, order.place.reference, order.place.agency)
        return replace(kept, ask=replace(kept.ask, topic=at)) if _is_message(app, kept) else None
    sealed = any(ordered_by(link) == HAND_IN.order for link in kept.ask.links)
    return kept if sealed and order.word in _ANSWERED else None


def take_documents(
    app: Application, by: OrderedBy, kept: KeptAsk, order: Order, own: OwnAsks, papers: int
) -> OrderResult:
    """As by the link that hands in, for the place of the ask; a kind that the order names is that
    of the one document. Raises what judging raises."""
    topic = kept.ask.topic
    place = open_place(app, topic.case, topic.agency)
    if place is None:
        return OrderResult(kept.ask.number, said_short(kept), (NO_AGENCY,), kept.ask.links)
    if not by.proven:
        begun, link = len(own.made), _hand_in_link(own, kept, topic)
        return OrderResult(
            *(kept.ask.number, said_short(kept), (KEYED,), (link,), OrderOutcome.ONE_MORE_STEP),
            asks=own.made_since(begun),
        )
    kind = order.place.kind if order.place and papers == 1 else ""
    return hand_in(app, by, kept, replace(order, kind=kind), confirmed=False)


def is_words_alone(app: Application, kept: KeptAsk, order: Order) -> bool:
    """Whether a message without a document is said to be a return that is one."""
    kind = app.kinds.get(order.place.kind) if order.place else None
    return kind is not None and kind.in_pack and _is_message(app, kept)


def no_document_result(app: Application, own: OwnAsks, kept: KeptAsk, order: Order) -> OrderResult:
    """What cannot be right is not done."""
    assert order.place is not None  # the grammar asks for it
    place = open_place(app, order.place.reference, order.place.agency)
    if place is None:
        return OrderResult(kept.ask.number, said_short(kept), (NO_AGENCY,), kept.ask.links)
    begun = len(own.made)
    topic = AskTopic("entries", kept.ask.topic.items, place.reference, place.code)
    link = _hand_in_link(own, kept, topic)
    says = _NO_DOCUMENT.format(app.kinds[order.place.kind].noun)
    links, asks = (link, *kept.ask.links), own.made_since(begun)
    return OrderResult(kept.ask.number, said_short(kept), (says,), links, asks=asks)


def not_taken(app: Application, own: OwnAsks, named: Sequence[KeptAsk], papers: int) -> OrderResult:
    """That what is attached was not taken, with a link for each agency that was answered about, or
    for every one."""
    begun = len(own.made)
    places = places_of_asks(app, [kept.ask.topic for kept in named])
    if places:
        links = tuple(hand_in_link(own, case, agency) for case, agency in places)
    else:
        links = tuple(link for each in hand_in_results(app, own) for link in each.links)
    count = "1 document" if papers == 1 else f"{papers:,} documents"
    about = f"{_ATTACHED}: {count}"
    return OrderResult(0, about, (_NOT_TAKEN,), links, asks=own.made_since(begun))


def _hand_in_link(own: OwnAsks, kept: KeptAsk, topic: AskTopic) -> OrderLink:
    label = f"hand in for {topic.case} {topic.agency}"
    return own.link(label, HAND_IN.order, topic, said_short(kept))


def _is_message(app: Application, kept: KeptAsk) -> bool:
    """Whether it is about messages without a document, or about notices of sealed ones."""
    topic = kept.ask.topic
    ids = [int(id) for id in topic.items] if topic.sort == "entries" else []
    entries = app.register.entries.entries_among(ids)
    return bool(entries) and all(_has_no_document(app, entry) for entry in entries)


def _has_no_document(app: Application, entry: Entry) -> bool:
    """Where that is known."""
    delivery = app.spool.get(entry.delivery_id)
    gone = app.register.withdrawals.destroyed.is_gone(delivery.content)
    if entry.position or delivery.is_file or delivery.oversize or gone:
        return False
    raw = app.vault.read_original(delivery.content)
    message = app.sandbox_judge.unpack_message(raw, delivery.received)
    return UNREAD_TROUBLES.isdisjoint(message.trouble) and not documents_of_message(message)
