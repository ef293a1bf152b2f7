"""Whose key the key of each original is wrapped by: that of the case it is of.

What is in no case yet, and a message with documents of several cases, is the board's. A document
that came for two cases is of both.
"""

from __future__ import annotations

from collections.abc import Iterable

from intake.data_keys import BOARD
from intake.database import RegisterDatabase
from intake.vault import Vault

# What was assigned is where a person put it, and what was withdrawn is nowhere.
_CASES_OF_DOCUMENT = (
    "SELECT DISTINCT case_id FROM entries e WHERE content = ? AND position > 0"
    " AND case_id IS NOT NULL AND ifnull((SELECT what FROM standing WHERE entry_id = e.id"
    " ORDER BY id DESC LIMIT 1), '') NOT IN ('assign', 'withdraw')"
)
_CASES_OF_DELIVERY = (
    "SELECT case_id FROM agencies WHERE id IN (SELECT agency_id FROM origins WHERE delivery_id = ?"
    " UNION SELECT agency_id FROM rehearsals WHERE delivery_id = ?) GROUP BY case_id"
)
_DELIVERIES = "SELECT id FROM deliveries WHERE content = ?"


class DocumentOwners:
    """Moves the keys of originals to where they belong."""

    def __init__(self, database: RegisterDatabase, vault: Vault) -> None:
        self._database = database
        self._keys = vault.document_keys
        self._moved: set[str] = set()

    def place_documents(self, marks: Iterable[str]) -> None:
        """Give each original's key to its owners as the register now has them. Call it inside the
        transaction that places them: what they had before is taken away once that is committed.
        Raises OSError."""
        owners = {mark: self._owners(mark) for mark in marks}
        self._keys.add_owners(owners)
        self._moved.update(owners)

    def leave_earlier_owners(self) -> None:
        """The transaction is safe on the disk. Raises OSError."""
        if self._moved and not self._database.is_writing():
            self._settle(self._moved)
            self._moved = set()

    def finish_moves(self) -> None:
        """What a kill left between two owners goes to its own. Raises OSError."""
        found = self._keys.marks_in_two_rings()
        if found:
            with self._database.transaction():  # nobody else is in the middle of one
                self._settle(mark for mark in found if self._is_named(mark))

    def _settle(self, marks: Iterable[str]) -> None:
        owners = {mark: self._owners(mark) for mark in marks}
        self._keys.add_owners(owners)
        self._keys.keep_owners(owners)

    def _owners(self, mark: str) -> frozenset[int]:
        found = {row["case_id"] for row in self._database.fetch_rows(_CASES_OF_DOCUMENT, mark)}
        if not found:
            for row in self._database.fetch_rows(_DELIVERIES, mark):
                cases = self._database.fetch_rows(_CASES_OF_DELIVERY, row["id"], row["id"])
                found.add(cases[0]["case_id"] if len(cases) == 1 else BOARD)
        return frozenset(found or {BOARD})

    def _is_named(self, mark: str) -> bool:
        named = "SELECT 1 FROM entries WHERE content = ? UNION ALL SELECT 1 FROM deliveries"
        return self._database.fetch_row(f"{named} WHERE content = ?", mark, mark) is not None
