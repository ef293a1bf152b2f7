"""The folder that all agencies' folders lie in: opened, recognised, and locked for one service.

The lock reaches other machines only where the share passes locks on (NFS, CIFS without `nobrl`). It
is a file held open, so that unmounting meanwhile takes a lazy unmount (`umount -l`).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from config.settings import FIRST_DROP_FOLDER
from intake.disk_errors import is_disk_full
from intake.drop.scan import LOCK_FILE, SENTINEL_FILE
from intake.safe_files import OpenFolder, write_durably
from intake.source import ItemUnreadable, ItemVanished, SourceUnavailable

_SENTENCE = "By this file scr-intake knows that the folder is there. Leave it here.\n"
_OWNED = "The register that takes in what is put here: "
_LARGEST = 4096


def drop_folder_in_words(name: str) -> str:
    """ "drop folder"; one that has a name of its own is called by it: "drop folder education"."""
    return "drop folder" if name == FIRST_DROP_FOLDER else f"drop folder {name}"


class DropFolderTrouble(SourceUnavailable):
    sentence = "Something stands in the way of working a drop folder."

    def __init__(self, name: str) -> None:
        super().__init__(name)
        if name != FIRST_DROP_FOLDER:
            self.sentence = f"{drop_folder_in_words(name).capitalize()}: {self.sentence}"


class ShareUnavailable(DropFolderTrouble):
    sentence = "The drop folder is not there, or the file .scr-intake is not in it."

    fix = (
        "See whether the share is mounted on this machine, and whether the service may read and"
        " write it. If somebody deleted the file .scr-intake, make an empty one of that name."
    )


class ShareFull(DropFolderTrouble):
    sentence = "The disk that the drop folder lies on is full."

    fix = "Make room on the share that the drop folder lies on. What lies there is not lost."


class ShareClaimedElsewhere(DropFolderTrouble):
    sentence = (
        "The drop folder is worked by another scr-intake. If that one is no longer in use,"
        " delete the last line of the file .scr-intake in the drop folder."
    )

    fix = "Find out which of the two should work this folder, and stop the other."


def make_drop_folder(folder: Path) -> None:
    """Make the folder, and the file in it that tells it from the empty place where a share is
    not mounted (failure mode 23)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / SENTINEL_FILE).exists():
        (folder / SENTINEL_FILE).write_text(_SENTENCE, encoding="utf-8")


class SharedFolder:
    """A drop folder of one register. `owner` is the register's mark."""

    def __init__(self, path: Path, owner: str | None, name: str = FIRST_DROP_FOLDER) -> None:
        self.name = name
        self._path = path
        self._owner = owner
        self._lock: int | None = None
        self._claims = False

    @staticmethod
    def register_mark(mark: Callable[[bytes], str]) -> str:
        """The mark of the register whose keys make `mark`."""
        return mark(b"the drop folder of this register")

    def check_available(self) -> None:
        """Whether it is there and ours to work, without claiming it. Raises as `claim_folder`
        does."""
        with self.open_root() as root:
            owned = self._owned(root)
            if self._owner is not None and owned not in (None, self._owner):
                raise ShareClaimedElsewhere(self.name)

    def is_claimed(self) -> bool:
        """Whether any register has said that it works it. Raises SourceUnavailable."""
        with self.open_root() as root:
            return self._owned(root) is not None

    def claim_folder(self) -> None:
        """Take it for this register, for as long as the process lives.

        Raises ShareClaimedElsewhere, or SourceUnavailable while it cannot be told. Taking it again
        is harmless, and needed after a share has come back.
        """
        self._claims = True
        with self.open_root() as root:
            self._hold(root)
            if self._owned(root) is None:
                self._sign()
            if self._owned(root) != self._owner:
                self._unlock()  # for the one whose it is
                raise ShareClaimedElsewhere(self.name)

    def renew_claim(self) -> None:
        """Claim it again, where it was ever claimed: the share may have come back as another.
        Raises as `claim_folder` does."""
        if self._claims:
            self.claim_folder()

    def release_claim(self) -> None:
        """Let go of the folder, so that another service may claim it."""
        self._claims = False
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @contextmanager
    def open_root(self) -> Iterator[OpenFolder]:
        """The folder, open. Raises SourceUnavailable."""
        with ExitStack() as held:
            try:
                root = held.enter_context(OpenFolder.open_path(self._path))
                held.enter_context(root.open_file(SENTINEL_FILE))
            except (ItemVanished, ItemUnreadable) as why:
                raise ShareUnavailable(self.name) from why
            yield root

    def _hold(self, root: OpenFolder) -> None:
        """The lock, on the file that is there now: after a share came back it is another. That of
        the register, which one machine sees, is in `commands/runtime.py`."""
        try:
            lock = root.open_own_file(LOCK_FILE, os.O_RDWR | os.O_CREAT)
        except OSError as why:
            raise self._trouble(why) from why
        if self._lock is not None and os.path.sameopenfile(self._lock, lock):
            os.close(lock)
            return
        try:
            _flock(lock)
        except BlockingIOError as why:
            os.close(lock)
            raise ShareClaimedElsewhere(self.name) from why
        self._unlock()
        self._lock = lock

    def _owned(self, root: OpenFolder) -> str | None:
        """Whose it is by its own file, or None while nobody has said."""
        try:
            with root.open_file(SENTINEL_FILE) as descriptor:
                said = os.read(descriptor, _LARGEST).decode("utf-8", "replace")
        except (ItemVanished, ItemUnreadable, OSError) as why:
            raise ShareUnavailable(self.name) from why
        owned = [line for line in said.splitlines() if line.startswith(_OWNED)]
        return owned[-1].removeprefix(_OWNED).strip() if owned else None

    def _sign(self) -> None:
        try:
            said = f"{_SENTENCE}{_OWNED}{self._owner}\n"
            write_durably(self._path / SENTINEL_FILE, said.encode())
        except OSError as why:
            raise self._trouble(why) from why

    def _trouble(self, why: OSError) -> SourceUnavailable:
        return (
            ShareFull(self.name) if is_disk_full(why, self._path) else ShareUnavailable(self.name)
        )


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
