"""What was put back beside dropped files. The only writer of `slips`.

Does: remembers which receipts and copies lie where they should, so that each is made once.
Trusts: whoever says that it was put there durably.
Never touches: files.
Known limits: none.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from intake.ledger import Ledger

What = Literal["receipt", "copy"]
Outcome = Literal["put", "none", "given up"]


class Slips:
    """Receipts and copies, by delivery and agency."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def outcome(self, delivery_id: int, agency_id: int, what: What) -> Outcome | None:
        """How it ended; None while it is still to be done."""
        sql = "SELECT outcome FROM slips WHERE delivery_id = ? AND agency_id = ? AND what = ?"
        row = self._ledger.row(sql, delivery_id, agency_id, what)
        return row["outcome"] if row else None

    def ended(
        self, delivery_id: int, agency_id: int, what: What, outcome: Outcome, now: datetime
    ) -> None:
        with self._ledger.transaction():
            self._ledger.change(
                "INSERT INTO slips (delivery_id, agency_id, what, outcome, at)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                *(delivery_id, agency_id, what, outcome, now.astimezone(UTC).isoformat()),
            )
