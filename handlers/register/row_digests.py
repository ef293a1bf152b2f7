"""Keyed digests of whole rows: what the audit log keeps of each row that was written.

Every column of every table counts, but for `WORK_IN_HAND`. Sealed bytes count as they lie there:
another key changes nothing in them, and what can no longer be opened is still proven.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from intake.database import RegisterDatabase, Row
from intake.row_changes import RowKey, TableColumns

# What only says how far the service has come with something that is not done yet. A wrong value
# makes it try once more or a little later, and tells nothing that anybody relies on.
WORK_IN_HAND: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "alarms": frozenset({"tries", "not_before"}),
        "deliveries": frozenset({"tries"}),
        "heard": frozenset({"at"}),
        "letters": frozenset({"tries", "broke", "not_before"}),
        "strangers": frozenset({"taken"}),
        "transport_waits": frozenset({"tries", "not_before"}),
        "turns": frozenset({"messages"}),
        "unfinished": frozenset({"tries"}),
    }
)
RECORD_TABLE = "record"  # proves itself
_DIGITS = 32  # 128 bits


class RowDigests:
    """Makes the digest of a row, which only we can make."""

    def __init__(self, ledger: RegisterDatabase, key: bytes) -> None:
        self._ledger = ledger
        self._key = key
        self._tables: dict[str, TableColumns] = {}

    def tables(self) -> list[TableColumns]:
        """The tables whose rows are in the audit log by digest."""
        if not self._tables:
            found = self._ledger.tables()
            self._tables = {table.name: table for table in found if table.name != RECORD_TABLE}
        return list(self._tables.values())

    def covered_columns(self) -> dict[str, list[str]]:
        """What is proven, by table."""
        return {table.name: list(_covered(table)) for table in self._ledger.tables()}

    def uncovered_columns(self) -> dict[str, list[str]]:
        """What is not proven, by table."""
        return {
            table.name: [c for c in table.columns if c in WORK_IN_HAND[table.name]]
            for table in self._ledger.tables()
            if table.name in WORK_IN_HAND
        }

    def digest_by_key(self, table: str, key: RowKey) -> str | None:
        """The digest of a row as it stands now; None when it is not there."""
        found = self._table(table)
        where = " AND ".join(f'"{column}" = ?' for column in found.key)
        sql = f'SELECT * FROM "{table}" WHERE {where}'  # noqa: S608  names of our own schema
        row = self._ledger.fetch_row(sql, *key)
        return None if row is None else self._digest(found, row)

    def all_digests(self, table: TableColumns) -> Iterator[tuple[RowKey, str]]:
        """Every row of a table as it stands now, by its key."""
        sql = f'SELECT * FROM "{table.name}"'  # noqa: S608  a name of our own schema
        for row in self._ledger.iterate_rows(sql):
            yield tuple(row[column] for column in table.key), self._digest(table, row)

    def count_rows(self, table: str) -> int:
        row = self._ledger.fetch_row(f'SELECT count(*) AS n FROM "{table}"')  # noqa: S608
        return int(row["n"]) if row else 0

    def _table(self, name: str) -> TableColumns:
        self.tables()
        return self._tables[name]

    def _digest(self, table: TableColumns, row: Row) -> str:
        told = {column: _written(row[column]) for column in _covered(table)}
        text = json.dumps([table.name, told], sort_keys=True).encode()
        return hmac.new(self._key, text, "sha256").hexdigest()[:_DIGITS]


def _covered(table: TableColumns) -> Iterator[str]:
    left_out = WORK_IN_HAND.get(table.name, frozenset())
    return (column for column in table.columns if column not in left_out)


def _written(value: Any) -> Any:
    return ["bytes", hashlib.sha256(value).hexdigest()] if isinstance(value, bytes) else value
