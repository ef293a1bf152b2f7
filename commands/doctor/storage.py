"""Checks whether what is kept is safe: register, vault, disk, permissions and last backup.

Every original is opened, which takes as long as the disk takes. Where there is no register yet none
is made.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from commands.clock_doubt import register_clock_doubt
from commands.composition.found_faults import FoundFaults, journal_step, next_steps
from commands.composition.kept_files import says_unwritable, unwritable_files
from commands.composition.runtime import SCHEMAS
from commands.doctor.check import (
    DoctorContext,
    DoctorResult,
    soon_result,
    well_result,
    wrong_result,
)
from commands.doctor.one_order import Turn, in_one_order
from commands.doctor.recovery import recovery_results
from commands.exception_sentences import refusal_sentence
from config.calendar import moment_in_words
from config.english import count_noun, number_word
from config.kind_loading import load_kinds
from config.refused_access import find_refusal
from config.settings import Storage
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import last_recorded
from handlers.register.fault import Fault, FaultKind
from handlers.register.fault_words import MOST_ONE_BY_ONE
from handlers.register.integrity import count_orphans, find_faults
from handlers.register.last_backup import (
    backup_step,
    night_without_backup,
    noted_backup,
    recorded_backup,
)
from handlers.register.lost_keys import told_with_backup_of_keys
from handlers.register.opening import refuse_foreign_register, refuse_worked_elsewhere
from handlers.register.register import Register
from handlers.register.register_refusals import refuse_missing_register, told_with_next_step
from intake.database import RegisterDatabase
from intake.keys import Keys, read_keys
from intake.spool import MAX_JUDGING_TRIES
from intake.vault import Vault
from outbox.health.health_limits import (
    BACKUP_ADVISED_AFTER,
    DISK_NEARLY_FULL_SHARE,
    DISK_SCARCE_SHARE,
)
from outbox.sending.journal_gaps import JournalUpkeep


def check_storage(context: DoctorContext) -> Iterator[DoctorResult]:
    """The register and the vault, from end to end."""
    try:
        with _opened(context) as (database, vault, register, keys):
            found = list(_sound(context, database, vault, register, keys))
            found += ((Turn.ACCESS, each) for each in _unwritable(context))
            found += ((Turn.JOURNAL, each) for each in _journal(database, register))
            recovery = recovery_results(context, database, vault, register, keys)
            found += ((Turn.RECOVER, each) for each in recovery)
            found += ((Turn.OTHER, each) for each in _not_judged(register))
            doubt = register_clock_doubt(
                database, context.settings, context.now, played=context.played
            )
            age = _backup(context, database, vault, keys, doubted=doubt is not None)
            found += ((Turn.OTHER, each) for each in age)
            yield from in_one_order(found)
    except Exception as why:
        told = refusal_sentence(why)
        if told is None:
            raise
        yield wrong_result(told[0], "Mend that first; nothing works without it.")


def check_disk_room(context: DoctorContext) -> Iterator[DoctorResult]:
    """The disk they lie on."""
    kept = context.settings.storage
    folder = kept.register_file.parent
    found = shutil.disk_usage(folder)
    share = found.free / found.total
    said = f"The disk is {share:.0%} free."
    if share < DISK_NEARLY_FULL_SHARE:
        yield wrong_result(said, "Make room now: when it is full, nothing can be taken in.")
    elif share < DISK_SCARCE_SHARE:
        yield soon_result(said, "Make room within days.")
    else:
        yield well_result(said)


def check_privacy(context: DoctorContext) -> Iterator[DoctorResult]:
    """Who else could read what is kept."""
    kept = context.settings.storage
    open_ = [path for path in _kept(kept) if path.exists() and path.stat().st_mode & 0o077]
    for path in open_:
        mode = "700" if path.is_dir() else "600"
        yield wrong_result(f"Others can reach {path}.", f"chmod {mode} {path}")
    if not open_:
        yield well_result("Nobody else can read the register, the vault or the keys.")


def _kept(kept: Storage) -> list[Path]:
    log = [kept.register_file.with_name(f"{kept.register_file.name}{end}") for end in ("", "-wal")]
    return [*log, kept.vault, kept.keys]


@contextmanager
def _opened(
    context: DoctorContext,
) -> Iterator[tuple[RegisterDatabase, Vault, Register, Keys]]:
    kept = context.settings.storage
    with told_with_backup_of_keys(kept.register_file, kept.keys):
        keys = read_keys(kept.keys, context.credentials)
    lies = (kept.register_file, kept.vault, keys)
    refuse_missing_register(*lies)
    with told_with_next_step(*lies), closing(RegisterDatabase(kept.register_file)) as database:
        vault = Vault(kept.vault, keys)
        refuse_foreign_register(database, vault, keys, SCHEMAS)
        refuse_worked_elsewhere(database, vault, keys, context.now.tzinfo)
        register = Register(database, vault, keys, load_kinds(context.settings.board.kinds))
        yield database, vault, register, keys


def _sound(
    context: DoctorContext,
    database: RegisterDatabase,
    vault: Vault,
    register: Register,
    keys: Keys,
) -> Iterator[tuple[Turn, DoctorResult]]:
    found = list(find_faults(database, vault, register, SCHEMAS))
    last = noted_backup(vault.folder, keys) or recorded_backup(database)
    kinds = load_kinds(context.settings.board.kinds)
    zone = context.settings.board.zone_info
    for event in _events(found):
        worded = FoundFaults.worded(event, database, kinds, zone)
        fix = "\n".join(next_steps(worded, last, database.file(), vault, keys))
        for line in worded.lines:
            yield _turn(event), wrong_result(line, fix)
    if not found:
        rows, _ = register.record.chain_head()
        whole = f"The register is whole, and so is its record of {rows:,} entries."
        yield Turn.OTHER, well_result(whole)
        yield Turn.OTHER, well_result("Every original is there, and is what came.")
    left = count_orphans(database, vault)
    if left:
        said = f"In the vault, named by nothing: {count_noun(left, 'original')}. They do no harm."
        yield Turn.OTHER, well_result(said)


def _turn(event: Sequence[Fault]) -> Turn:
    turns = {FaultKind.HEAD: Turn.LATEST, FaultKind.ORIGINAL: Turn.ORIGINALS}
    turns[FaultKind.CLOSED] = Turn.ACCESS
    return min((turns.get(fault.kind, Turn.REGISTER) for fault in event), default=Turn.OTHER)


def _journal(database: RegisterDatabase, register: Register) -> Iterator[DoctorResult]:
    if "recoveries" not in {table.name for table in database.tables()}:
        return
    gaps = JournalUpkeep(database, register.journal).find_gaps()
    if gaps.is_told:
        yield wrong_result(gaps.sentence, journal_step(recorded_backup(database)))


def _unwritable(context: DoctorContext) -> Iterator[DoctorResult]:
    for place in unwritable_files(context.settings.storage):
        yield wrong_result(says_unwritable(place), find_refusal(place).explanation)


def _events(found: list[Fault]) -> Iterator[list[Fault]]:
    """What has one next step: a few originals have one each, with the line that brings it back."""
    originals = [fault for fault in found if fault.kind is FaultKind.ORIGINAL]
    of_head = [fault for fault in found if fault.kind is FaultKind.HEAD]
    yield of_head
    yield [fault for fault in found if fault not in {*originals, *of_head}]
    if len(originals) > MOST_ONE_BY_ONE:
        yield originals
    else:
        yield from ([fault] for fault in originals)


def _not_judged(register: Register) -> Iterator[DoctorResult]:
    for entry, delivery in register.entries.entries_not_judged():
        yield soon_result(
            f"Delivery {delivery} could not be judged after {number_word(MAX_JUDGING_TRIES)} tries."
            " It waits for a person.",
            f"To see whose it is and what can be done: `scr-intake show {entry}`",
        )


def _backup(
    context: DoctorContext, database: RegisterDatabase, vault: Vault, keys: Keys, *, doubted: bool
) -> Iterator[DoctorResult]:
    """By the journal too: a register that was put back knows of no later one than itself."""
    noted = noted_backup(vault.folder, keys)
    told = [last_recorded(database, AuditAct.BACKED_UP), noted.at if noted else None]
    last = max((at for at in told if at is not None), default=None)
    fix = f"Have one made each night. {backup_step(recorded_backup(database))}"
    if doubted:
        says = "The age of the last backup is not known while the clock is doubted."
        yield soon_result(says, "Set the clock right first.")
    elif (stopped := night_without_backup(database, context.now)) is not None:
        at = moment_in_words(stopped.astimezone(context.now.tzinfo))
        says = f"The last backup, begun at {at}, came to none."
        yield soon_result(says, backup_step(recorded_backup(database)))
    elif last is None:
        yield soon_result("There was never a backup.", fix)
    elif context.now - last > BACKUP_ADVISED_AFTER:
        at = moment_in_words(last.astimezone(context.now.tzinfo))
        yield soon_result(f"The last backup was made at {at}.", fix)
    else:
        said = number_word(BACKUP_ADVISED_AFTER.days)
        yield well_result(f"There is a backup of the last {said} days, and it was tried.")
