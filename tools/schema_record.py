"""Writes a schema down as one text from which the register of a release can be built again.

Comments between statements are not kept by SQLite, so they are not here either.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.database import RegisterDatabase

PROVISIONAL = "-- Provisional: this version is not released yet, and is recorded anew until it is."

RECORD_HEADING = """\
-- The whole schema of a register as scr-intake {version} makes it: every room's tables, and the
-- steps that made them. Written by `tools/record-schema {version}`; not edited by hand.
"""

# When a step was applied is not part of the schema; the same text is written every time.
LIBRARY_STEPS_SQL = """
SELECT 'INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('
    || quote(migration_set) || ', ' || quote(name) || ', ''2000-01-01 00:00:00.000000+00:00'')'
FROM _sqlite_migrations ORDER BY id
"""
OUR_STEPS_SQL = """
SELECT 'INSERT INTO schema_steps VALUES (' || quote(room) || ', ' || quote(name) || ', '
    || quote(digest) || ', ' || quote(version) || ')'
FROM schema_steps ORDER BY room, name
"""


def schema_record_text(database: RegisterDatabase, version: str, *, provisional: bool) -> str:
    """The whole text. `provisional` marks a version that is not released yet."""
    heading = RECORD_HEADING.format(version=version) + (f"{PROVISIONAL}\n" if provisional else "")
    return "\n".join([heading, *(f"{statement};\n" for statement in _statements(database))])


def _statements(database: RegisterDatabase) -> Iterator[str]:
    for row in database.fetch_rows(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    ):
        yield row["sql"]
    for sql in (LIBRARY_STEPS_SQL, OUR_STEPS_SQL):
        for row in database.fetch_rows(sql):
            yield row[0]
