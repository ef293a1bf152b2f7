"""Holds the register against its audit log: a change that was not logged shows (failure mode 88).

The spool and the letter queue are not in the audit log.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from handlers.register.audit_log import checksum_of_case
from handlers.register.decisions import DECISION_SEAL_CONTEXT
from handlers.register.entries import ENTRY_SEAL_CONTEXT
from intake.database import RegisterDatabase
from intake.vault import SealBroken, Vault

_Told = list[dict[str, Any]]


def find_unrecorded_changes(ledger: RegisterDatabase, vault: Vault) -> Iterator[str]:
    """What the record does not tell, a sentence each, by number and without names."""
    told = [json.loads(row["detail"]) for row in ledger.fetch_rows("SELECT detail FROM record")]
    yield from _cases(ledger, vault, told)
    yield from _returns(ledger, told)
    yield from _entries(ledger, vault, told)
    yield from _decisions(ledger, vault, told)


def _cases(ledger: RegisterDatabase, vault: Vault, told: _Told) -> Iterator[str]:
    sums = {detail["case"].casefold(): detail["sum"] for detail in told if detail.get("sum")}
    for row in ledger.fetch_rows("SELECT id, reference FROM cases ORDER BY id"):
        if _sum(ledger, vault, row["id"]) != sums.get(row["reference"].casefold()):
            yield f"Case {row['id']}, or an agency, a contact or a due date in it, was changed."


def _returns(ledger: RegisterDatabase, told: _Told) -> Iterator[str]:
    states = {detail["owed"]: detail["state"] for detail in told if detail.get("owed")}
    for row in ledger.fetch_rows("SELECT id, state FROM returns ORDER BY id"):
        recorded = states.get(row["id"], "awaited")
        if row["state"] != recorded:
            yield f"Return {row['id']} is {row['state']}; the record has it {recorded}."


def _entries(ledger: RegisterDatabase, vault: Vault, told: _Told) -> Iterator[str]:
    logged = {detail["entry"]: detail for detail in told if "verdict" in detail}
    for row in ledger.fetch_rows("SELECT id, verdict, sealed FROM entries ORDER BY id"):
        recorded = logged.pop(row["id"], None)
        if recorded is None:
            yield f"Entry {row['id']} is not in the record."
        elif recorded["verdict"] != row["verdict"]:
            yield f"Entry {row['id']} is {row['verdict']}; the record has it {recorded['verdict']}."
        elif _mark(vault, row["sealed"], ENTRY_SEAL_CONTEXT) != recorded["told"]:
            yield f"What entry {row['id']} says was changed."
    yield from (f"Entry {id} is in the record and nowhere else." for id in logged)


def _decisions(ledger: RegisterDatabase, vault: Vault, told: _Told) -> Iterator[str]:
    made = {detail["decision"]: detail for detail in told if "did" in detail}
    for row in ledger.fetch_rows("SELECT id, what, sealed FROM decisions ORDER BY id"):
        recorded = made.pop(row["id"], None)
        if recorded is None:
            yield f"Decision {row['id']} is not in the record."
        elif (row["what"], _mark(vault, row["sealed"], DECISION_SEAL_CONTEXT)) != (
            recorded["did"],
            recorded["told"],
        ):
            yield f"Decision {row['id']} was changed."
    yield from (f"Decision {id} is in the record and nowhere else." for id in made)


def _sum(ledger: RegisterDatabase, vault: Vault, case_id: int) -> str | None:
    try:
        return checksum_of_case(ledger, vault, case_id)
    except SealBroken:
        return None


def _mark(vault: Vault, sealed: bytes, about: str) -> str | None:
    """The keyed hash of what is sealed; None for what does not open."""
    try:
        return vault.keyed_hash(vault.unseal_bytes(sealed, about))
    except SealBroken:
        return None
