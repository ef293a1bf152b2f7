"""The folder one conversion happens in: the document, the profile, what comes out.

Does: makes it (only its owner may look in), lays the document and a fresh profile in it, takes the
result out, and removes it whatever happened.
Trusts: nothing that is in it once LibreOffice has run: a result that is a link, a pipe or too big
is none (failure mode 22).
Never touches: anything outside the folder.
Known limits: the document rests here in plain text for as long as the run lasts. Where the service
and the keeper (`launch.py`) are killed in the same moment, it stays until the temporary folder is
emptied; under systemd (PrivateTmp) that is when the service stops.
"""

from __future__ import annotations

import os
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
def a_room(under: Path | None) -> Iterator[Room]:
    """A new room in the folder `under`, or where temporary files go on this machine."""
    at = under.absolute() if under else None
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=at, ignore_cleanup_errors=True) as folder:
        yield Room(Path(folder))
