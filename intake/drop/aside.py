"""What becomes of a file once the spool holds it: moved to `done/<date>/`, deleted, or left.

Does: takes away exactly the bytes that the spool holds; what was saved under the same name in the
meantime is put back, and so is what its program wrote on after it was moved.
Trusts: the mark of the content, which the spool made.
Never touches: a file with other content.
Known limits: what is written on later than `AGAIN` after it was moved, or across a restart, is not
noticed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Literal

from intake.drop.names import DONE
from intake.drop.shelf import Shelf
from intake.folder import Folder
from intake.opened import Stamp, read_all, stamp
from intake.source import Vanished

After = Literal["move", "delete", "leave"]
Mark = Callable[[bytes], str]
AGAIN = 900.0  # seconds for which what was moved is looked at again


@dataclass(frozen=True, slots=True)
class _Moved:
    """A file in `done/`: whose folder it came from, and how it was at `at` (seconds)."""

    way: tuple[str, ...]
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

    def put_back_what_grew(
        self, opened: Callable[[tuple[str, ...]], AbstractContextManager[Folder]], now: float
    ) -> None:
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
        opened: Callable[[tuple[str, ...]], AbstractContextManager[Folder]],
        way: tuple[str, ...],
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
