"""How a zip is put together: every member listed once, where and as it says, and nothing else.

Does: holds the central directory against the local headers, looks for members that overlap, hide
or escape, and finds what a second reader of the same bytes could read differently.
Trusts: `zipfile` to list the directory; nothing it lists.
Never touches: the members' content.
Known limits: a comment or stray bytes at the end are let be (some mail gateways add them) as
long as nothing in them looks like part of a zip.
"""

from __future__ import annotations

import re
import stat
import struct
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

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
