"""Cases in the register: loading one, telling what changed, and giving judging its facts.

Does: brings a checked case file into the register in one transaction.
Trusts: `config/casefile.py`, which checked it.
Never touches: entries and what has come.
Known limits: what a later file leaves out stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from config.calendar import in_words
from config.casefile import AgencyEntry, CaseFile
from config.kind import Kinds
from handlers.context import AgencyFacts, CaseFacts, Subject
from handlers.register.people import People
from handlers.register.record import Record
from intake.ledger import Ledger
from intake.vault import Vault


@dataclass(frozen=True, slots=True)
class Facts:
    """What judging may know of one agency's place in one case."""

    case: CaseFacts
    agency: AgencyFacts


class Cases:
    """Writes `cases`, `agencies`, `contacts` and the due dates of `returns`."""

    def __init__(
        self, ledger: Ledger, vault: Vault, people: People, record: Record, kinds: Kinds
    ) -> None:
        self._ledger = ledger
        self._vault = vault
        self._people = people
        self._record = record
        self._kinds = kinds

    def load(self, case: CaseFile, now: datetime) -> list[str]:
        """Load or update a case. Returns what changed, a sentence each; none when nothing did."""
        with self._ledger.transaction():
            case_id, changes = self._case(case)
            for agency in case.agencies:
                changes += self._agency(case, case_id, agency)
            if changes:
                self._record.append(now, "case loaded", case=case.reference, changes=len(changes))
        return changes

    def references(self) -> list[str]:
        return [
            r["reference"] for r in self._ledger.rows("SELECT reference FROM cases ORDER BY id")
        ]

    def file(self, reference: str) -> CaseFile:
        """The case file as last loaded. Raises KeyError."""
        row = self._ledger.row("SELECT reference, sealed FROM cases WHERE reference = ?", reference)
        if row is None:
            raise KeyError(reference)
        return CaseFile.model_validate_json(
            self._vault.unseal(row["sealed"], _about(row["reference"]))
        )

    def facts(self, reference: str, code: str) -> Facts:
        """What judging may know. Raises KeyError."""
        case = self.file(reference)
        agency = next((a for a in case.agencies if a.code.casefold() == code.casefold()), None)
        if agency is None:
            raise KeyError(code)
        return Facts(facts_of_case(case), facts_of_agency(agency))

    def _case(self, case: CaseFile) -> tuple[int, list[str]]:
        row = self._ledger.row("SELECT * FROM cases WHERE reference = ?", case.reference)
        told = case.model_dump_json(by_alias=True)
        if row is None:
            sealed = self._vault.seal(told.encode(), _about(case.reference))
            id = self._ledger.write(
                "INSERT INTO cases (reference, complete_by, sealed) VALUES (?, ?, ?)",
                *(case.reference, case.complete.isoformat(), sealed),
            )
            return id, [
                f"{case.reference}: a new case, to be complete by {in_words(case.complete)}."
            ]
        before = self.file(case.reference)
        if before == case:
            return row["id"], []
        self._ledger.change(
            "UPDATE cases SET complete_by = ?, sealed = ? WHERE id = ?",
            *(case.complete.isoformat(), self._vault.seal(told.encode(), _about(row["reference"]))),
            row["id"],
        )
        return row["id"], [f"{case.reference}: {what}." for what in _differences(before, case)]

    def _agency(self, case: CaseFile, case_id: int, agency: AgencyEntry) -> list[str]:
        row = self._ledger.row(
            "SELECT * FROM agencies WHERE case_id = ? AND code = ?", case_id, agency.code
        )
        at = f"{case.reference}, {agency.code}"
        changes: list[str] = []
        if row is None:
            agency_id = self._ledger.write(
                "INSERT INTO agencies (case_id, code, name) VALUES (?, ?, ?)",
                *(case_id, agency.code, agency.name),
            )
            changes.append(f"{at}: a new agency, {agency.name}.")
        else:
            agency_id = row["id"]
            if row["name"] != agency.name:
                self._ledger.change(
                    "UPDATE agencies SET name = ? WHERE id = ?", agency.name, agency_id
                )
                changes.append(f"{at}: is now called {agency.name}.")
        changes += [f"{at}: {what}" for what in self._contacts(agency, agency_id)]
        changes += [f"{at}: {what}" for what in self._returns(case, agency, agency_id)]
        return changes

    def _contacts(self, agency: AgencyEntry, agency_id: int) -> list[str]:
        changes = []
        for contact in agency.contacts:
            mark = self._people.address_mark(contact.email)
            row = self._ledger.row(
                "SELECT * FROM contacts WHERE agency_id = ? AND role = ? AND address = ?",
                *(agency_id, contact.role, mark),
            )
            sealed = self._people.seal(contact.name, contact.email)
            if row is None:
                self._ledger.write(
                    "INSERT INTO contacts (agency_id, role, address, sealed) VALUES (?, ?, ?, ?)",
                    *(agency_id, contact.role, mark, sealed),
                )
                changes.append(f"a new {contact.role}, {contact.name}.")
            elif (known := self._people.contact(row["id"])) and known.name != contact.name:
                self._ledger.change(
                    "UPDATE contacts SET sealed = ? WHERE id = ?", sealed, row["id"]
                )
                changes.append(f"the {contact.role}'s name is now {contact.name}.")
        return changes

    def _returns(self, case: CaseFile, agency: AgencyEntry, agency_id: int) -> list[str]:
        changes = []
        for kind in case.returns_of(agency, self._kinds):
            due = case.due_for(agency, kind)
            assert due is not None  # the case file was checked
            noun = self._kinds[kind].noun
            row = self._ledger.row(
                "SELECT * FROM returns WHERE agency_id = ? AND kind = ?", agency_id, kind
            )
            if row is None:
                self._ledger.write(
                    "INSERT INTO returns (agency_id, kind, due) VALUES (?, ?, ?)",
                    *(agency_id, kind, due.isoformat()),
                )
                changes.append(f"{noun} due {in_words(due)}.")
            elif row["due"] != due.isoformat():
                self._ledger.change(
                    "UPDATE returns SET due = ?, due_version = due_version + 1 WHERE id = ?",
                    *(due.isoformat(), row["id"]),
                )
                was = in_words(date.fromisoformat(row["due"]))
                changes.append(f"{noun} now due {in_words(due)}; it was {was}.")
        return changes


def facts_of_case(case: CaseFile) -> CaseFacts:
    return CaseFacts(
        reference=case.reference,
        child_identifier=case.child_identifier,
        period=(case.period.begins, case.period.ends) if case.period else None,
        key_issues=case.key_issues,
        subjects=tuple(Subject(s.name, s.born, s.relationship) for s in case.subjects),
    )


def facts_of_agency(agency: AgencyEntry) -> AgencyFacts:
    return AgencyFacts(agency.code, agency.name, agency.abbreviations)


_TOLD = {
    "child_identifier": "the child identifier has changed",
    "decided": "the day of the decision has changed",
    "period": "the review period has changed",
    "key_issues": "the key issues have changed",
    "staff_interviews": "whether staff are interviewed has changed",
    "subjects": "the subjects have changed",
}


def _differences(before: CaseFile, after: CaseFile) -> list[str]:
    """What changed in the case itself; agencies, contacts and due dates are told one by one."""
    told = [words for key, words in _TOLD.items() if getattr(before, key) != getattr(after, key)]
    if before.complete != after.complete:
        told.append(f"to be complete by {in_words(after.complete)}")
    return told


def _about(reference: str) -> str:
    return f"case {reference.casefold()}"
