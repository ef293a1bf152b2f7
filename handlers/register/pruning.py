"""Finds what the register holds and a case file no longer names: omission removes nothing.

Each comes with the decision that would take it out. An agency itself never goes: its people do, and
what it still owes is waived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from config.case_file import AgencyEntry, CaseFile
from config.kind import Kinds
from handlers.register.agencies import RegisteredContact
from handlers.register.decision import Decision, DecisionReason, DecisionRefused, waive_return
from handlers.register.matrix import CaseRow, ReturnRow
from handlers.register.returns import SETTLED_STATES

ContactsOf = Callable[[int], Sequence[RegisteredContact]]  # by the agency's number in the register


@dataclass(frozen=True, slots=True)
class LeftOutOfFile:
    """A person or a return of one agency that the file does not name."""

    agency_id: int
    code: str
    name: str  # the agency's
    what: RegisteredContact | ReturnRow

    def removal_decision(
        self, case: CaseRow, because: DecisionReason
    ) -> Decision | DecisionRefused:
        """The person is removed; the return is waived."""
        if isinstance(self.what, RegisteredContact):
            return Decision("remove", because, case.id, self.agency_id, contact_id=self.what.id)
        agency = next(agency for agency in case.agencies if agency.id == self.agency_id)
        return waive_return(case, agency, self.what, because)


def find_left_out(
    file: CaseFile, case: CaseRow, contacts_of: ContactsOf, kinds: Kinds
) -> Iterator[LeftOutOfFile]:
    """People first, so that nobody who goes is written to about what goes after them."""
    named = {agency.code.casefold(): agency for agency in file.agencies}
    for agency in case.agencies:
        entry = named.get(agency.code.casefold())
        for contact in contacts_of(agency.id):
            if not _names(entry, contact):
                yield LeftOutOfFile(agency.id, agency.code, agency.name, contact)
        owed = file.kinds_owed_by(entry, kinds) if entry else ()
        for row in agency.returns:
            if row.kind not in owed and row.state not in SETTLED_STATES:
                yield LeftOutOfFile(agency.id, agency.code, agency.name, row)


def _names(entry: AgencyEntry | None, contact: RegisteredContact) -> bool:
    return entry is not None and any(
        (c.role, c.email.casefold()) == (contact.role, contact.email.casefold())
        for c in entry.contacts
    )
