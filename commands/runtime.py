"""The ground: what every command that works on the register stands on.

Does: reads the settings, the kinds and the keys, takes the one writer's lock, opens the ledger and
the vault, and sees that they belong together; closes them again.
Trusts: the settings, which were checked.
Never touches: what is kept in either.
Known limits: none.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from commands import sources, transports
from commands.clock import Clock, clock
from commands.global_options import Asked
from config.kind import Kinds
from config.kind_loading import load_kinds
from config.settings import Settings, load_settings
from config.user_file import Refused
from handlers.register import register as register_room
from intake import spool as spool_room
from intake.database import Ledger
from intake.disk_errors import DiskFull, NotWritable, disk_is_full, is_shut
from intake.keys import Keys, read_keys
from intake.sign_in.accounts import Accounts
from intake.vault import Vault, VaultMissing
from outbox.sending import queue as queue_room

SCHEMAS = (spool_room.SCHEMA, register_room.SCHEMA, queue_room.SCHEMA)


class AnotherAtWork(Exception):
    """Another scr-intake is at work on this register. Only one may write at a time."""


class NoPlace(Exception):
    """The folder that should hold the register is not there, or cannot be written."""


@dataclass(frozen=True, slots=True)
class Ground:
    """`credentials` is systemd's folder of secrets, if there is one; `played` says
    that the time is what the command was told it is; `marker` is an open file for what is being
    worked out (`outbox/due/letter_failures.py`), None for a command that does no work of the
    service's."""

    settings: Settings
    kinds: Kinds
    now: Clock
    keys: Keys
    ledger: Ledger
    vault: Vault
    accounts: Accounts
    credentials: Path | None
    played: bool
    marker: int | None


@contextmanager
def open_ground(asked: Asked, *, working: bool, running: bool) -> Iterator[Ground]:
    """`working` takes the one writer's lock; `running` lets `--at` time run on.

    Raises Refused, AnotherAtWork, NoPlace, DiskFull, NotWritable, and what keys, ledger and vault
    raise.
    """
    settings = load_settings(asked.config)
    credentials = _credentials()
    accounts = Accounts(credentials, time.time)
    _served(settings, accounts, asked.config)
    kinds = load_kinds(settings.board.kinds)
    keys = read_keys(settings.storage.keys, credentials)
    if not (folder := settings.storage.register_file.parent).is_dir():
        raise NoPlace(str(folder))
    now = clock(settings.board.zone, asked.at, running=running)
    with ExitStack() as open_things:
        marker = None
        if working:
            open_things.enter_context(_only_one(settings.storage.register_file))
            marker = _marker(settings.storage.register_file, open_things)
        ledger = Ledger(settings.storage.register_file).bring_up_to_date(SCHEMAS)
        open_things.callback(ledger.close)
        vault = _vault(settings.storage.vault, keys, ledger)
        played = asked.at is not None
        yield Ground(
            settings, kinds, now, keys, ledger, vault, accounts, credentials, played, marker
        )


def _marker(register_file: Path, open_things: ExitStack) -> int | None:
    """The service does without it where it cannot be opened."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        marker = os.open(f"{register_file}.working", flags, 0o600)
    except OSError:
        return None
    open_things.callback(os.close, marker)
    return marker


def _credentials() -> Path | None:
    """Where systemd keeps the secrets it was told to hand this service."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder) if folder else None


def _served(settings: Settings, accounts: Accounts, path: Path) -> None:
    problems = list(sources.problems(settings, accounts))
    problems += transports.problems(settings.outbox, accounts)
    if problems:
        raise Refused(f"The settings in {path} cannot be used as they stand.", problems)


def _vault(folder: Path, keys: Keys, ledger: Ledger) -> Vault:
    """The vault, once it is seen to be this register's. Raises VaultMissing, KeysMissing,
    KeysWrong, DiskFull or NotWritable."""
    try:
        vault = Vault(folder, keys)
        if not vault.begun() and ledger.row("SELECT 1 FROM record LIMIT 1") is not None:
            raise VaultMissing(str(folder))
        vault.ready()
    except OSError as why:
        if disk_is_full(why, folder):
            raise DiskFull(str(folder)) from why
        if is_shut(why):
            raise NotWritable(str(folder)) from why
        raise
    return vault


@contextmanager
def _only_one(register_file: Path) -> Iterator[None]:
    """Two daemons at once would each do half the work (failure mode 64)."""
    try:
        lock = os.open(f"{register_file}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as why:
        if disk_is_full(why, register_file.parent):
            raise DiskFull(str(register_file.parent)) from why
        if is_shut(why):
            raise NotWritable(str(register_file.parent)) from why
        raise NoPlace(str(register_file.parent)) from why
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as why:
        raise AnotherAtWork from why
    finally:
        os.close(lock)
