"""`scr-intake contact add|remove|pause|back`: who may send, and who is written to.

Does: registers a person for an agency, takes one out, leaves one in peace for a while, or says
that one is back; always with a reason.
Trusts: whoever may run this to decide for the board; an address is checked as in a case file.
Never touches: what these people sent.
Known limits: a person is named by their address; in two roles they are taken out of both.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import get_args

import click
from pydantic import ValidationError

from commands.asked import ATTENTION, Asked, stop
from commands.deciding import because, decided, settle
from commands.house import House, open_house
from commands.returns import AGENCY, DAY, REFERENCE, agency_of, case_of
from config.casefile import Contact, Role, with_contact, without_contact
from config.problem import Refused, problems_in
from handlers.register import people
from handlers.register.decision import Because, Cannot, Decision

EMAIL = click.argument("email", metavar="EMAIL")


@click.group
def contact() -> None:
    """Register, remove and pause people.

    Example: scr-intake contact remove N12 GP author@meadowlane.example --reason "Has left"
    """


@contact.command
@REFERENCE
@AGENCY
@EMAIL
@click.option("--name", required=True, help="Their name, as letters begin.")
@click.option("--role", required=True, type=click.Choice(get_args(Role)))
@decided
@click.pass_obj
def add(
    asked: Asked,
    reference: str,
    code: str,
    email: str,
    name: str,
    role: Role,
    reason: str,
    yes: bool,
) -> None:
    """Register a person for an agency, or take back one who was removed.

    Example: scr-intake contact add N12 GP new@meadowlane.example --name "Author Six" --role author
    --reason "Author One has left"
    """
    why = because(reason)
    new = _checked(name, role, email)
    with open_house(asked) as house:
        case = case_of(house, reference)
        agency = agency_of(case, code)
        try:
            file = with_contact(house.register.cases.file(case.reference), code, new, house.kinds)
        except Refused as refused:
            stop(refused, ATTENTION)

        def register(made: Decision) -> None:
            id = house.register.cases.add_contact(file, agency.id, new)
            house.register.decisions.make(replace(made, contact_id=id), house.now())

        settle(
            house,
            lambda: Decision("add", why, case.id, agency.id),
            register,
            yes=yes,
            told=[f"{case.reference}, {agency.name}: {name} is registered as {role}."],
        )


@contact.command
@REFERENCE
@AGENCY
@EMAIL
@decided
@click.pass_obj
def remove(asked: Asked, reference: str, code: str, email: str, reason: str, yes: bool) -> None:
    """Take a person out: they neither send nor are written to any more.

    Example: scr-intake contact remove N12 GP author@meadowlane.example --reason "Has left"
    """
    why = because(reason)
    with open_house(asked) as house:
        case = case_of(house, reference)
        agency = agency_of(case, code)

        def take_out(made: Decision) -> None:
            house.register.cases.keep(
                without_contact(house.register.cases.file(case.reference), code, email)
            )
            for each in _known(house, agency.id, email):
                house.register.decisions.make(replace(made, contact_id=each.id), house.now())
                _let_be(house, each.id)

        settle(
            house,
            lambda: _about(house, agency.id, email, Decision("remove", why, case.id, agency.id)),
            take_out,
            yes=yes,
        )


def _let_be(house: House, contact_id: int) -> None:
    """What came back from somebody taken out, or could not be sent, asks for nothing any more."""
    for letter in house.queue.resting(contact_id):
        house.queue.cancel(letter)
        house.register.record.append(
            house.now(), "letter cancelled", letter=letter.id, contact=contact_id
        )


@contact.command
@REFERENCE
@AGENCY
@EMAIL
@click.option("--until", required=True, type=DAY, help="The day they are written to again.")
@decided
@click.pass_obj
def pause(
    asked: Asked, reference: str, code: str, email: str, until: datetime, reason: str, yes: bool
) -> None:
    """Leave a person in peace until a day, but for answers to what they send.

    Example: scr-intake contact pause N12 GP author@meadowlane.example --until 2010-05-04
    --reason "Leave"
    """
    why = because(reason)
    with open_house(asked) as house:
        case = case_of(house, reference)
        agency = agency_of(case, code)

        settle(
            house,
            lambda: _pause(house, agency.id, email, until, why, case.id),
            lambda made: _of_each_role(house, agency.id, email, made),
            yes=yes,
        )


@contact.command
@REFERENCE
@AGENCY
@EMAIL
@decided
@click.pass_obj
def back(asked: Asked, reference: str, code: str, email: str, reason: str, yes: bool) -> None:
    """Say that a person is back who was paused, or whose note said that they are away.

    A note is a person's: it ends wherever they are registered. A pause ends in this case alone.

    Example: scr-intake contact back N12 GP author@meadowlane.example --reason "Has rung us"
    """
    why = because(reason)
    with open_house(asked) as house:
        case = case_of(house, reference)
        agency = agency_of(case, code)

        settle(
            house,
            lambda: _back(house, agency.id, email, why, case.id),
            lambda made: _of_each_role(house, agency.id, email, made),
            yes=yes,
        )


def _of_each_role(house: House, agency_id: int, email: str, made: Decision) -> None:
    for each in _known(house, agency_id, email):
        house.register.decisions.make(replace(made, contact_id=each.id), house.now())


def _back(
    house: House, agency_id: int, email: str, why: Because, case_id: int
) -> Decision | Cannot:
    today, known = house.now().date(), _known(house, agency_id, email)
    gone = [
        each
        for each in known
        if (each.paused and each.paused > today) or house.register.notes.away(each.id, today)
    ]
    if known and not gone:
        return Cannot("They are neither paused nor away by a note of theirs.")
    return _about(house, agency_id, email, Decision("back", why, case_id, agency_id))


def _pause(
    house: House, agency_id: int, email: str, until: datetime, why: Because, case_id: int
) -> Decision | Cannot:
    if until.date() <= house.now().date():
        return Cannot("The day to write to them again should be after today.")
    pause = Decision("pause", why, case_id, agency_id, until=until.date())
    return _about(house, agency_id, email, pause)


def _about(house: House, agency_id: int, email: str, decision: Decision) -> Decision | Cannot:
    if not _known(house, agency_id, email):
        return Cannot("Nobody is registered for this agency under that address.")
    return decision


def _known(house: House, agency_id: int, email: str) -> list[people.Contact]:
    """The person, once for each role."""
    return [
        each
        for each in house.register.people.contacts_of(agency_id)
        if each.email.casefold() == email.casefold()
    ]


def _checked(name: str, role: Role, email: str) -> Contact:
    try:
        return Contact.model_validate({"name": name, "role": role, "email": email})
    except ValidationError as why:
        stop(Refused("This contact cannot be registered.", problems_in(why)), ATTENTION)
