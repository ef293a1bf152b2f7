"""Looks the register and the vault through from end to end, and says what is wrong by number.

Every original is opened, which takes as long as the disk takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.register.reconciliation import (
    find_head_faults,
    find_schema_changes,
    find_unrecorded_changes,
)
from handlers.register.register import Register
from intake.database import RegisterDatabase
from intake.destroyed_originals import DestroyedOriginals
from intake.schema_steps import SchemaSteps
from intake.vault import OriginalMissing, SealBroken, Vault

_NAMED = (
    "SELECT content, min(id) AS id, 'Delivery' AS what, min(size) AS size FROM deliveries"
    " GROUP BY content"
    " UNION ALL SELECT content, min(id), 'Entry', NULL FROM entries"
    " WHERE content NOT IN (SELECT content FROM deliveries) GROUP BY content"
)


def find_faults(
    database: RegisterDatabase, vault: Vault, register: Register, steps: Sequence[SchemaSteps]
) -> Iterator[str]:
    """What is wrong, a sentence each; nothing when all is well. `steps` make a register as it
    should be."""
    yield from database.integrity_faults()
    yield from find_original_faults(database, vault, opened=True)
    yield from find_record_faults(database, vault, register, steps)


def find_original_faults(
    database: RegisterDatabase, vault: Vault, *, opened: bool
) -> Iterator[str]:
    """What is wrong with the originals that rows name. One that is not `opened` is there, is that
    of its mark, and is as long as its delivery was: to open all takes as long as the disk takes."""
    destroyed = DestroyedOriginals(database, vault)
    for row in database.fetch_rows(_NAMED):
        if destroyed.is_destroyed(row["content"]):
            continue
        whose = f"{row['what']} {row['id']}"
        if opened:
            yield from _original(vault, row["content"], whose)
        else:
            yield from _seal_of_original(vault, row["content"], row["size"], whose)


def find_record_faults(
    database: RegisterDatabase, vault: Vault, register: Register, steps: Sequence[SchemaSteps]
) -> Iterator[str]:
    """What is wrong with the record, or is not as the record has it. Of a chain that is broken no
    more is said than where, since what follows proves nothing."""
    broken = register.record.first_broken_row()
    if broken is not None:
        yield (
            f"Entry {broken} of the record is missing or was changed: the chain breaks there."
            " All before it stands."
        )
        return
    yield from find_head_faults(register.record, register.outside_head)
    yield from find_schema_changes(database, steps)
    yield from find_unrecorded_changes(register.record, vault)


def missing_originals(database: RegisterDatabase, vault: Vault) -> Iterator[str]:
    """The marks of originals that rows name, that were not destroyed, and that are not there."""
    destroyed = DestroyedOriginals(database, vault)
    for row in database.fetch_rows(_NAMED):
        mark = row["content"]
        if not (vault.holds_original(mark) or destroyed.is_destroyed(mark)):
            yield mark


def is_whole_original(vault: Vault, mark: str) -> bool:
    """Whether it is there, opens, and is what came."""
    return not any(_original(vault, mark, ""))


def originals_named_by_nothing(database: RegisterDatabase, vault: Vault) -> set[str]:
    """The marks of originals that no row names: a crash, or a decision not taken, can leave one."""
    named = {row["content"] for row in database.fetch_rows(_NAMED)}
    return set(vault.list_marks()) - named


def count_orphans(database: RegisterDatabase, vault: Vault) -> int:
    """How many originals no row names."""
    return len(originals_named_by_nothing(database, vault))


def _seal_of_original(vault: Vault, mark: str, size: int | None, whose: str) -> Iterator[str]:
    try:
        is_its_own = vault.holds_seal_of(mark, size)
    except OriginalMissing:
        yield f"{whose}: its original is not in the vault."
    except OSError:
        yield f"{whose}: its original cannot be opened."
    else:
        if not is_its_own:
            yield f"{whose}: another file lies where its original was, or a part of it."


def _original(vault: Vault, mark: str, whose: str) -> Iterator[str]:
    try:
        whole = vault.keyed_hash(vault.read_original(mark)) == mark
    except OriginalMissing:
        yield f"{whose}: its original is not in the vault."
    except (SealBroken, OSError):
        yield f"{whose}: its original cannot be opened."
    else:
        if not whole:
            yield f"{whose}: its original is not what came."
