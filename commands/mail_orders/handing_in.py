"""Takes documents for an agency that the administrator hands in, by a mail with a link of ours:
they are judged as that agency's, and logged as handed in by whoever sent them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from commands.composition.app import Application
from commands.decisions.effects import decision_effects
from commands.decisions.requesting import carry_out_decisions, decide_request
from commands.decisions.submission_words import submission_outcomes
from commands.mail_orders.doing import OrderedBy
from commands.mail_orders.lookups import (
    is_too_old,
    link_maker,
    open_place,
    order_reason,
    said_short,
    undo_link,
)
from commands.mail_orders.order_claims import confirming_stamp
from commands.mail_orders.plans import effect_lines
from commands.mail_orders.standing_changes import changed_standings, return_standings
from handlers.deliveries.judge_documents import origin_of_place
from handlers.orders.order import Order
from handlers.register.agencies import AgencyPlace
from handlers.register.audit_acts import AuditAct
from handlers.register.decision import Decision, DecisionRefused
from handlers.register.requests import Request, RequestKind
from handlers.register.submissions import LoggedDelivery, Submission
from outbox.orders.kept_asks import KeptAsk
from outbox.orders.order_records import OrderRecords, OrderUndoing
from outbox.writing.asks import HAND_IN, Offer, OrderOutcome, OrderResult

NO_AGENCY = "Nothing was done. That agency is in no case that is open."
_TOO_OLD = "Nothing was done. That link is too old. For a new one, send a message that says Help."
_NOTHING_ATTACHED = (
    "Nothing was handed in: no document is attached. Press the link once more, attach what came,"
    " and send it."
)
KEYED = (
    "Nothing proves who writes to this mailbox, so documents are handed in by the link below alone:"
    " please attach them once more."
)


def hand_in(
    app: Application, by: OrderedBy, kept: KeptAsk, order: Order, *, confirmed: bool
) -> OrderResult:
    """Take what is attached, or say why not. With no proof of who sends it, only by a link of an
    answer of ours. Raises what judging raises."""
    records = OrderRecords(app.database, app.vault)
    for before in records.orders_done_by(by.delivery.id, kept):
        return before.result
    number, about = kept.ask.number, said_short(kept)
    topic, make = kept.ask.topic, link_maker(app)
    place = open_place(app, topic.case, topic.agency)
    if place is None or is_too_old(app, kept):
        return OrderResult(number, about, (_TOO_OLD if place else NO_AGENCY,))
    if not (by.proven or confirmed or kept.of_answer):
        offer = Offer("hand in, as it says here", HAND_IN.order)
        link = make(offer, kept, confirming_stamp(kept, HAND_IN.order))
        return OrderResult(number, about, (KEYED,), (link,), OrderOutcome.ONE_MORE_STEP)
    found = app.processor.judge_assigned(by.delivery, place, kind=order.kind or None)
    documents = tuple(each for each in found if each.position)
    if not documents:
        stamp = confirming_stamp(kept, HAND_IN.order) if confirmed else ""
        return OrderResult(number, about, (_NOTHING_ATTACHED,), (make(HAND_IN, kept, stamp),))
    return _handed_in(app, by, kept, order, place, documents)


def _handed_in(
    app: Application,
    by: OrderedBy,
    kept: KeptAsk,
    order: Order,
    place: AgencyPlace,
    documents: tuple[Submission, ...],
) -> OrderResult:
    now, day = app.now(), app.processor.day_received(by.delivery)
    origin = replace(origin_of_place(place), handed_by=by.name)
    logged = LoggedDelivery(by.delivery, origin, documents, day, now)
    settled = _settled(app, by, kept, order)

    def carry_out() -> list[int]:
        app.register.logbook.log_delivery(logged)
        app.register.record.append(
            now,
            AuditAct.HANDED_IN,
            delivery=by.delivery.id,
            case=place.reference,
            agency=place.code,
        )
        app.spool.mark_judged(by.delivery, "taken")
        return carry_out_decisions(app, settled)

    effects = effect_lines(app, decision_effects(app, settled, carry_out), decided=bool(settled))
    at = f"{place.reference}, {place.code}"
    says = (f"Done: hand in, for {at}.", *_outcomes(app, at, documents), *effects)
    undo = undo_link(app, kept, by.delivery.id)
    result = OrderResult(kept.ask.number, said_short(kept), says, (undo,), OrderOutcome.DONE)
    agencies = {place.agency_id, *(made.agency_id for made in settled if made.agency_id)}
    with app.register.transaction():
        stood = return_standings(app, agencies)
        ids = carry_out()
        undoing = OrderUndoing(
            returns=tuple(changed_standings(stood, return_standings(app, agencies))),
            entries=tuple(e.id for e in app.register.entries.entries_of_delivery(by.delivery.id)),
        )
        records = OrderRecords(app.database, app.vault)
        records.add_order(by.delivery.id, kept, HAND_IN.order, ids, result, undoing, now)
    return result


def _outcomes(app: Application, at: str, documents: Sequence[Submission]) -> Iterator[str]:
    yield from (f"{at}: {said}." for said in submission_outcomes(documents, app.kinds))
    for document in documents:
        if not document.judgements and document.verdict is None:
            yield f"{at}: the same document as one that came before."


def _settled(app: Application, by: OrderedBy, kept: KeptAsk, order: Order) -> tuple[Decision, ...]:
    """The message that said where it waited waits for nobody any more."""
    topic = kept.ask.topic
    ids = [int(id) for id in topic.items] if topic.sort == "entries" else []
    waiting = tuple(entry.id for entry in app.register.entries.waiting_among(ids))
    if not waiting:
        return ()
    because = order_reason(app, by.name, by.message_id, order, by.words)
    made = decide_request(app, Request(_settling(app, waiting), because, waiting))
    return () if isinstance(made, DecisionRefused) else made


def _settling(app: Application, waiting: Sequence[int]) -> RequestKind:
    """By what nobody is told of it: a message of an agency's is accepted as read, and a document of
    its own, as one that came encrypted is, is kept as no return."""
    entries = app.register.entries.waiting_among(waiting)
    if any(entry.agency_id is None for entry in entries):
        return "reject"
    return "keep" if any(entry.position for entry in entries) else "accept"
