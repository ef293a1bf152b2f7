"""The steps by which the register's schema is made, and whether a register was made by them.

Each applied step is kept by name with a digest of what it does, so a register of another version,
or of steps that were edited since, is known before anything is written into it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from sqlite_utils import Database, Migrations
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from config.explained_error import ExplainedError

STEPS_TABLE = "schema_steps"
_LIBRARY_TABLE = Migrations.migrations_table
_MADE = f"""
CREATE TABLE IF NOT EXISTS {STEPS_TABLE} (
    room    TEXT NOT NULL,                 -- whose tables the step makes: 'intake', 'outbox'
    name    TEXT NOT NULL,                 -- of its file, without .sql
    digest  TEXT NOT NULL,                 -- SHA-256 of what it does, without comments
    version TEXT NOT NULL,                 -- of the scr-intake that applied it
    PRIMARY KEY (room, name)
) STRICT, WITHOUT ROWID
"""
_COMMENT = re.compile(r"('(?:[^']|'')*')|--[^\n]*")

_THIS_VERSION = version("scr-intake")  # looked up once: it searches the disk


class RegisterOfAnotherVersion(ExplainedError):
    sentence = (
        "The register was made by another scr-intake than this one, and nothing was written into"
        " it. Install the version that made it, or a later one."
    )


class RegisterOfAnotherBuild(RegisterOfAnotherVersion):
    sentence = (
        "The steps that made the register are others than those of this scr-intake, though both"
        " say that they are of the same version. Nothing was written into it. Install the build"
        " that made it, or ask whoever built this one."
    )


class SchemaSteps(Migrations):
    """The steps of one room, each with its digest."""

    def __init__(self, room: str, digests: Mapping[str, str]) -> None:
        super().__init__(room)
        self.digests = digests


def read_schema_steps(room: str, folder: Path) -> SchemaSteps:
    """The steps of one room's schema: its `schema/NN-name.sql` files, in order."""
    scripts = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((folder / "schema").glob("*.sql"))
    }
    steps = SchemaSteps(room, {name: _digest(script) for name, script in scripts.items()})
    for name, script in scripts.items():
        steps(name=name)(_step(script))
    return steps


def pending_steps(db: Database, rooms: Sequence[SchemaSteps]) -> list[str]:
    """The steps that a register lacks, as "room/name". Raises RegisterOfAnotherVersion for one that
    these steps did not make."""
    refuse_other_version(db.conn, rooms)
    return [f"{room.name}/{step.name}" for room in rooms for step in room.pending(db)]


def apply_steps(db: Database, rooms: Sequence[SchemaSteps]) -> None:
    """Apply what is missing. Must run inside a transaction."""
    db.conn.execute(_MADE)
    for room in rooms:
        for step in room.pending(db):
            row = (room.name, step.name, room.digests[step.name], _THIS_VERSION)
            db.conn.execute(f"INSERT INTO {STEPS_TABLE} VALUES (?, ?, ?, ?)", row)  # noqa: S608
        room.apply(db)


def statements_of(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """What a register is made of: each table, index and trigger by kind and name, without the
    comments in it. The library's own table of steps is left out: another version makes another."""
    rows = connection.execute("SELECT type, name, sql FROM main.sqlite_master WHERE sql NOT NULL")
    return {
        (row[0], row[1]): _without_comments(row[2]) for row in rows if _LIBRARY_TABLE not in row[1]
    }


@lru_cache(maxsize=1)
def statements_of_new_register(rooms: tuple[SchemaSteps, ...]) -> Mapping[tuple[str, str], str]:
    """The same of a register that these steps make today."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        apply_steps(Database(connection, execute_plugins=False), rooms)
        return MappingProxyType(statements_of(connection))


def split_statements(script: str) -> Iterator[str]:
    """One statement at a time: `executescript` would commit the transaction it runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement  # without its semicolon; SQLite says whether it is whole


def refuse_other_version(connection: sqlite3.Connection, rooms: Sequence[SchemaSteps]) -> None:
    """Raises RegisterOfAnotherVersion for a register that these steps did not make: both what it
    keeps of its steps and the library's own table have to say so. Nothing is written."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return
    if STEPS_TABLE not in tables:
        raise RegisterOfAnotherVersion(
            "it does not say which; it is older than 0.1.0, or of another program"
        )
    ours = {(room.name, name): digest for room in rooms for name, digest in room.digests.items()}
    told = _told_steps(connection)
    if not told:
        raise RegisterOfAnotherVersion("it does not say which: it tells of no step")
    for step, (digest, made_by) in told.items():
        _compare(step, digest, made_by, ours.get(step))
    applied = _applied_steps(connection) if _LIBRARY_TABLE in tables else set()
    for room, name in sorted(applied ^ told.keys()):
        how = "is unknown here" if (room, name) not in ours else "is told of only half"
        raise RegisterOfAnotherVersion(f"it does not say which: its step {room}/{name} {how}")


def _compare(step: tuple[str, str], digest: str, made_by: str, known: str | None) -> None:
    name, ours = "/".join(step), _THIS_VERSION
    if known is None:
        raise RegisterOfAnotherVersion(f"by version {made_by}: its step {name} is unknown here")
    if known != digest and made_by == ours:
        raise RegisterOfAnotherBuild(f"version {ours}: the step {name} is other than here")
    if known != digest:
        raise RegisterOfAnotherVersion(f"by version {made_by}: its step {name} is other than here")
    if _in_order(made_by) > _in_order(ours):
        raise RegisterOfAnotherVersion(f"by version {made_by}, and this is {ours}: its step {name}")


def _in_order(made_by: str) -> tuple[int, ...]:
    """A version as it compares with another; what is none is later than all."""
    numbers = re.fullmatch(r"(\d+)\.(\d+)\.(\d+).*", made_by)
    return tuple(map(int, numbers.groups())) if numbers else (2**63,)


def _told_steps(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, str]]:
    """Digest and version of each step that the register tells of."""
    rows = connection.execute(f"SELECT room, name, digest, version FROM {STEPS_TABLE}")  # noqa: S608
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def _applied_steps(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """The steps that the library would not apply again."""
    rows = connection.execute(f"SELECT migration_set, name FROM {_LIBRARY_TABLE}")  # noqa: S608
    return {(row[0], row[1]) for row in rows}


def _step(script: str) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        for statement in split_statements(script):
            db.conn.execute(statement)

    return apply


def _digest(script: str) -> str:
    return hashlib.sha256(_without_comments(script).encode()).hexdigest()


def _without_comments(statement: str) -> str:
    return " ".join(_COMMENT.sub(lambda found: found[1] or " ", statement).split())
