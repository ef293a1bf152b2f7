"""Whether it was the disk that was full: the one fault that passes by itself once there is room.

Does: tells a full disk or quota from every other fault, in a file or in SQLite. Whoever turns an
OSError or a database's error into a sentence of its own asks here first (failure mode 115).
Trusts: the system's error numbers; where they do not say it, what a file tells that is written to
try.
Never touches: what lies on the disk.
Known limits: none.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

NEEDED = 64 * 1024  # bytes: what SQLite takes for its shared memory beside the register is 32 KB
_FULL, _IO_ERROR, _CANNOT_OPEN = 13, 10, 14  # SQLite's codes, without what extends them
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class DiskFull(Exception):
    """The disk is full. Nothing is lost: what has come stays where it is until there is room."""


def disk_is_full(why: BaseException, *folders: Path) -> bool:
    """Whether it was want of room: by its number (failure mode 60), or because none of an input or
    output error's numbers say so and there is no room in one of the `folders` that were in use."""
    if isinstance(why, DiskFull):
        return True
    if isinstance(why, OSError):
        return why.errno in _NO_ROOM or (why.errno == errno.EIO and _short(folders))
    code = getattr(why, "sqlite_errorcode", None)
    if code is None:
        return False
    return code & 0xFF == _FULL or (code & 0xFF in (_IO_ERROR, _CANNOT_OPEN) and _short(folders))


def has_room(folder: Path) -> bool:
    """Whether a small file can be written there. True also where that fails for another reason
    than room: then it is not room that is wanted."""
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(bytes(NEEDED))
            trial.flush()
            os.fsync(trial.fileno())
    except OSError as why:
        return why.errno not in _NO_ROOM
    return True


def _short(folders: tuple[Path, ...]) -> bool:
    return not all(map(has_room, folders))
