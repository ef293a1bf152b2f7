"""Carries out one order of a mail, once, and says what it did and what follows.

What is decided is looked at again in the transaction that does it: an order is done about what its
sender has seen, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from commands.app import Application
from commands.assigning import (
    AssignedEntry,
    assignment_lines,
    decide_assignment,
    find_place,
    judge_in_place,
    log_assignment,
)
from commands.effects import LETTER_LINE, WordsWithheld, decision_effects
from commands.grouped_letters import (
    CANCEL,
    RELEASE,
    RETRY,
    LetterAction,
    call_back_outdated,
    drop_stopped_letter,
)
from commands.mail_orders.lookups import (
    asked_about,
    link_maker,
    order_reason,
    said_short,
    why_not_any_more,
)
from commands.mail_orders.order_claims import confirming_stamp
from commands.mail_orders.wishes import (
    AssignWish,
    LetterWish,
    wish_of_order,
    words_to_tell,
)
from commands.requesting import carry_out_decisions, decide_request, request_rules
from config.calendar import clock_time, moment_in_words
from config.command_line import without_commands
from handlers.orders.order import Order
from handlers.register.decision import CASE_STATES, Decision, DecisionRefused
from handlers.register.requests import Request
from handlers.register.returns import ReturnStanding
from intake.spool import Delivery
from outbox.due.stopped_letters import StoppedLetters
from outbox.orders.kept_asks import KeptAsk
from outbox.orders.order_records import DoneOrder, OrderRecords, OrderUndoing
from outbox.writing.asks import Offer, OrderResult
from outbox.writing.letter import LETTER_NAMES, Letter

GOOD_FOR = 11  # working days
AFTER_ACCEPTING = ("ask again", "cleared")
UNDO = Offer("undo", "undo")
ACTIONS: dict[str, LetterAction] = {"release": RELEASE, "retry": RETRY, "cancel": CANCEL}
_CHANGED = "Something has changed at this very moment. Nothing was done; please look again."


@dataclass(frozen=True, slots=True)
class OrderedBy:
    """Who ordered, by which mail, with which other words."""

    delivery: Delivery
    name: str
    message_id: str
    words: tuple[str, ...]
    email: str = ""  # where the answer goes


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an order comes to: what is told of it, and how it is done, in a transaction. `decide`
    gives the same as it gave before where nothing has changed."""

    says: tuple[str, ...]
    decide: Callable[[], object]
    decided: object
    carry_out: Callable[[], list[int]]
    agencies: tuple[int, ...] = ()
    letters: tuple[Letter, ...] = ()
    undoable: bool = True


def do_order(app: Application, by: OrderedBy, kept: KeptAsk, order: Order) -> OrderResult:
    """Do it, or say why not."""
    records = OrderRecords(app.ledger, app.vault)
    before = records.order_done_by(by.delivery.id, kept)
    if before is not None:
        return before.result
    standing = records.standing_order(kept)
    if standing is not None and not _asks_again(order, standing):
        return _done_already(app, kept, order, standing)
    plan = _plan_in_time(app, by, kept, order)
    if isinstance(plan, str):
        return _nothing_done(app, kept, plan)
    return _done(app, by, kept, order, plan)


def preview_order(app: Application, by: OrderedBy, kept: KeptAsk, order: Order) -> OrderResult:
    """What is heavier is answered by what it would do, and by the link that does it."""
    standing = OrderRecords(app.ledger, app.vault).standing_order(kept)
    if standing is not None:
        return _done_already(app, kept, order, standing)
    plan = _plan_in_time(app, by, kept, order)
    if isinstance(plan, str):
        return _nothing_done(app, kept, plan)
    offer = Offer(f"{order.word}, as it says here", order.word)
    link = link_maker(app)(offer, kept, confirming_stamp(kept, order.word))
    says = ("Nothing is done yet. This is what it would do:", *plan.says)
    return OrderResult(kept.ask.number, said_short(kept), says, (link,))


def _asks_again(order: Order, standing: DoneOrder) -> bool:
    """What was accepted may be asked about again, and whom it names be cleared."""
    return order.word in AFTER_ACCEPTING and standing.word == "accept"


def _plan_in_time(app: Application, by: OrderedBy, kept: KeptAsk, order: Order) -> _Plan | str:
    """What it comes to, or why nothing is done."""
    why = _too_late(app, kept, order)
    if why:
        return why
    plan = _planned(app, by, kept, order)
    if isinstance(plan, DecisionRefused):
        return without_commands(plan.why) or "That cannot be done by mail."
    return plan


def _too_late(app: Application, kept: KeptAsk, order: Order) -> str:
    settled = order.word in AFTER_ACCEPTING and _is_accepted_by_mail(app, kept)
    return "" if order.word == "ask again" or settled else why_not_any_more(app, kept, GOOD_FOR)


def _done(app: Application, by: OrderedBy, kept: KeptAsk, order: Order, plan: _Plan) -> OrderResult:
    records, now = OrderRecords(app.ledger, app.vault), app.now()
    link = link_maker(app)(UNDO, kept)
    said = (f"Done: {order.word}{_tail(order)}.", *plan.says)
    result = OrderResult(
        *(kept.ask.number, said_short(kept), said),
        links=(link,) if plan.undoable else (),
        done=True,
    )
    with app.register.transaction():
        if _too_late(app, kept, order) or plan.decide() != plan.decided:
            return _nothing_done(app, kept, _CHANGED)
        stood = _standings(app, plan.agencies)
        ids = plan.carry_out()
        undoing = OrderUndoing(
            returns=tuple(_changed(stood, _standings(app, plan.agencies))),
            letters=tuple((letter.id, letter.state) for letter in plan.letters),
        )
        records.add_order(by.delivery.id, kept, order.word, ids, result, undoing, now)
    return result


def _tail(order: Order) -> str:
    """What was added to the word, as it was read; her own words are quoted nowhere but in the
    letter that they are for."""
    if order.day is not None:
        return f" until {order.day:%A} {order.day.day} {order.day:%B %Y}"
    return f" {order.rest}" if order.place is not None else ""


def _nothing_done(app: Application, kept: KeptAsk, why: str) -> OrderResult:
    return OrderResult(kept.ask.number, said_short(kept), (f"Nothing was done. {why}",))


def _done_already(
    app: Application, kept: KeptAsk, order: Order, standing: DoneOrder
) -> OrderResult:
    at = moment_in_words(standing.done.astimezone(app.settings.board.zone_info))
    links = standing.result.links
    if standing.word == order.word:
        says = f"This is done already, since {at}."
    else:
        says = f'Nothing was done. It was settled with "{standing.word}" at {at}.'
        says += " To change it, undo that first." if links else " That cannot be undone by mail."
    return OrderResult(kept.ask.number, said_short(kept), (says,), links)


def _planned(
    app: Application, by: OrderedBy, kept: KeptAsk, order: Order
) -> _Plan | DecisionRefused:
    because = order_reason(app, by.name, by.message_id, order, by.words)
    because = replace(because, tell=words_to_tell(order))
    about = asked_about(app, kept)
    wish = wish_of_order(order, about, because, app.kinds)
    match wish:
        case DecisionRefused():
            return wish
        case LetterWish():
            return _letters(app, wish)
        case AssignWish():
            return _assigned(app, wish)
        case Request():
            if order.word == "ask again" and not _is_accepted(app, wish):
                return DecisionRefused(
                    "Only what was accepted is asked about again. To have it changed, send it back."
                )
            return _requested(app, (wish,), undoable=wish.what not in CASE_STATES)
        case _:
            return _requested(app, wish, undoable=True)


def _is_accepted_by_mail(app: Application, kept: KeptAsk) -> bool:
    standing = OrderRecords(app.ledger, app.vault).standing_order(kept)
    return standing is not None and standing.word == "accept"


def _is_accepted(app: Application, wish: Request) -> bool:
    entries = app.register.entries.entries_among(wish.entries)
    return bool(entries) and all(entry.standing_verdict == "accept" for entry in entries)


def _requested(
    app: Application, requests: Sequence[Request], *, undoable: bool
) -> _Plan | DecisionRefused:
    """All of them or none."""

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
    return _plan(app, decisions, decide, decisions, carry_out, undoable=undoable)


def _plan(
    app: Application,
    decisions: Sequence[Decision],
    decide: Callable[[], object],
    decided: object,
    carry_out: Callable[[], list[int]],
    told: Sequence[str] = (),
    *,
    undoable: bool = True,
) -> _Plan | DecisionRefused:
    try:
        effects = decision_effects(app, decisions, carry_out)
    except WordsWithheld as why:
        return DecisionRefused(why.sentence)
    says = [*told, *filter(None, map(without_commands, effects))]
    if any(line.startswith(LETTER_LINE) for line in says):
        says.append(leaving_sentence(app))
    agencies = tuple(dict.fromkeys(each.agency_id for each in decisions if each.agency_id))
    return _Plan(tuple(says), decide, decided, carry_out, agencies, undoable=undoable)


def leaving_sentence(app: Application) -> str:
    """When the letters that a decision by mail causes may leave."""
    outbox, now = app.settings.outbox, app.now()
    minutes = max(outbox.undo_minutes, outbox.decisions_quiet_minutes)
    if not minutes:
        return "Letters go with the next round."
    return f"Letters leave at {clock_time(now + timedelta(minutes=minutes))} at the earliest."


def _assigned(app: Application, wish: AssignWish) -> _Plan | DecisionRefused:
    """Each entry is judged where it is said to be of, before anything is decided."""
    found, because = dict[int, AssignedEntry](), wish.because
    for entry in app.register.entries.waiting_among(wish.entries):
        said = wish.place
        place = find_place(app, entry, *((said.reference, said.agency) if said else (None, None)))
        if isinstance(place, DecisionRefused):
            return place
        judged = judge_in_place(app, entry, place, (said.kind or None) if said else None)
        if isinstance(judged, DecisionRefused):
            return judged
        found[entry.id] = judged

    def decide() -> list[Decision | DecisionRefused]:
        matters = ((request_rules(app).matter(id), one) for id, one in found.items())
        return [
            matter
            if isinstance(matter, DecisionRefused)
            else decide_assignment(matter, one.place, because)
            for matter, one in matters
        ]

    decisions = decide()
    made = [each for each in decisions if isinstance(each, Decision)]
    if not made or len(made) < len(decisions):
        return next((r for r in decisions if isinstance(r, DecisionRefused)), _NOTHING_WAITS)

    def carry_out() -> list[int]:
        return [log_assignment(app, each, found[each.entry_id or 0]) for each in made]

    told = list(
        dict.fromkeys(line for one in found.values() for line in assignment_lines(app, one))
    )
    return _plan(app, made, decide, decisions, carry_out, told, undoable=False)


_NOTHING_WAITS = DecisionRefused("It does not wait for anybody any more.")


def _letters(app: Application, wish: LetterWish) -> _Plan | DecisionRefused:
    """Letters that rest are let go or kept in; those that are not written are given up."""
    if not wish.written:
        return _stopped(app, [str(key) for key in wish.items])
    action = ACTIONS[wish.verb]
    if wish.verb != "cancel":
        call_back_outdated(app)

    def movable() -> list[Letter]:
        found = (app.queue.get(int(id)) for id in wish.items)
        return [letter for letter in found if letter and action.applies_to(letter)]

    letters = movable()
    if not letters:
        return DecisionRefused("It does not rest any more: it has left, or was called back.")

    def carry_out() -> list[int]:
        wait = timedelta(minutes=app.settings.outbox.undo_minutes)
        for letter in letters:
            action.carry_out(app, letter)
            if wish.verb != "cancel" and (now := app.queue.get(letter.id)):
                app.queue.postpone_letter(now, now.reason or now.answer, app.now() + wait)
        return []

    return _Plan(
        tuple(_letter_lines(app, wish, letters)),
        lambda: [(letter.id, letter.state) for letter in movable()],
        [(letter.id, letter.state) for letter in letters],
        carry_out,
        letters=tuple(letters),
        undoable=wish.verb == "release",
    )


def _letter_lines(app: Application, wish: LetterWish, letters: Sequence[Letter]) -> Iterator[str]:
    at = clock_time(app.now() + timedelta(minutes=app.settings.outbox.undo_minutes))
    for letter in letters:
        goes = "is not sent" if wish.verb == "cancel" else f"leaves at {at} at the earliest"
        yield f"Letter {letter.id}, {LETTER_NAMES[letter.kind]}, {goes}."


def _stopped(app: Application, wanted: Sequence[str]) -> _Plan | DecisionRefused:
    def stopped() -> list[str]:
        keys = {one.key for one in StoppedLetters(app.ledger).list_stopped()}
        return [key for key in wanted if key in keys]

    keys = stopped()
    if not keys:
        return DecisionRefused("It is not stopped any more.")

    def carry_out() -> list[int]:
        for key in keys:
            drop_stopped_letter(app, key)
        return []

    says = "It will not be written: you tell its reader yourself."
    return _Plan((says,), stopped, keys, carry_out, undoable=False)


def _standings(app: Application, agencies: Sequence[int]) -> dict[int, ReturnStanding]:
    return {
        id: row for agency in agencies for id, row in app.register.owed.standings(agency).items()
    }


def _changed(
    before: dict[int, ReturnStanding], after: dict[int, ReturnStanding]
) -> Iterator[tuple[ReturnStanding, ReturnStanding]]:
    """Each return that was changed, as it stood and as it stands."""
    for id, stood in before.items():
        if id in after and after[id] != stood:
            yield stood, after[id]
