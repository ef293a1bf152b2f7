"""Carries out one order of a mail, once, and says what it did and what follows.

What is decided is looked at again in the transaction that does it: an order is done about what its
sender has seen, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from commands.composition.app import Application
from commands.composition.original_files import LOST_ORIGINAL
from commands.decisions.requesting import carry_out_decisions, decide_request
from commands.mail_orders.assignment_plans import plan_assignment
from commands.mail_orders.letter_plans import plan_letters
from commands.mail_orders.lookups import (
    GOOD_FOR,
    asked_about,
    is_too_old,
    link_maker,
    order_reason,
    said_short,
    undo_link,
    why_not_any_more,
)
from commands.mail_orders.order_claims import confirming_stamp
from commands.mail_orders.other_days import (
    given_otherwise,
    is_for_another_return,
    is_for_the_rest,
    links_still_open,
)
from commands.mail_orders.people_plans import PEOPLE_WORDS, plan_about_people
from commands.mail_orders.plans import OrderPlan, plan_decisions
from commands.mail_orders.send_back_plans import plan_sending_back
from commands.mail_orders.settled_messages import paper_messages_settled_by
from commands.mail_orders.standing_changes import (
    case_standings,
    changed_standings,
    return_standings,
)
from commands.mail_orders.undo_checks import links_once_told, why_not_undone
from commands.mail_orders.wishes import (
    AssignWish,
    LetterWish,
    SendBackWish,
    wish_of_order,
    words_to_tell,
)
from config.calendar import moment_in_words
from config.command_line import without_commands
from config.order_words import ORDER_GRAMMAR
from handlers.orders.order import Order
from handlers.register.decision import Decision, DecisionRefused
from handlers.register.requests import Request
from intake.spool import Delivery
from intake.vault import OriginalMissing, SealBroken
from outbox.orders.kept_asks import KeptAsk
from outbox.orders.order_records import DoneOrder, OrderRecords, OrderUndoing
from outbox.writing.asks import Offer, OrderLink, OrderOutcome, OrderResult, ordered_by
from outbox.writing.letter import letter_standing

AFTER_ACCEPTING = ("ask again", "cleared")
_TOO_OLD = "That link is too old. To have it anew, send a message that says Help."
_CHANGED = "Something has changed at this very moment. Nothing was done; please look again."


@dataclass(frozen=True, slots=True)
class OrderedBy:
    """Who ordered, by which mail, with which other words."""

    delivery: Delivery
    name: str
    message_id: str
    words: tuple[str, ...]
    email: str = ""  # where the answer goes
    proven: bool = False  # by more than the key, or the board takes its mailbox's word


def do_order(app: Application, by: OrderedBy, kept: KeptAsk, order: Order) -> OrderResult:
    """Do it, or say why not."""
    records = OrderRecords(app.database, app.vault)
    for before in records.orders_done_by(by.delivery.id, kept):
        if before.word != "more time" or order.kind in ("", *before.moved):
            return before.result
    standing = _standing(records, kept, order)
    if standing is not None and not (
        _asks_again(order, standing) or _is_of_what_is_left(app, kept, order)
    ):
        return _done_already(app, kept, order, standing)
    if late := _too_late(app, kept, order):
        return _nothing_done(kept, late, _that_last(kept))
    plan = _plan_or_why(app, by, kept, order)
    if isinstance(plan, str):
        return _nothing_done(kept, plan, links_still_open(app, kept))
    return _done(app, by, kept, order, plan)


def preview_order(app: Application, by: OrderedBy, kept: KeptAsk, order: Order) -> OrderResult:
    """What is heavier is answered by what it would do, and by the link that does it."""
    standing = _standing(OrderRecords(app.database, app.vault), kept, order)
    if standing is not None and not _is_of_what_is_left(app, kept, order):
        return _done_already(app, kept, order, standing)
    if late := _too_late(app, kept, order):
        return _nothing_done(kept, late, _that_last(kept))
    plan = _plan_or_why(app, by, kept, order)
    if isinstance(plan, str):
        return _nothing_done(kept, plan, links_still_open(app, kept))
    offer = Offer(f"{order.word}, as it says here", f"{order.word} {order.rest}".strip())
    link = link_maker(app)(offer, kept, confirming_stamp(kept, order.word))
    says = ("Nothing is done yet. This is what it would do:", *plan.says)
    step = OrderOutcome.ONE_MORE_STEP
    return OrderResult(kept.ask.number, said_short(kept), says, (link,), step)


def _standing(records: OrderRecords, kept: KeptAsk, order: Order) -> DoneOrder | None:
    """What settled the ask before; nothing settles what is done beside it."""
    if order.word in ORDER_GRAMMAR.beside_an_ask:
        return None
    return records.standing_order(kept)


def _asks_again(order: Order, standing: DoneOrder) -> bool:
    """What was accepted may be asked about again, and whom it names be cleared."""
    return order.word in AFTER_ACCEPTING and standing.word == "accept"


def _is_of_what_is_left(app: Application, kept: KeptAsk, order: Order) -> bool:
    """Whether it is about returns of a request that no order settled yet."""
    return is_for_another_return(app, kept, order) or is_for_the_rest(app, kept, order)


def _plan_or_why(app: Application, by: OrderedBy, kept: KeptAsk, order: Order) -> OrderPlan | str:
    """What it comes to, or why nothing is done."""
    try:
        plan = _planned(app, by, kept, order)
    except (OriginalMissing, SealBroken):
        return LOST_ORIGINAL
    if isinstance(plan, DecisionRefused):
        return without_commands(plan.why) or "That cannot be done by mail."
    return plan


def _too_late(app: Application, kept: KeptAsk, order: Order) -> str:
    if order.word in ORDER_GRAMMAR.beside_an_ask:
        return _TOO_OLD if is_too_old(app, kept) else ""
    settled = order.word in AFTER_ACCEPTING and _is_accepted_by_mail(app, kept)
    return "" if order.word == "ask again" or settled else why_not_any_more(app, kept, GOOD_FOR)


def _done(
    app: Application, by: OrderedBy, kept: KeptAsk, order: Order, plan: OrderPlan
) -> OrderResult:
    records, now = OrderRecords(app.database, app.vault), app.now()
    link = undo_link(app, kept, by.delivery.id)
    said = (f"Done: {order.word}{_tail(order)}.", *plan.says, *_in_full(order))
    result = OrderResult(
        *(kept.ask.number, said_short(kept), said),
        links=(link,) if plan.undoable else (),
        outcome=OrderOutcome.DONE,
    )
    with app.register.transaction():
        if _too_late(app, kept, order) or plan.decide() != plan.decided:
            return _nothing_done(kept, _CHANGED, links_still_open(app, kept))
        stood, was = return_standings(app, plan.agencies), case_standings(app, plan.cases)
        ids = plan.carry_out()
        undoing = OrderUndoing(
            returns=tuple(changed_standings(stood, return_standings(app, plan.agencies))),
            letters=tuple(map(letter_standing, plan.letters)),
            cases=tuple(zip(was, case_standings(app, plan.cases), strict=True)),
            entries=tuple(e.id for id in ids for e in app.register.entries.entries_made_by(id)),
            unwritten=tuple(plan.unwritten),
            tried=plan.tried,
        )
        records.add_order(by.delivery.id, kept, order.word, ids, result, undoing, now)
    return result


def _tail(order: Order) -> str:
    """What was added to the word, as it was read."""
    if order.word in PEOPLE_WORDS:
        return f" {order.rest}"
    if order.word == "seen outside" and order.day is not None:
        return f" on {order.day:%A} {order.day.day} {order.day:%B %Y}"
    if order.day is not None:
        return f" until {order.day:%A} {order.day.day} {order.day:%B %Y}"
    return f" {order.rest}" if order.place is not None else ""


def _in_full(order: Order) -> Iterator[str]:
    """The whole of what somebody is told, a paragraph a line."""
    told = [" ".join(part.split()) for part in words_to_tell(order).split("\n\n")]
    if any(told):
        first, *others = told
        yield from (f"It says: {first}", *others)


def _nothing_done(kept: KeptAsk, why: str, links: tuple[OrderLink, ...]) -> OrderResult:
    return OrderResult(kept.ask.number, said_short(kept), (f"Nothing was done. {why}",), links)


def _that_last(kept: KeptAsk) -> tuple[OrderLink, ...]:
    """The links that say something of what is settled, too: none that would settle it again."""
    return tuple(link for link in kept.ask.links if ordered_by(link) in ORDER_GRAMMAR.always)


def _done_already(
    app: Application, kept: KeptAsk, order: Order, standing: DoneOrder
) -> OrderResult:
    at = moment_in_words(standing.done.astimezone(app.settings.board.zone_info))
    links, change = standing.result.links, " That cannot be undone by mail."
    if links:
        why = why_not_undone(app, standing)
        links = links_once_told(app, kept, standing) if why else links
        change = f" It cannot be undone: {why}" if why else " To change it, undo that first."
    if otherwise := given_otherwise(app, kept, order):
        says = f"Nothing was done. More time was given at {at}: {otherwise}.{change}"
    elif standing.word == order.word:
        says = f"This is done already, since {at}."
    else:
        says = f'Nothing was done. It was settled with "{standing.word}" at {at}.{change}'
    return OrderResult(kept.ask.number, said_short(kept), (says,), links)


def _planned(
    app: Application, by: OrderedBy, kept: KeptAsk, order: Order
) -> OrderPlan | DecisionRefused:
    because = order_reason(app, by.name, by.message_id, order, by.words)
    because = replace(because, tell=words_to_tell(order))
    if order.word in PEOPLE_WORDS:
        return plan_about_people(app, kept, order, because)
    about = asked_about(app, kept)
    wish = wish_of_order(order, about, because, app.kinds)
    match wish:
        case DecisionRefused():
            return wish
        case LetterWish():
            return plan_letters(app, wish)
        case AssignWish():
            return plan_assignment(app, wish)
        case SendBackWish():
            return plan_sending_back(app, wish)
        case Request():
            if order.word == "ask again" and not _is_accepted(app, wish):
                return DecisionRefused(
                    "Only what was accepted is asked about again. To have it changed, send it back."
                )
            settled = paper_messages_settled_by(app, wish)
            also = (Request("accept", because, settled),) if settled else ()
            return _requested(app, (wish, *also), _own_entries(kept))
        case _:
            return _requested(app, wish, _own_entries(kept))


def _own_entries(kept: KeptAsk) -> tuple[int, ...]:
    topic = kept.ask.topic
    return tuple(int(id) for id in topic.items) if topic.sort == "entries" else ()


def _is_accepted_by_mail(app: Application, kept: KeptAsk) -> bool:
    standing = OrderRecords(app.database, app.vault).standing_order(kept)
    return standing is not None and standing.word == "accept"


def _is_accepted(app: Application, wish: Request) -> bool:
    entries = app.register.entries.entries_among(wish.entries)
    return bool(entries) and all(entry.standing_verdict == "accept" for entry in entries)


def _requested(
    app: Application, requests: Sequence[Request], asked: Sequence[int]
) -> OrderPlan | DecisionRefused:
    """All of them or none, about the entries that `asked`."""

    def decide() -> tuple[Decision, ...] | DecisionRefused:
        made = list[Decision]()
        for request in requests:
            found = decide_request(app, request)
            if isinstance(found, DecisionRefused):
                return found
            made += found
        return tuple(made)

    decisions = decide()
    if isinstance(decisions, DecisionRefused):
        return decisions
    carry_out = partial(carry_out_decisions, app, decisions)
    return plan_decisions(app, decisions, decide, decisions, carry_out, asked=asked)
