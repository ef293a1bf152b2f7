"""Who is written to: for an answer, and for what the board has to say.

Does: chooses among the people registered for an agency.
Trusts: the register.
Never touches: letters' words.
Known limits: whom chasers are for is `outbox/readers.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.register.people import Contact, People
from outbox.letter import Recipient


def to_answer(people: People, agency_id: int, contact_id: int | None) -> list[Recipient]:
    """Who sent a message, while they are registered; of a dropped file the authors. An answer is
    not a surprise, so it also goes to somebody who is not written to otherwise."""
    contact = people.contact(contact_id) if contact_id is not None else None
    if contact is not None and not contact.removed:
        return [recipient(contact)]
    return _authors(people.contacts_of(agency_id))


def to_authors(people: People, agency_id: int, today: date) -> list[Recipient]:
    """The authors, or whoever there is."""
    return _authors(_reachable(people, agency_id, today))


def recipient(contact: Contact) -> Recipient:
    return Recipient(contact.name, contact.email, contact.id)


def _reachable(people: People, agency_id: int, today: date) -> list[Contact]:
    """Those whose letters are not paused."""
    return [
        contact
        for contact in people.contacts_of(agency_id)
        if contact.paused is None or contact.paused <= today
    ]


def _authors(people: Sequence[Contact]) -> list[Recipient]:
    authors = [contact for contact in people if contact.role == "author"]
    return [recipient(contact) for contact in authors or people[:1]]
