"""The drop folder: one folder an agency code, whose permissions say who sent what lies in it.

Does: scans `drop/<agency code>/` (and `<case reference>/` below), waits until a file lies still,
reads it once through a descriptor, and moves what the spool holds to `done/<date>/`.
Trusts: the folders' permissions, and the list of agency codes it is given.
Never touches: a file that is still being written, a link, or anything not a regular file.
Known limits: the scan is the truth; this module does not listen for events. A file is still when
two looks, `settle` seconds apart, agree on its size and time, and a zip-based one has its end.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from intake.opened import open_plainly, read_all
from intake.source import NotThere, Offer, Outcome, Unreadable, Vanished

DONE = "done"
RETURNED = "returned"  # what we put there for the agency
_OURS = frozenset({DONE, RETURNED})
PATIENCE = 600.0  # seconds: a file cut short that lies still for longer is taken as it is
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 65_557  # bytes: the end record and the longest comment


@dataclass(frozen=True, slots=True)
class Found:
    """A file seen by one look: where, and what must not change until the next look."""

    path: Path
    agency: str
    case: str | None
    size: int
    modified: int  # nanoseconds

    @property
    def state(self) -> tuple[Path, int, int]:
        return self.path, self.size, self.modified


class Drop:
    """The drop folder as a source. `place` is the agency code and a keyed hash of the name."""

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

    def offers(self) -> Iterator[Offer]:
        """Every file that lies still. Raises NotThere."""
        first = {found.state for found in self._look()}
        if not first:
            return
        self._settle()
        for found in sorted(self._look(), key=lambda f: (f.modified, str(f.path))):
            if found.state in first and (self._abandoned(found) or _complete(found.path)):
                yield Offer(self._place(found), found.agency, found.case)

    def read(self, offer: Offer) -> bytes:
        """Raises Vanished, Unreadable or TooLarge."""
        return self._read(self._at(offer.place))

    def release(self, place: str, content: str, outcome: Outcome) -> None:
        """Move it to `done/<date>/`, unless it is gone or has changed since it was taken."""
        try:
            path = self._at(place)
            if self._mark(self._read(path)) == content:
                _move_aside(path, path.parent / DONE / self._today().isoformat())
        except Vanished:
            return

    def _abandoned(self, found: Found) -> bool:
        """Nobody is writing it any more: cut short or not, its sender should hear."""
        return self._clock() - found.modified / 1e9 > PATIENCE

    def _read(self, path: Path) -> bytes:
        with open_plainly(path) as descriptor:
            return read_all(descriptor)

    def _at(self, place: str) -> Path:
        for found in self._look():
            if self._place(found) == place:
                return found.path
        raise Vanished(place)

    def _place(self, found: Found) -> str:
        """By the name's bytes: names that differ in case or in Unicode form do not collide."""
        name = os.fsencode(f"{found.case or ''}/{found.path.name}")
        return f"{found.agency}/{self._mark(name)}"

    def _look(self) -> list[Found]:
        if not self._folder.is_dir():
            raise NotThere(self.name)
        return [
            found
            for agency in _folders(self._folder)
            for folder, case in [(agency, None), *((f, f.name) for f in _folders(agency))]
            for found in _files(folder, agency.name, case)
        ]


def _folders(parent: Path) -> list[Path]:
    with os.scandir(parent) as entries:
        return [
            Path(e.path)
            for e in sorted(entries, key=lambda e: e.name)
            if e.is_dir(follow_symlinks=False) and e.name not in _OURS and not _ignored(e.name)
        ]


def _files(folder: Path, agency: str, case: str | None) -> Iterator[Found]:
    """What might be a return. Lock files and what Word leaves while it saves are not
    (failure mode 21)."""
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                about = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if stat.S_ISREG(about.st_mode) and not _ignored(entry.name):
                yield Found(Path(entry.path), agency, case, about.st_size, about.st_mtime_ns)


def _ignored(name: str) -> bool:
    folded = name.casefold()
    return (
        folded.startswith(("~$", ".", "~w"))
        or folded.endswith((".tmp", ".receipt.txt"))
        or folded in {"thumbs.db", "desktop.ini"}
    )


def _complete(path: Path) -> bool:
    """A zip-based file is there whole only when its end record is (failure mode 20)."""
    try:
        with open_plainly(path) as descriptor:
            if os.pread(descriptor, 4, 0) != b"PK\x03\x04":
                return True
            size = os.fstat(descriptor).st_size
            return _ZIP_END in os.pread(descriptor, _ZIP_TAIL, max(0, size - _ZIP_TAIL))
    except (Vanished, Unreadable):
        return False


def _move_aside(path: Path, folder: Path) -> None:
    """Into `folder` under its own name, or that name and a number: nothing is overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(1, 10_000):
        target = folder / (path.name if n == 1 else f"{path.stem} ({n}){path.suffix}")
        try:
            # Reserve the name first: a rename would overwrite, and a link is not to be had on
            # every network share.
            os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            continue
        path.rename(target)
        return
