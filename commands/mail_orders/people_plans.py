"""What comes of an order about a person: registered for an agency, with what they sent taken up as
theirs; left in peace until a day; brought back; taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from pydantic import ValidationError

from commands.assign import (
    AssignedEntry,
    assignment_lines,
    decide_assignment,
    judge_in_place,
    log_assignment,
)
from commands.composition.app import Application
from commands.contact import ContactInCase, register_contact
from commands.decisions.requesting import request_rules
from commands.mail_orders.lookups import open_place, sender_of
from commands.mail_orders.plans import OrderPlan, plan_decisions
from config.calendar import date_in_words
from config.case_file import Contact, Role, case_with_address, case_with_contact
from config.user_file import InvalidUserFile
from handlers.orders.order import Order
from handlers.register.agencies import AgencyPlace
from handlers.register.decision import Decision, DecisionReason, DecisionRefused
from intake.unregistered_senders import domain_of_sender
from outbox.orders.kept_asks import KeptAsk

REGISTERS = {"register author": "author", "register commissioner": "commissioner"}
NEW_ADDRESS = "new address"
PEOPLE_WORDS = frozenset({*REGISTERS, "remove", "pause", "bring back", NEW_ADDRESS})
_NO_AGENCY = DecisionRefused("There is no such agency in a case that is open.")
_UNKNOWN = DecisionRefused("Nobody is registered there under that address.")


def plan_about_people(
    app: Application, kept: KeptAsk, order: Order, because: DecisionReason
) -> OrderPlan | DecisionRefused:
    """What it comes to, or why it comes to nothing."""
    at = order.place
    reference, code = (at.reference, at.agency) if at else (kept.ask.topic.case, "")
    place = open_place(app, reference, code or kept.ask.topic.agency)
    if place is None:
        return _NO_AGENCY
    if order.word in REGISTERS:
        return _registered(app, kept, order, place, because)
    person = ContactInCase(app, place.case_id, place.agency_id, order.email)
    if not person.registered_roles:
        return _UNKNOWN
    if order.word == NEW_ADDRESS:
        return _readdressed(app, person, place, order, because)
    return _about(app, person, place, order, because)


def _readdressed(
    app: Application,
    person: ContactInCase,
    place: AgencyPlace,
    order: Order,
    because: DecisionReason,
) -> OrderPlan | DecisionRefused:
    """Registered under the new address in each of their roles, and taken out under the old."""
    at, roles = person.agency_id, person.registered_roles
    known = (each.email.casefold() for each in app.register.people.contacts_of_agency(at))
    if order.address.casefold() in known:
        return DecisionRefused("Somebody is registered there under that address already.")
    try:
        new = [
            Contact(name=one.name, role=cast(Role, one.role), email=order.address) for one in roles
        ]
    except ValidationError:
        return DecisionRefused("That is no address that letters can go to.")
    file = app.register.cases.case_file(place.reference)
    file = case_with_address(file, place.code, person.email, order.address)
    add = Decision("add", because, place.case_id, at)

    def decide() -> tuple[object, ...]:
        people = tuple(app.register.people.contacts_of_agency(at))
        return (people, person.decide_removal(because))

    removal = person.decide_removal(because)
    if isinstance(removal, DecisionRefused):
        return removal

    def carry_out() -> list[int]:
        ids = [register_contact(app, file, one, add)[1] for one in new]
        person.take_out(removal, place.reference, place.code)
        return ids

    told = (
        f"{new[0].name} is written to at {order.address} in {place.reference}, and not at"
        f" {person.email} any more.",
        *other_domain_words(app, place, new[0]),
        person.removal_in_words(),
    )
    decided = (add, removal)
    return plan_decisions(app, decided, decide, decide(), carry_out, told, undoable=False)


def _about(
    app: Application,
    person: ContactInCase,
    place: AgencyPlace,
    order: Order,
    because: DecisionReason,
) -> OrderPlan | DecisionRefused:
    name = person.registered_roles[0].name
    decide: Callable[[], Decision | DecisionRefused]
    match order.word:
        case "pause":
            until = order.day
            assert until is not None  # the grammar asks for it
            decide = partial(person.decide_pause, until, because)
            told = f"{name} is left in peace until {date_in_words(until)}."
        case "bring back":
            decide = partial(person.decide_resumption, because)
            told = f"{name} is written to again."
        case _:
            decide = partial(person.decide_removal, because)
            told = f"{name} is taken out of {place.reference}. {person.removal_in_words()}"
    made = decide()
    if isinstance(made, DecisionRefused):
        return made

    def carry_out() -> list[int]:
        if order.word == "remove":
            person.take_out(made, place.reference, place.code)
        else:
            person.record_decision(made)
        return []

    return plan_decisions(app, (made,), decide, made, carry_out, (told,), undoable=False)


def _registered(
    app: Application, kept: KeptAsk, order: Order, place: AgencyPlace, because: DecisionReason
) -> OrderPlan | DecisionRefused:
    role = cast(Role, REGISTERS[order.word])
    try:
        new = Contact(name=order.name, role=role, email=order.email)
        file = app.register.cases.case_file(place.reference)
        changed = case_with_contact(file, place.code, new, app.kinds)
    except (ValidationError, InvalidUserFile):
        return DecisionRefused("That person cannot be registered there: they may be already.")
    taken = _taken_up(app, kept, place, order.email)
    if isinstance(taken, DecisionRefused):
        return taken
    add = Decision("add", because, place.case_id, place.agency_id)

    def decide() -> tuple[object, ...]:
        people = app.register.people.contacts_of_agency(place.agency_id)
        return (tuple(people), *_assignments(app, taken, place, because))

    def carry_out() -> list[int]:
        id, decided = register_contact(app, changed, new, add)
        ids = [decided]
        for made, found in zip(_assignments(app, taken, place, because), taken, strict=True):
            if isinstance(made, Decision):
                ids.append(log_assignment(app, made, replace(found, sender=id)))
        return ids

    told = [
        f"{new.name} ({new.email}) is registered as {role} of {place.code} in {place.reference}.",
        *other_domain_words(app, place, new),
        *dict.fromkeys(line for found in taken for line in assignment_lines(app, found)),
    ]
    made = [add, *(d for d in _assignments(app, taken, place, because) if _is_made(d))]
    return plan_decisions(
        app, cast(Sequence[Decision], made), decide, decide(), carry_out, told, undoable=False
    )


def _is_made(decision: Decision | DecisionRefused) -> bool:
    return isinstance(decision, Decision)


def _assignments(
    app: Application, taken: Sequence[AssignedEntry], place: AgencyPlace, because: DecisionReason
) -> list[Decision | DecisionRefused]:
    found = list[Decision | DecisionRefused]()
    for one in taken:
        matter = request_rules(app).matter(one.entry_id)
        if isinstance(matter, DecisionRefused):
            found.append(matter)
        else:
            found.append(decide_assignment(matter, place, because))
    return found


def _taken_up(
    app: Application, kept: KeptAsk, place: AgencyPlace, email: str
) -> list[AssignedEntry] | DecisionRefused:
    """What of the ask's waits, is of nobody yet, and came from that address."""
    if kept.ask.topic.sort != "entries":
        return []
    found = list[AssignedEntry]()
    ids = [int(id) for id in kept.ask.topic.items]
    for entry in app.register.entries.waiting_among(ids):
        if entry.agency_id is not None or sender_of(app, entry).casefold() != email.casefold():
            continue
        judged = judge_in_place(app, entry, place, None)
        if isinstance(judged, DecisionRefused):
            return judged
        found.append(judged)
    return found


def other_domain_words(app: Application, place: AgencyPlace, new: Contact) -> tuple[str, ...]:
    """That an address is at another domain than the agency's people are."""
    known = {
        domain_of_sender(each.email)
        for each in app.register.people.contacts_of_agency(place.agency_id)
    }
    domain = domain_of_sender(new.email)
    if domain in known or not known:
        return ()
    return (
        f"Please look twice: {domain} is another domain than the agency's"
        f" ({', '.join(sorted(known))}).",
    )
