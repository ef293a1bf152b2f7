"""The register of every release opens in this one, with all that is in it.

`tests/released/VERSION.sql` is the schema of a version as `tools/record-schema` wrote it, and
`tests/released/rows/VERSION.sql` are some rows of it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Migrations
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from commands.composition.runtime import SCHEMAS
from intake.database import RegisterDatabase
from intake.schema_steps import STEPS_TABLE, read_schema_steps, split_statements
from tools.schema_record import PROVISIONAL

ROOT = Path(__file__).parents[2]
RELEASED = ROOT / "tests" / "released"
CHANGES = re.findall(r"^## (\d[\d.]*)(.*)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
VERSIONS = sorted(
    (path.stem for path in RELEASED.glob("*.sql")),
    key=lambda version: tuple(map(int, version.split("."))),
)
NEWEST = VERSIONS[-1]

# The library's own table of steps; a newer library may make it otherwise.
STEPS = "_sqlite_migrations"

WHAT_TO_DO = """
The schema is no longer what tests/released/{0}.sql has.
Is {0} still "not yet released" in CHANGELOG.md? Then: tools/record-schema {0}
Is it released? Then its steps are in registers already and are never edited: take the change back,
write a new numbered step (`schema/NN-name.sql`), and record it under the version to come:
give that a heading in CHANGELOG.md, then tools/record-schema VERSION
"""


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[RegisterDatabase]:
    """A register that this version makes."""
    database = RegisterDatabase(tmp_path / "fresh.db").apply_schema_steps(SCHEMAS)
    yield database
    database.close()


@pytest.fixture
def register(tmp_path: Path) -> Iterator[RegisterDatabase]:
    """A register with nothing in it, not even a schema."""
    database = RegisterDatabase(tmp_path / "register.db")
    yield database
    database.close()


@pytest.fixture
def old(register: RegisterDatabase) -> RegisterDatabase:
    """A register with rows, as this version has it and a later one finds it."""
    run(register, RELEASED / f"{NEWEST}.sql")
    run(register, RELEASED / "rows" / f"{NEWEST}.sql")
    return register.apply_schema_steps(SCHEMAS)


def run(database: RegisterDatabase, script: Path) -> None:
    with database.transaction():
        for statement in split_statements(script.read_text(encoding="utf-8")):
            database.execute_insert(statement)


def schema_of(database: RegisterDatabase) -> dict[str, str | None]:
    rows = database.fetch_rows("SELECT name, sql FROM sqlite_master WHERE tbl_name <> ?", STEPS)
    return {row["name"]: row["sql"] for row in rows}


def steps_of(database: RegisterDatabase) -> set[tuple[str, str]]:
    return {tuple(row) for row in database.fetch_rows(f"SELECT migration_set, name FROM {STEPS}")}


def tables(database: RegisterDatabase) -> list[str]:
    rows = database.fetch_rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN (?, ?) ORDER BY name",
        *(STEPS, STEPS_TABLE),
    )
    return [row["name"] for row in rows]


def rows_of(database: RegisterDatabase) -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    return {
        table: [dict(row) for row in database.fetch_rows(f"SELECT * FROM {table}")]
        for table in tables(database)
    }


def lost(before: dict[str, list[dict[str, object]]], database: RegisterDatabase) -> list[str]:
    """The tables in which a row is not there any more with what it held; it may hold more."""
    after = rows_of(database)
    return [
        table
        for table, rows in before.items()
        if len(rows) != len(after.get(table, []))
        or not all(any(was.items() <= now.items() for now in after[table]) for was in rows)
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_register_of_each_release_becomes_what_a_new_one_is_and_keeps_its_rows(
    register: RegisterDatabase, fresh: RegisterDatabase, version: str
) -> None:
    run(register, RELEASED / f"{version}.sql")
    run(register, RELEASED / "rows" / f"{version}.sql")
    before = rows_of(register)
    for _ in range(2):
        register.apply_schema_steps(SCHEMAS)
        assert schema_of(register) == schema_of(fresh)
        assert steps_of(register) == steps_of(fresh)
        assert list(register.integrity_faults()) == []
        assert lost(before, register) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_every_table_of_each_release_has_a_row_to_keep(
    register: RegisterDatabase, version: str
) -> None:
    """If this fails: tests/released/rows/VERSION.sql lacks a row, or the file is not there yet."""
    run(register, RELEASED / f"{version}.sql")
    run(register, RELEASED / "rows" / f"{version}.sql")
    assert [table for table, rows in rows_of(register).items() if not rows] == []


def test_the_newest_recorded_schema_is_the_schema_of_today(
    register: RegisterDatabase, fresh: RegisterDatabase
) -> None:
    run(register, RELEASED / f"{NEWEST}.sql")
    todo = WHAT_TO_DO.format(NEWEST)
    assert steps_of(register) == steps_of(fresh), todo
    assert schema_of(register) == schema_of(fresh), todo


def test_every_version_is_recorded_and_is_provisional_until_it_is_released() -> None:
    """If this fails: tools/record-schema VERSION, on the day of its release for the last time."""
    assert sorted(VERSIONS) == sorted(version for version, _ in CHANGES)
    provisional = {v for v in VERSIONS if PROVISIONAL in (RELEASED / f"{v}.sql").read_text()}
    assert provisional == {version for version, rest in CHANGES if rest == ", not yet released"}


def tool(version: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "record-schema", version, folder],
        capture_output=True,
        text=True,
    )


def test_a_schema_is_recorded_whole_with_its_comments_in_the_same_words_every_time(
    register: RegisterDatabase, fresh: RegisterDatabase, tmp_path: Path
) -> None:
    texts = []
    for folder in (tmp_path / "once", tmp_path / "again"):
        folder.mkdir()
        assert tool(NEWEST, folder).returncode == 0
        texts.append((folder / f"{NEWEST}.sql").read_text())
    assert texts[0] == texts[1]
    assert "-- safe, not yet judged" in texts[0]
    run(register, tmp_path / "once" / f"{NEWEST}.sql")
    assert schema_of(register) == schema_of(fresh)
    assert steps_of(register) == steps_of(fresh)


def test_the_schema_of_a_release_is_not_recorded_again(tmp_path: Path) -> None:
    path = tmp_path / f"{NEWEST}.sql"
    path.write_text("-- As it was released.\n")
    refused = tool(NEWEST, tmp_path)
    assert refused.returncode == 1
    assert "Write a new step" in refused.stderr
    assert path.read_text() == "-- As it was released.\n"


def test_a_version_that_the_changes_do_not_know_is_not_recorded(tmp_path: Path) -> None:
    refused = tool("99.0.0", tmp_path)
    assert refused.returncode == 1
    assert "CHANGELOG.md" in refused.stderr
    assert list(tmp_path.iterdir()) == []


# What a step of a later version may look like.

WIDER = """\
ALTER TABLE contacts ADD COLUMN telephone BLOB;  -- sealed
UPDATE contacts SET telephone = X'FF' WHERE state = 'active';
"""


def rebuilt(database: RegisterDatabase, *, copied: bool = True) -> str:
    """A step that adds a word to a CHECK: SQLite wants the table made anew, under its own name, and
    what names its rows to look away until the end."""
    made = schema_of(database)
    table = str(made["contacts"]).replace("'author',", "'author', 'chair',")
    return "\n".join(
        [
            "PRAGMA defer_foreign_keys = ON;",
            "CREATE TEMP TABLE kept AS SELECT * FROM contacts;",
            "DROP TABLE contacts;",
            f"{table};",
            "INSERT INTO contacts SELECT * FROM kept;" if copied else "",
            "DROP TABLE kept;",
            f"{made['contacts_by_address']};",
            f"{made['contacts_stay']};",
        ]
    )


def later(folder: Path, *steps: str) -> tuple[Migrations, ...]:
    """The schema of a version to come: the register's room has further steps."""
    shutil.copytree(ROOT / "handlers" / "schema", folder / "schema", dirs_exist_ok=True)
    there = len(list((ROOT / "handlers" / "schema").glob("*.sql")))
    for n, step in enumerate(steps, there + 1):
        (folder / "schema" / f"{n:02d}-made-up.sql").write_text(step)
    intake, _, outbox = SCHEMAS
    return intake, read_schema_steps("handlers", folder), outbox


def test_a_later_step_finds_the_rows_of_an_old_register(
    old: RegisterDatabase, fresh: RegisterDatabase, tmp_path: Path
) -> None:
    before, steps = rows_of(old), later(tmp_path, WIDER)
    fresh.apply_schema_steps(steps)
    for _ in range(2):
        old.apply_schema_steps(steps)
        assert lost(before, old) == []
        told = {row["state"]: row["telephone"] for row in old.fetch_rows("SELECT * FROM contacts")}
        assert told == {"active": b"\xff", "removed": None}
        assert schema_of(old) == schema_of(fresh)
        assert steps_of(old) == steps_of(fresh)


def test_a_later_step_makes_a_table_anew_that_others_name(
    old: RegisterDatabase, tmp_path: Path
) -> None:
    """Every word of a CHECK that is added later takes this."""
    before, was = rows_of(old), schema_of(old)
    old.apply_schema_steps(later(tmp_path, rebuilt(old)))
    assert lost(before, old) == []
    assert list(old.integrity_faults()) == []
    assert schema_of(old).keys() == was.keys()
    assert old.execute_change("UPDATE contacts SET role = 'chair' WHERE id = 1") == 1
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        old.execute_change("DELETE FROM contacts WHERE id = 1")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        old.execute_change("UPDATE letters SET contact_id = 404 WHERE id = 1")


HALF_WAY = {
    "a word that SQLite does not know": [WIDER + "CREATE TABL more (n INTEGER);\n"],
    "a rule that a row breaks": [WIDER + "UPDATE contacts SET role = 'chair';\n"],
    "the second of two steps": [WIDER, "DROP TABLE pauses;\nDROP TABLE nowhere;\n"],
}


@pytest.mark.parametrize("steps", HALF_WAY.values(), ids=HALF_WAY.keys())
def test_a_step_that_goes_wrong_half_way_leaves_the_register_as_it_was(
    old: RegisterDatabase, tmp_path: Path, steps: list[str]
) -> None:
    assert_refused(old, later(tmp_path, *steps))
    old.apply_schema_steps(later(tmp_path, WIDER, ""))
    assert "telephone" in rows_of(old)["contacts"][0]


def test_a_step_that_loses_rows_which_others_name_is_refused_as_a_whole(
    old: RegisterDatabase, tmp_path: Path
) -> None:
    """Failure mode 59."""
    assert_refused(old, later(tmp_path, rebuilt(old, copied=False)))


def assert_refused(old: RegisterDatabase, steps: tuple[Migrations, ...]) -> None:
    before = schema_of(old), steps_of(old), rows_of(old)
    with pytest.raises(sqlite3.DatabaseError):
        old.apply_schema_steps(steps)
    assert (schema_of(old), steps_of(old), rows_of(old)) == before
    assert list(old.integrity_faults()) == []
