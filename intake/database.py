"""Opens the one SQLite file that the ledgers share, and brings its schema up to date.

It refuses an SQLite with known faults. One connection is used by one thread; a network share is
told by the kind of its mount, and an unknown one is taken for a disk.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from config.explained_error import ExplainedError
from intake.disk_errors import DiskFull, NotWritable, find_unwritable_place, is_disk_full
from intake.drop.watcher import file_system_type, is_network_disk, read_mount_table
from intake.row_changes import CommitWitness, RowChangeLog, TableColumns, tables_of
from intake.schema_steps import (
    SchemaSteps,
    apply_steps,
    pending_steps,
    refuse_other_version,
    statements_of,
)

# The write-ahead log of earlier builds can lose a commit (failure mode 58).
OLDEST_SQLITE = (3, 51, 3)
BUSY_MS = 10_000
LOCK_RETRY_MS = 20
READ_BUSY_MS = 2_000
_BUSY = (5, 6)  # SQLite's codes for a lock that is held
_DAMAGED = (11, 26)  # and for what is no database, or not whole

Row = Any  # sqlite3.Row: read by column name, turned into a value by the database that asked


class SqliteTooOld(ExplainedError):
    sentence = (
        "This SQLite build has a fault that can lose a commit; install the one scr-intake asks for."
    )


class RegisterOnNetwork(ExplainedError):
    sentence = (
        "The register lies on a network share, where SQLite can lose what it wrote. Move it"
        " to a disk of this machine."
    )


class RegisterUnusable(ExplainedError):
    """`fix` is what to do where nobody knows more."""

    sentence = "The register cannot be worked on as it is."
    fix = "Put it back. If it is lost, its backup has to be restored."

    def __init__(self, told: str = "", fix: str = "") -> None:
        super().__init__(told)
        if fix:
            self.fix = fix

    @property
    def explanation(self) -> str:
        """What is there, and what to do."""
        return (
            f"{self.sentence} ({self}) {self.fix}" if str(self) else f"{self.sentence} {self.fix}"
        )


class RegisterMissing(RegisterUnusable):
    sentence = "There is no register where there should be one, and none is made anew."


class RegisterUnreadable(RegisterUnusable):
    sentence = "The register file cannot be opened; it may be damaged, or not a register at all."


class RegisterLocked(ExplainedError):
    sentence = "Another program keeps the register locked."


class _TakenBack(Exception):
    """Raised inside a transaction that is only tried, so that everything in it is taken back."""


class RegisterDatabase:
    """A connection with foreign keys on, WAL, synchronous FULL and nothing left to chance."""

    _witness: CommitWitness | None = None
    _unwatched: Mapping[str, Collection[str]]
    _changes: RowChangeLog | None = None

    def __init__(self, path: Path) -> None:
        """Raises SqliteTooOld, RegisterOnNetwork, DiskFull or RegisterUnreadable."""
        _check_build()
        _check_place(path.parent)
        try:
            _make_private(path)
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
        except (OSError, sqlite3.DatabaseError) as why:
            raise _unreadable(path, why) from why
        try:
            self.db = _prepared(self._connection)
        except sqlite3.DatabaseError as why:
            self.close()
            raise _unreadable(path, why) from why

    @classmethod
    def open_read_only(cls, path: Path) -> Self:
        """Opened only to look: nothing is made, nothing is changed, and nobody waits for it.

        Raises RegisterMissing, RegisterLocked, DiskFull or RegisterUnreadable.
        """
        if not path.exists():
            raise RegisterMissing(str(path))
        # Without a log nobody has it open: then not even what SQLite shares between them is made.
        alone = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
        database = cls.__new__(cls)
        try:
            database._connection = sqlite3.connect(
                f"file:{quote(str(path))}?mode=ro{alone}",
                uri=True,
                isolation_level=None,
                timeout=READ_BUSY_MS / 1000,
            )
            database._connection.row_factory = sqlite3.Row
            database._connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.DatabaseError as why:
            if getattr(why, "sqlite_errorcode", 0) & 0xFF in _BUSY:
                raise RegisterLocked(str(path)) from why
            raise _unreadable(path, why) from why
        return database

    def apply_schema_steps(
        self,
        rooms: Sequence[SchemaSteps],
        applied: Callable[[list[str]], None] | None = None,
    ) -> Self:
        """Apply what is missing of each room's schema, in the order given. Returns itself.
        `applied` is told, in the same transaction, which steps those were.

        As a writer: two commands that meet a new register must not both build it. Raises
        RegisterOfAnotherVersion before anything is written.
        """
        if pending_steps(self.db, rooms):
            with self.transaction():
                missing = pending_steps(self.db, rooms)
                apply_steps(self.db, rooms)
                if missing and applied is not None:
                    applied(missing)
        return self

    def refuse_other_version(self, rooms: Sequence[SchemaSteps]) -> None:
        """Raises RegisterOfAnotherVersion for a register that these steps did not make."""
        refuse_other_version(self._connection, rooms)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together or not at all; nested use joins the outer one.

        It begins as a writer: a transaction that reads first and then writes would otherwise
        fail at once when another has written in between (failure modes 56 and 57).
        """
        if self.is_writing():
            yield
            return
        self._begin_to_note()
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            if self._witness is not None and self._changes is not None:
                self._witness.before_commit(self._changes.take_changes())
            # A commit that is refused leaves its transaction open, for the next one to join.
            self._connection.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already (failure mode 60).
            if self.is_writing():
                self._connection.execute("ROLLBACK")
            raise
        if self._witness is not None:
            self._witness.after_commit()

    def witness_commits(
        self, witness: CommitWitness, unwatched: Mapping[str, Collection[str]]
    ) -> None:
        """Tell `witness` of every transaction from now on: which rows it changed, but for changes
        of the columns that `unwatched` names by table."""
        self._witness, self._unwatched = witness, unwatched

    def tables(self) -> list[TableColumns]:
        """Every table of the register, by name."""
        return list(tables_of(self._connection))

    def schema_statements(self) -> dict[tuple[str, str], str]:
        """What the register is made of: the statement of each table, index and trigger."""
        return statements_of(self._connection)

    def _begin_to_note(self) -> None:
        """Whoever only reads needs none of it."""
        if self._witness is not None and self._changes is None:
            changes = RowChangeLog(self._connection)
            changes.watch(self._unwatched)
            self._changes = changes
        if self._changes is not None:
            self._changes.begin()

    @contextmanager
    def dry_run_transaction(self) -> Iterator[None]:
        """Everything inside is seen, and taken back at the end. Never inside a transaction."""
        with suppress(_TakenBack), self.transaction():
            yield
            raise _TakenBack

    def file(self) -> Path:
        """The file that it is kept in."""
        row = self._connection.execute("PRAGMA database_list").fetchone()
        return Path(row[2])

    def change_counter(self) -> tuple[int, int]:
        """The same for as long as nobody has changed anything, here or in another process."""
        row = self._connection.execute("PRAGMA data_version").fetchone()
        return int(row[0]), int(self._connection.total_changes)

    def backup_to_file(self, path: Path) -> None:
        """A copy as it stands at one moment, whole and on the disk, while others write. Raises
        RegisterUnreadable or RegisterLocked where it cannot be read here, else OSError or what
        SQLite says of the disk that it is written to."""
        _make_private(path)
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as copy:
                self._connection.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
        except sqlite3.Error as why:
            code = getattr(why, "sqlite_errorcode", 0) & 0xFF
            if code in (*_BUSY, *_DAMAGED):
                raise refused_by_sqlite(why, self.file()) or why from why
            raise

    def integrity_faults(self) -> Iterator[str]:
        """What SQLite itself finds wrong with the file, in its words, which name no content."""
        for row in self.fetch_rows("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield f"The register file is damaged: {row[0]}."
        for row in self.fetch_rows("PRAGMA foreign_key_check"):
            yield f"A row of {row[0]} names a row of {row[2]} that is not there."

    def hold_moment(self) -> None:
        """From the next look on everything is seen as it is then, whoever writes meanwhile. Of one
        that was opened only to look."""
        self._connection.execute("BEGIN")

    def is_writing(self) -> bool:
        """Whether what was written last is not committed yet."""
        return bool(self._connection.in_transaction)

    def fetch_rows(self, sql: str, *values: object) -> list[Row]:
        return list(self._connection.execute(sql, values))

    def iterate_rows(self, sql: str, *values: object) -> Iterator[Row]:
        """The same, one at a time, for what is too much to hold."""
        yield from self._connection.execute(sql, values)

    def fetch_row(self, sql: str, *values: object) -> Row | None:
        """The first row, or None."""
        return self._connection.execute(sql, values).fetchone()

    def execute_insert(self, sql: str, *values: object) -> int:
        """Run one statement; returns the id of the row it added, if it added one."""
        with self.transaction():
            return int(self._connection.execute(sql, values).lastrowid or 0)

    def execute_change(self, sql: str, *values: object) -> int:
        """Run one statement; returns how many rows it touched."""
        with self.transaction():
            return int(self._connection.execute(sql, values).rowcount)

    def close(self) -> None:
        self._connection.close()


def refused_by_sqlite(why: sqlite3.Error, path: Path) -> ExplainedError | None:
    """What SQLite's refusal in the midst of work says of the register at `path`: that it is
    damaged, cannot be written or is locked. None for what only a mistake of ours can be."""
    code = getattr(why, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return RegisterLocked(str(path))
    if code in _DAMAGED:
        return RegisterUnreadable(str(path))
    found = _unreadable(path, why)
    return None if isinstance(found, RegisterUnreadable) else found


def _unreadable(path: Path, why: Exception) -> DiskFull | NotWritable | RegisterUnreadable:
    """What a register that does not open is told as: SQLite says of a full disk that it cannot
    read or write (failure mode 115)."""
    if is_disk_full(why, path.parent):
        return DiskFull(str(path.parent))
    if (place := find_unwritable_place(why, path, path.parent)) is not None:
        return NotWritable(str(place))
    return RegisterUnreadable(str(path))


def _make_private(path: Path) -> None:
    """A register that is made here is ours alone to read; SQLite gives its log the same mode.

    One that is there already is not so much as opened: closing it again would drop the locks that
    another connection of this process holds on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _prepared(connection: sqlite3.Connection) -> Database:
    connection.row_factory = sqlite3.Row
    _keep_a_log(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return Database(connection, execute_plugins=False)


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """WAL. For the change to it SQLite does not wait while another connection makes the same one,
    as it waits for everything else: so it is tried again for as long."""
    for _ in range(BUSY_MS // LOCK_RETRY_MS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as why:
            if "locked" not in str(why):
                raise
            time.sleep(LOCK_RETRY_MS / 1000)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


def _check_place(folder: Path) -> None:
    if is_network_disk(file_system_type(folder, read_mount_table())):
        raise RegisterOnNetwork(str(folder))


def _check_build() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise SqliteTooOld(sqlite3.sqlite_version)


def is_register_failure(why: BaseException) -> bool:
    """Whether SQLite refused: that is no fault of the item in hand."""
    return isinstance(why, sqlite3.Error | RegisterUnreadable)
