"""The zip that a Word document is, opened without trusting it."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from handlers.readers.word.errors import Damaged, Dangerous, LegacyWord, Protected, Refusal, TooBig

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128  # bytes in a directory entry; its name takes the first 64
STREAM = 2  # the type byte of a stream


def refusal(data: bytes) -> Refusal:
    """What to raise for a compound file; `Damaged` when it holds no document at all."""
    if _has_stream(data, "EncryptedPackage"):
        return Protected()
    if _has_stream(data, "WordDocument"):
        return LegacyWord()
    return Damaged()


def _has_stream(data: bytes, name: str) -> bool:
    raw = (name + "\0").encode("utf-16-le")
    at = data.find(raw)
    while at >= 0:
        length = int.from_bytes(data[at + 64 : at + 66], "little")
        if at % ENTRY == 0 and length == len(raw) and data[at + 66 : at + 67] == bytes([STREAM]):
            return True
        at = data.find(raw, at + 1)
    return False


LOCAL = struct.Struct("<4s5H3I2H")
END = struct.Struct("<4s4H2IH")
MARKS = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")  # directory, member, end record
ENCRYPTED, DESCRIPTOR, UTF8 = 0x1, 0x8, 0x800
ZIP64, UNSAID = 0x0001, 0xFFFFFFFF
_ESCAPES = re.compile(r"(?:^|/)\.\.?(?:/|$)|^/|//|[\\:\0]")


def sound(data: bytes, members: list[ZipInfo], directory: int) -> bool:
    """True if `members` are all there is and each is what it says. `directory` is its offset."""
    names = [member.orig_filename.casefold() for member in members]
    return (
        len(set(names)) == len(names)
        and not any(_ESCAPES.search(name) for name in names)
        and all(_ordinary(member) for member in members)
        and _laid_out(data, members, directory)
        and _ended(data, len(members), directory)
    )


def encrypted(members: Iterable[ZipInfo]) -> bool:
    return any(member.flag_bits & ENCRYPTED for member in members)


def _ordinary(member: ZipInfo) -> bool:
    """Stored or deflated, and a file rather than a link."""
    link = stat.S_ISLNK(member.external_attr >> 16)
    return member.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not link


def _laid_out(data: bytes, members: list[ZipInfo], directory: int) -> bool:
    """The members follow one another from the first byte to the directory, nothing between."""
    reached = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        start = member.header_offset
        content = _content(data, member)
        if start < reached or content is None or _hides(data[reached:start]):
            return False
        if reached == 0 and start != 0:
            return False
        reached = content + member.compress_size
    return reached <= directory and not _hides(data[reached:directory])


def _content(data: bytes, member: ZipInfo) -> int | None:
    """Where the member's content begins; None if its local header tells another story."""
    start = member.header_offset
    if start < 0 or start + LOCAL.size > len(data):
        return None
    mark, _, flags, method, _, _, crc, packed, size, names, extras = LOCAL.unpack_from(data, start)
    name_at = start + LOCAL.size
    extra_at = name_at + names
    content = extra_at + extras
    name = data[name_at:extra_at].decode("utf-8" if flags & UTF8 else "cp437", "replace")
    if mark != MARKS[1] or name != member.orig_filename or method != member.compress_type:
        return None
    sizes = _long_sizes(data[extra_at:content], size, packed)
    said = (member.CRC, member.file_size, member.compress_size)
    later = bool(flags & DESCRIPTOR) and (crc, *sizes) in ((0, 0, 0), (0, UNSAID, UNSAID))
    return content if later or (crc, *sizes) == said else None


def _long_sizes(extra: bytes, size: int, packed: int) -> tuple[int, int]:
    """The sizes a local header says, taken from its zip64 field where it has one."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == ZIP64 and length >= 16 and size == packed == UNSAID:
            size, packed = struct.unpack_from("<QQ", extra.ljust(at + 20, b"\0"), at + 4)
        at += 4 + length
    return size, packed


def _ended(data: bytes, members: int, directory: int) -> bool:
    """The end record counts the same members, and what follows it is no second ending."""
    at = data.rfind(MARKS[2])
    if at < directory or at + END.size > len(data):
        return False
    counted = END.unpack_from(data, at)[4]
    return counted in (members, 0xFFFF) and not _hides(data[at + END.size :])


def _hides(between: bytes) -> bool:
    return any(mark in between for mark in MARKS)


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
        if data.startswith(MAGIC):
            raise refusal(data)
        self._zip = _directory(data)
        members = self._zip.infolist()
        _bound(members)
        if encrypted(members):
            raise Protected
        if not sound(data, members, self._zip.start_dir):
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
    if not data.startswith(MARKS[1]):
        raise Damaged
    if data.count(MARKS[0]) > MOST_MEMBERS:  # before a list of them is made
        raise TooBig
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _BROKEN:
        raise Damaged from None


def _bound(members: list[zipfile.ZipInfo]) -> None:
    if sum(member.file_size for member in members) > MOST_DECLARED:
        raise TooBig
