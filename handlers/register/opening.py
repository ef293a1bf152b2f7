"""Brings the schema of a register up to date, once it is seen to be the one last written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.register.last_backup import noted_backup, restore_step
from intake.chain_head import HeadMissing, OutsideHead, RegisterOutdated
from intake.database import RegisterDatabase, RegisterMissing
from intake.keys import Keys
from intake.schema_steps import SchemaSteps, pending_steps
from intake.vault import Vault, VaultMissing


def bring_up_to_date(
    database: RegisterDatabase,
    vault: Vault,
    keys: Keys,
    steps: Sequence[SchemaSteps],
    now: datetime,
    *,
    latest: bool = False,
) -> None:
    """Apply the steps that are missing, and state in the audit log which they were. A person may
    say that the register is the `latest`, whatever the head beside it says. Raises HeadMissing,
    RegisterOutdated or OSError."""
    outside = OutsideHead(vault.folder, keys)
    begun = has_begun(database)
    if not begun:
        outside.begin()
    record = AuditLog(database, keys, outside)
    if not latest:
        _refuse_older_register(outside, record, begun=begun)
    unproven = record.proofs.unproven_rows() if begun and pending_steps(database.db, steps) else ()
    database.apply_schema_steps(
        steps,
        lambda applied: record.append_existing_rows(
            now, AuditAct.SCHEMA_CHANGED, unproven, steps=", ".join(applied)
        ),
    )


def refuse_unworkable_register(
    database: RegisterDatabase, vault: Vault, keys: Keys, steps: Sequence[SchemaSteps]
) -> None:
    """Whether the service could open it; nothing is written. Raises RegisterOfAnotherVersion,
    VaultMissing, KeysMissing, KeysMismatched, HeadMissing, RegisterOutdated or OSError."""
    database.refuse_other_version(steps)
    begun = has_begun(database)
    if vault.was_ever_used():
        vault.check_keys()
    elif begun:
        raise VaultMissing(str(vault.folder))
    if begun:
        outside = OutsideHead(vault.folder, keys)
        _refuse_older_register(outside, AuditLog(database, keys), begun=True)


def _refuse_older_register(outside: OutsideHead, record: AuditLog, *, begun: bool) -> None:
    head = outside.read_head()
    if head is None:
        raise HeadMissing(str(outside.folder))
    if head.seq and not (begun and record.follows_head(head)):
        raise RegisterOutdated(str(outside.folder))


def refuse_missing_register(register: Path, vault: Path, keys: Keys) -> None:
    """Only `init` and `restore` make a register: where none is, one was lost (failure mode 101).
    Raises RegisterMissing, which says what is there."""
    if register.is_file() and register.stat().st_size:
        return
    head = OutsideHead(vault, keys).read_head()
    if head is None:
        there = "The keys are there; whether anything was ever recorded is not known"
    elif head.seq:
        there = f"The keys and the vault are there, and the record had {head.seq:,} entries"
    else:
        there = "The keys and the vault are there; nothing was ever recorded"
    what = "is empty" if register.exists() else "is not there"
    step = restore_step(noted_backup(vault, keys), register)
    raise RegisterMissing(f"{register} {what}. {there}", f"Put it back. {step}")


def has_begun(database: RegisterDatabase) -> bool:
    """Whether anything was ever recorded in it."""
    made = "SELECT 1 FROM sqlite_master WHERE name = 'record'"
    return database.fetch_row(made) is not None and bool(
        database.fetch_row("SELECT 1 FROM record LIMIT 1")
    )
