"""Since when an agency is chased again: the day on which a person ended what kept it silent.

Does: reads from the decisions the last day on which something of each agency's was settled, or its
case went on.
Trusts: the register.
Never touches: letters.
Known limits: a day is an agency's, whichever of its returns was silent. What an outage kept silent
is not among it: after that the latest step alone is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from handlers.register.register import Register
from intake.ledger import Ledger

_OF_AN_AGENCY = (
    "SELECT e.agency_id AS id, max(d.decided) AS at FROM decisions d"
    " JOIN entries e ON e.id = d.entry_id WHERE e.agency_id IS NOT NULL"
    " AND e.verdict IN ('refer', 'hold') GROUP BY e.agency_id"
)
_OF_A_CASE = (
    "SELECT a.id, max(d.decided) AS at FROM decisions d JOIN agencies a ON a.case_id = d.case_id"
    " WHERE d.what = 'reopen' GROUP BY a.id"
)
_OF_NOBODY_YET = (
    "SELECT e.id, max(d.decided) AS at FROM decisions d JOIN entries e ON e.id = d.entry_id"
    " WHERE e.agency_id IS NULL AND e.verdict = 'refer' GROUP BY e.id"
)


def resumed(ledger: Ledger, register: Register, zone: tzinfo | None) -> dict[int, date]:
    """By an agency's number, the last such day."""
    found: dict[int, datetime] = {}
    for id, at in _each(ledger, register):
        found[id] = max(at, found.get(id, at))
    return {id: at.astimezone(zone).date() for id, at in found.items()}


def _each(ledger: Ledger, register: Register) -> Iterator[tuple[int, datetime]]:
    for sql in (_OF_AN_AGENCY, _OF_A_CASE):
        for row in ledger.rows(sql):
            yield row["id"], datetime.fromisoformat(row["at"])
    several = {row["id"]: row["at"] for row in ledger.rows(_OF_NOBODY_YET)}
    for entry in register.entries.among(several) if several else ():
        for agency_id, _ in entry.told.places:
            yield agency_id, datetime.fromisoformat(several[entry.id])
