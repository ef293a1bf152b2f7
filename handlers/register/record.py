"""The record: what was ever done to the register, chained so that it proves itself.

Does: appends one row for each change, inside the change's own transaction, and checks the chain.
Trusts: the key; who has it can rewrite the chain, who has not can only break it.
Never touches: names. Details are ids and codes.
Known limits: a cut tail shows only against a head kept elsewhere: the digest carries it to the
administrator's mailbox.
"""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime

from intake.keys import Keys
from intake.ledger import Ledger

START = "0" * 64


class Record:
    """The keyed hash chain."""

    def __init__(self, ledger: Ledger, keys: Keys) -> None:
        self._ledger = ledger
        self._key = keys.secret("record")

    def append(self, now: datetime, what: str, **detail: str | int | None) -> None:
        """Add one row. Must run inside the transaction of the change that it tells of."""
        seq, before = self.head()
        at = now.astimezone(UTC).isoformat()
        told = json.dumps(detail, sort_keys=True)
        self._ledger.write(
            "INSERT INTO record (seq, at, what, detail, seal) VALUES (?, ?, ?, ?, ?)",
            *(seq + 1, at, what, told, self._seal(before, seq + 1, at, what, told)),
        )

    def head(self) -> tuple[int, str]:
        """The number of rows and the last seal; (0, zeros) for an empty record."""
        row = self._ledger.row("SELECT seq, seal FROM record ORDER BY seq DESC LIMIT 1")
        return (row["seq"], row["seal"]) if row else (0, START)

    def has(self, seal: str) -> bool:
        """Whether a row has the seal that begins so, as `in_groups` writes it."""
        digits = seal.replace("-", "").strip().lower()
        sql = "SELECT 1 FROM record WHERE substr(seal, 1, ?) = ?"
        return bool(digits) and self._ledger.row(sql, len(digits), digits) is not None

    def began(self) -> datetime | None:
        """When the first row was written."""
        return recording_began(self._ledger)

    def last(self, what: str) -> datetime | None:
        """When this was last recorded."""
        return last_recorded(self._ledger, what)

    def first_broken(self) -> int | None:
        """The number of the first row that does not follow from the one before, or None."""
        before, expected = START, 1
        for row in self._ledger.rows("SELECT * FROM record ORDER BY seq"):
            seal = self._seal(before, row["seq"], row["at"], row["what"], row["detail"])
            if row["seq"] != expected or not hmac.compare_digest(seal, row["seal"]):
                return expected
            before, expected = row["seal"], expected + 1
        return None

    def _seal(self, before: str, seq: int, at: str, what: str, detail: str) -> str:
        told = json.dumps([before, seq, at, what, detail]).encode()
        return hmac.new(self._key, told, "sha256").hexdigest()


def recording_began(ledger: Ledger) -> datetime | None:
    """When the first row was written."""
    row = ledger.row("SELECT at FROM record ORDER BY seq LIMIT 1")
    return datetime.fromisoformat(row["at"]) if row else None


def last_recorded(ledger: Ledger, what: str | None = None) -> datetime | None:
    """When this was last recorded; without `what`, when anything was."""
    sql = "SELECT at FROM record WHERE what = ifnull(?, what) ORDER BY seq DESC LIMIT 1"
    row = ledger.row(sql, what)
    return datetime.fromisoformat(row["at"]) if row else None


def in_groups(seal: str) -> str:
    """The first 16 digits of a seal as a person compares them: "7f3a-92c1-04be-11d0"."""
    return "-".join(seal[i : i + 4] for i in range(0, 16, 4))
