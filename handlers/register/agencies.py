"""The agencies of a case: who writes for them, and what they owe by when.

Does: brings one case file's agencies, contacts and returns into the register, and tells each
change in a sentence. Call inside the transaction that loads the case.
Trusts: `config/casefile.py`, which checked the file.
Never touches: where a return stands.
Known limits: nothing is ever taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from config.calendar import in_words
from config.casefile import AgencyEntry, CaseFile, Contact
from config.kind import Kinds
from handlers.register.people import People
from intake.ledger import Ledger


class Agencies:
    """Writes `agencies`, `contacts` and the due dates of `returns`."""

    def __init__(self, ledger: Ledger, people: People, kinds: Kinds) -> None:
        self._ledger = ledger
        self._people = people
        self._kinds = kinds

    def load(self, before: CaseFile | None, case: CaseFile, case_id: int) -> Iterator[str]:
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
            agency_id = self._ledger.write(
                "INSERT INTO agencies (case_id, code, name) VALUES (?, ?, ?)",
                *(case_id, agency.code, agency.name),
            )
            yield f"a new agency, {agency.name}"
        else:
            agency_id = self._id(case_id, agency.code)
            yield from self._renamed(before, agency, agency_id)
        for contact in agency.contacts:
            yield from self._contact(contact, agency_id)
        for kind in case.returns_of(agency, self._kinds):
            due = case.due_for(agency, kind)
            assert due is not None  # the case file was checked
            was = old.due_for(before, kind) if old and before else None
            yield from self._return(kind, due, agency_id, unchanged=due == was)

    def _id(self, case_id: int, code: str) -> int:
        row = self._ledger.row(
            "SELECT id FROM agencies WHERE case_id = ? AND code = ?", case_id, code
        )
        assert row is not None  # it is in the file as it stands
        return int(row["id"])

    def _renamed(self, before: AgencyEntry, agency: AgencyEntry, agency_id: int) -> Iterator[str]:
        if before.name != agency.name:
            self._ledger.change("UPDATE agencies SET name = ? WHERE id = ?", agency.name, agency_id)
            yield f"is now called {agency.name}"
        if before.abbreviations != agency.abbreviations:
            yield "its abbreviations have changed"

    def register(self, contact: Contact, agency_id: int) -> int:
        """Register a person, or take one back who was removed; returns their number."""
        mark = self._people.address_mark(contact.email)
        self._ledger.write(
            "INSERT INTO contacts (agency_id, role, address, sealed) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (agency_id, role, address)"
            " DO UPDATE SET state = 'active', sealed = excluded.sealed,"
            " paused = iif(state = 'removed', NULL, paused)",
            *(agency_id, contact.role, mark, self._people.seal(contact.name, contact.email)),
        )
        row = self._ledger.row(
            "SELECT id FROM contacts WHERE agency_id = ? AND role = ? AND address = ?",
            *(agency_id, contact.role, mark),
        )
        assert row is not None  # it was just written
        return int(row["id"])

    def _contact(self, contact: Contact, agency_id: int) -> Iterator[str]:
        mark = self._people.address_mark(contact.email)
        row = self._ledger.row(
            "SELECT id, state FROM contacts WHERE agency_id = ? AND role = ? AND address = ?",
            *(agency_id, contact.role, mark),
        )
        if row is None:
            self.register(contact, agency_id)
            yield f"a new {contact.role}, {contact.name}"
        elif row["state"] == "removed":
            yield (
                f"the {contact.role} {contact.name} was removed, and stays so:"
                " take them out of the file, or register them anew (contact add)"
            )
        elif (known := self._people.contact(row["id"])) and known.name != contact.name:
            sealed = self._people.seal(contact.name, contact.email)
            self._ledger.change("UPDATE contacts SET sealed = ? WHERE id = ?", sealed, row["id"])
            yield f"the {contact.role}'s name is now {contact.name}"

    def _return(self, kind: str, due: date, agency_id: int, *, unchanged: bool) -> Iterator[str]:
        """A date that the file leaves `unchanged` does not undo what was agreed since."""
        noun = self._kinds[kind].noun
        row = self._ledger.row(
            "SELECT id, due FROM returns WHERE agency_id = ? AND kind = ?", agency_id, kind
        )
        if row is None:
            self._ledger.write(
                "INSERT INTO returns (agency_id, kind, due) VALUES (?, ?, ?)",
                *(agency_id, kind, due.isoformat()),
            )
            yield f"{noun} due {in_words(due)}"
        elif row["due"] != due.isoformat() and not unchanged:
            self._ledger.change(
                "UPDATE returns SET due = ?, due_version = due_version + 1 WHERE id = ?",
                *(due.isoformat(), row["id"]),
            )
            was = in_words(date.fromisoformat(row["due"]))
            yield f"{noun} now due {in_words(due)}; it was {was}"
