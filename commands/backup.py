"""`scr-intake backup`, `restore`, `keys rotate`: a copy of all that is kept, and back; and a
new key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from shlex import quote
from shutil import rmtree
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import click

from commands.app import Application, open_application
from commands.global_options import EXIT_ATTENTION, GlobalOptions, exit_with_message, print_lines
from commands.runtime import SCHEMAS, BoardInHand, read_board
from config.calendar import moment_in_words
from config.english import count_noun, join_with_and
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog, last_recorded
from handlers.register.integrity import find_faults
from handlers.register.register import Register
from intake.backup import (
    KEYS_FOLDER,
    REGISTER_FILE,
    SEALED_KEYS_FILE,
    VAULT_FOLDER,
    BackupMissing,
    BackupStopped,
    RestoreTargetNotEmpty,
    earlier_registers,
    forget_earlier_registers,
    named_step,
    write_backup,
)
from intake.backup import restore_backup as put_back
from intake.chain_head import ChainHead, OutsideHead
from intake.database import RegisterDatabase
from intake.safe_files import write_durably
from intake.sealed_keys import seal_keys, unseal_keys_into
from intake.vault import Vault
from outbox.sending.after_restore import RecoveryRecords

_FOLDER = click.Path(path_type=Path, file_okay=False)
_TRIAL = ".trial-"  # how the folder is called in which a backup is tried
_PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file with the passphrase on its first line; it is asked for unless given.",
)


@click.command
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option(
    "--keep",
    metavar="N",
    type=click.IntRange(1, 1000),
    help="How many registers to keep, this one included; they share the originals. Without it none"
    " is deleted.",
)
@click.option("--with-keys", is_flag=True, help="Put the keys in as well, under a passphrase.")
@_PASSPHRASE_FILE
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
    has rotted in it is copied again; what has rotted in the vault is not written over it. Without
    --with-keys the keys are not in it: keep a copy of them elsewhere.

    Example: scr-intake backup /mnt/backup/scr-intake --keep 14
    """
    passphrase = _passphrase(passphrase_file, confirm=True) if with_keys else None
    with open_application(asked) as app:
        try:
            rotted = write_backup(app.database, app.vault, folder)
        except BackupStopped as why:
            exit_with_message(f"The backup could not be made. {why.sentence} {_STANDS}")
        try:
            with named_step("writing what belongs to the register"):
                _write_head(app, folder)
                if passphrase is not None:
                    sealed = seal_keys(app.settings.storage.keys, passphrase)
                    write_durably(folder / SEALED_KEYS_FILE, sealed)
            with named_step("trying it"):
                wrong = _find_faults_by_trial(app, folder)
        except BackupStopped as why:
            exit_with_message(
                f"The backup was written, and whether it is whole is not known. {why.sentence}"
            )
        if not wrong:
            if keep is not None:
                forget_earlier_registers(folder, keep - 1)
            with app.register.transaction():
                app.register.record.append(app.now(), AuditAct.BACKED_UP)
    if wrong:
        click.echo("\n".join(wrong), err=True)
        exit_with_message(f"The backup in {folder} cannot be relied on.", EXIT_ATTENTION)
    click.echo(f"Backed up into {folder}: restored to try it, looked through, and whole.")
    if earlier := earlier_registers(folder):
        click.echo(f"It keeps {count_noun(len(earlier), 'earlier register')}.")
    click.echo(_KEYS_IN if passphrase is not None else _KEYS_OUT)
    if rotted:
        exit_with_message(
            f"In the vault {count_noun(len(rotted), 'original')} cannot be opened any more. The"
            " copies in the backup were left as they are. To see which: scr-intake doctor",
            EXIT_ATTENTION,
        )


_STANDS = "What was there before stands."
_KEYS_IN = "The keys are in it under the passphrase. Keep that somewhere else."
_KEYS_OUT = "The keys are not in it. Keep a copy of them somewhere else."


@click.command
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.argument("target", metavar="TARGET", type=_FOLDER)
@click.option("--earlier", metavar="TIME", help="An earlier register of those that DIR keeps.")
@click.option(
    "--with-keys", is_flag=True, help="Take the keys out of the backup, into TARGET/keys."
)
@_PASSPHRASE_FILE
@click.pass_obj
def restore(
    asked: GlobalOptions,
    folder: Path,
    target: Path,
    earlier: str | None,
    with_keys: bool,
    passphrase_file: Path | None,
) -> None:
    """Restore a backup into the empty folder TARGET, and look it through.

    The keys are those of the settings, unless --with-keys takes them out of the backup. What is in
    use now is left alone.

    Example: scr-intake restore /mnt/backup/scr-intake /var/lib/scr-intake/restored
    """
    board = None if with_keys else read_board(asked)
    passphrase = _passphrase(passphrase_file, confirm=False) if with_keys else None
    if earlier is not None and earlier not in earlier_registers(folder):
        there = join_with_and(earlier_registers(folder)) or "none"
        raise click.UsageError(f"DIR keeps no register of {earlier}. It keeps: {there}.")
    try:
        put_back(folder, target, earlier)
        if passphrase is not None:
            with named_step("taking out the keys"):
                sealed = (folder / SEALED_KEYS_FILE).read_bytes()
                unseal_keys_into(target / KEYS_FOLDER, sealed, passphrase)
    except (BackupMissing, RestoreTargetNotEmpty) as why:
        exit_with_message(f"{why.sentence} ({why})")
    except BackupStopped as why:
        exit_with_message(f"It could not be restored. {why.sentence}")
    board = board or read_board(asked, keys=target / KEYS_FOLDER)
    wrong = _find_faults(board, target)
    if wrong:
        click.echo("\n".join(wrong), err=True)
        exit_with_message(f"What was restored into {target} is not whole.", EXIT_ATTENTION)
    told = _record_restored(board, target)
    click.echo(f"Restored into {target}, looked through, and whole.")
    print_lines(*told)
    click.echo(
        "To use it: stop the service, name its register.db and vault in the settings' [storage],"
    )
    click.echo("take in again what came since, and start the service. No letter leaves before:")
    before = board.settings.storage.vault
    click.echo(f"  scr-intake recover{f' --vault {quote(str(before))}' if before.is_dir() else ''}")


def _passphrase(file: Path | None, *, confirm: bool) -> str:
    """From a file, or asked for without being shown."""
    if file is not None:
        return file.read_text(encoding="utf-8").partition("\n")[0].strip()
    given: str = click.prompt(
        "Passphrase for the keys", hide_input=True, confirmation_prompt=confirm
    )
    return given


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
        return _find_faults(app, Path(name) / "restored")


def _find_faults(app: Application | BoardInHand, folder: Path) -> list[str]:
    """What is wrong with what was restored. It is only read: it may lie on a share."""
    with closing(RegisterDatabase.open_read_only(folder / REGISTER_FILE)) as database:
        vault = Vault(folder / VAULT_FOLDER, app.keys)
        register = Register(database, vault, app.keys, app.kinds)
        return list(find_faults(database, vault, register, SCHEMAS))


def _record_restored(board: BoardInHand, folder: Path) -> list[str]:
    """Have it stand in the record that it was restored, and no letter leave until what came since
    is taken in again; returns up to when the backup reaches."""
    with closing(RegisterDatabase(folder / REGISTER_FILE)) as database:
        vault = Vault(folder / VAULT_FOLDER, board.keys)
        register = Register(database, vault, board.keys, board.kinds)
        until = last_recorded(database)
        told = list(_reaches_up_to(database, until, board.settings.board.zone_info))
        with database.transaction():
            register.record.append(board.now(), AuditAct.RESTORED)
            RecoveryRecords(database, register.record).begin(until, board.now())
    return told


_LAST = {
    "the last entry is of": "SELECT max(judged) AS at FROM entries",
    "the last letter left at": "SELECT max(sent) AS at FROM letters",
    "the last decision is of": "SELECT max(decided) AS at FROM decisions",
}


def _reaches_up_to(
    database: RegisterDatabase, until: datetime | None, zone: ZoneInfo
) -> Iterator[str]:
    if until is not None:
        yield f"It reaches up to {moment_in_words(until.astimezone(zone))}:"
    for says, sql in _LAST.items():
        row = database.fetch_row(sql)
        if row is not None and row["at"]:
            at = datetime.fromisoformat(row["at"]).astimezone(zone)
            yield f"  {says} {moment_in_words(at)}"


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
