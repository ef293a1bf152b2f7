"""Keyed digests of whole rows: what the audit log keeps of each row that was written.

Every column of every table counts, but for `WORK_IN_HAND`. Sealed bytes count as they lie there:
another key changes nothing in them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b, sha256
from types import MappingProxyType
from typing import Any

from intake.database import RegisterDatabase
from intake.destroyed_originals import DestroyedOriginals
from intake.row_changes import RowKey, RowValues, TableColumns
from intake.vault import LONGEST_SEAL_HEAD, SealBroken, Vault

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
# What is sealed and may be long, and what its seal is about. The digest has its length, its nonce
# and its tag, and whoever compares it opens it: nobody else can make another that opens with both.
OPENED_COLUMNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"entries": ("sealed", "entry"), "letters": ("sealed", "letter")}
)
RECORD_TABLE = "record"  # proves itself
PROOFS_TABLE = "row_proofs"  # is held against the record
_TAG = 16  # bytes at the end of a seal
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class _TableReader:
    """How one table's rows are read to be digested: what is covered, and then the key."""

    table: TableColumns
    covered: tuple[str, ...]

    @property
    def select(self) -> str:
        columns = ", ".join(f'"{column}"' for column in (*self.covered, *self.table.key))
        return f'SELECT {columns} FROM "{self.table.name}"'  # noqa: S608  our own schema's names

    @property
    def opened(self) -> tuple[int, str] | None:
        """Which of the covered columns is opened when it is compared, and what it is about."""
        found = OPENED_COLUMNS.get(self.table.name)
        return (self.covered.index(found[0]), found[1]) if found is not None else None

    def begin_digest(self, key: bytes) -> blake2b:
        """What the digest of every row of this table begins with."""
        told = json.dumps([self.table.name, self.covered]).encode()
        return blake2b(told, key=key, digest_size=_DIGEST_BYTES)


class RowDigests:
    """Makes the digest of a row, which only we can make: a keyed BLAKE2b (RFC 7693)."""

    def __init__(self, database: RegisterDatabase, key: bytes) -> None:
        self._database = database
        self._key = key
        self._readers: dict[str, _TableReader] = {}

    def tables(self) -> list[TableColumns]:
        """The tables whose rows are in the audit log by digest."""
        return [reader.table for reader in self._tables().values()]

    def covered_columns(self) -> dict[str, list[str]]:
        """What is proven, by table."""
        return {table.name: list(_covered(table)) for table in self._database.tables()}

    def uncovered_columns(self) -> dict[str, list[str]]:
        """What is not proven, by table."""
        return {
            table.name: [c for c in table.columns if c in WORK_IN_HAND[table.name]]
            for table in self._database.tables()
            if table.name in WORK_IN_HAND
        }

    def digest_by_key(self, table: str, key: RowKey) -> str | None:
        """The digest of a row as it stands now; None when it is not there."""
        reader = self._tables()[table]
        where = " AND ".join(f'"{column}" = ?' for column in reader.table.key)
        row = self._database.fetch_row(f"{reader.select} WHERE {where}", *key)
        if row is None:
            return None
        return self.digest_of_values(table, tuple(row)[: len(reader.covered)])

    def digest_of_values(self, table: str, values: RowValues) -> str:
        """The digest of a row that holds these, in the order of the covered columns."""
        reader = self._tables()[table]
        return _digest(reader.begin_digest(self._key), _shortened(values, reader.opened))

    def all_digests(
        self, table: TableColumns, vault: Vault | None = None, where: str = ""
    ) -> Iterator[tuple[str, str]]:
        """Every row of a table as it stands now: its key, as `written_key` writes it, and its
        digest; with the `vault`, "" for one in which something sealed does not open and was not
        destroyed. `where` may name some rows."""
        reader = self._tables()[table.name]
        destroyed = DestroyedOriginals(self._database, vault) if vault is not None else None
        covered, begun = len(reader.covered), reader.begin_digest(self._key)
        opened = reader.opened
        for row in self._database.iterate_rows(reader.select + where):
            values = tuple(row)
            key, values = written_key(values[covered:]), values[:covered]
            if destroyed is not None and opened and not _opens(values, opened, destroyed):
                yield key, ""
            else:
                yield key, _digest(begun, _shortened(values, opened))

    def count_rows(self, table: str) -> int:
        row = self._database.fetch_row(f'SELECT count(*) AS n FROM "{table}"')  # noqa: S608
        return int(row["n"]) if row else 0

    def _tables(self) -> dict[str, _TableReader]:
        if not self._readers:
            found = (
                t for t in self._database.tables() if t.name not in (RECORD_TABLE, PROOFS_TABLE)
            )
            self._readers = {t.name: _TableReader(t, tuple(_covered(t))) for t in found}
        return self._readers


def written_key(key: RowKey) -> str:
    """A row's key as the audit log has it: `[12]`."""
    if len(key) == 1 and type(key[0]) is int:
        return f"[{key[0]}]"
    return json.dumps(key, separators=(",", ":"))


def _shortened(values: tuple[Any, ...], opened: tuple[int, str] | None) -> tuple[Any, ...]:
    """With as much of what is opened as proves it."""
    if opened is None:
        return values
    at, long = opened[0], values[opened[0]]
    return (*values[:at], len(long), long[:LONGEST_SEAL_HEAD] + long[-_TAG:], *values[at + 1 :])


def _opens(values: tuple[Any, ...], opened: tuple[int, str], destroyed: DestroyedOriginals) -> bool:
    try:
        destroyed.unseal_or_none(values[opened[0]], opened[1])
    except SealBroken:
        return False
    return True


def _digest(begun: blake2b, values: tuple[Any, ...]) -> str:
    told = [
        ["bytes", sha256(value).hexdigest()] if type(value) is bytes else value for value in values
    ]
    digest = begun.copy()
    digest.update(json.dumps(told).encode())
    return digest.hexdigest()


def _covered(table: TableColumns) -> Iterator[str]:
    left_out = WORK_IN_HAND.get(table.name, frozenset())
    return (column for column in sorted(table.columns) if column not in left_out)
