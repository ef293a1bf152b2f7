"""Notes which rows of the register a transaction changes, whoever changes them.

Triggers of this connection alone write the key of each such row into a table in memory, and hand
over the row as it was, so no writer can forget to say what it did. They are no part of the
register's own schema.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

RowKey = tuple[str | int, ...]  # the values of a table's primary key, in its order
RowValues = tuple[Any, ...]  # of the columns that are watched, in the order of their names
_NOTE_EARLIER = "note_earlier_row"


class CommitWitness(Protocol):
    """Who is told of every transaction that changed something."""

    def before_commit(self, changes: Mapping[str, RowChanges]) -> None:
        """Still inside the transaction: what is written here is committed with it."""

    def after_commit(self) -> None:
        """The transaction is safe on the disk. Raises nothing."""


@dataclass(frozen=True, slots=True)
class RowChanges:
    """What a transaction did to one table: the rows it touched, how many more there are now, and
    each of those rows as it was before (None for one that was not there)."""

    keys: tuple[RowKey, ...]
    growth: int
    earlier: Mapping[RowKey, RowValues | None]


@dataclass(frozen=True, slots=True)
class TableColumns:
    """A table as the database has it: its primary key, and all of its columns in their order."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


def tables_of(connection: sqlite3.Connection) -> Iterator[TableColumns]:
    """Every table of the register itself, by name."""
    sql = "SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name"
    for (name,) in connection.execute(sql).fetchall():
        if not name.startswith("sqlite_"):
            found = connection.execute(f"PRAGMA main.table_info({name})").fetchall()
            key = sorted((row["pk"], row["name"]) for row in found if row["pk"])
            yield TableColumns(
                name, tuple(column for _, column in key), tuple(row["name"] for row in found)
            )


class RowChangeLog:
    """The changes that the transaction in hand has made so far."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._earlier: dict[tuple[str, RowKey], RowValues | None] = {}
        connection.create_function(_NOTE_EARLIER, -1, self._note_earlier)

    def begin(self) -> None:
        """A transaction begins; of one that was taken back nothing is left."""
        self._earlier.clear()

    def watch(self, unwatched: Mapping[str, Collection[str]]) -> None:
        """Note changes from now on. `unwatched` names, by table, columns whose changes are not
        noted; a table that is not in it is watched whole, and one of which it names all is not."""
        self._connection.execute("PRAGMA temp_store=MEMORY")
        self._connection.execute(
            "CREATE TEMP TABLE changed_rows (of_table TEXT, row_key TEXT, growth INTEGER)"
        )
        for table in tables_of(self._connection):
            left_out = unwatched.get(table.name, ())
            watched = sorted(c for c in table.columns if c not in left_out)
            for statement in _triggers(table, watched) if watched else ():
                self._connection.execute(statement)

    def take_changes(self) -> dict[str, RowChanges]:
        """What was changed since this was last asked, by table."""
        sql = "SELECT of_table, row_key, growth FROM temp.changed_rows ORDER BY rowid"
        rows = self._connection.execute(sql).fetchall()
        if rows:
            self._connection.execute("DELETE FROM temp.changed_rows")
        keys: dict[str, dict[RowKey, None]] = {}
        growth: dict[str, int] = {}
        for table, written, more in rows:
            key = tuple(json.loads(written))
            if (table, key) in self._earlier:  # what was written past all transactions is not ours
                keys.setdefault(table, {})[key] = None
                growth[table] = growth.get(table, 0) + more
        return {
            table: RowChanges(
                tuple(keys[table]),
                growth[table],
                {key: self._earlier[table, key] for key in keys[table]},
            )
            for table in keys
        }

    def _note_earlier(self, table: str, key: str, *values: object) -> None:
        """The first that is heard of a row in a transaction is how it was before."""
        self._earlier.setdefault((table, tuple(json.loads(key))), values or None)


def _triggers(table: TableColumns, watched: Collection[str]) -> Iterator[str]:
    """The statements that make one table's triggers. An update may change the key itself."""
    of = ", ".join(f'"{column}"' for column in watched)
    for event, growths in (
        ("INSERT", {"NEW": 1}),
        ("DELETE", {"OLD": -1}),
        (f"UPDATE OF {of}", {"OLD": 0, "NEW": 0}),
    ):
        written = " ".join(
            f"INSERT INTO changed_rows VALUES ('{table.name}', {_key_of(table, row)}, {growth});"  # noqa: S608
            f" SELECT {_NOTE_EARLIER}('{table.name}',"
            f" {_key_of(table, row)}{_values(row, watched)});"
            for row, growth in growths.items()
        )
        name = f"{table.name}_{event.split()[0].lower()}_noted"
        yield (
            f'CREATE TEMP TRIGGER "{name}" AFTER {event} ON main."{table.name}" BEGIN {written} END'
        )


def _values(row: str, watched: Collection[str]) -> str:
    """What a row held; a new one held nothing."""
    return "".join(f', OLD."{column}"' for column in watched) if row == "OLD" else ""


def _key_of(table: TableColumns, row: str) -> str:
    return "json_array(" + ", ".join(f'{row}."{column}"' for column in table.key) + ")"
