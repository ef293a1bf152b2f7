"""The agencies of a case, who may send what for them, and what they owe by when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config.calendar import date_in_words
from config.case_file import AgencyEntry, CaseFile, Contact
from config.kind import Kinds
from intake.database import RegisterDatabase, Row
from intake.keys import Keys
from intake.unregistered_senders import domain_of_sender
from intake.vault import Vault

CONTACT_SEAL_CONTEXT = "contact"  # what sealed contacts are about


def case_seal_context(reference: str) -> str:
    """What a sealed case file is about."""
    return f"case {reference.casefold()}"


@dataclass(frozen=True, slots=True)
class RegisteredContact:
    """A person registered for one agency in one case."""

    id: int
    agency_id: int
    role: str
    name: str
    email: str
    removed: bool = False
    paused: date | None = None  # until that day nothing is sent but answers


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """Somebody on the register, as far as a likeness needs them."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class AgencyPlace:
    """An agency's place in a case; `contact` is set when it was found by a person's address."""

    case_id: int
    reference: str
    case_state: str
    agency_id: int
    code: str
    contact: RegisteredContact | None = None


_PLACES = (
    "SELECT c.id AS case_id, c.reference, c.state AS case_state, a.id AS agency_id, a.code"
    " FROM agencies a JOIN cases c ON c.id = a.case_id"
)


class ContactDirectory:
    """Reads contacts; writing them is `handlers/register/cases.py`."""

    def __init__(self, database: RegisterDatabase, vault: Vault, keys: Keys) -> None:
        self._database = database
        self._vault = vault
        self._keys = keys

    def address_mark(self, email: str) -> str:
        """The keyed hash an address is looked up by; letter case does not count."""
        return self._keys.keyed_hash("address", email.casefold().encode())

    def seal_contact(self, name: str, email: str, agency_id: int) -> bytes:
        """Under the key of the agency's case."""
        row = self._database.fetch_row("SELECT case_id FROM agencies WHERE id = ?", agency_id)
        case_id = row["case_id"] if row else None
        told = json.dumps([name, email]).encode()
        return self._vault.seal_bytes(told, CONTACT_SEAL_CONTEXT, case_id)

    def places_of_sender(self, email: str) -> list[AgencyPlace]:
        """Every place of everyone registered with this address, in cases that are not closed."""
        sql = (
            "SELECT k.* FROM contacts k JOIN agencies a ON a.id = k.agency_id"
            " JOIN cases c ON c.id = a.case_id WHERE k.address = ? AND k.state = 'active'"
            " AND c.state <> 'closed' ORDER BY k.id"
        )
        found: dict[int, AgencyPlace] = {}
        for row in self._database.fetch_rows(sql, self.address_mark(email)):
            place = self._database.fetch_row(f"{_PLACES} WHERE a.id = ?", row["agency_id"])
            if place is not None:
                found.setdefault(row["agency_id"], _place(place, self._contact(row)))
        return list(found.values())

    def places_of_agency(self, code: str) -> list[AgencyPlace]:
        """The cases that are not closed in which an agency with this code has returns."""
        sql = f"{_PLACES} WHERE a.code = ? AND c.state <> 'closed' ORDER BY c.id"
        return [_place(row, None) for row in self._database.fetch_rows(sql, code)]

    def place_of_agency(self, agency_id: int) -> AgencyPlace | None:
        """An agency's place in its case, whatever has become of the case."""
        row = self._database.fetch_row(f"{_PLACES} WHERE a.id = ?", agency_id)
        return _place(row, None) if row else None

    def registered_people(self) -> list[RegisteredPerson]:
        """Everyone of every case, closed ones too, as far as a likeness needs them."""
        contacts = (
            self._contact(row) for row in self._database.fetch_rows("SELECT * FROM contacts")
        )
        return [RegisteredPerson(contact.name, contact.email) for contact in contacts]

    def registered_domains(self) -> frozenset[str]:
        """The domains of all of their addresses."""
        return frozenset(domain_of_sender(one.email) for one in self.registered_people())

    def contacts_of_agency(self, agency_id: int) -> list[RegisteredContact]:
        """Everyone registered for the agency, authors first."""
        sql = "SELECT * FROM contacts WHERE agency_id = ? AND state = 'active' ORDER BY role, id"
        return [self._contact(row) for row in self._database.fetch_rows(sql, agency_id)]

    def find_contact(self, id: int) -> RegisteredContact | None:
        row = self._database.fetch_row("SELECT * FROM contacts WHERE id = ?", id)
        return self._contact(row) if row else None

    def _contact(self, row: Row) -> RegisteredContact:
        name, email = json.loads(self._vault.unseal_bytes(row["sealed"], CONTACT_SEAL_CONTEXT))
        paused = date.fromisoformat(row["paused"]) if row["paused"] else None
        removed = row["state"] == "removed"
        return RegisteredContact(
            row["id"], row["agency_id"], row["role"], name, email, removed, paused
        )


def _place(row: Row, contact: RegisteredContact | None) -> AgencyPlace:
    return AgencyPlace(
        row["case_id"], row["reference"], row["case_state"], row["agency_id"], row["code"], contact
    )


class AgencyWriter:
    """Writes `agencies`, `contacts` and the due dates of `returns`."""

    def __init__(self, database: RegisterDatabase, people: ContactDirectory, kinds: Kinds) -> None:
        self._database = database
        self._people = people
        self._kinds = kinds

    def load_agencies(self, before: CaseFile | None, case: CaseFile, case_id: int) -> Iterator[str]:
        """Write what is new in `case` over `before`, and tell it, a sentence each."""
        known = {a.code.casefold(): a for a in before.agencies} if before else {}
        for agency in case.agencies:
            told = self._agency(before, known.get(agency.code.casefold()), case, agency, case_id)
            yield from (f"{case.reference}, {agency.code}: {what}." for what in told)

    def _agency(
        self,
        old: CaseFile | None,
        before: AgencyEntry | None,
        case: CaseFile,
        agency: AgencyEntry,
        case_id: int,
    ) -> Iterator[str]:
        if before is None:
            agency_id = self._database.execute_insert(
                "INSERT INTO agencies (case_id, code, name) VALUES (?, ?, ?)",
                *(case_id, agency.code, agency.name),
            )
            yield f"a new agency, {agency.name}"
        else:
            agency_id = self._id(case_id, agency.code)
            yield from self._renamed(before, agency, agency_id)
        for contact in agency.contacts:
            yield from self._contact(contact, agency_id)
        for kind in case.kinds_owed_by(agency, self._kinds):
            due = case.due_date_for(agency, kind)
            assert due is not None  # the case file was checked
            was = old.due_date_for(before, kind) if old and before else None
            yield from self._return(kind, due, agency_id, unchanged=due == was)

    def _id(self, case_id: int, code: str) -> int:
        row = self._database.fetch_row(
            "SELECT id FROM agencies WHERE case_id = ? AND code = ?", case_id, code
        )
        assert row is not None  # it is in the file as it stands
        return int(row["id"])

    def _renamed(self, before: AgencyEntry, agency: AgencyEntry, agency_id: int) -> Iterator[str]:
        if before.name != agency.name:
            self._database.execute_change(
                "UPDATE agencies SET name = ? WHERE id = ?", agency.name, agency_id
            )
            yield f"is now called {agency.name}"
        if before.abbreviations != agency.abbreviations:
            yield "its abbreviations have changed"

    def register_contact(self, contact: Contact, agency_id: int) -> int:
        """Register a person, or take one back who was removed; returns their number."""
        mark = self._people.address_mark(contact.email)
        self._database.execute_insert(
            "INSERT INTO contacts (agency_id, role, address, sealed) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (agency_id, role, address)"
            " DO UPDATE SET state = 'active', sealed = excluded.sealed,"
            " paused = iif(state = 'removed', NULL, paused)",
            *(
                agency_id,
                contact.role,
                mark,
                self._people.seal_contact(contact.name, contact.email, agency_id),
            ),
        )
        row = self._database.fetch_row(
            "SELECT id FROM contacts WHERE agency_id = ? AND role = ? AND address = ?",
            *(agency_id, contact.role, mark),
        )
        assert row is not None  # it was just written
        return int(row["id"])

    def _contact(self, contact: Contact, agency_id: int) -> Iterator[str]:
        mark = self._people.address_mark(contact.email)
        row = self._database.fetch_row(
            "SELECT id, state FROM contacts WHERE agency_id = ? AND role = ? AND address = ?",
            *(agency_id, contact.role, mark),
        )
        if row is None:
            self.register_contact(contact, agency_id)
            yield f"a new {contact.role}, {contact.name}"
        elif row["state"] == "removed":
            yield (
                f"the {contact.role} {contact.name} was removed, and stays so:"
                " take them out of the file, or register them anew (contact add)"
            )
        elif (known := self._people.find_contact(row["id"])) and known.name != contact.name:
            sealed = self._people.seal_contact(contact.name, contact.email, agency_id)
            self._database.execute_change(
                "UPDATE contacts SET sealed = ? WHERE id = ?", sealed, row["id"]
            )
            yield f"the {contact.role}'s name is now {contact.name}"

    def _return(self, kind: str, due: date, agency_id: int, *, unchanged: bool) -> Iterator[str]:
        """A date that the file leaves `unchanged` does not undo what was agreed since."""
        noun = self._kinds[kind].noun
        row = self._database.fetch_row(
            "SELECT id, due FROM returns WHERE agency_id = ? AND kind = ?", agency_id, kind
        )
        if row is None:
            self._database.execute_insert(
                "INSERT INTO returns (agency_id, kind, due) VALUES (?, ?, ?)",
                *(agency_id, kind, due.isoformat()),
            )
            yield f"{noun} due {date_in_words(due)}"
        elif row["due"] != due.isoformat() and not unchanged:
            self._database.execute_change(
                "UPDATE returns SET due = ?, due_version = due_version + 1 WHERE id = ?",
                *(due.isoformat(), row["id"]),
            )
            was = date_in_words(date.fromisoformat(row["due"]))
            yield f"{noun} now due {date_in_words(due)}; it was {was}"
