"""A folder that files are put into and nothing in it is ever overwritten or hidden by another.

Does: finds each file a name that collides with no other, also where upper and lower case or
composed and decomposed letters are one (failure mode 25), and moves or writes it there.
Trusts: that while it is in use nobody else puts names there that differ only in such ways; the same
name put there by another is noticed.
Never touches: a file that is there already.
Known limits: a name that has to be changed is cut short where it would be longer than a disk
allows. An empty file under the name of one of ours is taken for what a crash left of it.
"""

from __future__ import annotations

import os
from contextlib import suppress

from intake.drop.names import folded, numbered
from intake.folder import Folder
from intake.opened import read_all
from intake.source import TooLarge, Unreadable, Vanished

_PART = ".scr-intake.part"  # the one file being written; a crash leaves it for the next to replace


class Shelf:
    """One folder to put things in. `taken` are its names, folded, if they were listed before."""

    def __init__(self, folder: Folder, taken: set[str] | None = None) -> None:
        """Raises Unreadable."""
        self.folder = folder
        self.taken = {folded(n) for n, _ in folder.entries()} if taken is None else taken

    def take(self, folder: Folder, name: str) -> str:
        """Move a file here, under its own name or that name and a number; returns the name it
        has. Raises OSError."""
        there = next(free for free in numbered(name) if self._reserve(free))
        try:
            folder.move(name, self.folder, there)
        except OSError:
            self.folder.clear(there)
            self.taken.discard(folded(there))
            raise
        return there

    def give_back(self, name: str, folder: Folder) -> None:
        """Move a file from here to where it came from. Raises OSError, Unreadable."""
        Shelf(folder).take(self.folder, name)
        self.taken.discard(folded(name))

    def remove(self, name: str) -> None:
        """Delete a file. Raises OSError."""
        self.folder.unlink(name)
        self.taken.discard(folded(name))

    def put(self, name: str, data: bytes) -> None:
        """Write a file of ours durably; one that is there already with the same bytes is it.

        Raises OSError.
        """
        for there in numbered(name):
            if self._holds(there, data):
                return
            if self._reserve(there) or self._holds(there, b""):
                self._write(there, data)
                return

    def _reserve(self, name: str) -> bool:
        if folded(name) in self.taken:
            return False
        self.taken.add(folded(name))
        return self.folder.reserve(name)

    def _holds(self, name: str, data: bytes) -> bool:
        try:
            with self.folder.file(name) as descriptor:
                return read_all(descriptor) == data
        except (Vanished, Unreadable, TooLarge):
            return False

    def _write(self, name: str, data: bytes) -> None:
        with suppress(FileNotFoundError):
            self.folder.unlink(_PART)
        descriptor = self.folder.opened(_PART, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self.folder.move(_PART, self.folder, name)
        self.folder.sync()
