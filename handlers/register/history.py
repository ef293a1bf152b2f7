"""The history of one case: the record's rows that are about it.

Does: reads the rows of the record that name the case, or an entry, a return or a decision of it.
Trusts: the record.
Never touches: sealed parts.
Known limits: the opening of a message that belongs to no case is in no case's history.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from intake.ledger import Ledger

_IDS = {
    "entry": "SELECT id FROM entries WHERE case_id = ?",
    "owed": (
        "SELECT r.id FROM returns r JOIN agencies a ON a.id = r.agency_id WHERE a.case_id = ?"
    ),
    "contact": (
        "SELECT k.id FROM contacts k JOIN agencies a ON a.id = k.agency_id WHERE a.case_id = ?"
    ),
    "decision": "SELECT id FROM decisions WHERE case_id = ?",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the record, `at` in UTC. What it does not tell is None."""

    at: datetime
    what: str
    agency: str | None = None
    kind: str | None = None
    entry: int | None = None
    delivery: int | None = None
    verdict: str | None = None
    why: str | None = None
    owed: int | None = None
    state: str | None = None
    decision: int | None = None
    did: str | None = None
    until: str | None = None
    changes: int | None = None
    weight: str | None = None
    proof: str | None = None


def history(ledger: Ledger, reference: str) -> Iterator[Event]:
    """What ever happened in a case, in order. Nothing for a case that is not there."""
    case = ledger.row("SELECT id, reference FROM cases WHERE reference = ?", reference)
    if case is None:
        return
    ours = {name: {row["id"] for row in ledger.rows(sql, case["id"])} for name, sql in _IDS.items()}
    for row in ledger.rows("SELECT at, what, detail FROM record ORDER BY seq"):
        told = json.loads(row["detail"])
        named = str(told.get("case") or "").casefold() == case["reference"].casefold()
        if named or any(told.get(name) in ids for name, ids in ours.items()):
            known = {name: told[name] for name in Event.__slots__ if name in told}
            yield Event(datetime.fromisoformat(row["at"]), row["what"], **known)
