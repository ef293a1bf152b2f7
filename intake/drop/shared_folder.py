"""The folder that all agencies' folders lie in, told from the empty place where it is not mounted,
and from one that another register's service works.

Does: makes the folder and the file it is known by, opens it, and holds the lock that keeps a
second service away.
Trusts: the path in the settings.
Never touches: what agencies put there.
Known limits: the lock reaches other machines only where the share passes locks on (NFS, and CIFS
without `nobrl`). Where it does not, the owner's mark in the file keeps out every other register;
one register copied to two machines, keys and all, is then not noticed. The lock is a file held
open: to unmount the share while the service runs takes a lazy unmount (`umount -l`).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from intake.disk_errors import disk_is_full
from intake.drop.scan import LOCK, SENTINEL
from intake.safe_files import Folder, write_durably
from intake.source import NotThere, Unreadable, Vanished

NAME = "drop"
_SENTENCE = "By this file scr-intake knows that the folder is there. Leave it here.\n"
_OWNED = "The register that takes in what is put here: "
_LARGEST = 4096


class ShareAway(NotThere):
    """The drop folder is not there, or the file .scr-intake is not in it."""

    fix = (
        "See whether the share is mounted on this machine, and whether the service may read and"
        " write it. If somebody deleted the file .scr-intake, make an empty one of that name."
    )


class ShareFull(NotThere):
    """The disk that the drop folder lies on is full."""

    fix = "Make room on the share that the drop folder lies on. What lies there is not lost."


class AnotherRegisters(NotThere):
    """The drop folder is worked by another scr-intake. If that one is no longer in use, delete
    the last line of the file .scr-intake in the drop folder."""

    fix = "Find out which of the two should work this folder, and stop the other."


def make_drop(folder: Path) -> None:
    """Make the folder, and the file in it that tells it from the empty place where a share is
    not mounted (failure mode 23)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / SENTINEL).exists():
        (folder / SENTINEL).write_text(_SENTENCE, encoding="utf-8")


class Share:
    """The drop folder of one register. `owner` is the register's mark."""

    def __init__(self, path: Path, owner: str | None) -> None:
        self._path = path
        self._owner = owner
        self._lock: int | None = None
        self._claims = False

    @staticmethod
    def mark_of(mark: Callable[[bytes], str]) -> str:
        """The mark of the register whose keys make `mark`."""
        return mark(b"the drop folder of this register")

    def look(self) -> None:
        """Whether it is there and ours to work, without claiming it. Raises as `claim` does."""
        with self.root() as root:
            owned = self._owned(root)
            if self._owner is not None and owned not in (None, self._owner):
                raise AnotherRegisters(NAME)

    def claim(self) -> None:
        """Take it for this register, for as long as the process lives. Raises AnotherRegisters, or
        NotThere while it cannot be told. Taking it again is harmless, and needed after a share
        has come back."""
        self._claims = True
        with self.root() as root:
            self._hold(root)
            if self._owned(root) is None:
                self._sign()
            if self._owned(root) != self._owner:
                self._unlock()  # for the one whose it is
                raise AnotherRegisters(NAME)

    def check(self) -> None:
        """Claim it again, where it was ever claimed: the share may have come back as another.
        Raises as `claim` does."""
        if self._claims:
            self.claim()

    def let_go(self) -> None:
        """Let others claim it."""
        self._claims = False
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @contextmanager
    def root(self) -> Iterator[Folder]:
        """The folder, open. Raises NotThere."""
        with ExitStack() as held:
            try:
                root = held.enter_context(Folder.at(self._path))
                held.enter_context(root.file(SENTINEL))
            except (Vanished, Unreadable) as why:
                raise ShareAway(NAME) from why
            yield root

    def _hold(self, root: Folder) -> None:
        """The lock, on the file that is there now: after a share came back it is another."""
        try:
            lock = root.opened(LOCK, os.O_RDWR | os.O_CREAT)
        except OSError as why:
            raise self._trouble(why) from why
        if self._lock is not None and os.path.sameopenfile(self._lock, lock):
            os.close(lock)
            return
        try:
            _flock(lock)
        except BlockingIOError as why:
            os.close(lock)
            raise AnotherRegisters(NAME) from why
        self._unlock()
        self._lock = lock

    def _owned(self, root: Folder) -> str | None:
        """Whose it is by its own file, or None while nobody has said."""
        try:
            with root.file(SENTINEL) as descriptor:
                said = os.read(descriptor, _LARGEST).decode("utf-8", "replace")
        except (Vanished, Unreadable, OSError) as why:
            raise ShareAway(NAME) from why
        owned = [line for line in said.splitlines() if line.startswith(_OWNED)]
        return owned[-1].removeprefix(_OWNED).strip() if owned else None

    def _sign(self) -> None:
        try:
            said = f"{_SENTENCE}{_OWNED}{self._owner}\n"
            write_durably(self._path / SENTINEL, said.encode())
        except OSError as why:
            raise self._trouble(why) from why

    def _trouble(self, why: OSError) -> NotThere:
        return ShareFull(NAME) if disk_is_full(why, self._path) else ShareAway(NAME)


def _flock(descriptor: int) -> None:
    """Raises BlockingIOError. A file system without locks lets everyone in."""
    with suppress(_NoLocks):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError as why:
            raise _NoLocks from why


class _NoLocks(Exception):
    """The file system has no locks."""
