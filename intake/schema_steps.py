"""The steps by which the register's schema is made, and whether a register was made by them.

Each applied step is kept by name with a digest of what it does, so a register of another version,
or of steps that were edited since, is known before anything is written into it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

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


class RegisterOfAnotherVersion(ExplainedError):
    sentence = (
        "The register was made by another scr-intake than this one, and nothing was written into"
        " it. Install the version that made it, or a later one."
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
    _check_origin(db, rooms)
    return [f"{room.name}/{step.name}" for room in rooms for step in room.pending(db)]


def apply_steps(db: Database, rooms: Sequence[SchemaSteps]) -> None:
    """Apply what is missing. Must run inside a transaction."""
    db.conn.execute(_MADE)
    for room in rooms:
        for step in room.pending(db):
            row = (room.name, step.name, room.digests[step.name], version("scr-intake"))
            db.conn.execute(f"INSERT INTO {STEPS_TABLE} VALUES (?, ?, ?, ?)", row)  # noqa: S608
        room.apply(db)


def statements_of(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """What a register is made of: each table, index and trigger by kind and name, without the
    comments in it. The library's own table of steps is left out: another version makes another."""
    rows = connection.execute("SELECT type, name, sql FROM main.sqlite_master WHERE sql NOT NULL")
    return {
        (row[0], row[1]): _without_comments(row[2]) for row in rows if _LIBRARY_TABLE not in row[1]
    }


def statements_of_new_register(rooms: Sequence[SchemaSteps]) -> dict[tuple[str, str], str]:
    """The same of a register that these steps make today."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        apply_steps(Database(connection, execute_plugins=False), rooms)
        return statements_of(connection)


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


def _check_origin(db: Database, rooms: Sequence[SchemaSteps]) -> None:
    tables = {row[0] for row in db.conn.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return
    if STEPS_TABLE not in tables:
        raise RegisterOfAnotherVersion(
            "it does not say which; it is older than 0.1.0, or of another program"
        )
    ours = {(room.name, name): digest for room in rooms for name, digest in room.digests.items()}
    for room, name, digest, made_by in db.conn.execute(
        f"SELECT room, name, digest, version FROM {STEPS_TABLE}"  # noqa: S608
    ):
        if room in {each.name for each in rooms} and ours.get((room, name)) != digest:
            how = "other than here" if (room, name) in ours else "unknown here"
            raise RegisterOfAnotherVersion(f"by version {made_by}: its step {room}/{name} is {how}")


def _step(script: str) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        for statement in split_statements(script):
            db.conn.execute(statement)

    return apply


def _digest(script: str) -> str:
    return hashlib.sha256(_without_comments(script).encode()).hexdigest()


def _without_comments(statement: str) -> str:
    return " ".join(_COMMENT.sub(lambda found: found[1] or " ", statement).split())
