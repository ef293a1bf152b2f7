"""A schema written down: one text from which the register of a release can be built again.

Does: tells all that SQLite keeps of a register's schema, in the order it was made, and the steps
that made it.
Trusts: that every statement in a register can be run again as it stands.
Never touches: any other row of the register.
Known limits: comments between statements are not kept by SQLite, so they are not here either.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.database import Ledger

PROVISIONAL = "-- Provisional: this version is not released yet, and is recorded anew until it is."

HEADING = """\
-- The whole schema of a register as scr-intake {version} makes it: every room's tables, and the
-- steps that made them. Written by `tools/record-schema {version}`; not edited by hand.
"""

# When a step was applied is not part of the schema; the same text is written every time.
STEPS = """
SELECT 'INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('
    || quote(migration_set) || ', ' || quote(name) || ', ''2000-01-01 00:00:00.000000+00:00'')'
FROM _sqlite_migrations ORDER BY id
"""


def record(ledger: Ledger, version: str, *, provisional: bool) -> str:
    """The whole text. `provisional` marks a version that is not released yet."""
    heading = HEADING.format(version=version) + (f"{PROVISIONAL}\n" if provisional else "")
    return "\n".join([heading, *(f"{statement};\n" for statement in _statements(ledger))])


def _statements(ledger: Ledger) -> Iterator[str]:
    for row in ledger.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"):
        yield row["sql"]
    for row in ledger.rows(STEPS):
        yield row[0]
