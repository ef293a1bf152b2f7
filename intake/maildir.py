"""A Maildir: the embedded mailbox, a folder that only the service's own mail system can write.

Does: offers what is in `new/` and `cur/`, reads it without changing it, and moves what is dealt
with into the sub-folder `.Dealt with`.
Trusts: the folder's permissions: whoever can write here can claim any sender. A message may have
more than one link, as mail systems make when they copy.
Never touches: flags, or any other folder.
Known limits: made for rehearsals and for a local mail system; a mailbox on a server is IMAP.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from intake.opened import open_plainly, read_all, stamp
from intake.source import NotThere, Offer, Outcome, Vanished

DONE = ".Dealt with"
_FLAGS = ":2,"


def make_maildir(folder: Path) -> None:
    """Make the folders a Maildir needs, and the one for what is dealt with."""
    for box in (folder, folder / DONE):
        for part in ("", "new", "cur", "tmp"):
            (box / part).mkdir(mode=0o700, parents=True, exist_ok=True)


class Maildir:
    """One Maildir as a source. `place` is a keyed hash of a message's unique name, size and time:
    a message never changes, and what does is another message."""

    def __init__(self, name: str, folder: Path, mark: Callable[[bytes], str]) -> None:
        """`mark` makes keyed hashes."""
        self.name = name
        self._folder = folder
        self._mark = mark
        self._seen: dict[str, Path] = {}

    def offers(self) -> Iterator[Offer]:
        """First come, first offered. Raises NotThere."""
        for place in self._look():
            yield Offer(place)

    def read(self, offer: Offer) -> bytes:
        """Raises NotThere, Vanished, Unreadable or TooLarge."""
        return self._read(self._at(offer.place))

    def release(self, place: str, content: str, outcome: Outcome) -> None:
        """Move it out of sight of the next look, as new or as seen as it is. What is not ours
        stays."""
        if outcome == "not ours":
            return
        try:
            path = self._at(place)
            if self._mark(self._read(path)) != content:
                return
        except Vanished:
            return
        target = self._folder / DONE / path.parent.name / path.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.rename(target)

    def _read(self, path: Path) -> bytes:
        with open_plainly(path, linked=True) as descriptor:
            return read_all(descriptor)

    def _at(self, place: str) -> Path:
        """Where it lies now: a mail reader moves what it has seen, and marks it, in its name."""
        path = self._seen.get(place)
        if path is None or not path.exists():
            path = self._look().get(place)
        if path is None:
            raise Vanished()
        return path

    def _look(self) -> dict[str, Path]:
        # A reader moves from new to cur: looked at in this order, nothing slips past.
        entries = [entry for part in ("new", "cur") for entry in self._entries(part)]
        unique = {entry.name.partition(_FLAGS)[0]: entry for entry in entries}
        self._seen = {}
        for name, entry in sorted(unique.items()):
            with suppress(FileNotFoundError):  # gone between listing and looking
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode):
                    self._seen[self._place(name, about)] = Path(entry.path)
        return self._seen

    def _place(self, name: str, about: os.stat_result) -> str:
        return self._mark(b"%s/%d/%d" % (os.fsencode(name), *stamp(about)))

    def _entries(self, part: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self._folder / part) as entries:
                return [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as why:
            raise NotThere(self.name) from why
