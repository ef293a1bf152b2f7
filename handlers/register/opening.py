"""Brings the schema of a register up to date, once it is seen to be the one last written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo

from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.register.last_backup import recorded_backup, restore_step
from handlers.register.leading_rows import LeadingRows, LeadingRowsReader
from handlers.register.register_refusals import (
    RegisterWorkedElsewhere,
    has_begun,
    refuse_empty_register,
    refuse_register_of_elsewhere,
    refuse_register_of_other_board,
)
from intake.chain_head import HeadMarks, HeadMissing, OutsideHead, RegisterOutdated
from intake.database import RegisterDatabase
from intake.journal import OutsideJournal
from intake.keys import Keys
from intake.schema_steps import SchemaSteps, pending_steps
from intake.vault import Vault, VaultMissing


@dataclass(frozen=True, slots=True)
class OpenedRegister:
    """How a register stands to the head in the vault: whether it `fits`, how many commits that were
    made here the head did not tell of, and what is known of one that was worked on elsewhere."""

    fits: bool
    caught_up: int = 0
    elsewhere: str = ""


def bring_up_to_date(
    database: RegisterDatabase,
    vault: Vault,
    keys: Keys,
    steps: Sequence[SchemaSteps],
    now: datetime,
    *,
    new: bool = False,
    older: bool = False,
    latest: bool = False,
) -> OpenedRegister:
    """Apply the steps that are missing, and state in the audit log which they were; only a `new`
    register may hold nothing. It may be `older` than the head in the vault says, or a person says
    that it is the `latest` whatever that says. Raises RegisterMissing, RegisterOfAnotherBoard,
    RegisterOfAnotherVersion, KeysMismatched, HeadMissing, RegisterOutdated, RegisterWorkedElsewhere
    or OSError. `now` is in the board's time zone."""
    outside = OutsideHead(vault.folder, keys)
    if not new:
        refuse_foreign_register(database, vault, keys, steps)
    begun = has_begun(database)
    if not begun:
        outside.begin()
    record = AuditLog(database, keys, outside)
    try:
        ahead = _find_ahead(database, vault, keys, record, begun=begun, zone=now.tzinfo)
        opened = OpenedRegister(fits=True, caught_up=ahead.commits if ahead else 0)
    except (HeadMissing, RegisterOutdated):
        if not (older or latest):
            raise
        opened = OpenedRegister(fits=False)
    except RegisterWorkedElsewhere as why:
        if not latest:
            raise
        opened = OpenedRegister(fits=False, elsewhere=str(why))
    if not opened.fits:
        outside.hold()
    unproven = record.proofs.unproven_rows() if begun and pending_steps(database.db, steps) else ()

    def tell_applied(applied: list[str]) -> None:
        told = {"steps": ", ".join(applied)}
        record.append_existing_rows(now, AuditAct.SCHEMA_CHANGED, unproven, **told)
        record.announce_head()

    database.apply_schema_steps(steps, tell_applied)
    if opened.caught_up:
        with database.transaction():
            record.append(now, AuditAct.HEAD_CAUGHT_UP, changes=opened.caught_up)
            record.announce_head()
    record.confirm_head()
    return opened


def refuse_unworkable_register(
    database: RegisterDatabase,
    vault: Vault,
    keys: Keys,
    steps: Sequence[SchemaSteps],
    zone: tzinfo,
) -> None:
    """Whether the service could open it; nothing is written. Days are told in `zone`. Raises
    RegisterMissing, RegisterOfAnotherBoard, RegisterOfAnotherVersion, VaultMissing, KeysMissing,
    KeysMismatched, HeadMissing, RegisterOutdated, RegisterWorkedElsewhere or OSError."""
    refuse_foreign_register(database, vault, keys, steps)
    if has_begun(database):
        _find_ahead(database, vault, keys, AuditLog(database, keys), begun=True, zone=zone)


def refuse_worked_elsewhere(
    database: RegisterDatabase, vault: Vault, keys: Keys, zone: tzinfo | None
) -> None:
    """One that is older is told elsewhere. Raises RegisterWorkedElsewhere or OSError."""
    with suppress(HeadMissing, RegisterOutdated):
        begun = has_begun(database)
        _find_ahead(database, vault, keys, AuditLog(database, keys), begun=begun, zone=zone)


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


def _find_ahead(
    database: RegisterDatabase,
    vault: Vault,
    keys: Keys,
    record: AuditLog,
    *,
    begun: bool,
    zone: tzinfo | None,
) -> LeadingRows | None:
    """What it has after the head in the vault, all of which was made here. Raises HeadMissing,
    RegisterOutdated or RegisterWorkedElsewhere."""
    outside = OutsideHead(vault.folder, keys)
    marks = outside.read_marks()
    if marks == HeadMarks():
        raise HeadMissing(str(outside.folder))
    if not begun:
        if marks.certain is not None and marks.certain.seq:
            raise RegisterOutdated(str(outside.folder))
        return None
    if marks.last_standing(record.follows_head) is None:
        raise RegisterOutdated(str(outside.folder))
    journal = OutsideJournal(vault.folder, keys)
    found = LeadingRowsReader(database, vault, record, outside, journal).find()
    if found is not None:
        refuse_register_of_elsewhere(found, database, vault.folder, keys, zone)
    return found
