"""Holds the register against its audit log: a row that was changed, added or taken away shows
(failure mode 88), and so does a schema that is not the one this version makes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from handlers.register.audit_log import AuditLog, ProvenRows
from intake.chain_head import OutsideHead
from intake.database import RegisterDatabase
from intake.row_changes import TableColumns
from intake.schema_steps import SchemaSteps, statements_of_new_register
from intake.vault import Vault

# What a row of each table is called in a sentence; of others the table is named.
_NOUNS: Mapping[str, str] = MappingProxyType(
    {
        "agencies": "Agency",
        "cases": "Case",
        "contacts": "Contact",
        "decisions": "Decision",
        "deliveries": "Delivery",
        "entries": "Entry",
        "letters": "Letter",
        "origins": "Origin",
        "outages": "Outage",
        "pauses": "Pause",
        "returns": "Return",
        "strays": "Stray",
    }
)


def find_unrecorded_changes(record: AuditLog, vault: Vault) -> Iterator[str]:
    """What the record does not tell of the register's rows, a sentence each, by number and without
    names. It proves nothing where the record itself is broken."""
    proven = record.proven_rows()
    for table in record.rows.tables():
        yield from _changed_rows(record, vault, table, proven)
    for name, key in proven.replaced:
        yield (
            f"The row {key} of {name} was changed by other means, and after that written over by"
            " scr-intake."
        )
    yield from record.proofs.find_changes(proven.digests)
    ours = {table.name for table in record.rows.tables()}
    for name in sorted(set(proven.counts) - ours):
        yield f"The table {name}, of which the record tells, is not there."


def find_schema_changes(database: RegisterDatabase, steps: Sequence[SchemaSteps]) -> Iterator[str]:
    """What is another in the register's tables, indexes and triggers than this version makes."""
    made, there = statements_of_new_register(steps), database.schema_statements()
    for (kind, name), statement in sorted(made.items()):
        if (kind, name) not in there:
            yield f"The {kind} {name} of the register is not there."
        elif there[kind, name] != statement:
            yield f"The {kind} {name} of the register was changed."
    for kind, name in sorted(there.keys() - made.keys()):
        yield f"The {kind} {name} is none of the register's."


def find_head_faults(record: AuditLog, outside: OutsideHead) -> Iterator[str]:
    """What the head that is kept beside the register shows."""
    head = outside.read_head()
    last, _ = record.chain_head()
    if head is None:
        if last:
            yield (
                "The vault does not hold the head of the record: whether anything was cut off its"
                " end is not known."
            )
    elif not record.follows_head(head):
        yield (
            f"The record is not the one that was last written: its entry {head.seq} is missing, or"
            " is another. An older register lies in its place, or its end was cut off."
        )
    elif head.seq == last:
        for table, count in sorted(head.counts.items()):
            if record.rows.count_rows(table) != count:
                yield f"The table {table} had {count:,} rows when the record was last written."


def _changed_rows(
    record: AuditLog, vault: Vault, table: TableColumns, proven: ProvenRows
) -> Iterator[str]:
    recorded = dict(proven.digests.get(table.name, {}))
    count = 0
    for key, digest in record.rows.all_digests(table, vault):
        count += 1
        known = recorded.pop(key, None)
        if known is None:
            yield f"{_row_name(table, key)} is not in the record."
        elif known != digest:
            yield f"{_row_name(table, key)} was changed."
    for key, known in recorded.items():
        if known is not None:
            yield f"{_row_name(table, key)} is in the record and nowhere else."
    if count != proven.counts.get(table.name, 0):
        told = proven.counts.get(table.name, 0)
        yield f"The table {table.name} has {count:,} rows; the record has {told:,}."


def _row_name(table: TableColumns, key: str) -> str:
    said = ", ".join(str(part) for part in json.loads(key))
    noun = _NOUNS.get(table.name)
    return f"{noun} {said}" if noun else f"The row {said} of {table.name}"
