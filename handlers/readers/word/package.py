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

from handlers.readers.word.errors import (
    DamagedFile,
    DangerousFile,
    FileTooBig,
    LegacyWordFile,
    ProtectedFile,
    UnreadableFile,
)
from intake.message.compound import COMPOUND_MAGIC

DIRECTORY_ENTRY_BYTES = 128  # bytes in a directory entry; its name takes the first 64
STREAM_TYPE = 2  # the type byte of a stream


def refusal_of_compound(data: bytes) -> UnreadableFile:
    """What to raise for a compound file; `DamagedFile` when it holds no document at all."""
    if _has_stream(data, "EncryptedPackage"):
        return ProtectedFile()
    if _has_stream(data, "WordDocument"):
        return LegacyWordFile()
    return DamagedFile()


def _has_stream(data: bytes, name: str) -> bool:
    raw = (name + "\0").encode("utf-16-le")
    at = data.find(raw)
    while at >= 0:
        length = int.from_bytes(data[at + 64 : at + 66], "little")
        if (
            at % DIRECTORY_ENTRY_BYTES == 0
            and length == len(raw)
            and data[at + 66 : at + 67] == bytes([STREAM_TYPE])
        ):
            return True
        at = data.find(raw, at + 1)
    return False


LOCAL_HEADER = struct.Struct("<4s5H3I2H")
END_RECORD = struct.Struct("<4s4H2IH")
RECORD_MARKS = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")  # directory, member, end record
ENCRYPTED_FLAG, DESCRIPTOR_FLAG, UTF8_FLAG = 0x1, 0x8, 0x800
ZIP64_FIELD, SIZE_IN_ZIP64 = 0x0001, 0xFFFFFFFF
_ESCAPES = re.compile(r"(?:^|/)\.\.?(?:/|$)|^/|//|[\\:\0]")


def is_sound_zip(data: bytes, members: list[ZipInfo], directory: int) -> bool:
    """True if `members` are all there is and each is what it says. `directory` is its offset."""
    names = [member.orig_filename.casefold() for member in members]
    return (
        len(set(names)) == len(names)
        and not any(_ESCAPES.search(name) for name in names)
        and all(_ordinary(member) for member in members)
        and _laid_out(data, members, directory)
        and _ended(data, len(members), directory)
    )


def has_encrypted_member(members: Iterable[ZipInfo]) -> bool:
    return any(member.flag_bits & ENCRYPTED_FLAG for member in members)


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
    if start < 0 or start + LOCAL_HEADER.size > len(data):
        return None
    mark, _, flags, method, _, _, crc, packed, size, names, extras = LOCAL_HEADER.unpack_from(
        data, start
    )
    name_at = start + LOCAL_HEADER.size
    extra_at = name_at + names
    content = extra_at + extras
    name = data[name_at:extra_at].decode("utf-8" if flags & UTF8_FLAG else "cp437", "replace")
    if mark != RECORD_MARKS[1] or name != member.orig_filename or method != member.compress_type:
        return None
    sizes = _long_sizes(data[extra_at:content], size, packed)
    said = (member.CRC, member.file_size, member.compress_size)
    later = bool(flags & DESCRIPTOR_FLAG) and (crc, *sizes) in (
        (0, 0, 0),
        (0, SIZE_IN_ZIP64, SIZE_IN_ZIP64),
    )
    return content if later or (crc, *sizes) == said else None


def _long_sizes(extra: bytes, size: int, packed: int) -> tuple[int, int]:
    """The sizes a local header says, taken from its zip64 field where it has one."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == ZIP64_FIELD and length >= 16 and size == packed == SIZE_IN_ZIP64:
            size, packed = struct.unpack_from("<QQ", extra.ljust(at + 20, b"\0"), at + 4)
        at += 4 + length
    return size, packed


def _ended(data: bytes, members: int, directory: int) -> bool:
    """The end record counts the same members, and what follows it is no second ending."""
    at = data.rfind(RECORD_MARKS[2])
    if at < directory or at + END_RECORD.size > len(data):
        return False
    counted = END_RECORD.unpack_from(data, at)[4]
    return counted in (members, 0xFFFF) and not _hides(data[at + END_RECORD.size :])


def _hides(between: bytes) -> bool:
    return any(mark in between for mark in RECORD_MARKS)


MAX_FILE_BYTES = 64 * 1024 * 1024  # the file itself
MAX_MEMBERS = 2_000
MAX_DECLARED_BYTES = 384 * 1024 * 1024  # what all members together say they inflate to
MAX_INFLATED_BYTES = 384 * 1024 * 1024  # what is really inflated, over the whole reading
MAX_WHOLE_BYTES = 16 * 1024 * 1024  # a part that is read in one piece
CHUNK_BYTES = 64 * 1024
KEPT_BYTES = 4096  # bytes of a member's beginning that are kept once they were read

_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError,
           NotImplementedError, OverflowError)  # fmt: skip


class Package:
    """An opened package. Names are matched without regard to case, as the format asks.

    Raises DamagedFile, ProtectedFile, LegacyWordFile, FileTooBig, or DangerousFile("package") when
    the zip lists members twice, hides some, lets them overlap or escape, or says two things about
    one.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_FILE_BYTES:
            raise FileTooBig
        if data.startswith(COMPOUND_MAGIC):
            raise refusal_of_compound(data)
        self._zip = _directory(data)
        members = self._zip.infolist()
        _bound(members)
        if has_encrypted_member(members):
            raise ProtectedFile
        if not is_sound_zip(data, members, self._zip.start_dir):
            raise DangerousFile("package")
        self._members = {m.filename.casefold(): m for m in members if not m.is_dir()}
        self._left = MAX_INFLATED_BYTES
        self._begun: dict[str, bytes] = {}  # up to KEPT_BYTES; a shorter one is the whole member

    @property
    def member_names(self) -> tuple[str, ...]:
        """Every member that is a file, in lower case, in the order of the directory."""
        return tuple(self._members)

    @property
    def names_as_spelled(self) -> tuple[str, ...]:
        """The same as the directory spells them."""
        return tuple(member.filename for member in self._members.values())

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._members

    def stream_member(self, name: str, chunk: int = CHUNK_BYTES) -> Iterator[bytes]:
        """The member's content, at most `chunk` bytes at a time.

        Raises DamagedFile where it cannot be inflated or its checksum is wrong, FileTooBig once the
        whole reading has inflated more than MAX_INFLATED_BYTES bytes. A short member is inflated
        once: to open one costs more than to read it, and most are asked for again.
        """
        name = name.casefold()
        short = self._begun.get(name, b"")
        if short and len(short) < KEPT_BYTES:
            yield from (short[at : at + chunk] for at in range(0, len(short), chunk))
        else:
            yield from self._inflated(name, chunk)

    def read_beginning(self, name: str, size: int) -> bytes:
        """The first bytes of the member's content, `size` of them and never more than KEPT."""
        begun = self._begun.get(name.casefold())
        return next(self.stream_member(name, size), b"") if begun is None else begun[:size]

    def _inflated(self, name: str, chunk: int) -> Iterator[bytes]:
        try:
            with self._zip.open(self._members[name]) as member:
                while piece := member.read(chunk):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise FileTooBig
                    if chunk >= KEPT_BYTES:
                        self._begun.setdefault(name, piece[:KEPT_BYTES])
                    yield piece
        except _BROKEN:
            raise DamagedFile from None

    def read_member(self, name: str) -> bytes:
        """The member's content in one piece; FileTooBig above MAX_WHOLE_BYTES."""
        pieces: list[bytes] = []
        size = 0
        for piece in self.stream_member(name):
            size += len(piece)
            if size > MAX_WHOLE_BYTES:
                raise FileTooBig
            pieces.append(piece)
        return b"".join(pieces)


def _directory(data: bytes) -> zipfile.ZipFile:
    if not data.startswith(RECORD_MARKS[1]):
        raise DamagedFile
    if data.count(RECORD_MARKS[0]) > MAX_MEMBERS:  # before a list of them is made
        raise FileTooBig
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _BROKEN:
        raise DamagedFile from None


def _bound(members: list[zipfile.ZipInfo]) -> None:
    if sum(member.file_size for member in members) > MAX_DECLARED_BYTES:
        raise FileTooBig
