"""Writes the page about the schema from the comments in the `*/schema/*.sql` files.

Each file has one column or one word a line, with its comment after it. Rules without a comment or a
message of their own are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SCHEMA_HEADING = """# What the service remembers

Written by `tools/write-docs` from the comments in `intake/schema/`, `handlers/schema/` and
`outbox/schema/`, which are the rules themselves.

## How it changes

A register is brought up to date when it is opened: each room's steps that it does not have yet are
applied in the order of their numbers, in one transaction a room. A step that goes wrong leaves all
of its room as it was.

Until a version is released its schema is edited in place, and `tools/record-schema VERSION` writes
it down again in `tests/released/`. From the release on, a step is in registers and is never edited:
a change is a new step, `schema/NN-name.sql` with the next number. It keeps to the tables of its own
room: in a new register those of the rooms to its right are not there yet. The version to come gets
a heading in `CHANGELOG.md`, its schema is recorded under it, and its rows (`tests/released/rows/`)
begin as a copy of those of the version before. Every recorded version is opened by the tests.

A step adds columns with `ALTER TABLE`. Another word in a `CHECK` takes the table made anew: foreign
keys are deferred, the rows kept in a temporary table, the table dropped, and made again under its
own name with its rows, indexes and triggers. `tests/intake/test_migrations.py` shows both.
"""
ROOMS = ("intake", "handlers", "outbox")

_TABLE = re.compile(r"CREATE TABLE (\w+)")
_COLUMN = re.compile(r"    (\w+) +(INTEGER|TEXT|BLOB)\b[^-]*(?:-- (.*))?")
_WORD = re.compile(r" +'([\w -]*)',? +-- (.*)")
_REMARK = re.compile(r"\s*-- (.*)")
_ON = re.compile(r"\bON (\w+)")
_REFERENCE = re.compile(r"    (\w+) .*\bREFERENCES (\w+)")
_REFUSED = re.compile(r"RAISE\(ABORT, '([^']*)'\)")


@dataclass(slots=True)
class SchemaTable:
    """One table, as it is told."""

    name: str
    about: str
    columns: list[list[str]] = field(default_factory=list)  # name, type, what it holds
    rules: list[str] = field(default_factory=list)


def schema_page_text(root: Path) -> str:
    """The whole page."""
    scripts = [path.read_text(encoding="utf-8") for path in _schema_files(root)]
    parts = [SCHEMA_HEADING, schema_picture("\n".join(scripts))]
    for room in ROOMS:
        for path in sorted((root / room / "schema").glob("*.sql")):
            parts.append(f"\n## {path.relative_to(root)}\n")
            parts += map(_told, parse_tables(path.read_text(encoding="utf-8")))
    return "\n".join(parts)


def _schema_files(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((root / room / "schema").glob("*.sql"))


def schema_picture(script: str) -> str:
    """Every table, and which points to which, by which column."""
    drawn = ["## All of it in one picture", "", "```mermaid", "flowchart LR"]
    table = ""
    for line in script.splitlines():
        if started := _TABLE.match(line):
            table = started[1]
            drawn.append(f"    {table}")
        elif line.startswith(")"):
            table = ""
        elif table and (points := _REFERENCE.match(line)):
            drawn.append(f"    {table} -- {points[1]} --> {points[2]}")
    return "\n".join([*drawn, "```", ""])


def parse_tables(script: str) -> list[SchemaTable]:
    """Every table of a script with its columns and its rules, in order."""
    found: dict[str, SchemaTable] = {}
    inside: SchemaTable | None = None
    about: list[str] = []
    for line in script.splitlines():
        if inside is None and (remark := _REMARK.fullmatch(line)):
            about.append(remark[1])
        elif started := _TABLE.match(line):
            inside = found[started[1]] = SchemaTable(started[1], " ".join(about))
            about = []
        elif inside is not None:
            _line(inside, line)
            inside = None if line.startswith(")") else inside
        else:
            about = _outside(found, line, about)
    return list(found.values())


def _line(table: SchemaTable, line: str) -> None:
    """One line inside a table."""
    if word := _WORD.fullmatch(line):
        said = f"`{word[1]}`: {word[2]}" if word[1] else f"empty: {word[2]}"
        table.columns[-1][2] += f"; {said}" if table.columns[-1][2] else said
    elif column := _COLUMN.match(line):
        table.columns.append([column[1], column[2], column[3] or ""])
    elif remark := _REMARK.fullmatch(line):
        table.rules.append(remark[1])


def _outside(found: dict[str, SchemaTable], line: str, about: list[str]) -> list[str]:
    """One line between tables; gives what was said and is not told of anything yet."""
    if refused := _REFUSED.search(line):
        list(found.values())[-1].rules.append(f"Refused: {refused[1]}.")
    if line.startswith("CREATE") and about and (on := _ON.search(line)) and on[1] in found:
        found[on[1]].rules.append(" ".join(about))
        return []
    return about if line.strip() else []


def _told(table: SchemaTable) -> str:
    return "\n".join(_lines(table))


def _lines(table: SchemaTable) -> Iterator[str]:
    yield f"### {table.name}\n"
    if table.about:
        yield f"{table.about}\n"
    yield "| column | | |\n|---|---|---|"
    for name, kind, says in table.columns:
        yield f"| `{name}` | {kind.lower()} | {says.replace('|', chr(92) + '|')} |"
    if table.rules:
        yield ""
        yield from (f"- {rule}" for rule in table.rules)
    yield ""
