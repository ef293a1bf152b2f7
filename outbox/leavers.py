"""What can be done about somebody who leaves, as a mail of theirs said: for the administrator.

Does: puts the commands that take them out and register who is named instead after the line of
that mail, each case's own.
Trusts: the register. Who is named is only offered; what may not be told is left for a person.
Never touches: people: nobody is taken out or registered by a mail.
Known limits: of a colleague who leaves the address is a person's to put there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handlers.register.entry import Leaving
from handlers.register.people import Contact, People
from outbox import remedies


def leavers(
    leaving: Leaving | None, people: People, may_say: Callable[[str], bool]
) -> Iterator[str]:
    """ "To take Author One out: ...", "To register who takes over: ..."."""
    for id in leaving.contacts if leaving else ():
        contact = people.contact(id)
        place = people.place(contact.agency_id) if contact else None
        if leaving is None or contact is None or place is None or place.case_state == "closed":
            continue
        at = (place.reference, place.code)
        if not _is_registered(leaving.email, contact, people):
            email = leaving.email if may_say(leaving.email) else ""
            name = leaving.name if may_say(leaving.name) else ""
            add = remedies.register(*at, contact.role, email or "ADDRESS", name)
            yield f"To register who takes over: `{add}`"
        if not contact.removed:
            gone = contact.name if leaving.themselves else "who leaves"
            email = contact.email if leaving.themselves else "ADDRESS"
            yield f"To take {gone} out: `{remedies.remove(*at, email)}`"


def _is_registered(email: str, contact: Contact, people: People) -> bool:
    known = (each.email.casefold() for each in people.contacts_of(contact.agency_id))
    return bool(email) and email.casefold() in known
