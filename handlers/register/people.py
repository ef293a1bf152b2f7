"""Who may send what: the register's contacts, looked up by keyed hash.

Does: finds in which cases and agencies an address, or an agency's folder, has a place.
Trusts: the register.
Never touches: mail. Whether a sender is who they say is decided before this is asked.
Known limits: an address belongs to one agency in a case (the case file is refused otherwise).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from intake.keys import Keys
from intake.ledger import Ledger, Row
from intake.strangers import domain_of
from intake.vault import Vault

CONTACT = "contact"  # what sealed contacts are about


def about_case(reference: str) -> str:
    """What a sealed case file is about."""
    return f"case {reference.casefold()}"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person registered for one agency in one case."""

    id: int
    agency_id: int
    role: str
    name: str
    email: str
    removed: bool = False
    paused: date | None = None  # until that day nothing is sent but answers


@dataclass(frozen=True, slots=True)
class Registered:
    """Somebody on the register, as far as a likeness needs them."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Place:
    """An agency's place in a case; `contact` is set when it was found by a person's address."""

    case_id: int
    reference: str
    case_state: str
    agency_id: int
    code: str
    contact: Contact | None = None


_PLACES = (
    "SELECT c.id AS case_id, c.reference, c.state AS case_state, a.id AS agency_id, a.code"
    " FROM agencies a JOIN cases c ON c.id = a.case_id"
)


class People:
    """Reads contacts; writing them is `handlers/register/cases.py`."""

    def __init__(self, ledger: Ledger, vault: Vault, keys: Keys) -> None:
        self._ledger = ledger
        self._vault = vault
        self._keys = keys

    def address_mark(self, email: str) -> str:
        """The keyed hash an address is looked up by; letter case does not count."""
        return self._keys.mark("address", email.casefold().encode())

    def seal(self, name: str, email: str) -> bytes:
        return self._vault.seal(json.dumps([name, email]).encode(), CONTACT)

    def places_of_sender(self, email: str) -> list[Place]:
        """Every place of everyone registered with this address, in cases that are not closed."""
        sql = (
            "SELECT k.* FROM contacts k JOIN agencies a ON a.id = k.agency_id"
            " JOIN cases c ON c.id = a.case_id WHERE k.address = ? AND k.state = 'active'"
            " AND c.state <> 'closed' ORDER BY k.id"
        )
        found: dict[int, Place] = {}
        for row in self._ledger.rows(sql, self.address_mark(email)):
            place = self._ledger.row(f"{_PLACES} WHERE a.id = ?", row["agency_id"])
            if place is not None:
                found.setdefault(row["agency_id"], _place(place, self._contact(row)))
        return list(found.values())

    def places_of_agency(self, code: str) -> list[Place]:
        """The cases that are not closed in which an agency with this code has returns."""
        sql = f"{_PLACES} WHERE a.code = ? AND c.state <> 'closed' ORDER BY c.id"
        return [_place(row, None) for row in self._ledger.rows(sql, code)]

    def place(self, agency_id: int) -> Place | None:
        """An agency's place in its case, whatever has become of the case."""
        row = self._ledger.row(f"{_PLACES} WHERE a.id = ?", agency_id)
        return _place(row, None) if row else None

    def registered(self) -> list[Registered]:
        """Everyone of every case, closed ones too, as far as a likeness needs them."""
        contacts = (self._contact(row) for row in self._ledger.rows("SELECT * FROM contacts"))
        return [Registered(contact.name, contact.email) for contact in contacts]

    def domains(self) -> frozenset[str]:
        """The domains of all of their addresses."""
        return frozenset(domain_of(one.email) for one in self.registered())

    def contacts_of(self, agency_id: int) -> list[Contact]:
        """Everyone registered for the agency, authors first."""
        sql = "SELECT * FROM contacts WHERE agency_id = ? AND state = 'active' ORDER BY role, id"
        return [self._contact(row) for row in self._ledger.rows(sql, agency_id)]

    def contact(self, id: int) -> Contact | None:
        row = self._ledger.row("SELECT * FROM contacts WHERE id = ?", id)
        return self._contact(row) if row else None

    def _contact(self, row: Row) -> Contact:
        name, email = json.loads(self._vault.unseal(row["sealed"], CONTACT))
        paused = date.fromisoformat(row["paused"]) if row["paused"] else None
        removed = row["state"] == "removed"
        return Contact(row["id"], row["agency_id"], row["role"], name, email, removed, paused)


def _place(row: Row, contact: Contact | None) -> Place:
    return Place(
        row["case_id"], row["reference"], row["case_state"], row["agency_id"], row["code"], contact
    )
