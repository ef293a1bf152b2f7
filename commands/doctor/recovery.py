"""Checks whether a register that was restored has what came and left since its backup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from commands.doctor.check import DoctorContext, DoctorResult, soon_result, wrong_result
from commands.restoring.recovery_steps import lost_lines
from config.english import count_noun
from handlers.register.audit_log import last_recorded
from handlers.register.register import Register
from intake.database import RegisterDatabase
from intake.drop.scan import DONE_FOLDER
from intake.journal import DELIVERY_TAKEN
from intake.keys import Keys
from intake.vault import Vault
from outbox.sending.after_restore import current_recovery, recovery_standing

_RECOVER = "Stop the service, and take it in again: `scr-intake recover`"


def recovery_results(
    context: DoctorContext, database: RegisterDatabase, vault: Vault, register: Register, keys: Keys
) -> Iterator[DoctorResult]:
    """Nothing where nothing is amiss. Sources are told by the days of their `done/` folders."""
    if "recoveries" not in {table.name for table in database.tables()}:
        return
    standing = recovery_standing(database, context.now.tzinfo)
    current = current_recovery(database)
    if standing is not None and current is not None:
        result = wrong_result if current.recovered is None else soon_result
        yield result(standing.says, f"`{standing.command}`")
    if current is None or current.recovered is not None:
        yield from _older(context, database, vault, register, keys)


def _older(
    context: DoctorContext, database: RegisterDatabase, vault: Vault, register: Register, keys: Keys
) -> Iterator[DoctorResult]:
    lost = [line.what for line in lost_lines(database, vault, register, keys)]
    if lost:
        came = lost.count(DELIVERY_TAKEN)
        yield wrong_result(
            "The journal in the vault tells of what this register does not have:"
            f" {count_noun(came, 'delivery')} and"
            f" {count_noun(len(lost) - came, 'letter')} that left.",
            _RECOVER,
        )
    last = last_recorded(database)
    day = last.astimezone(context.now.tzinfo).date() if last else None
    for drop in context.settings.drop_folders:
        newest = _newest_day(drop.path)
        if day is not None and newest is not None and newest > day:
            yield wrong_result(
                "The drop folder keeps what was taken in on a later day than anything in this"
                " register.",
                _RECOVER,
            )


def _newest_day(folder: Path) -> date | None:
    found = list[date]()
    for pattern in ("*", "*/*", "*/*/*"):
        for path in folder.glob(f"{pattern}/{DONE_FOLDER}/????-??-??"):
            try:
                found.append(datetime.strptime(path.name, "%Y-%m-%d").date())  # noqa: DTZ007
            except ValueError:
                continue
    return max(found, default=None)
