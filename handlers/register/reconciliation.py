"""The register held against its record: a change that was not logged shows.

Does: plays the record's rows and compares what they tell with what the register holds now: where
returns stand, what entries and decisions say, and the sum of each case (failure mode 88).
Trusts: the record, once `Record.first_broken` has found it whole.
Never touches: what sealed parts mean; it compares their keyed hashes.
Known limits: the spool and the letter queue are not in the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from handlers.register.audit_log import sum_of
from handlers.register.decisions import DECISION
from handlers.register.entries import SEALED
from intake.database import Ledger
from intake.vault import SealBroken, Vault

_Told = list[dict[str, Any]]


def unrecorded(ledger: Ledger, vault: Vault) -> Iterator[str]:
    """What the record does not tell, a sentence each, by number and without names."""
    told = [json.loads(row["detail"]) for row in ledger.rows("SELECT detail FROM record")]
    yield from _cases(ledger, vault, told)
    yield from _returns(ledger, told)
    yield from _entries(ledger, vault, told)
    yield from _decisions(ledger, vault, told)


def _cases(ledger: Ledger, vault: Vault, told: _Told) -> Iterator[str]:
    sums = {detail["case"].casefold(): detail["sum"] for detail in told if detail.get("sum")}
    for row in ledger.rows("SELECT id, reference FROM cases ORDER BY id"):
        if _sum(ledger, vault, row["id"]) != sums.get(row["reference"].casefold()):
            yield f"Case {row['id']}, or an agency, a contact or a due date in it, was changed."


def _returns(ledger: Ledger, told: _Told) -> Iterator[str]:
    states = {detail["owed"]: detail["state"] for detail in told if detail.get("owed")}
    for row in ledger.rows("SELECT id, state FROM returns ORDER BY id"):
        recorded = states.get(row["id"], "awaited")
        if row["state"] != recorded:
            yield f"Return {row['id']} is {row['state']}; the record has it {recorded}."


def _entries(ledger: Ledger, vault: Vault, told: _Told) -> Iterator[str]:
    logged = {detail["entry"]: detail for detail in told if "verdict" in detail}
    for row in ledger.rows("SELECT id, verdict, sealed FROM entries ORDER BY id"):
        recorded = logged.pop(row["id"], None)
        if recorded is None:
            yield f"Entry {row['id']} is not in the record."
        elif recorded["verdict"] != row["verdict"]:
            yield f"Entry {row['id']} is {row['verdict']}; the record has it {recorded['verdict']}."
        elif _mark(vault, row["sealed"], SEALED) != recorded["told"]:
            yield f"What entry {row['id']} says was changed."
    yield from (f"Entry {id} is in the record and nowhere else." for id in logged)


def _decisions(ledger: Ledger, vault: Vault, told: _Told) -> Iterator[str]:
    made = {detail["decision"]: detail for detail in told if "did" in detail}
    for row in ledger.rows("SELECT id, what, sealed FROM decisions ORDER BY id"):
        recorded = made.pop(row["id"], None)
        if recorded is None:
            yield f"Decision {row['id']} is not in the record."
        elif (row["what"], _mark(vault, row["sealed"], DECISION)) != (
            recorded["did"],
            recorded["told"],
        ):
            yield f"Decision {row['id']} was changed."
    yield from (f"Decision {id} is in the record and nowhere else." for id in made)


def _sum(ledger: Ledger, vault: Vault, case_id: int) -> str | None:
    try:
        return sum_of(ledger, vault, case_id)
    except SealBroken:
        return None


def _mark(vault: Vault, sealed: bytes, about: str) -> str | None:
    """The keyed hash of what is sealed; None for what does not open."""
    try:
        return vault.mark(vault.unseal(sealed, about))
    except SealBroken:
        return None
