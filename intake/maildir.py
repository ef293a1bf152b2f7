"""A Maildir as a mailbox: a folder that only the service's own mail system can write.

Whoever can write here can claim any sender. Messages are moved into `.Dealt with`; flags, links and
other folders are left alone. When a message came is told by what goes with it into every copy of
the folder, its unique name or its own header; a copy may lose the times of the files.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intake.headers.header_block import MAX_HEADER_BYTES
from intake.headers.received import received_at
from intake.message.parse import read_message_head
from intake.safe_files import file_stamp, open_regular_file, read_descriptor
from intake.source import (
    DealtWithItem,
    DeliveryForm,
    HeldItem,
    ItemTooLarge,
    ItemUnreadable,
    ItemVanished,
    Outcome,
    PartBeginning,
    PastContents,
    SourceOffer,
    SourceRefused,
    SourceUnavailable,
    StrayItem,
    WithdrawnCopy,
    release_one_by_one,
)
from intake.source_claim import CLAIM_FILE, ClaimFile, SourceClaim

DONE_MAILBOX = ".Dealt with"
OWN_MAILDIR_MARKER = (
    "made-by-scr-intake"  # tells a Maildir that was made for the service: it has no past
)
_FLAGS = ":2,"
_NAMED_TIME = re.compile(r"(\d{9,10})\.")  # a unique name begins with when it was delivered


def make_maildir(folder: Path) -> None:
    """Make the folders a Maildir needs, and the one for what is dealt with."""
    new = not folder.exists()
    for box in (folder, folder / DONE_MAILBOX):
        for part in ("", "new", "cur", "tmp"):
            (box / part).mkdir(mode=0o700, parents=True, exist_ok=True)
    if new:
        (folder / OWN_MAILDIR_MARKER).touch(mode=0o600)


class Maildir:
    """One Maildir as a source. `place` is a keyed hash of a message's unique name, size and time:
    a message never changes, and what does is another message."""

    form = DeliveryForm.MESSAGE
    proves_agency = False
    remote = False

    def __init__(
        self,
        name: str,
        folder: Path,
        mark: Callable[[bytes], str],
        claim: SourceClaim | None = None,
    ) -> None:
        """`mark` makes keyed hashes; `claim` is that of the register that works it."""
        self.name = name
        self._claim = ClaimFile(name, folder / CLAIM_FILE, claim) if claim is not None else None
        self._folder = folder
        self._mark = mark
        self._seen: dict[str, Path] = {}
        self._strays: list[StrayItem] = []
        self._beginning: PartBeginning | None = None

    @contextmanager
    def claimed_exclusively(self) -> Iterator[None]:
        """Take it for this register. One that is not there yet is claimed by its first look.
        Raises SourceClaimedElsewhere."""
        if self._folder.is_dir():
            self._take()
        try:
            yield
        finally:
            if self._claim is not None:
                self._claim.let_go()

    def _take(self) -> None:
        if self._claim is not None:
            self._claim.take()

    def find_past_contents(
        self, known: Collection[str], before: datetime
    ) -> Iterator[PastContents]:
        """Raises SourceUnavailable."""
        if self.name not in known and not (self._folder / OWN_MAILDIR_MARKER).exists():
            every = [_came(path) for path in self._look().values()]
            came = [at for at in every if at < before]
            oldest = min(came).year if came else None
            yield PastContents(self.name, len(came), oldest, later=len(every) - len(came))

    def set_beginning(self, part: str, beginning: PartBeginning) -> None:
        self._beginning = beginning

    def list_offers(self) -> Iterator[SourceOffer]:
        """First come, first offered. Raises SourceUnavailable."""
        for place in self._look():
            yield SourceOffer(place, singular=True, moves=True)

    def describe_offers(self, offers: Sequence[SourceOffer]) -> list[SourceOffer]:
        """By the head of each file."""
        return [self._described(offer) for offer in offers]

    def read_content(self, offer: SourceOffer) -> bytes:
        """Raises SourceUnavailable, ItemVanished, ItemUnreadable, or ItemTooLarge with the header
        block."""
        return self._read(self._at(offer.place))

    def release_item(self, place: str, content: str, outcome: Outcome) -> None:
        """Move it out of sight of the next look, as new or as seen as it is. What is not ours
        stays."""
        if outcome == "not ours":
            return
        try:
            path = self._at(place)
            if self._mark(self._whole_or_head(path)) != content:
                return
        except ItemVanished:
            return
        target = self._folder / DONE_MAILBOX / path.parent.name / path.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.rename(target)

    def list_dealt_with(self, since: datetime) -> Iterator[DealtWithItem]:
        """What lies in `.Dealt with`, under the place that it had. Raises SourceUnavailable."""
        if not self._folder.is_dir():
            raise SourceUnavailable(self.name)
        parts = [f"{DONE_MAILBOX}/{part}" for part in ("new", "cur")]
        for part in (part for part in parts if (self._folder / part).is_dir()):
            for entry in self._entries(part):
                path = Path(entry.path)
                came = _came(path)
                if came < since - timedelta(days=1):
                    continue
                with suppress(FileNotFoundError, ItemVanished, ItemUnreadable, ItemTooLarge):
                    about = entry.stat(follow_symlinks=False)
                    place = self._place(entry.name.partition(_FLAGS)[0], about)
                    raw = self._read(path)
                    sender = read_message_head(_head(path)).sender
                    offer = SourceOffer(place, singular=True, moves=True, sender=sender)
                    yield DealtWithItem(offer, raw, came)

    def remove_copies(self, withdrawn: WithdrawnCopy) -> int:
        """Delete every message, also of those dealt with, that is withdrawn; returns how many.
        Raises OSError."""
        count = 0
        for path in sorted(self._folder.glob("**/*")):
            if path.parent.name in ("new", "cur") and path.is_file() and not path.is_symlink():
                with suppress(ItemVanished, ItemUnreadable, ItemTooLarge):
                    if withdrawn.is_withdrawn(self._read(path)):
                        path.unlink()
                        count += 1
        return count

    def list_strays(self) -> list[StrayItem]:
        """What is no regular file, as the last look saw it."""
        return list(self._strays)

    def release_items(self, held: Sequence[HeldItem]) -> list[Exception | None]:
        return release_one_by_one(self.release_item, held)

    def _described(self, offer: SourceOffer) -> SourceOffer:
        try:
            path = self._at(offer.place)
            early = self._beginning is not None and _came(path) < self._beginning.at
            offer = replace(offer, early=early, size=_size(path))
            return replace(offer, sender=read_message_head(_head(path)).sender)
        except (ItemVanished, ItemUnreadable):  # reading it will say
            return offer

    def _read(self, path: Path) -> bytes:
        try:
            with open_regular_file(path, linked=True) as descriptor:
                return read_descriptor(descriptor)
        except ItemTooLarge as why:
            raise ItemTooLarge(_head(path)) from why

    def _whole_or_head(self, path: Path) -> bytes:
        try:
            return self._read(path)
        except ItemTooLarge as why:
            return why.head

    def _at(self, place: str) -> Path:
        """Where it lies now: a mail reader moves what it has seen, and marks it, in its name."""
        path = self._seen.get(place)
        if path is None or not path.exists():
            path = self._look().get(place)
        if path is None:
            raise ItemVanished()
        return path

    def _look(self) -> dict[str, Path]:
        self._take()
        self._strays = []
        unique: dict[str, tuple[Path, os.stat_result]] = {}
        # A reader moves from new to cur: looked at in this order, nothing slips past.
        for part in ("new", "cur"):
            for entry in self._entries(part):
                with suppress(FileNotFoundError):  # gone between listing and looking
                    about = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(about.st_mode):
                        unique[entry.name.partition(_FLAGS)[0]] = Path(entry.path), about
                    else:
                        self._strays.append(self._stray(part, entry.name, about))
        in_order = sorted(unique.items(), key=lambda each: _delivery_order(each[0], each[1][1]))
        self._seen = {self._place(name, about): path for name, (path, about) in in_order}
        return self._seen

    def _stray(self, part: str, name: str, about: os.stat_result) -> StrayItem:
        """By its name alone: a folder changes with what is put into it."""
        place = self._mark(b"no message/%s/%s" % (part.encode(), os.fsencode(name)))
        return StrayItem(place, (), "no message", file_stamp(about))

    def _place(self, name: str, about: os.stat_result) -> str:
        return self._mark(b"%s/%d/%d" % (os.fsencode(name), *file_stamp(about)))

    def _entries(self, part: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self._folder / part) as entries:
                return [entry for entry in entries if not entry.name.startswith(".")]
        except PermissionError as why:
            raise SourceRefused(self.name, self._folder / part) from why
        except OSError as why:
            raise SourceUnavailable(self.name) from why


def _head(path: Path) -> bytes:
    """The header block, or as much of it as is ever read. Raises ItemVanished or ItemUnreadable."""
    with open_regular_file(path, linked=True) as descriptor:
        try:
            begun = os.pread(descriptor, MAX_HEADER_BYTES, 0)
        except OSError as why:
            raise ItemUnreadable() from why
    for end in (b"\r\n\r\n", b"\n\n"):
        head, found, _ = begun.partition(end)
        if found and b"\n\n" not in head:
            return head + end
    return begun


def _size(path: Path) -> int | None:
    try:
        return path.stat(follow_symlinks=False).st_size
    except OSError:
        return None


def _came(path: Path) -> datetime:
    """When it came, by the earliest of what tells that: a copy of the folder may have the time of
    the copy on each of its files. One that is gone by now came just now."""
    try:
        told = datetime.fromtimestamp(path.stat(follow_symlinks=False).st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.now(UTC)
    return min(told, _named_time(path.name) or _received(path) or told)


def _named_time(name: str) -> datetime | None:
    found = _NAMED_TIME.match(name)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _received(path: Path) -> datetime | None:
    try:
        return received_at(_head(path))
    except (ItemVanished, ItemUnreadable):
        return None


def _delivery_order(name: str, about: os.stat_result) -> tuple[int, int, tuple[int | str, ...]]:
    """By the second that its name says, then by the file's time, then by the numbers in its name:
    the ninth message of a second comes before the tenth."""
    found = _NAMED_TIME.match(name)
    second = int(found[1]) if found else about.st_mtime_ns // 10**9
    parts = re.split(r"(\d+)", name)
    return second, about.st_mtime_ns, tuple(int(p) if p.isdecimal() else p for p in parts)
