"""What becomes of a file once the spool holds it: moved to `done/<date>/`, deleted, or left.

Does: takes away exactly the bytes that the spool holds; what was saved under the same name in the
meantime is put back.
Trusts: the mark of the content, which the spool made.
Never touches: a file with other content.
Known limits: a writer that keeps a file open while it is moved aside, and writes on, is not heard.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from intake.drop.names import DONE
from intake.drop.shelf import Shelf
from intake.folder import Folder
from intake.opened import read_all

After = Literal["move", "delete", "leave"]
Mark = Callable[[bytes], str]


class Aside:
    """The `done/` folders, each listed once between two looks at the drop folder: there may be
    thousands of files to put into one."""

    def __init__(self, mark: Mark, after: After) -> None:
        self._mark = mark
        self._after = after
        self._listed: dict[tuple[tuple[str, ...], str], set[str]] = {}

    def forget(self) -> None:
        """Others may have put things there since."""
        self._listed.clear()

    def take(self, folder: Folder, way: tuple[str, ...], name: str, content: str, day: str) -> None:
        """Take the file away if it still has that content.

        Raises Vanished, Unreadable, TooLarge or OSError.
        """
        if self._marked(folder, name) != content:
            return
        with folder.made(DONE) as done, done.made(day) as dated:
            shelf = Shelf(dated, self._listed.get((way, day)))
            self._listed[way, day] = shelf.taken
            moved = shelf.take(folder, name)
            if self._marked(dated, moved) != content:  # saved again in that very moment
                shelf.give_back(moved, folder)
            elif self._after == "delete":
                shelf.remove(moved)
        if self._after == "delete":
            self._tidy(folder, day)

    def _marked(self, folder: Folder, name: str) -> str:
        with folder.file(name) as descriptor:
            return self._mark(read_all(descriptor))

    @staticmethod
    def _tidy(folder: Folder, day: str) -> None:
        with folder.below(DONE) as done:
            done.remove_empty(day)
        folder.remove_empty(DONE)
