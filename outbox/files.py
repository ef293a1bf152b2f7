"""Letters as files: the embedded transport, one `.eml` a letter in a folder.

Does: writes each letter durably under its number and kind, byte for byte.
Trusts: the folder; whoever can read it reads the letters, in clear.
Never touches: a letter's words; the file's name holds no name and no reference.
Known limits: made for rehearsals and for a mail system that picks files up.
"""

from __future__ import annotations

import os
from pathlib import Path

from intake.durable import sync_folder
from intake.full import disk_is_full
from outbox.letter import Letter
from outbox.transport import Away


class FileTransport:
    """Writes into one folder. The same letter again is the same file again."""

    def __init__(self, folder: Path, name: str = "outbox") -> None:
        self.name = name
        self._folder = folder

    def open(self) -> None:
        """A folder is always ready: whether it can be written, the letter shows."""

    def send(self, letter: Letter) -> None:
        """Raises Away when there is no room or the folder cannot be written: so it is for all."""
        path = self._folder / file_name(letter)
        temporary = path.with_suffix(".part")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                file.write(letter.message)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(path)
            sync_folder(self._folder)
        except OSError as why:
            if disk_is_full(why, self._folder.parent):
                raise Away("the disk that the folder for letters is on is full") from why
            raise Away("the folder for letters cannot be written") from why

    def rest(self) -> None:
        """Nothing is kept open."""


def file_name(letter: Letter) -> str:
    """The file's name: a number and a kind."""
    return f"{letter.id:05d}-{letter.kind}.eml"
