"""`scr-intake restore`: a backup is put into an empty folder, and looked through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from shlex import join
from zoneinfo import ZoneInfo

import click

from commands.composition.app import Application
from commands.composition.board_owner import load_own_settings
from commands.composition.found_faults import FoundFaults, look_through_register
from commands.composition.runtime import BoardInHand, read_board
from commands.given_paths import GivenFile
from commands.global_options import (
    EXIT_ATTENTION,
    EXIT_USAGE,
    GlobalOptions,
    exit_with_message,
    print_lines,
)
from commands.restoring.backup_places import place_of_work
from commands.restoring.restored_earlier import find_earlier, settle_destroyed
from config.calendar import moment_in_words
from config.english import join_with_and
from config.settings import Storage
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import last_recorded
from handlers.register.last_backup import LastBackup
from handlers.register.register import Register
from intake.backup import (
    KEYS_FOLDER,
    SEALED_KEYS_FILE,
    SETTINGS_FILE,
    BackupMissing,
    BackupStopped,
    RegisterRotted,
    RestoreTargetNotEmpty,
    named_step,
)
from intake.backup import restore_backup as put_back
from intake.chain_head import OutsideHead
from intake.data_keys import needed_vault_keys
from intake.database import RegisterDatabase
from intake.earlier_registers import REGISTER_FILE, VAULT_FOLDER
from intake.journal import OutsideJournal
from intake.keys import Keys, vault_key_name
from intake.sealed_keys import (
    KeyFiles,
    KeysNotSealed,
    unseal_keys,
    vault_key_numbers,
    write_keys,
)
from intake.vault import Vault
from outbox.sending.after_restore import RecoveryRecords, recover_command

FOLDER = click.Path(path_type=Path, file_okay=False)
PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    type=GivenFile(),
    help="A file with the passphrase on its first line; it is asked for unless given.",
)


@click.command
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("target", metavar="TARGET", type=FOLDER)
@click.option(
    "--earlier",
    metavar="TIME",
    help="An earlier register of those that DIR keeps: the day that it reaches up to, or its name,"
    " or how either begins.",
)
@click.option(
    "--with-keys", is_flag=True, help="Take the keys out of the backup, into TARGET/keys."
)
@PASSPHRASE_FILE
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
    _exit_without_settings(asked, folder)
    settings = load_own_settings(asked.config)
    if place := place_of_work(settings, target):
        exit_with_message(f"{target} {place}. Nothing was restored. Name another folder.")
    if earlier is not None:
        earlier = find_earlier(folder, earlier, settings.board.zone_info)
    board = None if with_keys else read_board(asked)
    files = _sealed_keys(folder, passphrase_file) if with_keys else None
    _exit_without_keys(folder, board, files)
    try:
        put_back(folder, target, earlier)
        if files is not None:
            with named_step("taking out the keys"):
                write_keys(target / KEYS_FOLDER, files)
    except RegisterRotted as why:
        line = join(["scr-intake", "restore", str(folder), str(target), "--earlier", "DATE"])
        exit_with_message(
            f"{why.sentence} ({why}) An earlier one of the same backup may be whole: put its day in"
            f" place of DATE: `{line}`"
        )
    except (BackupMissing, RestoreTargetNotEmpty) as why:
        exit_with_message(f"{why.sentence} ({why})")
    except BackupStopped as why:
        exit_with_message(f"It could not be restored. {why.sentence}")
    board = board or read_board(asked, keys=target / KEYS_FOLDER)
    wrong, rightly = find_restored_faults(board, target), list[str]()
    if wrong and earlier is not None:
        rightly = settle_destroyed(board, folder, target)
        wrong = find_restored_faults(board, target)
    if wrong:
        click.echo("\n".join(wrong.lines), err=True)
        exit_with_message(f"What was restored into {target} is not whole.", EXIT_ATTENTION)
    backup = LastBackup.of_folder(folder, board.now(), earlier=earlier)
    told = _record_restored(board, target, backup)
    click.echo(f"Restored into {target}, looked through, and whole.")
    print_lines(*rightly, *told, *_how_to_use(asked, board, target, with_keys=with_keys))
    print_lines(*_not_in_backup(folder))


def _how_to_use(
    asked: GlobalOptions, board: BoardInHand, target: Path, *, with_keys: bool
) -> Iterator[str]:
    """The lines of the settings as they are to be, and the command, to be put as they stand."""
    settings = asked.config.absolute()
    yield f"To use it: stop the service. In [storage] of {settings} put, in place of those there:"
    names = {"register": REGISTER_FILE, "vault": VAULT_FOLDER}
    for name, lies in (names | {"keys": KEYS_FOLDER} if with_keys else names).items():
        path = json.dumps(str(target.absolute() / lies), ensure_ascii=False)  # TOML quotes so too
        yield f"  {name} = {path}"
    yield "Take in again what came since, and start the service. No letter leaves before:"
    yield f"  {recover_command(vault_in_use(board.settings.storage, board.keys))}"


def ask_passphrase(file: Path | None, *, confirm: bool) -> str:
    """From a file, or asked for without being shown."""
    if file is not None:
        return file.read_text(encoding="utf-8").partition("\n")[0].strip()
    given: str = click.prompt(
        "Passphrase for the keys", hide_input=True, confirmation_prompt=confirm
    )
    return given


def _sealed_keys(folder: Path, passphrase_file: Path | None) -> KeyFiles:
    """The keys in a backup, before anything is made. Raises KeysNotSealed or PassphraseWrong."""
    try:
        sealed = (folder / SEALED_KEYS_FILE).read_bytes()
    except FileNotFoundError as why:
        raise KeysNotSealed(str(folder)) from why
    return unseal_keys(sealed, ask_passphrase(passphrase_file, confirm=False))


def vault_in_use(storage: Storage, keys: Keys) -> Path | None:
    """The vault of the settings, where it was used under these keys: what came since the backup is
    in it. One that was just made, by `init` on a new machine, is none."""
    used = OutsideHead(storage.vault, keys).read_head() is not None or any(
        OutsideJournal(storage.vault, keys).read_lines()
    )
    return storage.vault.absolute() if used else None


def _exit_without_settings(asked: GlobalOptions, folder: Path) -> None:
    """On a new machine they can be had from the backup too."""
    if asked.config.exists() or not (folder / SETTINGS_FILE).is_file():
        return
    copy = join(["cp", str((folder / SETTINGS_FILE).absolute()), str(asked.config.absolute())])
    exit_with_message(
        f"There are no settings at {asked.config.absolute()}. Nothing was restored. Those of the"
        " board, as they were then, lie in the backup. Put them there, see to the folders that they"
        f" name, and restore then:\n  {copy}",
        EXIT_USAGE,
    )


def _not_in_backup(folder: Path) -> Iterator[str]:
    if (folder / SETTINGS_FILE).is_file():
        yield f"The settings as they were at the last backup lie in {folder / SETTINGS_FILE}."
        yield "Case files, and kinds and letters of your own, are in no backup."
    else:
        yield "Settings, case files, and kinds and letters of your own, are not in this backup."


def _exit_without_keys(folder: Path, board: BoardInHand | None, files: KeyFiles | None) -> None:
    """A key that the backup is sealed under, and that is not in hand, ends it before anything is
    made."""
    here = vault_key_numbers(files) if files is not None else frozenset[int]()
    if board is not None:
        here = frozenset({board.keys.number, *board.keys.older})
    lacking = sorted(needed_vault_keys(folder / VAULT_FOLDER) - here)
    if not lacking:
        return
    names = join_with_and([vault_key_name(number) for number in lacking])
    among = "those of the settings" if board is not None else "those in the backup"
    where = (
        "Put it from where you keep it into the keys folder of the settings, or take the keys out"
        " of the backup, if they are in it, with --with-keys."
        if board is not None
        else "Its keys were changed after they were put in. Restore it with the keys of the"
        " settings, without --with-keys."
    )
    exit_with_message(
        f"This backup is sealed under {names}, which is not among {among}. Nothing was restored."
        f" {where}"
    )


def find_restored_faults(board: Application | BoardInHand, folder: Path) -> FoundFaults:
    """What is wrong with what was restored. It is only read: it may lie on a share."""
    with closing(RegisterDatabase.open_read_only(folder / REGISTER_FILE)) as database:
        vault = Vault(folder / VAULT_FOLDER, board.keys)
        register = Register(database, vault, board.keys, board.kinds)
        zone = board.settings.board.zone_info
        return look_through_register(database, vault, register, board.kinds, zone)


def _record_restored(board: BoardInHand, folder: Path, backup: LastBackup) -> list[str]:
    """Have it stand in the record that it was restored, and no letter leave until what came since
    is taken in again; returns up to when the backup reaches."""
    with closing(RegisterDatabase(folder / REGISTER_FILE)) as database:
        vault = Vault(folder / VAULT_FOLDER, board.keys)
        register = Register(database, vault, board.keys, board.kinds)
        until, begun = last_recorded(database), last_recorded(database, AuditAct.BACKUP_BEGUN)
        told = list(_reaches_up_to(database, until, board.settings.board.zone_info))
        with database.transaction():
            if begun is not None:  # how it ended is only in the register that was lost
                register.record.append(begun, AuditAct.BACKED_UP, **backup.facts())
            before = vault_in_use(board.settings.storage, board.keys)
            named = {"vault": str(before)} if before else {}
            register.record.append(board.now(), AuditAct.RESTORED, **named)
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
