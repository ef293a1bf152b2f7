"""Backs up the register and the vault while the service runs, and restores both.

The register is taken by SQLite's own backup, never by copying the file (failure mode 62). The keys
are not in a backup; they belong somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from config.explained_error import ExplainedError
from intake.chain_head import HEAD_FILE
from intake.database import RegisterDatabase
from intake.safe_files import sync_folder, write_durably

REGISTER_FILE, VAULT_FOLDER, KEYS_FOLDER = "register.db", "vault", "keys"


class BackupMissing(ExplainedError):
    sentence = "There is no backup in that folder."


class RestoreTargetNotEmpty(ExplainedError):
    sentence = "The folder to restore into is not empty. Nothing was restored."


def write_backup(ledger: RegisterDatabase, vault: Path, into: Path) -> None:
    """Bring the backup in `into` up to date. Raises OSError; what was there before then stands.

    The register is taken first: an original is in the vault before any row names it. The head of
    the record is not copied: it would tell of entries that the copy does not have.
    """
    _private(into)
    fresh = into / f".{REGISTER_FILE}.part"
    fresh.unlink(missing_ok=True)
    ledger.backup_to_file(fresh)
    _copy(vault, into / VAULT_FOLDER)
    fresh.rename(into / REGISTER_FILE)
    sync_folder(into)


def restore_backup(backup: Path, target: Path) -> None:
    """Put what is in a backup into an empty folder.

    Raises BackupMissing, RestoreTargetNotEmpty or OSError.
    """
    if not (backup / REGISTER_FILE).is_file():
        raise BackupMissing(str(backup))
    if target.exists() and any(target.iterdir()):
        raise RestoreTargetNotEmpty(str(target))
    _private(target)
    write_durably(target / REGISTER_FILE, (backup / REGISTER_FILE).read_bytes())
    _copy(backup / VAULT_FOLDER, target / VAULT_FOLDER)
    if (head := backup / VAULT_FOLDER / HEAD_FILE).exists():
        write_durably(target / VAULT_FOLDER / HEAD_FILE, head.read_bytes())


def _copy(vault: Path, into: Path) -> None:
    """What is not there yet; of the few files that can change, all."""
    _private(into)
    for path in _files(vault):
        copied = into / path.relative_to(vault)
        _private(copied.parent)
        if path.parent.name == KEYS_FOLDER or not _same_size(path, copied):
            write_durably(copied, path.read_bytes())
    sync_folder(into)


def _files(vault: Path) -> Iterator[Path]:
    for folder in sorted(path for path in vault.iterdir() if path.is_dir()):
        yield from (p for p in sorted(folder.iterdir()) if p.is_file() and p.name[0] != ".")


def _same_size(one: Path, other: Path) -> bool:
    return other.exists() and other.stat().st_size == one.stat().st_size


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
