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
from shlex import join

from config.settings import FIRST_DROP_FOLDER
from intake.disk_errors import is_disk_full
from intake.drop.scan import LOCK_FILE, SENTINEL_FILE
from intake.safe_files import OpenFolder, write_durably
from intake.source import ItemUnreadable, ItemVanished, SourceRefused, SourceUnavailable
from intake.source_claim import SourceClaim

_SENTENCE = "By this file scr-intake knows that the folder is there. Leave it here.\n"
_OWNED = "The register that takes in what is put here: "
_LARGEST = 4096
_NOTHING_TAKEN = "Nothing was taken from it."


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


class ShareRefused(DropFolderTrouble, SourceRefused):
    sentence = "The drop folder may not be read and written."

    def __init__(self, name: str, path: Path) -> None:
        SourceRefused.__init__(self, name, path)


class ShareFull(DropFolderTrouble):
    sentence = "The disk that the drop folder lies on is full."

    fix = "Make room on the share that the drop folder lies on. What lies there is not lost."


class ShareClaimedElsewhere(DropFolderTrouble):
    sentence = "The drop folder is worked by another scr-intake."

    fix = "Find out which of the two should work this folder, and stop the other."

    def __init__(self, name: str, whose: SourceClaim | None, file: Path) -> None:
        """`whose` is by the line in its `file`."""
        of = f": {whose.says}" if whose is not None and whose.says else ""
        self.sentence = f"The drop folder is worked by another scr-intake{of}. {_NOTHING_TAKEN}"
        super().__init__(name)
        self._both = f"{self.fix} If that one is no longer in use,"
        self.fix = f'{self._both} delete the line of {file} that begins with "{_OWNED[:-2]}".'
        self._type = join(("sed", "-i", f"/^{_OWNED[:-2]}/d", str(file)))

    @property
    def explanation(self) -> str:
        """What it is and what to do, for whoever can type it."""
        return f"{self.sentence} {self._both} type:\n  {self._type}"


class ShareInsideAnother(ShareClaimedElsewhere):
    """A folder of another's drop folder: each file would be taken by both."""

    def __init__(self, name: str, whose: SourceClaim, outer: Path) -> None:
        super().__init__(name, whose, outer / SENTINEL_FILE)
        of = f", which is worked by: {whose.says}" if whose.says else ""
        self.sentence = f"The drop folder lies in another, {outer}{of}. {_NOTHING_TAKEN}"
        DropFolderTrouble.__init__(self, name)
        self.fix = "Name a folder that lies in no drop folder in the settings."

    @property
    def explanation(self) -> str:
        return f"{self.sentence} {self.fix}"


def make_drop_folder(folder: Path) -> None:
    """Make the folder, and the file in it that tells it from the empty place where a share is
    not mounted (failure mode 23)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / SENTINEL_FILE).exists():
        (folder / SENTINEL_FILE).write_text(_SENTENCE, encoding="utf-8")


class SharedFolder:
    """A drop folder of one register, which is its `owner`: None where its keys are not there."""

    def __init__(
        self, path: Path, owner: SourceClaim | None, name: str = FIRST_DROP_FOLDER
    ) -> None:
        self.name = name
        self.path = path
        self._owner = owner
        self._lock: int | None = None
        self._claims = False

    @staticmethod
    def register_claim(mark: Callable[[bytes], str], says: str) -> SourceClaim:
        """The claim of the register whose keys make `mark`."""
        return SourceClaim(mark(b"the drop folder of this register"), says)

    def check_available(self) -> None:
        """Whether it is there and ours to work, without claiming it. Raises as `claim_folder`
        does."""
        self.refuse_inner_folder()
        with self.open_root() as root:
            self._refuse_other(self._owned(root))

    def refuse_inner_folder(self) -> None:
        """Raises ShareInsideAnother for an agency's folder, say, of a drop folder that is worked,
        by this register or another."""
        for outer in self.path.resolve().parents:
            whose = None
            with (
                suppress(SourceUnavailable, ItemVanished, ItemUnreadable),
                OpenFolder.open_path(outer) as folder,
            ):
                whose = self._owned(folder)
            if whose is not None:
                raise ShareInsideAnother(self.name, whose, outer)

    def sign_folder(self) -> None:
        """Have it say that this register works it, and keep nobody away yet: whoever came first
        has it. Raises as `claim_folder` does."""
        self.refuse_inner_folder()
        with self.open_root() as root:
            self._sign_ours(root)

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
            try:
                self._sign_ours(root)
            except ShareClaimedElsewhere:
                self._unlock()  # for the one whose it is
                raise

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
                root = held.enter_context(OpenFolder.open_path(self.path))
                held.enter_context(root.open_file(SENTINEL_FILE))
            except (ItemVanished, ItemUnreadable) as why:
                if isinstance(why.__cause__, PermissionError):
                    raise self._closed() from why
                raise ShareUnavailable(self.name) from why
            yield root

    def _closed(self) -> ShareRefused:
        """The folder, or else its file."""
        may_look = os.access(self.path, os.R_OK | os.W_OK | os.X_OK)
        return ShareRefused(self.name, self.path / SENTINEL_FILE if may_look else self.path)

    def _hold(self, root: OpenFolder) -> None:
        """The lock, on the file that is there now: after a share came back it is another. That of
        the register, which one machine sees, is in `commands/composition/runtime.py`."""
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
            raise self._refusal(self._owned(root)) from why
        self._unlock()
        self._lock = lock

    def _sign_ours(self, root: OpenFolder) -> None:
        """Also where it is ours by a claim that does not say whose, or where it was."""
        owned = self._owned(root)
        if self._owner is not None and owned != self._owner:
            self._refuse_other(owned)
            self._sign()
            self._refuse_other(self._owned(root))

    def _refuse_other(self, owned: SourceClaim | None) -> None:
        if self._owner is not None and owned is not None and owned.mark != self._owner.mark:
            raise self._refusal(owned)

    def _refusal(self, whose: SourceClaim | None) -> ShareClaimedElsewhere:
        return ShareClaimedElsewhere(self.name, whose, self.path.absolute() / SENTINEL_FILE)

    def _owned(self, root: OpenFolder) -> SourceClaim | None:
        """Whose it is by its own file, or None while nobody has said."""
        try:
            with root.open_file(SENTINEL_FILE) as descriptor:
                said = os.read(descriptor, _LARGEST).decode("utf-8", "replace")
        except (ItemVanished, ItemUnreadable, OSError) as why:
            raise ShareUnavailable(self.name) from why
        owned = [line for line in said.splitlines() if line.startswith(_OWNED)]
        return SourceClaim.from_line(owned[-1].removeprefix(_OWNED)) if owned else None

    def _sign(self) -> None:
        try:
            said = f"{_SENTENCE}{_OWNED}{self._owner.line if self._owner else ''}\n"
            write_durably(self.path / SENTINEL_FILE, said.encode())
        except OSError as why:
            raise self._trouble(why) from why

    def _trouble(self, why: OSError) -> SourceUnavailable:
        if isinstance(why, PermissionError):
            return self._closed()
        return ShareFull(self.name) if is_disk_full(why, self.path) else ShareUnavailable(self.name)


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
