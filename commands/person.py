"""A person whom a command names by their address: who they are, and what is decided of them.

Does: finds them among an agency's contacts, once for each role, and decides about all of these.
Trusts: the register.
Never touches: what they sent.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from commands.house import House
from handlers.register.decision import Because, Cannot, Decision
from handlers.register.people import Contact


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at one agency in one case."""

    house: House
    case_id: int
    agency_id: int
    email: str

    @property
    def roles(self) -> list[Contact]:
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
