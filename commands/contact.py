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
from commands.person import Person
from commands.returns import AGENCY, DAY, REFERENCE, agency_of, case_of
from config.casefile import Contact, Role, with_contact, without_contact
from config.problem import Refused, problems_in
from handlers.register.decision import Decision

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
        person = _person(house, reference, code, email)

        def take_out(made: Decision) -> None:
            file = house.register.cases.file(case_of(house, reference).reference)
            house.register.cases.keep(without_contact(file, code, email))
            person.let_be()
            person.decide(made)

        settle(house, lambda: person.removed(why), take_out, yes=yes)


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
        person = _person(house, reference, code, email)
        settle(house, lambda: person.paused(until.date(), why), person.decide, yes=yes)


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
        person = _person(house, reference, code, email)
        settle(house, lambda: person.back(why), person.decide, yes=yes)


def _person(house: House, reference: str, code: str, email: str) -> Person:
    """Or the end of the command, where there is no such case or agency."""
    case = case_of(house, reference)
    return Person(house, case.id, agency_of(case, code).id, email)


def _checked(name: str, role: Role, email: str) -> Contact:
    try:
        return Contact.model_validate({"name": name, "role": role, "email": email})
    except ValidationError as why:
        stop(Refused("This contact cannot be registered.", problems_in(why)), ATTENTION)
