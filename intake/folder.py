"""A directory from outside, held open: nothing on the way to a file can be swapped for a link.

Does: lists, opens and moves by descriptor, one step down at a time, following no symbolic link.
Trusts: the path of the first directory, which the settings give; nothing below it.
Never touches: what lies in a file; it overwrites nothing.
Known limits: where a name must be changed because it is taken, one longer than the disk allows is
cut short.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import count
from pathlib import Path

from intake.opened import held_open, open_plainly
from intake.source import Unreadable

_FLAGS = os.O_RDONLY | os.O_DIRECTORY
_LONGEST = 255  # bytes, of a name on any file system in use
_ENDING = 16  # characters; what is longer is no file ending


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

    def move(self, name: str, into: Folder) -> str:
        """Move a file, under its own name or that name and a number; returns the name it has.

        Raises OSError.
        """
        there = next(free for free in _names(name) if into._reserve(free))
        try:
            os.rename(name, there, src_dir_fd=self._descriptor, dst_dir_fd=into._descriptor)
        except OSError:
            into._clear(there)
            raise
        return there

    def _reserve(self, name: str) -> bool:
        """Whether the name was free and is ours now. A rename would overwrite, and a link is not
        to be had on every network share."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            os.close(os.open(name, flags, 0o600, dir_fd=self._descriptor))
        except FileExistsError:
            return False
        return True

    def _clear(self, name: str) -> None:
        """Undo a reservation. What is not empty is no reservation: a share can move a file and
        still say that it could not."""
        with suppress(OSError):
            if os.stat(name, dir_fd=self._descriptor, follow_symlinks=False).st_size == 0:
                os.unlink(name, dir_fd=self._descriptor)


def _names(name: str) -> Iterator[str]:
    """The name itself, then "Form (2).docx" and so on."""
    yield name
    stem, ending = Path(name).stem, Path(name).suffix[:_ENDING]
    for n in count(2):
        tail = f" ({n}){ending}"
        room = _LONGEST - len(os.fsencode(tail))
        yield os.fsencode(stem)[:room].decode("utf-8", "ignore") + tail
