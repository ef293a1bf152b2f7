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

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CHUNK = 1 << 20


@contextmanager
def open_plainly(path: Path | str, folder: int | None = None) -> Iterator[int]:
    """A descriptor on a regular file with one link (failure mode 22); `path` is relative to the
    directory descriptor `folder`, if given. Raises Vanished or Unreadable."""
    try:
        descriptor = os.open(path, _FLAGS, dir_fd=folder)
    except FileNotFoundError as why:
        raise Vanished() from why
    except OSError as why:  # a link (ELOOP), a Windows lock, no permission
        raise Unreadable() from why
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_nlink != 1:
            raise Unreadable()
        yield descriptor
    finally:
        os.close(descriptor)


def read_all(descriptor: int, largest: int = LARGEST) -> bytes:
    """Everything in it, up to `largest` bytes. Raises TooLarge or Unreadable."""
    parts: list[bytes] = []
    total = 0
    try:
        while chunk := os.read(descriptor, _CHUNK):
            parts.append(chunk)
            total += len(chunk)
            if total > largest:
                raise TooLarge()
    except OSError as why:
        raise Unreadable() from why
    return b"".join(parts)
