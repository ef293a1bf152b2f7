"""The audit log: what was ever done to the register, chained so that it proves itself."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from handlers.register.agencies import CONTACT_SEAL_CONTEXT, case_seal_context
from intake.database import RegisterDatabase, Row
from intake.keys import Keys
from intake.vault import Vault

FIRST_SEAL = "0" * 64


class AuditLog:
    """The keyed hash chain."""

    def __init__(self, ledger: RegisterDatabase, keys: Keys) -> None:
        self._ledger = ledger
        self._key = keys.derived_key("record")

    def append(self, now: datetime, what: str, **detail: str | int | None) -> None:
        """Add one row. Must run inside the transaction of the change that it tells of."""
        seq, before = self.chain_head()
        at = now.astimezone(UTC).isoformat()
        told = json.dumps(detail, sort_keys=True)
        self._ledger.execute_insert(
            "INSERT INTO record (seq, at, what, detail, seal) VALUES (?, ?, ?, ?, ?)",
            *(seq + 1, at, what, told, self._seal(before, seq + 1, at, what, told)),
        )

    def chain_head(self) -> tuple[int, str]:
        """The number of rows and the last seal; (0, zeros) for an empty record."""
        row = self._ledger.fetch_row("SELECT seq, seal FROM record ORDER BY seq DESC LIMIT 1")
        return (row["seq"], row["seal"]) if row else (0, FIRST_SEAL)

    def contains_seal(self, seal: str) -> bool:
        """Whether a row has the seal that begins so, as `group_seal_digits` writes it."""
        digits = seal.replace("-", "").strip().lower()
        sql = "SELECT 1 FROM record WHERE substr(seal, 1, ?) = ?"
        return bool(digits) and self._ledger.fetch_row(sql, len(digits), digits) is not None

    def began_recording_at(self) -> datetime | None:
        """When the first row was written."""
        return recording_began(self._ledger)

    def last_recorded_at(self, what: str) -> datetime | None:
        """When this was last recorded."""
        return last_recorded(self._ledger, what)

    def first_broken_row(self) -> int | None:
        """The number of the first row that does not follow from the one before, or None."""
        before, expected = FIRST_SEAL, 1
        for row in self._ledger.fetch_rows("SELECT * FROM record ORDER BY seq"):
            seal = self._seal(before, row["seq"], row["at"], row["what"], row["detail"])
            if row["seq"] != expected or not hmac.compare_digest(seal, row["seal"]):
                return expected
            before, expected = row["seal"], expected + 1
        return None

    def _seal(self, before: str, seq: int, at: str, what: str, detail: str) -> str:
        told = json.dumps([before, seq, at, what, detail]).encode()
        return hmac.new(self._key, told, "sha256").hexdigest()


def recording_began(ledger: RegisterDatabase) -> datetime | None:
    """When the first row was written."""
    row = ledger.fetch_row("SELECT at FROM record ORDER BY seq LIMIT 1")
    return datetime.fromisoformat(row["at"]) if row else None


def last_recorded(ledger: RegisterDatabase, what: str | None = None) -> datetime | None:
    """When this was last recorded; without `what`, when anything was."""
    sql = "SELECT at FROM record WHERE what = ifnull(?, what) ORDER BY seq DESC LIMIT 1"
    row = ledger.fetch_row(sql, what)
    return datetime.fromisoformat(row["at"]) if row else None


def group_seal_digits(seal: str) -> str:
    """The first 16 digits of a seal as a person compares them: "7f3a-92c1-04be-11d0"."""
    return "-".join(seal[i : i + 4] for i in range(0, 16, 4))


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
class AuditEvent:
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


def history_of_case(ledger: RegisterDatabase, reference: str) -> Iterator[AuditEvent]:
    """What ever happened in a case, in order. Nothing for a case that is not there."""
    case = ledger.fetch_row("SELECT id, reference FROM cases WHERE reference = ?", reference)
    if case is None:
        return
    ours = {
        name: {row["id"] for row in ledger.fetch_rows(sql, case["id"])}
        for name, sql in _IDS.items()
    }
    for row in ledger.fetch_rows("SELECT at, what, detail FROM record ORDER BY seq"):
        told = json.loads(row["detail"])
        named = str(told.get("case") or "").casefold() == case["reference"].casefold()
        if named or any(told.get(name) in ids for name, ids in ours.items()):
            known = {name: told[name] for name in AuditEvent.__slots__ if name in told}
            yield AuditEvent(datetime.fromisoformat(row["at"]), row["what"], **known)


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


def checksum_of_case(ledger: RegisterDatabase, vault: Vault, case_id: int) -> str:
    """The case as it stands now. Raises SealBroken."""

    def opened(row: Row, about: str) -> list[object]:
        *clear, sealed = row
        return [*clear, vault.unseal_bytes(sealed, about).decode()]

    told = [
        opened(row, case_seal_context(row["reference"]))
        for row in ledger.fetch_rows(_CASE, case_id)
    ]
    told += [[*row] for row in ledger.fetch_rows(_AGENCIES, case_id)]
    told += [opened(row, CONTACT_SEAL_CONTEXT) for row in ledger.fetch_rows(_CONTACTS, case_id)]
    told += [[*row] for row in ledger.fetch_rows(_RETURNS, case_id)]
    return vault.keyed_hash(json.dumps(told).encode())
