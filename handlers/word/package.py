"""The zip that a Word document is, opened without trusting it.

Does: lists its members and streams their content in 64 KiB pieces, counting what is inflated.
Trusts: `zlib` and `zipfile` to inflate; not the sizes they are told, so the bound is held while
streaming (failure mode 48). There is no ratio test: ordinary Word XML inflates 17 to 1 and more.
Never touches: the disk.
Known limits: the bounds are far above any return and far below what would hurt the worker.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from handlers.word import compound, zipped
from handlers.word.refusals import Damaged, Dangerous, Protected, TooBig

MOST_BYTES = 64 * 1024 * 1024  # the file itself
MOST_MEMBERS = 2_000
MOST_DECLARED = 384 * 1024 * 1024  # what all members together say they inflate to
MOST_INFLATED = 384 * 1024 * 1024  # what is really inflated, over the whole reading
MOST_WHOLE = 16 * 1024 * 1024  # a part that is read in one piece
CHUNK = 64 * 1024
KEPT = 4096  # bytes of a member's beginning that are kept once they were read

_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError,
           NotImplementedError, OverflowError)  # fmt: skip


class Package:
    """An opened package. Names are matched without regard to case, as the format asks.

    Raises Damaged, Protected, LegacyWord, TooBig, or Dangerous("package") when the zip lists
    members twice, hides some, lets them overlap or escape, or says two things about one.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > MOST_BYTES:
            raise TooBig
        if data.startswith(compound.MAGIC):
            raise compound.refusal(data)
        self._zip = _directory(data)
        members = self._zip.infolist()
        _bound(members)
        if zipped.encrypted(members):
            raise Protected
        if not zipped.sound(data, members, self._zip.start_dir):
            raise Dangerous("package")
        self._members = {m.filename.casefold(): m for m in members if not m.is_dir()}
        self._left = MOST_INFLATED
        self._begun: dict[str, bytes] = {}  # up to KEPT bytes; a shorter one is the whole member

    @property
    def names(self) -> tuple[str, ...]:
        """Every member that is a file, in lower case, in the order of the directory."""
        return tuple(self._members)

    @property
    def spelled(self) -> tuple[str, ...]:
        """The same as the directory spells them."""
        return tuple(member.filename for member in self._members.values())

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._members

    def stream(self, name: str, chunk: int = CHUNK) -> Iterator[bytes]:
        """The member's content, at most `chunk` bytes at a time.

        Raises Damaged where it cannot be inflated or its checksum is wrong, TooBig once the
        whole reading has inflated more than MOST_INFLATED bytes. A short member is inflated once:
        to open one costs more than to read it, and most are asked for again.
        """
        name = name.casefold()
        short = self._begun.get(name, b"")
        if short and len(short) < KEPT:
            yield from (short[at : at + chunk] for at in range(0, len(short), chunk))
        else:
            yield from self._inflated(name, chunk)

    def begins(self, name: str, size: int) -> bytes:
        """The first bytes of the member's content, `size` of them and never more than KEPT."""
        begun = self._begun.get(name.casefold())
        return next(self.stream(name, size), b"") if begun is None else begun[:size]

    def _inflated(self, name: str, chunk: int) -> Iterator[bytes]:
        try:
            with self._zip.open(self._members[name]) as member:
                while piece := member.read(chunk):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise TooBig
                    if chunk >= KEPT:
                        self._begun.setdefault(name, piece[:KEPT])
                    yield piece
        except _BROKEN:
            raise Damaged from None

    def whole(self, name: str) -> bytes:
        """The member's content in one piece; TooBig above MOST_WHOLE."""
        pieces: list[bytes] = []
        size = 0
        for piece in self.stream(name):
            size += len(piece)
            if size > MOST_WHOLE:
                raise TooBig
            pieces.append(piece)
        return b"".join(pieces)


def _directory(data: bytes) -> zipfile.ZipFile:
    if not data.startswith(zipped.MARKS[1]):
        raise Damaged
    if data.count(zipped.MARKS[0]) > MOST_MEMBERS:  # before a list of them is made
        raise TooBig
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _BROKEN:
        raise Damaged from None


def _bound(members: list[zipfile.ZipInfo]) -> None:
    if sum(member.file_size for member in members) > MOST_DECLARED:
        raise TooBig
