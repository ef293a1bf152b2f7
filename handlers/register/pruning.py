"""What a case file leaves out of what the register holds: nothing goes by omission alone.

Does: finds the agencies, people and returns that the register has and a case file no longer names,
each with the decision that would take it out. Pure.
Trusts: the register for what it holds; `config/case_file.py`, which checked the file.
Never touches: the register. What came from an agency stays, whatever becomes of the agency.
Known limits: an agency itself is never taken out: its people are, and what it still owes is waived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from config.case_file import AgencyEntry, CaseFile
from config.kind import Kinds
from handlers.register.agencies import RegisteredContact
from handlers.register.decision import Because, Cannot, Decision, waive
from handlers.register.matrix import CaseRow, ReturnRow
from handlers.register.returns import SETTLED

ContactsOf = Callable[[int], Sequence[RegisteredContact]]  # by the agency's number in the register


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person or a return of one agency that the file does not name."""

    agency_id: int
    code: str
    name: str  # the agency's
    what: RegisteredContact | ReturnRow

    def decision(self, case: CaseRow, because: Because) -> Decision | Cannot:
        """The person is removed; the return is waived."""
        if isinstance(self.what, RegisteredContact):
            return Decision("remove", because, case.id, self.agency_id, contact_id=self.what.id)
        agency = next(agency for agency in case.agencies if agency.id == self.agency_id)
        return waive(case, agency, self.what, because)


def left_out(
    file: CaseFile, case: CaseRow, contacts_of: ContactsOf, kinds: Kinds
) -> Iterator[LeftOut]:
    """People first, so that nobody who goes is written to about what goes after them."""
    named = {agency.code.casefold(): agency for agency in file.agencies}
    for agency in case.agencies:
        entry = named.get(agency.code.casefold())
        for contact in contacts_of(agency.id):
            if not _names(entry, contact):
                yield LeftOut(agency.id, agency.code, agency.name, contact)
        owed = file.returns_of(entry, kinds) if entry else ()
        for row in agency.returns:
            if row.kind not in owed and row.state not in SETTLED:
                yield LeftOut(agency.id, agency.code, agency.name, row)


def _names(entry: AgencyEntry | None, contact: RegisteredContact) -> bool:
    return entry is not None and any(
        (c.role, c.email.casefold()) == (contact.role, contact.email.casefold())
        for c in entry.contacts
    )
