"""The register held against its record: a change that was not logged shows.

Does: plays the record's rows and compares what they tell with where returns and entries stand
(failure mode 88).
Trusts: the record, once `Record.first_broken` has found it whole.
Never touches: sealed columns; a changed one does not open any more.
Known limits: what a case file sets (due dates, contacts) is recorded as a number of changes, and
not held against anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from intake.ledger import Ledger


def unrecorded(ledger: Ledger) -> Iterator[str]:
    """What the record does not tell, a sentence each, by number and without names."""
    told = [json.loads(row["detail"]) for row in ledger.rows("SELECT detail FROM record")]
    yield from _returns(ledger, told)
    yield from _entries(ledger, told)


def _returns(ledger: Ledger, told: list[dict[str, Any]]) -> Iterator[str]:
    states = {detail["owed"]: detail["state"] for detail in told if detail.get("owed")}
    for row in ledger.rows("SELECT id, state FROM returns ORDER BY id"):
        recorded = states.get(row["id"], "awaited")
        if row["state"] != recorded:
            yield f"Return {row['id']} is {row['state']}; the record has it {recorded}."


def _entries(ledger: Ledger, told: list[dict[str, Any]]) -> Iterator[str]:
    verdicts = {detail["entry"]: detail["verdict"] for detail in told if "verdict" in detail}
    for row in ledger.rows("SELECT id, verdict FROM entries ORDER BY id"):
        recorded = verdicts.pop(row["id"], None)
        if recorded is None:
            yield f"Entry {row['id']} is not in the record."
        elif recorded != row["verdict"]:
            yield f"Entry {row['id']} is {row['verdict']}; the record has it {recorded}."
    yield from (f"Entry {id} is in the record and nowhere else." for id in verdicts)
