"""A file from outside, opened so that its name cannot play tricks.

Does: opens a regular file with one link, without following a symbolic link or waiting on a FIFO,
and reads it whole through that descriptor.
Trusts: nothing about the name.
Never touches: the file's content.
Known limits: a hard link made after the check is not seen; it gains nothing that the writer of
the folder did not have.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intake.source import LARGEST, TooLarge, Unreadable, Vanished

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_CHUNK = 1 << 20

Stamp = tuple[int, int]  # size in bytes, modification time in nanoseconds


@contextmanager
def open_plainly(
    path: Path | str, folder: int | None = None, *, linked: bool = False
) -> Iterator[int]:
    """A descriptor on a regular file (failure mode 22), which has one link unless it may be
    `linked`, and lies on the same device as the directory descriptor `folder` that `path` is
    relative to, if one is given. Raises Vanished or Unreadable."""
    with held_open(path, _FLAGS, folder) as descriptor:
        about = os.fstat(descriptor)
        if not (
            stat.S_ISREG(about.st_mode)
            and (linked or about.st_nlink == 1)
            and (folder is None or about.st_dev == os.fstat(folder).st_dev)
        ):
            raise Unreadable()
        yield descriptor


@contextmanager
def held_open(path: Path | str, flags: int, folder: int | None = None) -> Iterator[int]:
    """A descriptor on whatever is there. Raises Vanished or Unreadable."""
    try:
        descriptor = os.open(path, flags | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError as why:
        raise Vanished() from why
    except OSError as why:  # a link (ELOOP), a Windows lock, no permission
        raise Unreadable() from why
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def stamp(about: os.stat_result) -> Stamp:
    """What must not change while a file lies still."""
    return about.st_size, about.st_mtime_ns


def read_all(descriptor: int, largest: int = LARGEST) -> bytes:
    """Everything in it, up to `largest` bytes. Raises TooLarge, or Unreadable, also when it was
    written to while it was read (failure mode 20)."""
    try:
        before = stamp(os.fstat(descriptor))
        raw = _read(descriptor, largest)
        if stamp(os.fstat(descriptor)) != before:
            raise Unreadable()
    except OSError as why:
        raise Unreadable() from why
    return raw


def _read(descriptor: int, largest: int) -> bytes:
    if os.fstat(descriptor).st_size > largest:
        raise TooLarge()
    parts: list[bytes] = []
    total = 0
    while chunk := os.read(descriptor, _CHUNK):
        parts.append(chunk)
        total += len(chunk)
        if total > largest:
            raise TooLarge()
    return b"".join(parts)
