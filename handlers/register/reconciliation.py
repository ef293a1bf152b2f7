"""Holds the register against its audit log: a row that was changed, added or taken away shows
(failure mode 88), and so does a schema that is not the one this version makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.register.audit_log import AuditLog, ProvenRows
from handlers.register.fault import PIECE_ROWS, Fault, FaultKind, Look, found_faults
from intake.chain_head import OutsideHead
from intake.database import RegisterDatabase
from intake.row_changes import TableColumns
from intake.schema_steps import SchemaSteps, statements_of_new_register
from intake.vault import Vault


def find_unrecorded_changes(record: AuditLog, vault: Vault) -> Iterator[Fault]:
    """What the record does not tell of the register's rows. It proves nothing where the record
    itself is broken."""
    return found_faults(look_for_changes(record, vault))


def look_for_changes(record: AuditLog, vault: Vault) -> Look:
    """The same in pieces."""
    proven = ProvenRows()
    for _ in record.follow_rows(proven):
        yield None
    for table in record.rows.tables():
        yield from _changed_rows(record, vault, table, proven)
    for name, key in proven.replaced:
        yield Fault.of_row(FaultKind.WRITTEN_OVER, name, key)
    yield from record.proofs.find_changes(proven.digests)
    ours = {table.name for table in record.rows.tables()}
    for name in sorted(set(proven.counts) - ours):
        sentence = f"The table {name}, of which the record tells, is not there."
        yield Fault(FaultKind.OTHER, sentence, name)


def find_schema_changes(
    database: RegisterDatabase, steps: Sequence[SchemaSteps]
) -> Iterator[Fault]:
    """What is another in the register's tables, indexes and triggers than this version makes."""
    made, there = statements_of_new_register(tuple(steps)), database.schema_statements()
    for (kind, name), statement in sorted(made.items()):
        if (kind, name) not in there:
            yield _other(f"The {kind} {name} of the register is not there.")
        elif there[kind, name] != statement:
            yield _other(f"The {kind} {name} of the register was changed.")
    for kind, name in sorted(there.keys() - made.keys()):
        yield _other(f"The {kind} {name} is none of the register's.")


def _other(sentence: str) -> Fault:
    return Fault(FaultKind.OTHER, sentence)


def find_head_faults(record: AuditLog, outside: OutsideHead) -> Iterator[Fault]:
    """What the head that is kept beside the register shows."""
    head = outside.read_head()
    last, _ = record.chain_head()
    if head is None:
        if last:
            yield Fault(FaultKind.HEAD, _NO_HEAD)
    elif not record.follows_head(head):
        yield Fault(
            FaultKind.HEAD,
            f"The record is not the one that was last written: its entry {head.seq} is missing, or"
            " is another. An older register lies in its place, or its end was cut off.",
        )
    elif head.seq == last:
        for table, count in sorted(head.counts.items()):
            if record.rows.count_rows(table) != count:
                sentence = f"The table {table} had {count:,} rows when the record was last written."
                yield Fault(FaultKind.COUNTED, sentence, table)


_NO_HEAD = (
    "The vault does not hold the head of the record: whether anything was cut off its end is not"
    " known."
)


def _changed_rows(record: AuditLog, vault: Vault, table: TableColumns, proven: ProvenRows) -> Look:
    recorded = dict(proven.digests.get(table.name, {}))
    count = 0
    for key, digest in record.rows.all_digests(table, vault):
        count += 1
        if count % PIECE_ROWS == 0:
            yield None
        known = recorded.pop(key, None)
        if known is None:
            yield Fault.of_row(FaultKind.INVENTED, table.name, key)
        elif known != digest:
            yield Fault.of_row(FaultKind.CHANGED, table.name, key)
    for key, known in recorded.items():
        if known is not None:
            yield Fault.of_row(FaultKind.GONE, table.name, key)
    told = proven.counts.get(table.name, 0)
    if count != told:
        sentence = f"The table {table.name} has {count:,} rows; the record has {told:,}."
        yield Fault(FaultKind.COUNTED, sentence, table.name)
