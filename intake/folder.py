"""A directory from outside, held open: nothing on the way to a file can be swapped for a link.

Does: lists, opens and moves by descriptor, one step down at a time, following no symbolic link.
Trusts: the path of the first directory, which the settings give; nothing below it.
Never touches: what lies in a file; `intake/drop/shelf.py` sees to it that nothing is overwritten.
Known limits: none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from intake.opened import held_open, open_plainly
from intake.source import Unreadable

_FLAGS = os.O_RDONLY | os.O_DIRECTORY


Entry = tuple[str, os.stat_result]  # a name, and what it is, links not followed


class Folder:
    """An open directory."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @staticmethod
    @contextmanager
    def at(path: Path) -> Iterator[Folder]:
        """The folder the settings name. Raises Vanished or Unreadable."""
        with held_open(path, _FLAGS) as descriptor:
            yield Folder(descriptor)

    @contextmanager
    def below(self, name: str) -> Iterator[Folder]:
        """A folder in this one. Raises Vanished, or Unreadable, also for a link."""
        with held_open(name, _FLAGS | os.O_NOFOLLOW, self._descriptor) as descriptor:
            yield Folder(descriptor)

    @contextmanager
    def made(self, name: str) -> Iterator[Folder]:
        """The same, made if it is not there. Raises OSError too."""
        with suppress(FileExistsError):
            os.mkdir(name, dir_fd=self._descriptor)
        with self.below(name) as folder:
            yield folder

    def entries(self) -> list[Entry]:
        """What lies in it, by name. Raises Unreadable."""
        found: list[Entry] = []
        try:
            with os.scandir(self._descriptor) as entries:
                for entry in entries:
                    with suppress(FileNotFoundError):  # gone between listing and looking
                        found.append((entry.name, entry.stat(follow_symlinks=False)))
        except OSError as why:
            raise Unreadable() from why
        return sorted(found, key=lambda pair: pair[0])

    def file(self, name: str) -> AbstractContextManager[int]:
        """See `open_plainly`."""
        return open_plainly(name, self._descriptor)

    def opened(self, name: str, flags: int, mode: int = 0o600) -> int:
        """A descriptor on a file of ours, made if the flags say so. Raises OSError."""
        flags |= os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        return os.open(name, flags, mode, dir_fd=self._descriptor)

    def move(self, name: str, into: Folder, there: str) -> None:
        """Move a file over the name `there`, which is reserved. Raises OSError."""
        os.rename(name, there, src_dir_fd=self._descriptor, dst_dir_fd=into._descriptor)

    def unlink(self, name: str) -> None:
        """Raises OSError."""
        os.unlink(name, dir_fd=self._descriptor)

    def remove_empty(self, name: str) -> None:
        """Remove a folder in this one, unless something is in it."""
        with suppress(OSError):
            os.rmdir(name, dir_fd=self._descriptor)

    def sync(self) -> None:
        """Make the names in it survive a power cut. Raises OSError."""
        os.fsync(self._descriptor)

    def reserve(self, name: str) -> bool:
        """Whether the name was free and is ours now: an empty file. A rename would overwrite, and
        a link is not to be had on every network share. Raises OSError."""
        try:
            os.close(self.opened(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        return True

    def clear(self, name: str) -> None:
        """Undo a reservation. What is not empty is no reservation: a share can move a file and
        still say that it could not."""
        with suppress(OSError):
            if os.stat(name, dir_fd=self._descriptor, follow_symlinks=False).st_size == 0:
                self.unlink(name)
