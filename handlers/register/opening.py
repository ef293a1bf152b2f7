"""Brings the schema of a register up to date, once it is seen to be the one last written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.register.last_backup import recorded_backup, restore_step
from handlers.register.register_refusals import (
    has_begun,
    refuse_empty_register,
    refuse_register_of_other_board,
)
from intake.chain_head import HeadMissing, OutsideHead, RegisterOutdated
from intake.database import RegisterDatabase
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
    new: bool = False,
    latest: bool = False,
) -> None:
    """Apply the steps that are missing, and state in the audit log which they were; only a `new`
    register may hold nothing. A person may say that the register is the `latest`, whatever the
    head beside it says. Raises RegisterMissing, RegisterOfAnotherBoard, RegisterOfAnotherVersion,
    KeysMismatched, HeadMissing, RegisterOutdated or OSError."""
    outside = OutsideHead(vault.folder, keys)
    if not new:
        refuse_foreign_register(database, vault, keys, steps)
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
    """Whether the service could open it; nothing is written. Raises RegisterMissing,
    RegisterOfAnotherBoard, RegisterOfAnotherVersion, VaultMissing, KeysMissing, KeysMismatched,
    HeadMissing, RegisterOutdated or OSError."""
    refuse_foreign_register(database, vault, keys, steps)
    if has_begun(database):
        outside = OutsideHead(vault.folder, keys)
        _refuse_older_register(outside, AuditLog(database, keys), begun=True)


def refuse_foreign_register(
    database: RegisterDatabase, vault: Vault, keys: Keys, steps: Sequence[SchemaSteps]
) -> None:
    """One that is not this board's, or not this version's; nothing is written. Raises
    RegisterMissing, VaultMissing, KeysMissing, KeysMismatched, RegisterOfAnotherBoard or
    RegisterOfAnotherVersion."""
    refuse_empty_register(database, vault.folder, keys)
    if vault.was_ever_used():
        vault.check_keys()
        refuse_register_of_other_board(database, vault.folder, keys)
    database.refuse_other_version(steps)
    if not vault.was_ever_used() and has_begun(database):
        step = restore_step(recorded_backup(database), database.file())
        raise VaultMissing(str(vault.folder), step)


def _refuse_older_register(outside: OutsideHead, record: AuditLog, *, begun: bool) -> None:
    head = outside.read_head()
    if head is None:
        raise HeadMissing(str(outside.folder))
    if head.seq and not (begun and record.follows_head(head)):
        raise RegisterOutdated(str(outside.folder))
