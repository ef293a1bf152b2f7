"""Tells a full disk, and a place that cannot be written, from every other error of the disk or
the database."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from config.explained_error import ExplainedError
from config.refused_access import find_refusal

TRIAL_FILE_BYTES = (
    64 * 1024
)  # bytes: what SQLite takes for its shared memory beside the register is 32 KB
_FULL, _IO_ERROR, _CANNOT_OPEN = 13, 10, 14  # SQLite's codes, without what extends them
_FULL_IN_WORDS = "database or disk is full"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class DiskFull(ExplainedError):
    sentence = (
        "The disk is full. Nothing is lost: what has come stays where it is until there is room."
    )

    fix = ""


def is_disk_full(why: BaseException, *folders: Path) -> bool:
    """Whether it was want of room: by its number (failure mode 60), or because none of an input or
    output error's numbers say so and there is no room in one of the `folders` that were in use."""
    if isinstance(why, DiskFull):
        return True
    if isinstance(why, OSError):
        return why.errno in _NO_ROOM or (why.errno == errno.EIO and _short(folders))
    code = getattr(why, "sqlite_errorcode", None)
    if code is None:  # as of SQLite's own backup, which says it in words alone
        return str(why) == _FULL_IN_WORDS
    return code & 0xFF == _FULL or (code & 0xFF in (_IO_ERROR, _CANNOT_OPEN) and _short(folders))


def has_disk_room(folder: Path) -> bool:
    """Whether a small file can be written there. True also where that fails for another reason
    than room: then it is not room that is wanted."""
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(bytes(TRIAL_FILE_BYTES))
            trial.flush()
            os.fsync(trial.fileno())
    except OSError as why:
        return why.errno not in _NO_ROOM
    return True


def _short(folders: tuple[Path, ...]) -> bool:
    return not all(map(has_disk_room, folders))


_READ_ONLY, _CANNOT_OPEN_SHUT = 8, 14  # SQLite's codes, without what extends them
_SHUT = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class NotWritable(ExplainedError):
    sentence = (
        "A place that the service keeps things in cannot be written. Nothing is lost: what"
        " has come stays where it is until it can be."
    )

    @property
    def fix(self) -> str:
        """Whose it is, and the line to type."""
        return find_refusal(Path(str(self))).explanation


def is_write_refused(why: BaseException) -> bool:
    """Whether that may be it, by its number alone."""
    if isinstance(why, OSError):
        return why.errno in _SHUT
    code = getattr(why, "sqlite_errorcode", None)
    return isinstance(why, NotWritable) or (
        code is not None and code & 0xFF in (_READ_ONLY, _CANNOT_OPEN_SHUT)
    )


def find_unwritable_place(why: BaseException, *places: Path) -> Path | None:
    """Which of the places, files or folders, cannot be written, where that is why."""
    if not is_write_refused(why):
        return None
    if isinstance(why, NotWritable):
        return Path(str(why))
    name = getattr(why, "filename", None)
    if isinstance(name, str | bytes):
        at = Path(os.fsdecode(name))
        return next((place for place in places if at.is_relative_to(place)), None)
    return next((place for place in places if not _writable(place)), None)


def require_writable(file: Path) -> None:
    """Whether a file can be added to, or made where it is not there. Raises NotWritable, which
    names it, or DiskFull."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC))
    except FileNotFoundError as why:
        if not os.access(file.parent, os.W_OK | os.X_OK):
            raise NotWritable(str(file.parent)) from why
    except OSError as why:
        raise (DiskFull if is_disk_full(why, file.parent) else NotWritable)(str(file)) from why


def _writable(place: Path) -> bool:
    if not place.is_dir():
        return os.access(place, os.W_OK)
    try:
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError as why:
        return why.errno not in _SHUT
