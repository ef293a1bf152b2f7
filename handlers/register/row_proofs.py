"""Holds each row against its last digest before it is written over, so that a row that somebody
else changed is never proven by what is honestly written later.

The last digests lie in a table of their own, to be found at once; the record has them too, with the
beginning of the digest that each took the place of, so a table that was changed with its row shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from config.explained_error import ExplainedError
from handlers.register.audit_coverage import RowDigests, written_key
from handlers.register.fault import PIECE_ROWS, Fault, FaultKind, Look
from handlers.register.last_backup import recorded_backup, restore_step
from intake.database import RegisterDatabase
from intake.row_changes import RowChanges

_REPLACED = "<"  # before the beginning of the digest that another takes the place of
_REPLACED_DIGITS = 8
# What letters and decisions are made from, what keeps letters or alerts in; small beside entries.
ACTED_ON: Mapping[str, str] = MappingProxyType(
    {
        "agencies": "",
        "cases": "",
        "contacts": "",
        "decisions": "",
        "returns": "",
        "absences": "",
        "alarms": "",
        "bounces": "",
        "leavers": "",
        "officer_absences": "",
        "pauses": "",
        "recoveries": "",
        "told_before": "",
        "transport_waits": "",
        "trials": "",
        "schema_steps": "",
        "entries": " ORDER BY id DESC LIMIT 500",
        "deliveries": " WHERE state = 'spooled'",
        "letters": " WHERE sent IS NULL",
    }
)
RowName = tuple[str, str]  # a table, and a row's key as the record has it


class RowNotAsRecorded(ExplainedError):
    """Carries which row of which table it is, and how to go on from the last backup."""

    sentence = (
        "A row of the register is not as the record has it: it was changed by other means than"
        " scr-intake. It is not worked on, and not written over."
    )

    def __init__(self, row: RowName, restore: str) -> None:
        super().__init__(f"the row {row[1]} of {row[0]}")
        self.fix = f"To see all that was changed: `scr-intake audit verify` {restore}"

    @property
    def explanation(self) -> str:
        """What it is, what to do, and which row."""
        return f"{self.sentence} It is {self}. {self.fix}"


class RowProofs:
    """The last digest of every row of the register."""

    def __init__(self, database: RegisterDatabase, digests: RowDigests) -> None:
        self._database = database
        self._digests = digests
        self._looked: int | None = None  # the version of the register, as others write it
        self._changed: RowNotAsRecorded | None = None

    def digests_after(self, table: str, rows: RowChanges) -> dict[str, str | None]:
        """What the record is to say of the rows that a transaction wrote, by key; their last
        digests are these from now on. Raises RowNotAsRecorded for one that was another before."""
        told = dict[str, str | None]()
        for key, values in rows.earlier.items():
            name = written_key(key)
            before = self._digests.digest_of_values(table, values) if values else None
            if before != self._last_digest(table, name):
                raise self._not_as_recorded((table, name))
            after = self._digests.digest_by_key(table, key)
            self.keep_digest(table, name, after)
            told[name] = after if before is None else _replacing(after, before)
        return told

    def keep_digest(self, table: str, name: str, digest: str | None) -> None:
        """The last digest of a row from now on; None for one that is not there any more. Must run
        inside the transaction of what is told."""
        if digest is None:
            self._database.execute_change(_FORGET, table, name)
        else:
            self._database.execute_change(_KEEP, table, name, digest)

    def unproven_rows(self) -> set[RowName]:
        """Every row that is not what its last digest says."""
        return set(self._unproven({table.name: "" for table in self._digests.tables()}))

    def find_foreign_change(self) -> RowNotAsRecorded | None:
        """The first row that somebody else changed, of those that are acted on; looked for when
        the register is opened, and whenever another connection has written."""
        version, _ = self._database.change_counter()
        if version != self._looked:
            self._looked = version
            there = {table.name for table in self._digests.tables()}
            unproven = self._unproven({t: w for t, w in ACTED_ON.items() if t in there})
            row = next(unproven, None)
            self._changed = self._not_as_recorded(row) if row else None
        return self._changed

    def find_changes(self, proven: Mapping[str, Mapping[str, str | None]]) -> Look:
        """Where the last digests are not those that the record has."""
        expected = {
            (table, name): digest
            for table, rows in proven.items()
            for name, digest in rows.items()
            if digest is not None
        }
        sql = "SELECT of_table, row_key, digest FROM row_proofs"
        for n, row in enumerate(self._database.iterate_rows(sql), 1):
            name = (row["of_table"], row["row_key"])
            if expected.pop(name, None) != row["digest"]:
                yield Fault.of_row(FaultKind.DIGEST_CHANGED, *name)
            if n % PIECE_ROWS == 0:
                yield None
        for table, key in expected:
            yield Fault.of_row(FaultKind.DIGEST_GONE, table, key)

    def _not_as_recorded(self, row: RowName) -> RowNotAsRecorded:
        last = recorded_backup(self._database)
        return RowNotAsRecorded(row, restore_step(last, self._database.file()))

    def _last_digest(self, table: str, name: str) -> str | None:
        row = self._database.fetch_row(_LAST, table, name)
        return row["digest"] if row else None

    def _unproven(self, tables: Mapping[str, str]) -> Iterator[RowName]:
        known = {table.name: table for table in self._digests.tables()}
        for table, where in tables.items():
            last = dict(self._last_digests(table, where))
            for name, digest in self._digests.all_digests(known[table], where=where):
                if last.pop(name, None) != digest:
                    yield table, name
            yield from ((table, name) for name in last)

    def _last_digests(self, table: str, where: str) -> Iterator[tuple[str, str]]:
        sql = "SELECT row_key, digest FROM row_proofs WHERE of_table = ?"
        if where:  # of a large table
            sql += f" AND row_key IN (SELECT json_array(id) FROM {table}{where})"  # noqa: S608
        yield from (
            (row["row_key"], row["digest"]) for row in self._database.iterate_rows(sql, table)
        )


_LAST = "SELECT digest FROM row_proofs WHERE of_table = ? AND row_key = ?"
_FORGET = "DELETE FROM row_proofs WHERE of_table = ? AND row_key = ?"
_KEEP = (
    "INSERT INTO row_proofs (of_table, row_key, digest) VALUES (?, ?, ?)"
    " ON CONFLICT (of_table, row_key) DO UPDATE SET digest = excluded.digest"
)


def _replacing(after: str | None, before: str) -> str:
    return f"{after or ''}{_REPLACED}{before[:_REPLACED_DIGITS]}"


def follow_digests(known: dict[str, str | None], told: Mapping[str, str | None]) -> Iterator[str]:
    """Bring the last digests of a table's rows up to date by what one row of the record tells;
    yields the rows that were others when they were written over than the record had them."""
    for name, says in told.items():
        after, _, before = (says or "").partition(_REPLACED)
        if before and not (known.get(name) or "").startswith(before):
            yield name
        known[name] = after or None
