"""The drop folder: one folder an agency code, whose permissions say who sent what lies in it.

Does: scans `drop/<agency code>/` (and `<case reference>/` below), waits until a file lies still,
reads it once through a descriptor, and moves what the spool holds to `done/<date>/`.
Trusts: the permissions of the drop folder and of each agency's folder.
Never touches: a file that is still being written, a link, or anything not a regular file.
Known limits: the scan is the truth; this module does not listen for events. What lies in the drop
folder itself, or deeper than a case's folder, is not looked at. A writer that keeps a file open
while it is moved aside, and writes on, is not heard. On a share whose clock is more than ten
minutes wrong a zip-based file is not waited for beyond the two looks.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from intake.folder import Entry, Folder
from intake.opened import Stamp, read_all, stamp
from intake.source import NotThere, Offer, Outcome, Unreadable, Vanished

SENTINEL = ".scr-intake"
DONE = "done"
RETURNED = "returned"  # what we put there for the agency
_OURS = frozenset({DONE, RETURNED})
PATIENCE = 600.0  # seconds: a file cut short that lies still for longer is taken as it is
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22  # bytes; the last two say how long the comment after it is
_ZIP_TAIL = _ZIP_END_SIZE + 65_535  # bytes: the end record and the longest comment


@dataclass(frozen=True, slots=True)
class Found:
    """A file seen by one look: the folders on the way to it, its name, and what must not change
    until the next look."""

    way: tuple[str, ...]
    name: str
    stamp: Stamp

    @property
    def agency(self) -> str:
        """The folder's name, where it can be an agency's code at all; codes are ASCII."""
        return self.way[0] if self.way[0].isascii() else ""

    @property
    def case(self) -> str | None:
        return self.way[1] if len(self.way) > 1 else None

    @property
    def path(self) -> bytes:
        """By the names' bytes: what differs in case or in Unicode form does not collide."""
        return os.fsencode("/".join((*self.way, self.name)))


def make_drop(folder: Path) -> None:
    """Make the folder, and the file in it that tells it from the empty place where a share is
    not mounted (failure mode 23)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / SENTINEL).exists():
        sentence = "By this file scr-intake knows that the folder is there. Leave it here.\n"
        (folder / SENTINEL).write_text(sentence, encoding="utf-8")


class Drop:
    """The drop folder as a source. `place` is a keyed hash of the file's path in it."""

    name = "drop"

    def __init__(
        self,
        folder: Path,
        mark: Callable[[bytes], str],
        *,
        settle: Callable[[], None],
        today: Callable[[], date],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`mark` makes keyed hashes, `settle` waits between two looks, `today` names `done/`,
        and `clock` tells the age of a file (seconds, as its modification time)."""
        self._folder = folder
        self._mark = mark
        self._settle = settle
        self._today = today
        self._clock = clock
        self._seen: dict[str, Found] = {}
        self._shut = False

    def offers(self) -> Iterator[Offer]:
        """Every file that lies still. Raises NotThere."""
        first = set(self._look().values())
        if first:
            self._settle()
            looked = self._look()
            for place, found in sorted(looked.items(), key=lambda pair: pair[1].stamp[1]):
                if found in first and self._ready(found):
                    yield Offer(place, found.agency, found.case)
        if self._shut:
            raise NotThere(self.name)

    def read(self, offer: Offer) -> bytes:
        """Raises NotThere, Vanished (also when it is no longer what was offered), Unreadable or
        TooLarge."""
        found = self._at(offer.place)
        with self._way_to(found) as folder, folder.file(found.name) as descriptor:
            if stamp(os.fstat(descriptor)) != found.stamp:
                raise Vanished()
            return read_all(descriptor)

    def release(self, place: str, content: str, outcome: Outcome) -> None:
        """Move it to `done/<date>/`, unless it is gone or has changed since it was taken."""
        try:
            found = self._at(place)
            with self._way_to(found) as folder:
                if self._marked(folder, found.name) == content:
                    self._move_aside(folder, found.name, content)
        except Vanished:
            return

    def _move_aside(self, folder: Folder, name: str, content: str) -> None:
        with folder.made(DONE) as done, done.made(self._today().isoformat()) as day:
            moved = folder.move(name, day)
            if self._marked(day, moved) != content:  # saved again in that very moment
                day.move(moved, folder)

    def _marked(self, folder: Folder, name: str) -> str:
        with folder.file(name) as descriptor:
            return self._mark(read_all(descriptor))

    def _ready(self, found: Found) -> bool:
        """A file far from now, either way, is one that nobody is writing any more: cut short or
        not, its sender should hear."""
        try:
            away = abs(self._clock() - found.stamp[1] / 1e9)
            return away > PATIENCE or self._complete(found)
        except (Vanished, Unreadable):
            return False

    def _complete(self, found: Found) -> bool:
        """A zip-based file is there whole only when its end record is (failure mode 20); an empty
        file may yet become one."""
        with self._way_to(found) as folder, folder.file(found.name) as descriptor:
            start = os.pread(descriptor, len(_ZIP), 0)
            if not _ZIP.startswith(start):
                return True
            size = found.stamp[0]
            return ends_as_zip(os.pread(descriptor, _ZIP_TAIL, max(0, size - _ZIP_TAIL)))

    def _at(self, place: str) -> Found:
        """A place stands for one path for ever, so that what was seen once need not be looked for
        again."""
        found = self._seen.get(place) or self._look().get(place)
        if found is None:
            raise Vanished()
        return found

    @contextmanager
    def _way_to(self, found: Found) -> Iterator[Folder]:
        with self._root() as root, ExitStack() as on_the_way:
            folder = root
            for name in found.way:
                folder = on_the_way.enter_context(folder.below(name))
            yield folder

    def _look(self) -> dict[str, Found]:
        self._shut = False
        with self._root() as root:
            agencies = _folders(_entries(root))
            found = [f for agency in agencies for f in self._files(root, agency)]
        self._seen = {self._mark(f.path): f for f in found}
        return self._seen

    def _files(self, parent: Folder, *way: str) -> list[Found]:
        """What might be a return in this folder and, one step down, in a case's."""
        try:
            with parent.below(way[-1]) as folder:
                entries = folder.entries()
                found = [Found(way, name, stamp(s)) for name, s in entries if _file(name, s)]
                cases = _folders(entries) if len(way) == 1 else ()
                return found + [f for case in cases for f in self._files(folder, *way, case)]
        except Vanished:
            return []
        except Unreadable:
            self._shut = True
            return []

    @contextmanager
    def _root(self) -> Iterator[Folder]:
        with ExitStack() as held:
            try:
                root = held.enter_context(Folder.at(self._folder))
                held.enter_context(root.file(SENTINEL))
            except (Vanished, Unreadable) as why:
                raise NotThere(self.name) from why
            yield root


def _entries(root: Folder) -> list[Entry]:
    try:
        return root.entries()
    except Unreadable as why:
        raise NotThere(Drop.name) from why


def _folders(entries: list[Entry]) -> Iterator[str]:
    for name, about in entries:
        if stat.S_ISDIR(about.st_mode) and name.casefold() not in _OURS and not _ignored(name):
            yield name


def _file(name: str, about: os.stat_result) -> bool:
    """Lock files and what Word leaves while it saves are not returns (failure mode 21)."""
    return stat.S_ISREG(about.st_mode) and about.st_nlink == 1 and not _ignored(name)


def _ignored(name: str) -> bool:
    folded = name.casefold()
    return (
        folded.startswith(("~$", "."))
        or folded.endswith((".tmp", ".receipt.txt"))
        or folded in {"thumbs.db", "desktop.ini"}
    )


def ends_as_zip(tail: bytes) -> bool:
    """Whether a file with this tail ends where a zip's own end record says it does."""
    at = tail.rfind(_ZIP_END)
    record = tail[at : at + _ZIP_END_SIZE]
    comment = int.from_bytes(record[-2:], "little")
    return at >= 0 and at + _ZIP_END_SIZE + comment == len(tail)
