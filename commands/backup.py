"""`scr-intake backup`: a copy of all that is kept, tried where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shlex import join
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import NoReturn

import click

from commands.composition.app import Application, open_application
from commands.composition.found_faults import FoundFaults
from commands.composition.kept_files import says_unwritable, unwritable_files
from commands.global_options import EXIT_ATTENTION, GlobalOptions, exit_with_message, print_lines
from commands.restore import FOLDER, PASSPHRASE_FILE, ask_passphrase, find_restored_faults
from commands.restoring.backup_places import board_place_in_way
from commands.restoring.backup_room import room_told
from commands.restoring.backup_told import (
    earlier_told,
    keys_told,
    originals_to_put_back,
    spoiled_told,
)
from commands.rounds.nightly_look import note_look
from config.calendar import date_in_words
from config.refused_access import find_refusal
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.register.fault import Fault, FaultKind
from handlers.register.integrity import faulty_originals, missing_originals
from handlers.register.last_backup import (
    LastBackup,
    is_still_there,
    note_backup,
    recorded_backup,
    recorded_backup_in,
    restore_step,
)
from intake.backup import (
    SEALED_KEYS_FILE,
    SETTINGS_FILE,
    BackupStopped,
    RegisterRotted,
    named_step,
    write_backup,
)
from intake.backup import restore_backup as put_back
from intake.chain_head import ChainHead, OutsideHead
from intake.database import RegisterDatabase, RegisterUnusable
from intake.earlier_registers import REGISTER_FILE, VAULT_FOLDER, forget_earlier_registers
from intake.safe_files import write_durably
from intake.sealed_keys import seal_keys

_TRIAL = ".trial-"  # how the folder is called in which a backup is tried


@click.command
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option(
    "--keep",
    metavar="N",
    type=click.IntRange(1, 1000),
    help="How many registers to keep, this one included; they share the originals. Without it none"
    " is deleted.",
)
@click.option("--with-keys", is_flag=True, help="Put the keys in as well, under a passphrase.")
@click.option(
    "--new-place", is_flag=True, help="Begin anew in DIR, where the last backup is not any more."
)
@PASSPHRASE_FILE
@click.pass_obj
def backup(
    asked: GlobalOptions,
    folder: Path,
    keep: int | None,
    with_keys: bool,
    new_place: bool,
    passphrase_file: Path | None,
) -> None:
    """Back up the register and the vault into DIR, and prove that it can be restored.

    The service may be running. The settings are put in as well; case files, and kinds and letters
    of your own, are not. DIR is brought up to date when it holds a backup already, and what
    has rotted in it is copied again; what has rotted in the vault is not written over it, and it
    is said how to put it back. DIR is none of the board's own folders. Where a backup was made in
    DIR before and is not there, as on a disk that is not mounted, nothing is written. Without
    --with-keys the keys are not put in: keep a copy of them elsewhere.

    Example: scr-intake backup /mnt/backup/scr-intake --keep 14
    """
    with open_application(asked) as app:
        if lies := board_place_in_way(app.settings, folder):
            exit_with_message(
                f"{folder} {lies}, which this board works in. Nothing was written. Name another"
                " folder, on another disk."
            )
        passphrase = ask_passphrase(passphrase_file, confirm=True) if with_keys else None
        with _noted_how_it_ends(app):
            if not new_place:
                _refuse_vanished_place(app, folder, keep)
            rotted = _written(app, folder, asked.config, passphrase)
            wrong = _tried(app, folder)
            _note_look(app, wrong, rotted)
            gone = _originals_gone(app, folder, rotted)
            if wrong:
                click.echo("\n".join((*wrong.lines, *gone)), err=True)
                exit_with_message(_unreliable(app, folder, wrong), EXIT_ATTENTION)
            _record_backup(app, folder, keep)
            amiss = [*_unnoted(app), *_journal_mended(app)]
        told, keys_fit = keys_told(app, folder, put_in=with_keys)
    whole = "restored to try it, looked through, and whole"
    click.echo(f"Backed up into {folder}{': ' + whole if not amiss else ''}.")
    if amiss:
        print_lines(*amiss, err=True)
    gone += _kept(folder, keep)
    if keys_fit:
        click.echo(told)
    else:
        gone.append(told)
    if gone or amiss:
        click.echo("\n".join(gone), err=True, nl=bool(gone))
        raise click.exceptions.Exit(EXIT_ATTENTION)


@contextmanager
def _noted_how_it_ends(app: Application) -> Iterator[None]:
    """That it was begun stands in the copy too; that it came to nothing, for whoever asks how the
    service is."""
    with app.register.transaction():
        app.register.record.append(app.now(), AuditAct.BACKUP_BEGUN)
    try:
        yield
    except Exception:
        with app.register.transaction():
            app.register.record.append(app.now(), AuditAct.BACKUP_STOPPED)
        raise


def _refuse_vanished_place(app: Application, folder: Path, keep: int | None) -> None:
    """A mount point without its disk is a folder like any other: to begin anew in it would fill
    the machine's own disk, and nobody would hear of it."""
    last = recorded_backup_in(app.database, folder.resolve())
    try:
        with named_step("looking for the backup before it"):
            if last is None or is_still_there(last):
                return
    except BackupStopped as why:
        exit_with_message(f"The backup could not be made. {why.sentence}")
    day = date_in_words(last.at.astimezone(app.settings.board.zone_info).date())
    words = ["scr-intake", "backup", str(last.place), *(["--keep", str(keep)] if keep else [])]
    lies = "an older one lies there" if _holds_register(folder) else "none is there"
    exit_with_message(
        f"There was a backup of {day} in this folder, {last.place}, and now {lies}: is a disk not"
        " mounted? Nothing was written. To begin anew in this folder:"
        f" `{join([*words, '--new-place'])}`"
    )


def _unreliable(app: Application, folder: Path, wrong: FoundFaults) -> str:
    """What is wrong with the copy of the register is wrong with the register itself."""
    cannot = f"The backup in {folder} cannot be relied on."
    if not wrong.of_register:
        return cannot
    restore = restore_step(recorded_backup(app.database), app.database.file())
    return f"{cannot} The register in use is not as it was recorded, nor is this copy. {restore}"


def _written(app: Application, folder: Path, settings: Path, passphrase: str | None) -> list[str]:
    """Returns the marks of originals that no longer open here and were not copied."""
    stood = _holds_register(folder)
    try:
        rotted = write_backup(app.database, app.vault, folder)
    except BackupStopped as why:
        stands = stood and _holds_register(folder)
        exit_with_message(
            f"The backup could not be made. {why.sentence}"
            f"{' What was there before stands.' if stands else ''}{room_told(app, folder, why)}"
        )
    try:
        with named_step("writing what belongs to the register"):
            _write_head(app, folder)
            write_durably(folder / SETTINGS_FILE, settings.read_bytes())
            if passphrase is not None:
                sealed = seal_keys(app.settings.storage.keys, app.keys, passphrase)
                write_durably(folder / SEALED_KEYS_FILE, sealed)
    except BackupStopped as why:
        _exit_not_known(why, room_told(app, folder, why))
    return rotted


def _holds_register(folder: Path) -> bool:
    with suppress(OSError):
        return (folder / REGISTER_FILE).exists()
    return False


def _record_backup(app: Application, folder: Path, keep: int | None) -> None:
    try:
        with named_step("looking at it again"):
            made = LastBackup.of_folder(folder, app.now(), keep=keep)
    except BackupStopped as why:
        _exit_not_known(why)
    with app.register.transaction():
        app.register.record.append(app.now(), AuditAct.BACKED_UP, **made.facts())
    if not _unnoted(app):
        note_backup(app.register.journal, made, app.now())


def _unnoted(app: Application) -> list[str]:
    """What keeps it from being noted beside the vault that this backup was made, and what leaves
    after it: both are wanted on the day that the register is lost."""
    places = unwritable_files(app.settings.storage)
    return [f"{says_unwritable(each)} {find_refusal(each).explanation}" for each in places]


def _journal_mended(app: Application) -> Iterator[str]:
    """What the journal did not tell it tells again, and that is said."""
    try:
        upkeep = app.journal_upkeep
        gaps = upkeep.find_gaps()
        upkeep.write_missing(gaps)
    except OSError:  # whose it is, is said already
        return
    if gaps.is_told:
        yield f"{gaps.sentence} Its lines are written anew. See who may write {app.vault.folder}."


def _kept(folder: Path, keep: int | None) -> list[str]:
    """Tells how many earlier registers it keeps; returns what is to be seen to."""
    try:
        with named_step("looking through the earlier registers"):
            if keep is not None:
                forget_earlier_registers(folder, keep - 1)
            click.echo(earlier_told(folder), nl=False)
            return list(spoiled_told(folder))
    except BackupStopped as why:
        return [why.sentence]


def _note_look(app: Application, tried: FoundFaults, rotted: Sequence[str]) -> None:
    """The copy was taken at one moment and looked through, and each original in use was held
    against its own: so this was a look through what is in use as well."""
    if any(fault.kind is FaultKind.COPY for fault in tried.faults):
        return
    missing = missing_originals(app.database, app.vault)
    marks = dict.fromkeys((*tried.marks, *rotted, *missing))
    bad = faulty_originals(app.database, app.vault, marks)
    note_look(app, [*tried.register_faults, *map(Fault.of_original, bad)])


def _tried(app: Application, folder: Path) -> FoundFaults:
    try:
        with named_step("trying it"):
            return _find_faults_by_trial(app, folder)
    except RegisterRotted as why:
        return _spoiled(why.sentence)
    except RegisterUnusable:
        return _spoiled("Its register cannot be opened.")
    except BackupStopped as why:
        _exit_not_known(why, room_told(app, folder, why))


def _spoiled(sentence: str) -> FoundFaults:
    return FoundFaults((Fault(FaultKind.COPY, sentence),), (sentence,))


def _originals_gone(app: Application, folder: Path, rotted: list[str]) -> list[str]:
    try:
        with named_step("looking at the copies of originals"):
            return list(originals_to_put_back(app, folder, rotted))
    except BackupStopped as why:
        _exit_not_known(why)


def _exit_not_known(why: BackupStopped, room: str = "") -> NoReturn:
    exit_with_message(
        f"The backup was written, and whether it is whole is not known. {why.sentence}{room}"
    )


def _write_head(app: Application, folder: Path) -> None:
    """The head of the record as the backup has it. Raises OSError."""
    with closing(RegisterDatabase.open_read_only(folder / REGISTER_FILE)) as copy:
        head = AuditLog(copy, app.keys).chain_head()
    OutsideHead(folder / VAULT_FOLDER, app.keys).write_head(ChainHead(*head))


def _find_faults_by_trial(app: Application, folder: Path) -> FoundFaults:
    """What is wrong with a backup, found by restoring it: inside it, where we may write."""
    for left in folder.glob(f"{_TRIAL}*"):
        rmtree(left)
    with TemporaryDirectory(dir=folder, prefix=_TRIAL, ignore_cleanup_errors=True) as name:
        put_back(folder, Path(name) / "restored", linked=True)
        return find_restored_faults(app, Path(name) / "restored")
