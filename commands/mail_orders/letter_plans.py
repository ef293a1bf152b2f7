"""What comes of an order about letters: those that rest are let go or kept in, and those that are
not written are given up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from commands.composition.app import Application
from commands.decisions.effects import LETTER_LINE, WordsWithheld, decision_effects
from commands.decisions.grouped_letters import (
    CANCEL,
    RELEASE,
    RETRY,
    LetterAction,
    call_back_outdated,
    closed_address_words,
    drop_stopped_letter,
)
from commands.mail_orders.plans import OrderPlan
from commands.mail_orders.wishes import LetterWish
from config.calendar import clock_time
from config.english import join_with_and
from handlers.register.decision import DecisionRefused
from outbox.due.stopped_letters import StoppedLetters
from outbox.sending.closed_addresses import unreachable_contacts
from outbox.sending.overtaken import overtaken_reason
from outbox.sending.trial import settle_tried, unsettled_tried
from outbox.writing.letter import LETTER_NAMES, Letter

ACTIONS: dict[str, LetterAction] = {"release": RELEASE, "retry": RETRY, "cancel": CANCEL}


def plan_letters(app: Application, wish: LetterWish) -> OrderPlan | DecisionRefused:
    """Letters that rest are let go or kept in; those that are not written are given up."""
    if not wish.written:
        return _stopped(app, [str(key) for key in wish.items])
    if tried := unsettled_tried(app.database, [int(id) for id in wish.items]):
        return _tried(app, wish, tried)
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

    return OrderPlan(
        tuple(_letter_lines(app, wish, letters)),
        lambda: [(letter.id, letter.state) for letter in movable()],
        [(letter.id, letter.state) for letter in letters],
        carry_out,
        letters=tuple(letters),
    )


def _letter_lines(app: Application, wish: LetterWish, letters: Sequence[Letter]) -> Iterator[str]:
    at = clock_time(app.now() + timedelta(minutes=app.settings.outbox.undo_minutes))
    for letter in letters:
        goes = "is not sent" if wish.verb == "cancel" else f"leaves at {at} at the earliest"
        yield f"Letter {letter.id}, {LETTER_NAMES[letter.kind]}, {goes}."
    if wish.verb == "cancel" and (closed := closed_address_words(app, letters)):
        yield closed.strip()
        yield from _who_else(app, letters)


def _who_else(app: Application, letters: Sequence[Letter]) -> Iterator[str]:
    """Who of the agency is written to, where the address of one of them is closed."""
    closed = unreachable_contacts(app.database)
    of = (letter.agency_id for letter in letters if letter.contact_id in closed)
    for agency in dict.fromkeys(id for id in of if id is not None):
        there = app.register.people.contacts_of_agency(agency)
        names = join_with_and([each.name for each in there if each.id not in closed])
        yield f"At their agency {names} can be written to." if names else _NOBODY_ELSE


_NOBODY_ELSE = "Nobody else at their agency can be written to: please register somebody who can."


def _tried(app: Application, wish: LetterWish, ids: Sequence[int]) -> OrderPlan | DecisionRefused:
    """What they tell is told anew as it stands now, and they themselves go to nobody."""
    if app.trial.is_on:
        return DecisionRefused("Letters are still only tried.")

    def carry_out() -> list[int]:
        settle_tried(app.database, ids, "never" if wish.verb == "cancel" else "anew")
        return []

    says = ["Nothing more is sent of what was tried for them."]
    if wish.verb != "cancel":
        overtaken = _overtaken_lines(app, ids)
        try:
            effects = decision_effects(app, (), carry_out)
        except WordsWithheld as why:
            return DecisionRefused(why.sentence)
        caused = any(line.startswith(LETTER_LINE) for line in effects)
        says = [*effects, *overtaken, _NEXT_ROUND] if caused else [_STILL_SO_NO_MORE, *overtaken]
    return OrderPlan(
        *(tuple(says), lambda: unsettled_tried(app.database, ids), [*ids], carry_out),
        tried=tuple(ids) if wish.verb == "cancel" else (),
        undoable=wish.verb == "cancel",
    )


def _overtaken_lines(app: Application, ids: Sequence[int]) -> list[str]:
    """What of these letters a decision, or something that came, has changed since."""
    found = [app.queue.get(id) for id in ids if overtaken_reason(app.database, id)]
    names = dict.fromkeys(LETTER_NAMES[letter.kind] for letter in found if letter)
    return [f"Not so any more, and not sent: {join_with_and([*names])}."] if names else []


_NEXT_ROUND = (
    "They are written as things stand now, and leave with the next round, so that this cannot be"
    " undone."
)
_STILL_SO_NO_MORE = "Nothing of it is still to be told: all of it was settled or told since."


def _stopped(app: Application, wanted: Sequence[str]) -> OrderPlan | DecisionRefused:
    def stopped() -> list[str]:
        keys = {one.key for one in StoppedLetters(app.database).list_stopped()}
        return [key for key in wanted if key in keys]

    keys = stopped()
    if not keys:
        return DecisionRefused("It is not stopped any more.")

    dropped = list[int]()

    def carry_out() -> list[int]:
        dropped.extend(id for key in keys if (id := drop_stopped_letter(app, key)) is not None)
        return []

    says = "It will not be written: you tell its reader yourself."
    return OrderPlan((says,), stopped, keys, carry_out, unwritten=dropped)
