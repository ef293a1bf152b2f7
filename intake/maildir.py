"""A Maildir: the embedded mailbox, a folder that only the service's own mail system can write.

Does: offers what is in `new/` and `cur/`, reads it without changing it, and moves what is dealt
with into the sub-folder `.Dealt with`.
Trusts: the folder's permissions: whoever can write here can claim any sender.
Never touches: flags, or any other folder.
Known limits: made for rehearsals and for a local mail system; a mailbox on a server is IMAP.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from intake.opened import open_plainly, read_all
from intake.source import NotThere, Offer, Outcome, Vanished

DONE = ".Dealt with"
_FLAGS = ":2,"


def make_maildir(folder: Path) -> None:
    """Make the folders a Maildir needs, and the one for what is dealt with."""
    for box in (folder, folder / DONE):
        for part in ("new", "cur", "tmp"):
            (box / part).mkdir(mode=0o700, parents=True, exist_ok=True)


class Maildir:
    """One Maildir as a source. `place` is the message's unique name, made by the mail system."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder

    def offers(self) -> Iterator[Offer]:
        """New mail first come, first offered. Raises NotThere."""
        if not (self._folder / "new").is_dir():
            raise NotThere(self.name)
        for place in sorted(self._found()):
            yield Offer(place)

    def read(self, offer: Offer) -> bytes:
        """Raises Vanished, Unreadable or TooLarge."""
        path = self._found().get(offer.place)
        if path is None:
            raise Vanished(offer.place)
        with open_plainly(path) as descriptor:
            return read_all(descriptor)

    def release(self, place: str, content: str, outcome: Outcome) -> None:
        """Move it out of sight of the next look. A message never changes, so `content` is not
        looked at."""
        path = self._found().get(place)
        if path is not None:
            target = self._folder / DONE / "cur" / f"{place}{_FLAGS}"
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.rename(target)

    def _found(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for part in ("new", "cur"):
            try:
                entries = list(os.scandir(self._folder / part))
            except OSError:
                continue
            for entry in entries:
                if not entry.name.startswith(".") and stat.S_ISREG(
                    entry.stat(follow_symlinks=False).st_mode
                ):
                    found[entry.name.partition(_FLAGS)[0]] = Path(entry.path)
        return found
