"""Whether it was a place of ours that cannot be written: a fault that a person mends.

Does: tells a folder or a register that is read-only, or not ours to write, from every other fault.
Trusts: the system's error numbers and the path it gives; where it gives none, what a trial tells.
Never touches: what lies there.
Known limits: none.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

_READ_ONLY, _CANNOT_OPEN = 8, 14  # SQLite's codes, without what extends them
_SHUT = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class NotWritable(Exception):
    """A place that the service keeps things in cannot be written. Nothing is lost: what has come
    stays where it is until it can be."""

    fix = "See who owns it, whether this service may write it, and whether its disk is read-only."


def is_shut(why: BaseException) -> bool:
    """Whether that may be it, by its number alone."""
    if isinstance(why, OSError):
        return why.errno in _SHUT
    code = getattr(why, "sqlite_errorcode", None)
    return isinstance(why, NotWritable) or (
        code is not None and code & 0xFF in (_READ_ONLY, _CANNOT_OPEN)
    )


def shut(why: BaseException, *places: Path) -> Path | None:
    """Which of the places, files or folders, cannot be written, where that is why."""
    if not is_shut(why):
        return None
    name = getattr(why, "filename", None)
    if isinstance(name, str | bytes):
        at = Path(os.fsdecode(name))
        return next((place for place in places if at.is_relative_to(place)), None)
    return next((place for place in places if not _writable(place)), None)


def _writable(place: Path) -> bool:
    if not place.is_dir():
        return os.access(place, os.W_OK)
    try:
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError as why:
        return why.errno not in _SHUT
