"""What can be done about who leaves, as a message says: to register whoever takes over in the same
role, and to take out who leaves. By command, and by a link that first says what it would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handlers.register.agencies import AgencyPlace, ContactDirectory, RegisteredContact
from handlers.register.submissions import LeavingNotice
from outbox.writing import commands_to_paste
from outbox.writing.asks import Offer

_REGISTERED = ("author", "commissioner")  # whom a link may register
_ADDRESS = "ADDRESS"  # to be written in its place


@dataclass(frozen=True, slots=True)
class LeaverLinks:
    """Derives them. `may_say` says of words whether the administrator may be told them."""

    people: ContactDirectory
    may_say: Callable[[str], bool]

    def commands(self, leaving: LeavingNotice | None) -> Iterator[str]:
        """ "To take Author One out: ...", "To register who takes over: ..."."""
        for place, contact in self._concerned(leaving):
            assert leaving is not None
            at = (place.reference, place.code)
            if not self._is_registered(leaving.email, contact):
                email = leaving.email if self.may_say(leaving.email) else ""
                name = leaving.name if self.may_say(leaving.name) else ""
                for role in _roles(leaving, contact):
                    add = commands_to_paste.register_command(*at, role, email or _ADDRESS, name)
                    yield f"To register who takes over: `{add}`"
            if not contact.removed:
                gone = contact.name if leaving.tells_who else "who leaves"
                email = contact.email if leaving.tells_who else _ADDRESS
                out = commands_to_paste.remove_contact_command(*at, email)
                yield f"To take {gone} out: `{out}`"

    def offers(self, leaving: LeavingNotice | None) -> Iterator[Offer]:
        """The same as links, as far as the notice names whom they are about. Where it does not say
        in which role somebody takes over, each is offered."""
        for place, contact in self._concerned(leaving):
            assert leaving is not None
            known = bool(leaving.email) and self._is_registered(leaving.email, contact)
            named = (leaving.name or leaving.email) and not known
            if named and self.may_say(f"{leaving.name} {leaving.email}"):
                for role in filter(_REGISTERED.__contains__, _roles(leaving, contact)):
                    yield _registering(leaving, role, place)
            if leaving.tells_who and not contact.removed:
                yield Offer(f"remove {contact.name}", f"remove {contact.email}")

    def _concerned(
        self, leaving: LeavingNotice | None
    ) -> Iterator[tuple[AgencyPlace, RegisteredContact]]:
        for id in leaving.contacts if leaving else ():
            contact = self.people.find_contact(id)
            place = self.people.place_of_agency(contact.agency_id) if contact else None
            if contact is not None and place is not None and place.case_state != "closed":
                yield place, contact

    def _is_registered(self, email: str, contact: RegisteredContact) -> bool:
        known = self.people.contacts_of_agency(contact.agency_id)
        return bool(email) and email.casefold() in (each.email.casefold() for each in known)


def _roles(leaving: LeavingNotice, contact: RegisteredContact) -> tuple[str, ...]:
    """In which whoever takes over may be registered: that of who leaves, as the register has it;
    else the one that the message says, or any."""
    if leaving.tells_who:
        return (contact.role,)
    return (leaving.role,) if leaving.role else _REGISTERED


def _registering(leaving: LeavingNotice, role: str, place: AgencyPlace) -> Offer:
    email = leaving.email or _ADDRESS
    name = leaving.name or email.partition("@")[0]
    order = f"register {role} {place.reference} {place.code} {email}: {name}"
    asks = "" if leaving.email else ": write the address in"
    return Offer(f"register {role} {name}{asks}", order)
