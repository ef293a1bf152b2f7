"""Destroys originals by their keys, once the register says so for good.

What was sealed with an original goes with it: the rows that hold it stay as they were written, and
open no more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from config.calendar import utc_text
from intake.data_keys import BOARD
from intake.database import RegisterDatabase, Row
from intake.journal import (
    ORIGINAL_DESTROYED,
    ORIGINAL_WITHDRAWN,
    JournalLine,
    OutsideJournal,
)
from intake.vault import SealBroken, Vault, mark_of_seal

DestructionReason = Literal["withdrawn", "stranger"]


class DestroyedOriginals:
    """The writer and reader of `destroyed`."""

    def __init__(
        self, database: RegisterDatabase, vault: Vault, journal: OutsideJournal | None = None
    ) -> None:
        """`journal` is told of what nobody has any more, so that no restore brings it back."""
        self._database = database
        self._vault = vault
        self._journal = journal

    def add(self, content: str, case_id: int | None, why: DestructionReason, now: datetime) -> None:
        """Say for good that an original is to go: from one case, or from everywhere. Call it inside
        the transaction that says why, and `finish` once that is committed."""
        self._database.execute_insert(
            "INSERT INTO destroyed (content, case_id, why, at) VALUES (?, ?, ?, ?)",
            *(content, case_id, why, utc_text(now)),
        )

    def finish(self, now: datetime) -> int:
        """Destroy what is to go and is still there; returns how many keys that were. Raises
        OSError."""
        rows = self._database.fetch_rows("SELECT * FROM destroyed WHERE done IS NULL ORDER BY id")
        for row in rows:
            self._destroy(row)
            self._database.execute_change(
                "UPDATE destroyed SET done = ? WHERE id = ?", utc_text(now), row["id"]
            )
        return len(rows)

    def is_destroyed(self, content: str) -> bool:
        sql = "SELECT 1 FROM destroyed WHERE content = ?"
        return self._database.fetch_row(sql, content) is not None

    def is_gone(self, content: str) -> bool:
        """Whether it was destroyed, and nobody has it any more."""
        return self.is_destroyed(content) and not self._vault.document_keys.owners(content)

    def unseal_or_none(self, sealed: bytes, about: str) -> bytes | None:
        """None for what went with its original. Raises SealBroken for what does not open and was
        not destroyed."""
        try:
            return self._vault.unseal_bytes(sealed, about)
        except SealBroken:
            mark = mark_of_seal(sealed)
            if mark is None or not self.is_destroyed(mark):
                raise
            return None

    def _destroy(self, row: Row) -> None:
        content, case_id = row["content"], row["case_id"]
        keys = self._vault.document_keys
        kept = keys.owners(content) - {case_id, BOARD} if case_id is not None else frozenset()
        keys.keep_owners({content: kept})
        facts = {"content": content, "why": row["why"], "at": row["at"]}
        if not kept:
            self._vault.delete_original(content)
            line = JournalLine(ORIGINAL_DESTROYED, facts)
        else:
            case = self._database.fetch_row("SELECT reference FROM cases WHERE id = ?", case_id)
            line = JournalLine(ORIGINAL_WITHDRAWN, {**facts, "case": case and case["reference"]})
        if self._journal is not None:
            self._journal.append(line, durably=True)
