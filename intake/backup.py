"""A backup: the register as it is at one moment, and the vault with all that it names.

Does: copies both into a folder while the service runs, and back out of it. The register is taken
by SQLite's own backup, never by copying the file (failure mode 62); originals never change once
they are there, so only new ones are copied.
Trusts: the folder it is given to be as private as the vault.
Never touches: the keys, which belong somewhere else.
Known limits: one backup a folder, brought up to date each time; for several days use several.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from intake.database import Ledger
from intake.safe_files import sync_folder, write_durably

REGISTER, VAULT, KEYS = "register.db", "vault", "keys"


class NoBackup(Exception):
    """There is no backup in that folder."""


class InTheWay(Exception):
    """The folder to restore into is not empty. Nothing was restored."""


def back_up(ledger: Ledger, vault: Path, into: Path) -> None:
    """Bring the backup in `into` up to date. Raises OSError; what was there before then stands.

    The register is taken first: an original is in the vault before any row names it.
    """
    _private(into)
    fresh = into / f".{REGISTER}.part"
    fresh.unlink(missing_ok=True)
    ledger.copy_to(fresh)
    _copy(vault, into / VAULT)
    fresh.rename(into / REGISTER)
    sync_folder(into)


def restore(backup: Path, target: Path) -> None:
    """Put what is in a backup into an empty folder. Raises NoBackup, InTheWay or OSError."""
    if not (backup / REGISTER).is_file():
        raise NoBackup(str(backup))
    if target.exists() and any(target.iterdir()):
        raise InTheWay(str(target))
    _private(target)
    write_durably(target / REGISTER, (backup / REGISTER).read_bytes())
    _copy(backup / VAULT, target / VAULT)


def _copy(vault: Path, into: Path) -> None:
    """What is not there yet; of the few files that can change, all."""
    _private(into)
    for path in _files(vault):
        copied = into / path.relative_to(vault)
        _private(copied.parent)
        if path.parent.name == KEYS or not _same_size(path, copied):
            write_durably(copied, path.read_bytes())
    sync_folder(into)


def _files(vault: Path) -> Iterator[Path]:
    for folder in sorted(path for path in vault.iterdir() if path.is_dir()):
        yield from (p for p in sorted(folder.iterdir()) if p.is_file() and p.name[0] != ".")


def _same_size(one: Path, other: Path) -> bool:
    return other.exists() and other.stat().st_size == one.stat().st_size


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
