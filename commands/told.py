"""What several commands tell alike: a case as JSON, the folders its agencies drop files in.

Does: keeps those contracts in one place.
Trusts: the register.
Never touches: findings.
Known limits: none.
"""

from __future__ import annotations

from typing import Any

from commands.house import House
from handlers.register.matrix import CaseRow


def case_json(case: CaseRow) -> dict[str, Any]:
    """The contract of `status --json` for one case. Dates are ISO 8601 days, or null."""
    return {
        "reference": case.reference,
        "agencies": [
            {
                "code": agency.code,
                "returns": [
                    {
                        "kind": row.kind,
                        "due": row.due.isoformat(),
                        "state": row.state,
                        "received": row.received.isoformat() if row.received else None,
                        "accepted": row.accepted.isoformat() if row.accepted else None,
                        "overdue": row.overdue,
                    }
                    for row in agency.returns
                ],
            }
            for agency in case.agencies
        ],
    }


def drop_folders(house: House) -> None:
    """A folder for each agency to drop files in; one that is there is left alone."""
    if house.settings.drop is None:
        return
    for case in house.register.matrix(house.now().date()):
        for agency in case.agencies:
            (house.settings.drop.path / agency.code).mkdir(mode=0o770, parents=True, exist_ok=True)
