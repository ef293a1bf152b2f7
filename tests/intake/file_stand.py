"""A source made of files as the contract suite needs it, and the world beside it."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from intake.drop.drop_folder import DropFolder
from intake.drop.shared_folder import make_drop_folder
from intake.keys import Keys
from intake.maildir import Maildir, make_maildir
from intake.source import Source, SourceOffer

PIECE = 1000  # bytes that a slow source hands over at a time
LATER = 1e12  # seconds; by then every file has lain still for long


class Stand:
    """A source, and its own folder to put things in as the world would."""

    def __init__(self, folder: Path, keys: Keys, kind: str) -> None:
        self.folder = folder
        self.mark: Callable[[bytes], str] = lambda data: keys.keyed_hash("content", data)
        self.inbox = folder / {"drop": "GP", "maildir": "new"}[kind]
        self._kind = kind
        if kind == "drop":
            make_drop_folder(folder)
            self.inbox.mkdir()
        else:
            make_maildir(folder)
        self.source = self.opened()

    def opened(self) -> Source:
        """The source as a process that has just started has it."""
        if self._kind == "maildir":
            return Maildir("mail-1", self.folder, self.mark)
        return DropFolder(
            self.folder,
            self.mark,
            settle=lambda: None,
            today=lambda: date(2010, 4, 1),
            clock=lambda: LATER,
        )

    def put(self, content: bytes, name: str = "one") -> Path:
        path = self.inbox / name
        path.write_bytes(content)
        return path

    def offers(self) -> list[SourceOffer]:
        return list(self.source.list_offers())

    def read(self) -> list[bytes]:
        """The bytes of everything offered."""
        return [self.source.read_content(offer) for offer in self.offers()]

    def release(self, offer: SourceOffer, content: bytes) -> None:
        self.source.release_item(offer.place, self.mark(content), "taken")

    def aside(self) -> list[bytes]:
        """What has been moved out of the way."""
        kept = {self.folder / "GP" / "done", self.folder / ".Dealt with"}
        return sorted(p.read_bytes() for k in kept for p in k.rglob("*") if p.is_file())

    @contextmanager
    def locked(self, path: Path) -> Iterator[None]:
        """Open in another program, or not for us."""
        actual = os.open

        def refused(name: Any, *words: Any, **more: Any) -> int:
            if Path(os.fsdecode(name)).name == path.name:
                raise PermissionError(errno.EACCES, "made up")
            return actual(name, *words, **more)

        with patch.object(os, "open", refused):
            yield

    @contextmanager
    def slow(self) -> Iterator[None]:
        """A share that hands over little at a time."""
        actual = os.read

        def little(descriptor: int, size: int) -> bytes:
            time.sleep(0.001)
            return actual(descriptor, min(size, PIECE))

        with patch.object(os, "read", little):
            yield

    @contextmanager
    def full(self) -> Iterator[None]:
        """A disk with no room for another name."""
        actual = os.open

        def no_room(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "made up")

        def no_new(name: Any, flags: int, *words: Any, **more: Any) -> int:
            if flags & os.O_CREAT:
                no_room()
            return actual(name, flags, *words, **more)

        with (
            patch.object(os, "mkdir", no_room),
            patch.object(os, "rename", no_room),
            patch.object(os, "open", no_new),
        ):
            yield
