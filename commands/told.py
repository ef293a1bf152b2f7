"""What several commands tell alike: a case as JSON, the folders its agencies drop files in.

Does: keeps those contracts in one place.
Trusts: the register.
Never touches: findings.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from commands.house import House
from config.kind import Kinds
from handlers.register.matrix import CaseRow
from intake.drop import SENTINEL, make_drop
from outbox.review_clock import is_past, told
from outbox.table import table


def case_lines(case: CaseRow, kinds: Kinds, today: date) -> Iterator[str]:
    """One case for a person: first, where it is past, the day by which it should be complete."""
    clock = list(told(case, today))
    if is_past(case, today):
        yield from clock
    yield from table(case, kinds)
    if not is_past(case, today):
        yield from clock


def case_json(case: CaseRow) -> dict[str, Any]:
    """The contract of `status --json` for one case. Dates are ISO 8601 days, or null."""
    return {
        "reference": case.reference,
        "complete_by": case.complete_by.isoformat(),
        "milestones": [{"what": what, "on": day.isoformat()} for what, day in case.milestones],
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


def drop_folders(house: House, *, first: bool) -> str | None:
    """A folder for each agency to drop files in; one that is there is left alone.

    Returns what stood in the way. Only for the `first` case is the drop folder itself made where
    it is missing: later that means a share is not mounted, and a folder made in its place would
    look like an empty share (failure mode 23).
    """
    if house.settings.drop is None:
        return None
    folder = house.settings.drop.path
    again = "Load the case again when that is put right, to make the agencies' folders."
    try:
        if first:
            make_drop(folder)
        if not (folder / SENTINEL).is_file():
            return f"The drop folder {folder} is not there, or {SENTINEL} is not in it. {again}"
        for case in house.register.matrix(house.now().date()):
            for agency in case.agencies:
                (folder / agency.code).mkdir(mode=0o770, exist_ok=True)
    except OSError as why:
        return f"The drop folder {folder} cannot be written: {why.strerror}. {again}"
    return None
