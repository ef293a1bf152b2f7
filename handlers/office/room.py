"""The folder one conversion happens in: the document, the profile, what comes out.

Does: makes it (only its owner may look in), lays the document and a fresh profile in it, takes the
result out, and removes it whatever happened; sweeps away what a run left whose service and keeper
were killed in the same moment.
Trusts: nothing that is in it once LibreOffice has run: a result that is a link, a pipe or too big
is none (failure mode 22).
Never touches: anything outside the folder.
Known limits: the document is here in plain text for as long as the run lasts, in memory
(`memory.py`), where anyone who can read the service's own memory could read it too. What is left
after such a death is swept at the next conversion; under systemd (RemoveIPC), when the service
stops.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from handlers.office.profile import write_profile
from handlers.office.refusals import CouldNotConvert

PREFIX = "scr-office-"
NAME, RESULT = "document", "docx"


@dataclass(frozen=True, slots=True)
class Room:
    folder: Path

    @property
    def profile(self) -> Path:
        return self.folder / "profile"

    @property
    def scratch(self) -> Path:
        return self.folder / "tmp"

    def source(self, format: str) -> Path:
        return self.folder / f"{NAME}.{format}"

    def furnish(self, data: bytes, format: str) -> None:
        """Lay everything out for a run."""
        self.scratch.mkdir()
        write_profile(self.profile)
        self.source(format).write_bytes(data)

    def result(self, most: int) -> bytes:
        """What was made, at most `most` bytes. Raises CouldNotConvert for none, or for what is no
        plain file of its own."""
        try:
            descriptor = os.open(self.source(RESULT), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            raise CouldNotConvert from None
        with os.fdopen(descriptor, "rb") as made:
            kind = os.fstat(descriptor)
            if not stat.S_ISREG(kind.st_mode) or kind.st_nlink != 1 or kind.st_size > most:
                raise CouldNotConvert
            return made.read(most)


@contextmanager
def a_room(under: Path) -> Iterator[Room]:
    """A new room in the folder `under`. It is locked for as long as it is in use."""
    sweep(under)
    with (
        tempfile.TemporaryDirectory(
            prefix=PREFIX, dir=under.absolute(), ignore_cleanup_errors=True
        ) as folder,
        _held(Path(folder)) as held,
    ):
        if not held:
            raise CouldNotConvert  # swept between its making and its locking
        yield Room(Path(folder))


def sweep(under: Path) -> None:
    """Remove the rooms of this user that nobody is using any more."""
    for left in under.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if left.stat(follow_symlinks=False).st_uid == os.geteuid():
                with _held(left) as held:
                    if held:
                        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock; False where another has it. Raises OSError where it is no folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)
