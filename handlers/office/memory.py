"""A folder in memory, for a document that has to be a file and may not rest on a disk.

Does: finds a folder on tmpfs with room for a conversion, by asking the kernel what it is.
Trusts: the kernel's answer, not the folder's name.
Never touches: what is in the folder.
Known limits: memory can be swapped out to a disk, tmpfs with it. A machine that reads the board's
papers has its swap encrypted or none: this module cannot see to that.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from handlers.office.refusals import NoMemory
from handlers.worker.kernel import call

TMPFS = 0x01021994  # linux/magic.h
_STATFS_BYTES = 256  # the structure has 120
# What a run takes besides the document: a profile, temporary files, what it makes.
TIMES, BESIDES = 6, 32 << 20


def in_memory(size: int) -> Path:
    """Where to work on a document of `size` bytes. Raises NoMemory."""
    return first_in_memory(_places(), TIMES * size + BESIDES)


def first_in_memory(places: Iterable[Path], needed: int) -> Path:
    """The first of `places` that is in memory, may be written in and has `needed` bytes free.
    Raises NoMemory."""
    for place in places:
        if is_in_memory(place) and os.access(place, os.W_OK | os.X_OK) and _free(place) >= needed:
            return place
    raise NoMemory


def is_in_memory(folder: Path) -> bool:
    """Whether the folder is on tmpfs. False where it is not there."""
    answer = ctypes.create_string_buffer(_STATFS_BYTES)
    path = ctypes.create_string_buffer(os.fsencode(folder))
    try:
        call("statfs", ctypes.addressof(path), ctypes.addressof(answer))
    except OSError:
        return False
    return ctypes.c_long.from_buffer(answer).value == TMPFS


def _places() -> Iterator[Path]:
    yield Path("/dev/shm")  # noqa: S108  rooms in it are made for their owner alone
    yield Path(tempfile.gettempdir())


def _free(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize
