"""Backs up the register and the vault while the service runs, and restores both.

The register is taken by SQLite's own backup, never by copying the file (failure mode 62). Originals
only ever come to a vault, so registers of earlier days share one copy of it. The keys are in a
backup only where they are asked for, and then under a passphrase (`intake/sealed_keys.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from config.explained_error import ExplainedError
from config.refused_access import find_refusal
from intake.chain_head import HEAD_FILE
from intake.data_keys import BOARD_KEYS_FOLDER, CASE_KEYS_FOLDER
from intake.database import RegisterDatabase
from intake.disk_errors import DiskFull, NotWritable
from intake.earlier_registers import (
    REGISTER_FILE,
    VAULT_FOLDER,
    earlier_register,
    is_as_written,
    keep_register,
    put_register,
)
from intake.safe_files import lock_folder, sync_folder, write_durably
from intake.vault import OriginalMissing, SealBroken, Vault

KEYS_FOLDER = "keys"
SEALED_KEYS_FILE = "keys.sealed"
SETTINGS_FILE = "scr-intake.toml"  # which hold no secrets
_WRITTEN_OVER = (BOARD_KEYS_FOLDER, CASE_KEYS_FOLDER)  # what a second name would change too
_CHUNK = 1 << 20


class BackupMissing(ExplainedError):
    sentence = "There is no backup in that folder."


class RestoreTargetNotEmpty(ExplainedError):
    sentence = "The folder to restore into is not empty. Nothing was restored."


class RegisterRotted(ExplainedError):
    sentence = (
        "That register is not as it was written: the disk has spoiled it. Nothing was restored."
    )


class BackupStopped(ExplainedError):
    sentence = "The disk or the share stood in the way of one step."

    def __init__(self, step: str, why: Exception) -> None:
        super().__init__(step)
        told = _told_of(why)
        self.sentence = f"It stopped while {step}{told}{'' if told.endswith('`') else '.'}"


def _told_of(why: Exception) -> str:
    """Where, and what the system or SQLite said, which names no content."""
    if isinstance(why, OSError):
        at = f" at {os.fsdecode(why.filename)}" if why.filename else ""
        if isinstance(why, PermissionError) and why.filename:
            return f"{at}. {find_refusal(Path(os.fsdecode(why.filename))).explanation}"
        return f"{at}: {why.strerror or 'the disk or the share did not answer'}"
    if isinstance(why, ExplainedError):
        return f": {why.sentence.split('.')[0]}"
    return f": {why}"


@contextmanager
def named_step(step: str) -> Iterator[None]:
    """What stands in the way inside is told with the step and the path. Raises BackupStopped."""
    try:
        yield
    except (OSError, sqlite3.Error, DiskFull, NotWritable) as why:
        raise BackupStopped(step, why) from why


def write_backup(database: RegisterDatabase, vault: Vault, into: Path) -> list[str]:
    """Bring the backup in `into` up to date, and keep the register that it had before. Raises
    BackupStopped; what was there before then stands. Returns the marks of originals that no longer
    open here: the copies of them that the backup has stay as they are.

    The register is taken first: an original is in the vault before any row names it. The head of
    the record is not copied: it would tell of entries that the copy does not have.
    """
    with named_step("making the folder"):
        _private(into)
    with _fresh_file(into / f".{REGISTER_FILE}.part") as fresh:
        with named_step("writing the register"):
            database.backup_to_file(fresh)
        with named_step("copying the originals"):
            rotted = _copy(vault.folder, into / VAULT_FOLDER, opens=partial(_opens, vault))
        with named_step("copying the keys of the originals"):
            _copy_document_keys(vault.folder, into / VAULT_FOLDER / CASE_KEYS_FOLDER)
        with named_step("keeping the register of the backup before"):
            keep_register(into)
        with named_step("putting the register in its place"):
            put_register(fresh, into / REGISTER_FILE)
            sync_folder(into)
    return [path.parent.name + path.name for path in rotted]


@contextmanager
def _fresh_file(path: Path) -> Iterator[Path]:
    """A name for what is written there; what is left under it at the end is taken away."""
    left = (path, path.with_name(f"{path.name}-journal"))
    with named_step("taking away what a backup before it left"):
        for each in left:
            each.unlink(missing_ok=True)
    try:
        yield path
    finally:
        with suppress(OSError):
            for each in left:
                each.unlink(missing_ok=True)


def restore_backup(
    backup: Path, target: Path, earlier: str | None = None, *, linked: bool = False
) -> None:
    """Put what is in a backup into an empty folder: the newest register, or the `earlier` one of
    that name. Originals are copied; `linked` only names them a second time, to try a backup where
    it lies.

    Raises BackupMissing, RegisterRotted, RestoreTargetNotEmpty or BackupStopped.
    """
    register = earlier_register(backup, earlier) if earlier else backup / REGISTER_FILE
    head = register.parent / HEAD_FILE if earlier else backup / VAULT_FOLDER / HEAD_FILE
    if not register.is_file():
        raise BackupMissing(str(register))
    with named_step("reading the register"):
        if not is_as_written(register):
            raise RegisterRotted(str(register))
    with named_step("making the folder"):
        if target.exists() and any(target.iterdir()):
            raise RestoreTargetNotEmpty(str(target))
        _private(target)
    with named_step("copying the register"):
        write_durably(target / REGISTER_FILE, register.read_bytes())
    with named_step("copying the originals"):
        _copy(backup / VAULT_FOLDER, target / VAULT_FOLDER, linked=linked)
        if head.exists():
            write_durably(target / VAULT_FOLDER / HEAD_FILE, head.read_bytes())


def _opens(vault: Vault, path: Path) -> bool:
    """Whether an original can still be read. What is no original is not asked."""
    try:
        vault.read_original(path.parent.name + path.name)
    except (OriginalMissing, SealBroken):
        return False
    return True


def _copy(
    vault: Path, into: Path, *, linked: bool = False, opens: Callable[[Path], bool] | None = None
) -> list[Path]:
    """What is not there, or is not the same any more: a copy may have rotted (failure mode 108).
    So may the original: what no longer `opens` is not written over a copy, and returned."""
    _private(into)
    rotted = []
    for path in _files(vault):
        copied = into / path.relative_to(vault)
        _private(copied.parent)
        if linked and path.parent.name not in _WRITTEN_OVER and _linked(path, copied):
            continue
        if not _same_content(path, copied):
            if opens and _is_original(path) and copied.exists() and not opens(path):
                rotted.append(path)
                continue
            write_durably(copied, path.read_bytes())
            about = path.stat()  # when it was written tells what is from after a backup
            os.utime(copied, ns=(about.st_atime_ns, about.st_mtime_ns))
    sync_folder(into)
    return rotted


def _is_original(path: Path) -> bool:
    """Originals lie in folders named by the two letters that their marks begin with."""
    return len(path.parent.name) == 2


def _copy_document_keys(vault: Path, into: Path) -> None:
    """Once more, while none of them goes from one place to another: what was copied while one did
    may have it in neither."""
    with lock_folder(vault):
        for path in sorted(vault.glob(f"{CASE_KEYS_FOLDER}/[!.]*")):
            if not _same_content(path, into / path.name):
                write_durably(into / path.name, path.read_bytes())


def _linked(path: Path, name: Path) -> bool:
    """Give a file a second name. False where its disk knows no such thing."""
    try:
        os.link(path, name)
    except OSError:
        return False
    return True


def _files(vault: Path) -> Iterator[Path]:
    for folder in sorted(path for path in vault.iterdir() if path.is_dir()):
        yield from (p for p in sorted(folder.iterdir()) if p.is_file() and p.name[0] != ".")


def _same_content(one: Path, other: Path) -> bool:
    """A copy that cannot be read is not the same: it is written anew."""
    try:
        if not other.exists() or other.stat().st_size != one.stat().st_size:
            return False
        with one.open("rb") as left, other.open("rb") as right:
            while chunk := left.read(_CHUNK):
                if chunk != right.read(_CHUNK):
                    return False
    except OSError:
        return False
    return True


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
