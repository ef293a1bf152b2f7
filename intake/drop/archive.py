"""What becomes of a file once the spool holds it, and where files of ours are put back for an
agency."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from intake.drop.scan import DONE, RECEIPT, RETURNED, cut, folded, numbered, plain
from intake.safe_files import Folder, Stamp, read_all, stamp
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


_COPY = " (our comments)"


def put_back(folder: Folder, name: str, data: bytes) -> None:
    """Raises Unreadable, Vanished or OSError."""
    with folder.made(RETURNED) as returned:
        Shelf(returned).put(name, data)


def receipt_name(name: str) -> str:
    """ "Form.docx.receipt.txt" for "Form.docx"."""
    return cut(plain(name), RECEIPT)


def copy_name(name: str, ending: str) -> str:
    """ "Form (our comments).docx" for "Form.docx", whatever ending it had."""
    shown = plain(name)
    stem = Path(shown).stem if Path(shown).suffix else shown
    return cut(stem, f"{_COPY}.{ending}")


After = Literal["move", "delete", "leave"]
Mark = Callable[[bytes], str]
Way = tuple[str, ...]
Opened = Callable[[Way], AbstractContextManager[Folder]]
# Whether something was taken from a folder under this name, and nothing with this mark.
Outgrown = Callable[[Way, str, str], bool]
AGAIN = 900.0  # seconds for which what was moved is looked at again


@dataclass(frozen=True, slots=True)
class _Moved:
    """A file in `done/`: whose folder it came from, and how it was at `at` (seconds)."""

    way: Way
    day: str
    name: str
    stamp: Stamp
    at: float

    @property
    def place(self) -> tuple[tuple[str, ...], str]:
        return self.way, self.day


class Aside:
    """The `done/` folders, each listed once between two looks at the drop folder: there may be
    thousands of files to put into one."""

    def __init__(self, mark: Mark, after: After) -> None:
        self._mark = mark
        self._after = after
        self._listed: dict[tuple[tuple[str, ...], str], set[str]] = {}
        self._moved: list[_Moved] = []

    def forget(self) -> None:
        """Others may have put things there since."""
        self._listed.clear()

    def take(
        self, folder: Folder, way: tuple[str, ...], name: str, content: str, day: str, now: float
    ) -> None:
        """Take the file away if it still has that content.

        `now` is in seconds. Raises Vanished, Unreadable, TooLarge or OSError.
        """
        if self._marked(folder, name) != content:
            return
        with folder.made(DONE) as done, done.made(day) as dated:
            shelf = Shelf(dated, self._listed.get((way, day)))
            self._listed[way, day] = shelf.taken
            moved = shelf.take(folder, name)
            as_moved = _stamp_of(dated, moved)
            if self._marked(dated, moved) != content:  # saved again in that very moment
                shelf.give_back(moved, folder)
            elif self._after == "delete":
                shelf.remove(moved)
            else:
                self._moved.append(_Moved(way, day, moved, as_moved, now))
        if self._after == "delete":
            self._tidy(folder, day)

    def recall(
        self, opened: Opened, ways: Iterable[Way], today: date, now: float, outgrown: Outgrown
    ) -> None:
        """What a service that has just started need know of what was moved before: what was
        written on meanwhile is put back, and the rest of the latest is looked at again.

        Raises NotThere, Unreadable or OSError.
        """
        days = [(today - timedelta(days=before)).isoformat() for before in (0, 1)]
        for way in ways:
            for day in days:
                with suppress(Vanished):
                    self._recall(opened, way, day, now, outgrown)

    def _recall(self, opened: Opened, way: Way, day: str, now: float, outgrown: Outgrown) -> None:
        with opened(way) as folder, folder.below(DONE) as done, done.below(day) as dated:
            for name, about in dated.entries():
                if not stat.S_ISREG(about.st_mode) or abs(now - about.st_mtime) >= AGAIN:
                    continue
                mark = self._written_on(dated, name, about)
                if mark is not None and outgrown(way, name, mark):
                    Shelf(folder).take(dated, name)
                else:
                    self._moved.append(_Moved(way, day, name, stamp(about), now))

    def _written_on(self, dated: Folder, name: str, about: os.stat_result) -> str | None:
        """The mark of what may have been written on since it was moved: moving a file changes only
        what is kept about it. None also while it is written on, which the next look notices."""
        if about.st_mtime_ns < about.st_ctime_ns:
            return None
        try:
            return self._marked(dated, name)
        except (Unreadable, TooLarge):
            return None

    def put_back_what_grew(self, opened: Opened, now: float) -> None:
        """Look once more at what was moved lately: what its program still wrote on is put back, to
        be taken as it is now (failure mode 119).

        `opened` opens a folder by its way. Raises NotThere, Unreadable or OSError.
        """
        recent = [moved for moved in self._moved if now - moved.at < AGAIN]
        self._moved = []
        for place in dict.fromkeys(moved.place for moved in recent):
            there = [moved for moved in recent if moved.place == place]
            with suppress(Vanished):
                self._put_back(opened, *place, there)

    def _put_back(
        self,
        opened: Opened,
        way: Way,
        day: str,
        there: Sequence[_Moved],
    ) -> None:
        with opened(way) as folder, folder.below(DONE) as done, done.below(day) as dated:
            now = {name: stamp(about) for name, about in dated.entries()}
            self._moved += [moved for moved in there if now.get(moved.name) == moved.stamp]
            grown = [m.name for m in there if m.name in now and now[m.name] != m.stamp]
            for name in grown:
                Shelf(folder).take(dated, name)
                self.forget()

    def _marked(self, folder: Folder, name: str) -> str:
        with folder.file(name) as descriptor:
            return self._mark(read_all(descriptor))

    @staticmethod
    def _tidy(folder: Folder, day: str) -> None:
        with folder.below(DONE) as done:
            done.remove_empty(day)
        folder.remove_empty(DONE)


def _stamp_of(folder: Folder, name: str) -> Stamp:
    """Raises Vanished or Unreadable."""
    with folder.file(name) as descriptor:
        return stamp(os.fstat(descriptor))
