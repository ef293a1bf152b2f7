"""How much room a backup needs that found none, how much there is, and where else it could go."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from shlex import join

from commands.composition.app import Application
from intake.backup import BackupStopped
from intake.disk_errors import is_disk_full
from intake.earlier_registers import EARLIER_FOLDER, VAULT_FOLDER

_COPIES_OF_REGISTER = 2  # the one that is kept, and the one that is restored to try it
_UNITS = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"))


def room_told(app: Application, folder: Path, why: BackupStopped) -> str:
    """In sentences, with the line to type; "" where it was not room that was wanting."""
    cause = why.__cause__
    if cause is None or not is_disk_full(cause, _there(folder)):
        return ""
    with suppress(OSError):
        needed, free = _needed_bytes(app, folder), shutil.disk_usage(_there(folder)).free
        other = join(("scr-intake", "backup", "DIR"))
        return (
            f" The disk of {folder} is full: what is not in the backup yet takes about"
            f" {size_in_words(needed)}, and {size_in_words(free)} are free."
            f"{_earlier_told(folder)} Make room there and run it again, or put a folder on another"
            f" disk in place of DIR: `{other}`"
        )
    return ""


def _earlier_told(folder: Path) -> str:
    taken = _bytes_in(folder / EARLIER_FOLDER)
    if not taken:
        return ""
    return f" The earlier registers in {folder / EARLIER_FOLDER} take {size_in_words(taken)}."


def _needed_bytes(app: Application, folder: Path) -> int:
    """The register, and each file of the vault of which there is no copy as long as it."""
    register = app.database.file().stat().st_size * _COPIES_OF_REGISTER
    vault, copies = app.vault.folder, folder / VAULT_FOLDER
    files = [path for path in vault.glob("*/*") if path.is_file()]
    sizes = {path: path.stat().st_size for path in files}
    return register + sum(
        size for path, size in sizes.items() if _size(copies / path.relative_to(vault)) != size
    )


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1


def _there(folder: Path) -> Path:
    """The folder, or the first one above it that there is."""
    at = folder.absolute()
    return next((each for each in (at, *at.parents) if each.is_dir()), Path("/"))


def size_in_words(size: int) -> str:
    """ "3 MB": rounded up, so that it is never too little."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{-(-size // unit):,} {name}"
    return f"{size:,} bytes"
