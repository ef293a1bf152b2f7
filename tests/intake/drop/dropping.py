"""A drop folder to put files into, and what a share may do to it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from intake.drop.archive import AfterMode
from intake.drop.drop_folder import DropFolder
from intake.drop.shared_folder import make_drop_folder
from intake.keys import Keys
from intake.source import SourceOffer
from tests import builders as build

DOCX = build.make_statement()


class Dropping:
    """A drop folder, its agencies, and a clock that tests set."""

    def __init__(self, folder: Path, keys: Keys, after: AfterMode = "move") -> None:
        self.folder = folder
        make_drop_folder(folder)
        self.between: Callable[[], object] = lambda: None  # what happens between the two looks
        self.now = time.time()
        self.mark: Callable[[bytes], str] = lambda data: keys.keyed_hash("content", data)
        self.after = after
        self.taken: dict[str, set[str]] = {}  # what the spool holds: places, and marks
        self.start()

    def start(self) -> None:
        """As a process that has just started."""
        self.drop = DropFolder(
            self.folder,
            self.mark,
            settle=self._settle,
            today=lambda: date(2010, 4, 1),
            clock=lambda: self.now,
            after=self.after,
            outgrown=lambda place, mark: mark not in self.taken.get(place, {mark}),
        )

    def _settle(self) -> None:
        self.between()

    def put(self, content: bytes = b"bytes", at: str = "GP/one") -> Path:
        path = self.folder / at
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def offers(self) -> list[SourceOffer]:
        return list(self.drop.list_offers())

    def read(self) -> list[bytes]:
        return [self.drop.read_content(offer) for offer in self.offers()]

    def release(self, offer: SourceOffer, content: bytes = b"bytes") -> None:
        self.taken.setdefault(offer.place, set()).add(self.mark(content))
        self.drop.release_item(offer.place, self.mark(content), "taken")


def kinds(dropping: Dropping) -> list[tuple[tuple[str, ...], str]]:
    dropping.offers()
    return [(stray.way, stray.kind) for stray in dropping.drop.list_strays()]


def refusing(monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    """The share refuses to open `name`."""
    actual = os.open

    def refuses(path: str | Path, flags: int, *rest: int, dir_fd: int | None = None) -> int:
        if str(path) == name:
            raise OSError(code, os.strerror(code))
        return actual(path, flags, *rest, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", refuses)


def grows(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")
