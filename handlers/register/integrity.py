"""Looks the register and the vault through from end to end, and says what is wrong by number.

Every original is opened, which takes as long as the disk takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handlers.register.audit_coverage import written_key
from handlers.register.fault import Fault, FaultKind, Look, found_faults, row_phrase
from handlers.register.reconciliation import (
    find_head_faults,
    find_schema_changes,
    look_for_changes,
)
from handlers.register.register import Register
from intake.database import RegisterDatabase
from intake.destroyed_originals import DestroyedOriginals
from intake.schema_steps import SchemaSteps
from intake.vault import OriginalMissing, SealBroken, Vault

_NAMED = (
    "SELECT content, min(id) AS id, 'deliveries' AS of_table, min(size) AS size FROM deliveries"
    " GROUP BY content"
    " UNION ALL SELECT content, min(id), 'entries', NULL FROM entries"
    " WHERE content NOT IN (SELECT content FROM deliveries) GROUP BY content"
)


def find_faults(
    database: RegisterDatabase, vault: Vault, register: Register, steps: Sequence[SchemaSteps]
) -> Iterator[Fault]:
    """What is wrong; nothing when all is well. `steps` make a register as it should be."""
    return found_faults(look_through(database, vault, register, steps))


def look_through(
    database: RegisterDatabase, vault: Vault, register: Register, steps: Sequence[SchemaSteps]
) -> Look:
    """The same in pieces. The head beside the register goes on meanwhile, and is read first."""
    of_head = list(find_head_faults(register.record, register.outside_head))
    for sentence in database.integrity_faults():
        yield Fault(FaultKind.OTHER, sentence)
    yield from _look_at_record(database, vault, register, steps, of_head)
    yield from look_at_originals(database, vault, opened=True)


def look_at_originals(database: RegisterDatabase, vault: Vault, *, opened: bool) -> Look:
    """What is wrong with the originals that rows name, in pieces. One that is not `opened` is
    there, is that of its mark, and is as long as its delivery was: to open all takes as long as the
    disk takes."""
    destroyed = DestroyedOriginals(database, vault)
    for row in database.fetch_rows(_NAMED):
        yield None
        mark = row["content"]
        if destroyed.is_destroyed(mark):
            continue
        says = _original(vault, mark) if opened else _seal_of_original(vault, mark, row["size"])
        if says:
            table, key = row["of_table"], written_key((row["id"],))
            sentence = f"{row_phrase(table, key)}: {says}."
            kind = FaultKind.CLOSED if says == _CLOSED else FaultKind.ORIGINAL
            yield Fault(kind, sentence, table, key, mark)


def find_record_faults(
    database: RegisterDatabase, vault: Vault, register: Register, steps: Sequence[SchemaSteps]
) -> Iterator[Fault]:
    """What is wrong with the record, or is not as the record has it."""
    return found_faults(look_at_record(database, vault, register, steps))


def look_at_record(
    database: RegisterDatabase, vault: Vault, register: Register, steps: Sequence[SchemaSteps]
) -> Look:
    """The same in pieces."""
    of_head = list(find_head_faults(register.record, register.outside_head))
    yield from _look_at_record(database, vault, register, steps, of_head)


def _look_at_record(
    database: RegisterDatabase,
    vault: Vault,
    register: Register,
    steps: Sequence[SchemaSteps],
    of_head: Sequence[Fault],
) -> Look:
    """Of a chain that is broken no more is said than where, since what follows proves nothing."""
    for broken in register.record.look_for_broken_row():
        yield None
        if broken is not None:
            yield Fault(
                FaultKind.OTHER,
                f"Entry {broken} of the record is missing or was changed: the chain breaks there."
                " All before it stands.",
            )
            return
    yield from of_head
    yield from find_schema_changes(database, steps)
    yield from look_for_changes(register.record, vault)


def missing_originals(database: RegisterDatabase, vault: Vault) -> Iterator[str]:
    """The marks of originals that rows name, that were not destroyed, and that are not there."""
    destroyed = DestroyedOriginals(database, vault)
    for row in database.fetch_rows(_NAMED):
        mark = row["content"]
        if not (vault.holds_original(mark) or destroyed.is_destroyed(mark)):
            yield mark


def count_originals(database: RegisterDatabase, vault: Vault) -> int:
    """How many originals rows name that were not destroyed."""
    destroyed = DestroyedOriginals(database, vault)
    named = (row["content"] for row in database.fetch_rows(_NAMED))
    return sum(not destroyed.is_destroyed(mark) for mark in named)


def faulty_originals(
    database: RegisterDatabase, vault: Vault, marks: Iterable[str]
) -> Iterator[str]:
    """Which of these are not there, or not what came, and were not destroyed."""
    destroyed = DestroyedOriginals(database, vault)
    for mark in marks:
        if not (is_whole_original(vault, mark) or destroyed.is_destroyed(mark)):
            yield mark


def is_whole_original(vault: Vault, mark: str) -> bool:
    """Whether it is there, opens, and is what came."""
    return not _original(vault, mark)


def originals_named_by_nothing(database: RegisterDatabase, vault: Vault) -> set[str]:
    """The marks of originals that no row names: a crash, or a decision not taken, can leave one."""
    named = {row["content"] for row in database.fetch_rows(_NAMED)}
    return set(vault.list_marks()) - named


def count_orphans(database: RegisterDatabase, vault: Vault) -> int:
    """How many originals no row names."""
    return len(originals_named_by_nothing(database, vault))


def _seal_of_original(vault: Vault, mark: str, size: int | None) -> str:
    """What is wrong with it, as far as its beginning and its length tell; "" for nothing."""
    try:
        is_its_own = vault.holds_seal_of(mark, size)
    except OriginalMissing:
        return _MISSING
    except PermissionError:
        return _CLOSED
    except OSError:
        return _UNREADABLE
    return "" if is_its_own else "another file lies where its original was, or a part of it"


def _original(vault: Vault, mark: str) -> str:
    try:
        whole = vault.keyed_hash(vault.read_original(mark)) == mark
    except OriginalMissing:
        return _MISSING
    except PermissionError:
        return _CLOSED
    except (SealBroken, OSError):
        return _UNREADABLE
    return "" if whole else "its original is not what came"


_MISSING = "its original is not in the vault"
_CLOSED = "its original may not be read: permission is refused"
_UNREADABLE = "its original cannot be opened"
