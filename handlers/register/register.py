"""The case register, whole: its parts opened on one ledger.

Does: puts cases, people, entries, the record and the matrix side by side.
Trusts: the ledger, the vault, the keys.
Never touches: letters.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from config.kind import Kinds
from handlers.register.cases import Cases
from handlers.register.entries import Entries
from handlers.register.matrix import CaseRow, matrix
from handlers.register.people import People
from handlers.register.record import Record
from intake.keys import Keys
from intake.ledger import Ledger, schema
from intake.vault import Vault

SCHEMA = schema("handlers", Path(__file__).parent.parent)


class Register:
    """What the board relies on."""

    def __init__(self, ledger: Ledger, vault: Vault, keys: Keys, kinds: Kinds) -> None:
        self._ledger = ledger
        self.people = People(ledger, vault, keys)
        self.record = Record(ledger, keys)
        self.cases = Cases(ledger, vault, self.people, self.record, kinds)
        self.entries = Entries(ledger, vault, self.record)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is logged together or not at all."""
        with self._ledger.transaction():
            yield

    def matrix(self, today: date, reference: str | None = None) -> list[CaseRow]:
        """Every case, or the one named, agency by return."""
        return matrix(self._ledger, today, reference)

    def owed(self, agency_id: int) -> frozenset[str]:
        """The kinds of return an agency owes."""
        sql = "SELECT kind FROM returns WHERE agency_id = ?"
        return frozenset(row["kind"] for row in self._ledger.rows(sql, agency_id))

    def held(self) -> int:
        """How many entries nobody is told of until a person decides."""
        row = self._ledger.row("SELECT count(*) AS n FROM entries WHERE verdict = 'hold'")
        return int(row["n"]) if row else 0
