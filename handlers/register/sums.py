"""The sum of a case: one keyed hash over all that people set in it, to be found in the record.

Does: sums a case's own row, its agencies, its contacts and its due dates, sealed parts opened, so
that the sum is the same whichever key they are sealed with.
Trusts: the vault's marks, which only we can make.
Never touches: where returns stand, which the record tells one by one.
Known limits: none.
"""

from __future__ import annotations

import json

from handlers.register.people import CONTACT, about_case
from intake.ledger import Ledger, Row
from intake.vault import Vault

_CASE = "SELECT reference, state, complete_by, sealed FROM cases WHERE id = ?"
_AGENCIES = "SELECT id, code, name FROM agencies WHERE case_id = ? ORDER BY id"
_CONTACTS = (
    "SELECT k.id, k.role, k.address, k.state, k.paused, k.sealed FROM contacts k"
    " JOIN agencies a ON a.id = k.agency_id WHERE a.case_id = ? ORDER BY k.id"
)
_RETURNS = (
    "SELECT r.id, r.kind, r.due, r.due_version FROM returns r"
    " JOIN agencies a ON a.id = r.agency_id WHERE a.case_id = ? ORDER BY r.id"
)


def sum_of(ledger: Ledger, vault: Vault, case_id: int) -> str:
    """The case as it stands now. Raises SealBroken."""

    def opened(row: Row, about: str) -> list[object]:
        *clear, sealed = row
        return [*clear, vault.unseal(sealed, about).decode()]

    told = [opened(row, about_case(row["reference"])) for row in ledger.rows(_CASE, case_id)]
    told += [[*row] for row in ledger.rows(_AGENCIES, case_id)]
    told += [opened(row, CONTACT) for row in ledger.rows(_CONTACTS, case_id)]
    told += [[*row] for row in ledger.rows(_RETURNS, case_id)]
    return vault.mark(json.dumps(told).encode())
