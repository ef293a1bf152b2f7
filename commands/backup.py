"""`scr-intake backup`, `keys rotate`: a copy of all that is kept, tried; and a new key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from shlex import join
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import NoReturn

import click

from commands.app import Application, open_application
from commands.backup_places import board_place_in_way
from commands.global_options import EXIT_ATTENTION, GlobalOptions, exit_with_message
from commands.restore import FOLDER, PASSPHRASE_FILE, ask_passphrase, find_restored_faults
from config.english import count_noun, join_with_and
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.register.integrity import is_whole_original, missing_originals
from handlers.register.last_backup import LastBackup, note_backup
from intake.backup import SEALED_KEYS_FILE, BackupStopped, RegisterRotted, named_step, write_backup
from intake.backup import restore_backup as put_back
from intake.chain_head import ChainHead, OutsideHead
from intake.database import RegisterDatabase
from intake.earlier_registers import (
    EARLIER_FOLDER,
    REGISTER_FILE,
    VAULT_FOLDER,
    earlier_registers,
    forget_earlier_registers,
    rotted_registers,
)
from intake.safe_files import write_durably
from intake.sealed_keys import are_sealed, seal_keys
from intake.vault import Vault

_TRIAL = ".trial-"  # how the folder is called in which a backup is tried
_MAX_TOLD = 20  # originals to put back


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
@PASSPHRASE_FILE
@click.pass_obj
def backup(
    asked: GlobalOptions,
    folder: Path,
    keep: int | None,
    with_keys: bool,
    passphrase_file: Path | None,
) -> None:
    """Back up the register and the vault into DIR, and prove that it can be restored.

    The service may be running. DIR is brought up to date when it holds a backup already, and what
    has rotted in it is copied again; what has rotted in the vault is not written over it, and it
    is said how to put it back. DIR is none of the board's own folders. Without --with-keys the
    keys are not put in: keep a copy of them elsewhere.

    Example: scr-intake backup /mnt/backup/scr-intake --keep 14
    """
    with open_application(asked) as app:
        if lies := board_place_in_way(app.settings, folder):
            exit_with_message(
                f"{folder} {lies}, which this board works in. Nothing was written. Name another"
                " folder, on another disk."
            )
        passphrase = ask_passphrase(passphrase_file, confirm=True) if with_keys else None
        with app.register.transaction():
            app.register.record.append(app.now(), AuditAct.BACKUP_BEGUN)
        rotted = _written(app, folder, passphrase)
        wrong = _tried(app, folder)
        if not wrong:
            if keep is not None:
                forget_earlier_registers(folder, keep - 1)
            _record_backup(app, LastBackup.of_folder(folder, keep=keep))
        gone = [*_originals_to_put_back(app, folder, rotted)]
        keys_told = _keys_told(app, folder, put_in=with_keys)
    if wrong:
        click.echo("\n".join((*wrong, *gone)), err=True)
        exit_with_message(f"The backup in {folder} cannot be relied on.", EXIT_ATTENTION)
    click.echo(f"Backed up into {folder}: restored to try it, looked through, and whole.")
    spoiled = rotted_registers(folder)
    if earlier := len(earlier_registers(folder)) - len(spoiled):
        click.echo(f"It keeps {count_noun(earlier, 'earlier register')}.")
    click.echo(keys_told)
    if gone := [*gone, *_spoiled(folder, spoiled)]:
        click.echo("\n".join(gone), err=True)
        raise click.exceptions.Exit(EXIT_ATTENTION)


_STANDS = "What was there before stands."


def _written(app: Application, folder: Path, passphrase: str | None) -> list[str]:
    """Returns the marks of originals that no longer open here and were not copied."""
    try:
        rotted = write_backup(app.database, app.vault, folder)
    except BackupStopped as why:
        exit_with_message(f"The backup could not be made. {why.sentence} {_STANDS}")
    try:
        with named_step("writing what belongs to the register"):
            _write_head(app, folder)
            if passphrase is not None:
                sealed = seal_keys(app.settings.storage.keys, app.keys, passphrase)
                write_durably(folder / SEALED_KEYS_FILE, sealed)
    except BackupStopped as why:
        _exit_not_known(why)
    return rotted


def _record_backup(app: Application, made: LastBackup) -> None:
    with app.register.transaction():
        app.register.record.append(app.now(), AuditAct.BACKED_UP, **made.facts())
    note_backup(app.register.journal, made, app.now())


def _tried(app: Application, folder: Path) -> list[str]:
    try:
        with named_step("trying it"):
            return _find_faults_by_trial(app, folder)
    except RegisterRotted as why:
        return [why.sentence]
    except BackupStopped as why:
        _exit_not_known(why)


def _exit_not_known(why: BackupStopped) -> NoReturn:
    exit_with_message(
        f"The backup was written, and whether it is whole is not known. {why.sentence}"
    )


def _write_head(app: Application, folder: Path) -> None:
    """The head of the record as the backup has it. Raises OSError."""
    with closing(RegisterDatabase.open_read_only(folder / REGISTER_FILE)) as copy:
        head = AuditLog(copy, app.keys).chain_head()
    OutsideHead(folder / VAULT_FOLDER, app.keys).write_head(ChainHead(*head))


def _find_faults_by_trial(app: Application, folder: Path) -> list[str]:
    """What is wrong with a backup, found by restoring it: inside it, where we may write."""
    for left in folder.glob(f"{_TRIAL}*"):
        rmtree(left)
    with TemporaryDirectory(dir=folder, prefix=_TRIAL) as name:
        put_back(folder, Path(name) / "restored", linked=True)
        return find_restored_faults(app, Path(name) / "restored")


def _originals_to_put_back(app: Application, folder: Path, rotted: Sequence[str]) -> Iterator[str]:
    """What the vault in use does not have any more, and the lines to type that bring it back."""
    missing = list(missing_originals(app.database, app.vault))
    if not (rotted or missing):
        return
    told = [f"{count_noun(len(rotted), 'original')} cannot be opened any more"] if rotted else []
    if missing:
        told.append(f"{count_noun(len(missing), 'original')} {_is(missing)} missing")
    yield f"In the vault {join_with_and(told)}."
    copies = Vault(folder / VAULT_FOLDER, app.keys)
    good = [mark for mark in (*rotted, *missing) if is_whole_original(copies, mark)]
    if bad := len(rotted) + len(missing) - len(good):
        yield f"The backup has no good copy of {bad}."
    if not good:
        return
    yield f"The backup has a good copy of {len(good)}. To put back what it has, type:"
    for mark in good[:_MAX_TOLD]:
        here, there = (at / mark[:2] / mark[2:] for at in (copies.folder, app.vault.folder))
        yield "  " + join(("install", "-D", "-p", "-m", "600", str(here.resolve()), str(there)))
    if len(good) > _MAX_TOLD:
        yield f"  and {len(good) - _MAX_TOLD} more: make the backup again once that is done"


def _spoiled(folder: Path, names: Sequence[str]) -> Iterator[str]:
    """Earlier registers that the disk of the backup has spoiled."""
    if names:
        yield (
            f"{count_noun(len(names), 'earlier register')} in the backup {_is(names)} not as"
            f" {'it was' if len(names) == 1 else 'they were'} written: the disk has spoiled what"
            " lies there. It cannot be restored, and does not count as kept. To take it away, type:"
        )
    for name in names:
        yield f"  {join(('rm', '-r', str((folder / EARLIER_FOLDER / name).resolve())))}"


def _is(found: Sequence[str]) -> str:
    return "is" if len(found) == 1 else "are"


def _keys_told(app: Application, folder: Path, *, put_in: bool) -> str:
    """Which keys are in it: those of an earlier backup stay where they are."""
    if put_in:
        return "The keys are in it under the passphrase. Keep that somewhere else."
    try:
        sealed = (folder / SEALED_KEYS_FILE).read_bytes()
    except FileNotFoundError:
        return "The keys are not in it. Keep a copy of them somewhere else."
    except OSError:
        return "Keys of an earlier backup lie in it. Whether they can be read is not known."
    if are_sealed(sealed, app.keys):
        return (
            "The keys are in it from an earlier backup, under the passphrase of that time, and"
            " are the ones that open it."
        )
    return (
        "The keys in it are those of an earlier backup, from before they were changed, and do not"
        " open this one. To put in those of today, add --with-keys."
    )


@click.group
def keys() -> None:
    """Change the key that everything kept is sealed under.

    Example: scr-intake keys rotate
    """


@keys.command
@click.pass_obj
def rotate(asked: GlobalOptions) -> None:
    """Make a new key, and wrap all others with it: of the board, and of every case.

    The service may be running. If this is stopped half-way, running it again finishes it.

    Example: scr-intake keys rotate
    """
    with open_application(asked) as app:
        number = app.vault.rotate_keys()
        with app.register.transaction():
            app.register.record.append(app.now(), AuditAct.KEYS_ROTATED, key=number)
    folder = app.settings.storage.keys
    click.echo(f"Everything is now under key {number}. Copy {folder} somewhere safe again.")
    click.echo(
        f"The keys before it open backups made until now, and nothing else: keep vault-1.key to"
        f" vault-{number - 1}.key with those backups, and delete them from {folder}."
        if number > 2
        else f"The key before it opens backups made until now, and nothing else: keep vault-1.key"
        f" with those backups, and delete it from {folder}."
    )
