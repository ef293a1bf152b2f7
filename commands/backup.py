"""`scr-intake backup`, `restore`, `keys rotate`: a copy of all that is kept, and back; and a
new key."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from commands.app import Application, open_application
from commands.global_options import EXIT_ATTENTION, GlobalOptions, exit_with_message
from commands.runtime import SCHEMAS, BoardInHand, read_board
from handlers.register.audit_log import AuditLog
from handlers.register.integrity import find_faults
from handlers.register.register import Register
from intake.backup import (
    REGISTER_FILE,
    VAULT_FOLDER,
    BackupMissing,
    RestoreTargetNotEmpty,
    write_backup,
)
from intake.backup import restore_backup as put_back
from intake.chain_head import ChainHead, OutsideHead
from intake.database import RegisterDatabase
from intake.vault import Vault

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.pass_obj
def backup(asked: GlobalOptions, folder: Path) -> None:
    """Back up the register and the vault into DIR, and prove that it can be restored.

    The service may be running. DIR is brought up to date when it holds a backup already. The keys
    are not in it: keep a copy of them elsewhere.

    Example: scr-intake backup /mnt/backup/scr-intake
    """
    with open_application(asked) as app:
        try:
            write_backup(app.ledger, app.settings.storage.vault, folder)
            _write_head(app, folder)
            wrong = _proved(app, folder)
        except OSError as why:
            exit_with_message(
                f"The backup could not be made: {why.strerror}. What was there before stands."
            )
        if not wrong:
            with app.register.transaction():
                app.register.record.append(app.now(), "backed up")
    if wrong:
        click.echo("\n".join(wrong), err=True)
        exit_with_message(f"The backup in {folder} cannot be relied on.", EXIT_ATTENTION)
    click.echo(f"Backed up into {folder}: restored to try it, looked through, and whole.")
    click.echo("The keys are not in it. Keep a copy of them somewhere else.")


@click.command
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.argument("target", metavar="TARGET", type=_FOLDER)
@click.pass_obj
def restore(asked: GlobalOptions, folder: Path, target: Path) -> None:
    """Restore a backup into the empty folder TARGET, and look it through.

    The keys are those of the settings. What is in use now is left alone.

    Example: scr-intake restore /mnt/backup/scr-intake /var/lib/scr-intake/restored
    """
    board = read_board(asked)
    try:
        put_back(folder, target)
    except (BackupMissing, RestoreTargetNotEmpty) as why:
        exit_with_message(f"{why.sentence} ({why})")
    except OSError as why:
        exit_with_message(f"It could not be restored: {why.strerror}.")
    with _opened(board, target) as restored:
        wrong = _find_faults(*restored)
        if not wrong:
            ledger, _, register = restored
            with ledger.transaction():
                register.record.append(board.now(), "restored")
    if wrong:
        click.echo("\n".join(wrong), err=True)
        exit_with_message(f"What was restored into {target} is not whole.", EXIT_ATTENTION)
    click.echo(f"Restored into {target}, looked through, and whole.")
    click.echo(
        "To use it: stop the service, name its register.db and vault in the settings' [storage],"
    )
    click.echo("and start the service again.")


_Restored = tuple[RegisterDatabase, Vault, Register]


def _write_head(app: Application, folder: Path) -> None:
    """The head of the record as the backup has it. Raises OSError."""
    with closing(RegisterDatabase.open_read_only(folder / REGISTER_FILE)) as copy:
        head = AuditLog(copy, app.keys).chain_head()
    OutsideHead(folder / VAULT_FOLDER, app.keys).write_head(ChainHead(*head))


def _proved(app: Application, folder: Path) -> list[str]:
    """What is wrong with a backup, found by restoring it."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".scr-intake-") as name:
        put_back(folder, Path(name) / "restored")
        with _opened(app, Path(name) / "restored") as restored:
            return _find_faults(*restored)


@contextmanager
def _opened(app: Application | BoardInHand, folder: Path) -> Iterator[_Restored]:
    with closing(RegisterDatabase(folder / REGISTER_FILE)) as ledger:
        vault = Vault(folder / VAULT_FOLDER, app.keys)
        yield ledger, vault, Register(ledger, vault, app.keys, app.kinds)


def _find_faults(ledger: RegisterDatabase, vault: Vault, register: Register) -> list[str]:
    return list(find_faults(ledger, vault, register, SCHEMAS))


@click.group
def keys() -> None:
    """Change the key that everything kept is sealed under.

    Example: scr-intake keys rotate
    """


@keys.command
@click.pass_obj
def rotate(asked: GlobalOptions) -> None:
    """Make a new key, and seal everything under it.

    The service may be running. If this is stopped half-way, running it again finishes it.

    Example: scr-intake keys rotate
    """
    with open_application(asked) as app:
        number = app.vault.rotate_keys()
        with app.register.transaction():
            app.register.record.append(app.now(), "keys rotated", key=number)
    folder = app.settings.storage.keys
    click.echo(f"Everything is now under key {number}. Copy {folder} somewhere safe again.")
    click.echo(
        f"The keys before it open backups made until now, and nothing else: keep vault-1.key to"
        f" vault-{number - 1}.key with those backups, and delete them from {folder}."
        if number > 2
        else f"The key before it opens backups made until now, and nothing else: keep vault-1.key"
        f" with those backups, and delete it from {folder}."
    )
