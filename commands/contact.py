"""`scr-intake contact add|remove|pause|back`: who may send, and who is written to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

import click
from pydantic import ValidationError

from commands.composition.app import Application, open_application
from commands.decisions.decision_prompt import decision_options, decision_reason, settle_decision
from commands.extend_waive import (
    AGENCY_ARGUMENT,
    DAY_TYPE,
    REFERENCE_ARGUMENT,
    agency_or_exit,
    case_or_exit,
)
from commands.global_options import EXIT_ATTENTION, GlobalOptions, exit_with_message
from config.case_file import CaseFile, Contact, Role, case_with_contact, case_without_contact
from config.english import join_with_and
from config.user_file import InvalidUserFile, validation_problems
from handlers.register.agencies import RegisteredContact
from handlers.register.audit_acts import AuditAct
from handlers.register.decision import Decision, DecisionReason, DecisionRefused
from outbox.sending.closed_addresses import unreachable_among


@dataclass(frozen=True, slots=True)
class ContactInCase:
    """Somebody at one agency in one case."""

    app: Application
    case_id: int
    agency_id: int
    email: str

    @property
    def registered_roles(self) -> list[RegisteredContact]:
        """Once for each role; none when nobody is registered under the address."""
        return [
            each
            for each in self.app.register.people.contacts_of_agency(self.agency_id)
            if each.email.casefold() == self.email.casefold()
        ]

    @property
    def is_out_of_reach(self) -> bool:
        """Whether nothing is sent to them, since mail to their address came back."""
        return unreachable_among(self.app.database, [each.id for each in self.registered_roles])

    @property
    def is_said_to_leave(self) -> bool:
        """Whether mail says that they leave, or have left."""
        leave = self.app.register.entries.departures()
        return any(each.id in leave for each in self.registered_roles)

    def removal_in_words(self) -> str:
        """What becomes of what they send, which goes on being taken where they stay registered."""
        registered = self.app.register.people.places_of_sender(self.email)
        others = dict.fromkeys(e.reference for e in registered if e.agency_id != self.agency_id)
        if others:
            return (
                f"What comes from that address is taken in for {join_with_and([*others])} alone,"
                " where it stays registered; nothing else is sent to it."
            )
        return "What comes from that address is held; nothing is sent to it."

    def decide_removal(self, why: DecisionReason) -> Decision | DecisionRefused:
        return self._known(Decision("remove", why, self.case_id, self.agency_id))

    def decide_pause(self, until: date, why: DecisionReason) -> Decision | DecisionRefused:
        if until <= self.app.now().date():
            return DecisionRefused("The day to write to them again should be after today.")
        return self._known(Decision("pause", why, self.case_id, self.agency_id, until=until))

    def decide_resumption(self, why: DecisionReason) -> Decision | DecisionRefused:
        today, roles = self.app.now().date(), self.registered_roles
        gone = [
            each
            for each in roles
            if (each.paused and each.paused > today)
            or self.app.register.notes.find_absence(each.id, today)
        ]
        if roles and not (gone or self.is_out_of_reach or self.is_said_to_leave):
            return DecisionRefused(
                "They are neither paused, nor away by a note of theirs, nor out of reach, nor said"
                " to leave."
            )
        return self._known(Decision("back", why, self.case_id, self.agency_id))

    def record_decision(self, made: Decision) -> None:
        """The decision, of them in each of their roles."""
        for each in self.registered_roles:
            decision = replace(made, contact_id=each.id)
            self.app.register.decisions.record_decision(decision, self.app.now())

    def take_out(self, made: Decision, reference: str, code: str) -> None:
        """Out of the case's file, with what still rests for them; the decision is recorded."""
        file = self.app.register.cases.case_file(reference)
        self.app.register.cases.save_case_file(case_without_contact(file, code, self.email))
        self.cancel_resting_letters()
        self.record_decision(made)

    def cancel_resting_letters(self) -> None:
        """What came back from them, or could not be sent, asks for nothing any more."""
        for each in self.registered_roles:
            for letter in self.app.queue.resting_letters(each.id):
                self.app.queue.cancel_letter(letter)
                self.app.register.record.append(
                    self.app.now(), AuditAct.LETTER_CANCELLED, letter=letter.id, contact=each.id
                )

    def _known(self, decision: Decision) -> Decision | DecisionRefused:
        if not self.registered_roles:
            return DecisionRefused("Nobody is registered for this agency under that address.")
        return decision


def register_contact(
    app: Application, file: CaseFile, new: Contact, made: Decision
) -> tuple[int, int]:
    """Register somebody by a decision; `file` is the case's with them in it. Returns the numbers
    of the contact and of the decision."""
    assert made.agency_id is not None  # whose contact it is
    id = app.register.cases.add_contact(file, made.agency_id, new)
    decided = app.register.decisions.record_decision(replace(made, contact_id=id), app.now())
    return id, decided


EMAIL_ARGUMENT = click.argument("email", metavar="EMAIL")


@click.group
def contact() -> None:
    """Register, remove and pause people.

    Example: scr-intake contact remove N12 GP author@meadowlane.example --reason "Has left"
    """


@contact.command
@REFERENCE_ARGUMENT
@AGENCY_ARGUMENT
@EMAIL_ARGUMENT
@click.option("--name", required=True, help="Their name, as letters begin.")
@click.option("--role", required=True, type=click.Choice(get_args(Role)))
@decision_options
@click.pass_obj
def add(
    asked: GlobalOptions,
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
    why = decision_reason(reason)
    new = _checked(name, role, email)
    with open_application(asked) as app:
        case = case_or_exit(app, reference)
        agency = agency_or_exit(case, code)
        try:
            file = case_with_contact(
                app.register.cases.case_file(case.reference), code, new, app.kinds
            )
        except InvalidUserFile as refused:
            exit_with_message(refused, EXIT_ATTENTION)
        settle_decision(
            app,
            lambda: Decision("add", why, case.id, agency.id),
            lambda made: register_contact(app, file, new, made),
            yes=yes,
            told=[f"{case.reference}, {agency.name}: {name} is registered as {role}."],
        )


@contact.command
@REFERENCE_ARGUMENT
@AGENCY_ARGUMENT
@EMAIL_ARGUMENT
@decision_options
@click.pass_obj
def remove(
    asked: GlobalOptions, reference: str, code: str, email: str, reason: str, yes: bool
) -> None:
    """Take a person out: they neither send nor are written to any more.

    Example: scr-intake contact remove N12 GP author@meadowlane.example --reason "Has left"
    """
    why = decision_reason(reason)
    with open_application(asked) as app:
        person = _person(app, reference, code, email)
        reference = case_or_exit(app, reference).reference
        told = [person.removal_in_words()] if person.registered_roles else []
        settle_decision(
            app,
            lambda: person.decide_removal(why),
            lambda made: person.take_out(made, reference, code),
            yes=yes,
            told=told,
        )


@contact.command
@REFERENCE_ARGUMENT
@AGENCY_ARGUMENT
@EMAIL_ARGUMENT
@click.option("--until", required=True, type=DAY_TYPE, help="The day they are written to again.")
@decision_options
@click.pass_obj
def pause(
    asked: GlobalOptions,
    reference: str,
    code: str,
    email: str,
    until: datetime,
    reason: str,
    yes: bool,
) -> None:
    """Leave a person in peace until a day, but for answers to what they send.

    Example: scr-intake contact pause N12 GP author@meadowlane.example --until 2010-05-04
    --reason "Leave"
    """
    why = decision_reason(reason)
    with open_application(asked) as app:
        person = _person(app, reference, code, email)
        settle_decision(
            app, lambda: person.decide_pause(until.date(), why), person.record_decision, yes=yes
        )


@contact.command
@REFERENCE_ARGUMENT
@AGENCY_ARGUMENT
@EMAIL_ARGUMENT
@decision_options
@click.pass_obj
def back(
    asked: GlobalOptions, reference: str, code: str, email: str, reason: str, yes: bool
) -> None:
    """Say that a person is there: no longer paused, away, gone or out of reach.

    A note of an absence is a person's: it ends wherever they are registered; and so is an address
    from which mail came back: what waits for them goes. A pause ends in this case alone.

    Example: scr-intake contact back N12 GP author@meadowlane.example --reason "Has rung us"
    """
    why = decision_reason(reason)
    with open_application(asked) as app:
        person = _person(app, reference, code, email)
        settle_decision(app, lambda: person.decide_resumption(why), person.record_decision, yes=yes)


def _person(app: Application, reference: str, code: str, email: str) -> ContactInCase:
    """Or the end of the command, where there is no such case or agency."""
    case = case_or_exit(app, reference)
    return ContactInCase(app, case.id, agency_or_exit(case, code).id, email)


def _checked(name: str, role: Role, email: str) -> Contact:
    try:
        return Contact.model_validate({"name": name, "role": role, "email": email})
    except ValidationError as why:
        exit_with_message(
            InvalidUserFile("This contact cannot be registered.", validation_problems(why)),
            EXIT_ATTENTION,
        )
