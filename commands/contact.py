"""`scr-intake contact add|remove|pause|back`: who may send, and who is written to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

import click
from pydantic import ValidationError

from commands.app import House, open_house
from commands.deciding import because, decided, settle
from commands.global_options import ATTENTION, Asked, stop
from commands.returns import AGENCY, DAY, REFERENCE, agency_of, case_of
from config.case_file import Contact, Role, with_contact, without_contact
from config.user_file import Refused, problems_in
from handlers.register.agencies import RegisteredContact
from handlers.register.decision import Because, Cannot, Decision


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at one agency in one case."""

    house: House
    case_id: int
    agency_id: int
    email: str

    @property
    def roles(self) -> list[RegisteredContact]:
        """Once for each role; none when nobody is registered under the address."""
        return [
            each
            for each in self.house.register.people.contacts_of(self.agency_id)
            if each.email.casefold() == self.email.casefold()
        ]

    def removed(self, why: Because) -> Decision | Cannot:
        return self._known(Decision("remove", why, self.case_id, self.agency_id))

    def paused(self, until: date, why: Because) -> Decision | Cannot:
        if until <= self.house.now().date():
            return Cannot("The day to write to them again should be after today.")
        return self._known(Decision("pause", why, self.case_id, self.agency_id, until=until))

    def back(self, why: Because) -> Decision | Cannot:
        today, roles = self.house.now().date(), self.roles
        gone = [
            each
            for each in roles
            if (each.paused and each.paused > today)
            or self.house.register.notes.away(each.id, today)
        ]
        if roles and not gone:
            return Cannot("They are neither paused nor away by a note of theirs.")
        return self._known(Decision("back", why, self.case_id, self.agency_id))

    def decide(self, made: Decision) -> None:
        """The decision, of them in each of their roles."""
        for each in self.roles:
            decision = replace(made, contact_id=each.id)
            self.house.register.decisions.make(decision, self.house.now())

    def let_be(self) -> None:
        """What came back from them, or could not be sent, asks for nothing any more."""
        for each in self.roles:
            for letter in self.house.queue.resting(each.id):
                self.house.queue.cancel(letter)
                self.house.register.record.append(
                    self.house.now(), "letter cancelled", letter=letter.id, contact=each.id
                )

    def _known(self, decision: Decision) -> Decision | Cannot:
        if not self.roles:
            return Cannot("Nobody is registered for this agency under that address.")
        return decision


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
