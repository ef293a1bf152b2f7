"""Opens what every command needs that works on the register: settings, keys, lock and vault."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from commands.composition import sources, transports
from commands.composition.board_owner import load_own_settings
from commands.composition.clock import Clock, make_clock
from commands.composition.kept_files import working_file
from commands.global_options import GlobalOptions, credentials_folder
from config.english import count_noun
from config.explained_error import ExplainedError
from config.kind import Kinds
from config.kind_loading import load_kinds
from config.settings import Settings
from config.user_file import InvalidUserFile
from handlers.register import register as register_room
from handlers.register.lost_keys import told_with_backup_of_keys
from handlers.register.opening import OpenedRegister, bring_up_to_date
from handlers.register.register_refusals import (
    refuse_missing_register,
    told_with_next_step,
)
from intake import spool as spool_room
from intake.database import RegisterDatabase
from intake.disk_errors import DiskFull, NotWritable, is_disk_full, is_write_refused
from intake.keys import Keys, read_keys
from intake.sign_in.accounts import AccountFactory
from intake.vault import Vault
from outbox.sending import letter_queue as queue_room

SCHEMAS = (spool_room.SPOOL_SCHEMA, register_room.REGISTER_SCHEMA, queue_room.SCHEMA)


class RegisterInUse(ExplainedError):
    sentence = "Another scr-intake is at work on this register. Only one may write at a time."


class RegisterFolderMissing(ExplainedError):
    sentence = "The folder that should hold the register is not there, or cannot be written."


@dataclass(frozen=True, slots=True)
class Runtime:
    """`credentials` is systemd's folder of secrets, if there is one; `played` says
    that the time is what the command was told it is; `marker` is an open file for what is being
    worked out (`outbox/due/letter_failures.py`), None for a command that does no work of the
    service's."""

    settings: Settings
    kinds: Kinds
    now: Clock
    keys: Keys
    database: RegisterDatabase
    vault: Vault
    accounts: AccountFactory
    credentials: Path | None
    played: bool
    marker: int | None
    opened: OpenedRegister


@dataclass(frozen=True, slots=True)
class BoardInHand:
    """What is known of a board without its register. `credentials` is as in Runtime."""

    settings: Settings
    kinds: Kinds
    keys: Keys
    now: Clock
    accounts: AccountFactory
    credentials: Path | None


def read_board(
    asked: GlobalOptions, *, running: bool = False, keys: Path | None = None
) -> BoardInHand:
    """Read settings, kinds and keys. Raises InvalidUserFile, BoardOfAnotherUser and what reading
    the keys does; `keys` is a folder of others than the settings name."""
    settings = load_own_settings(asked.config, begun=keys is None)
    credentials = credentials_folder()
    accounts = AccountFactory(credentials, time.time)
    _served(settings, accounts, asked.config)
    folder = keys or settings.storage.keys
    with told_with_backup_of_keys(settings.storage.register_file, folder):
        found = read_keys(folder, credentials)
    return BoardInHand(
        settings=settings,
        kinds=load_kinds(settings.board.kinds),
        keys=found,
        now=make_clock(settings.board.zone_info, asked.at, running=running),
        accounts=accounts,
        credentials=credentials,
    )


@contextmanager
def open_runtime(
    asked: GlobalOptions,
    *,
    working: bool,
    running: bool,
    new: bool = False,
    older: bool = False,
    latest: bool = False,
) -> Iterator[Runtime]:
    """`working` takes the one writer's lock; `running` lets `--at` time run on; a `new` board has
    no register yet; it may be `older` than the last one written; a person says that the register
    is the `latest`.

    Raises InvalidUserFile, RegisterInUse, RegisterFolderMissing, RegisterMissing, DiskFull,
    NotWritable, RegisterUnreadable, and what keys, database and vault raise.
    """
    board = read_board(asked, running=running)
    storage = board.settings.storage
    if not (folder := storage.register_file.parent).is_dir():
        raise RegisterFolderMissing(str(folder))
    lies = (storage.register_file, storage.vault, board.keys)
    if not new:
        refuse_missing_register(*lies)
    with (
        ExitStack() as open_things,
        told_with_backup_of_keys(storage.register_file, storage.keys),
        told_with_next_step(*lies),
    ):
        marker = None
        if working:
            open_things.enter_context(_only_one(storage.register_file))
            marker = _marker(storage.register_file, open_things)
        database = RegisterDatabase(storage.register_file)
        open_things.callback(database.close)
        vault = _vault(storage.vault, board.keys, new=new)
        opened = bring_up_to_date(
            *(database, vault, board.keys, SCHEMAS, board.now()),
            new=new,
            older=older,
            latest=latest,
        )
        if opened.caught_up:
            click.echo(_caught_up(opened.caught_up), err=True)
        yield Runtime(
            settings=board.settings,
            kinds=board.kinds,
            now=board.now,
            keys=board.keys,
            database=database,
            vault=vault,
            accounts=board.accounts,
            credentials=board.credentials,
            played=asked.at is not None,
            marker=marker,
            opened=opened,
        )


def _caught_up(commits: int) -> str:
    return (
        "The mark of the last entry in the vault was behind the register by"
        f" {count_noun(commits, 'write')}; why is not known. What they name is here: each original,"
        " each letter that left, each act of a person. So they count; it is in the record."
    )


def _marker(register_file: Path, open_things: ExitStack) -> int | None:
    """The service does without it where it cannot be opened, and each round says so."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        marker = os.open(working_file(register_file), flags, 0o600)
    except OSError:
        return None
    open_things.callback(os.close, marker)
    return marker


def _served(settings: Settings, accounts: AccountFactory, path: Path) -> None:
    problems = list(sources.mailbox_problems(settings, accounts))
    problems += transports.transport_problems(settings.outbox, accounts)
    if problems:
        raise InvalidUserFile(f"The settings in {path} cannot be used as they stand.", problems)


def _vault(folder: Path, keys: Keys, *, new: bool) -> Vault:
    """The vault, once it is seen to be of these keys. Raises KeysMissing, KeysMismatched, DiskFull
    or NotWritable."""
    try:
        vault = Vault(folder, keys)
        if new or vault.was_ever_used():
            vault.check_keys()
    except OSError as why:
        if is_disk_full(why, folder):
            raise DiskFull(str(folder)) from why
        if is_write_refused(why):
            raise NotWritable(os.fsdecode(why.filename or folder)) from why
        raise
    return vault


@contextmanager
def _only_one(register_file: Path) -> Iterator[None]:
    """Two daemons at once would each do half the work (failure mode 64). A drop folder on a share
    has a lock of its own, which two machines see: `intake/drop/shared_folder.py`."""
    try:
        lock = os.open(f"{register_file}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as why:
        if is_disk_full(why, register_file.parent):
            raise DiskFull(str(register_file.parent)) from why
        if is_write_refused(why):
            raise NotWritable(f"{register_file}.lock") from why
        raise RegisterFolderMissing(str(register_file.parent)) from why
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as why:
        raise RegisterInUse from why
    finally:
        os.close(lock)
