"""Zip files, as far as telling what they are and opening one level of them.

Does: reads the central directory within bounds, and takes out members that fit.
Trusts: nothing. A member count, size or name in a zip is a claim; what is inflated is counted as
it comes out (failure mode 48).
Never touches: a disk; a member's name gives its ending and nothing else.
Known limits: stored and deflated members only, as every zip program of the last thirty years
writes by default; Zip64 is "zip-damaged".
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from intake.message import litter

_END = b"PK\x05\x06"
_CENTRAL = b"PK\x01\x02"
_ENTRY = struct.Struct("<28x3H12x")
_MOST_ENTRIES = 20_000
_MOST_LISTED = 2_000
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


class NotUnzipped(Exception):
    """This zip was not opened; `trouble` is a word of TROUBLES."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def names(content: bytes) -> list[str]:
    """Its members' names, by the central directory or, when that is lost, by local headers."""
    end = content.rfind(_END, max(0, len(content) - 65_557))
    if end < 0 or end + 22 > len(content):
        return _first_local(content)
    size, offset = struct.unpack_from("<2I", content, end + 12)
    start = end - size if size <= end else offset
    return list(_entries(content, start, end)) or _first_local(content)


def _entries(content: bytes, start: int, end: int) -> Iterator[str]:
    for _ in range(_MOST_LISTED):
        if start + _ENTRY.size > end or not content.startswith(_CENTRAL, start):
            return
        name, extra, comment = _ENTRY.unpack_from(content, start)
        start += _ENTRY.size
        yield content[start : start + name].decode("cp437")
        start += name + extra + comment


def _first_local(content: bytes) -> list[str]:
    """Members of a zip that is cut short, found by their local headers."""
    found: list[str] = []
    start = content.find(b"PK\x03\x04")
    while 0 <= start <= len(content) - 30 and len(found) < _MOST_LISTED:
        length = struct.unpack_from("<H", content, start + 26)[0]
        found.append(content[start + 30 : start + 30 + length].decode("cp437"))
        start = content.find(b"PK\x03\x04", start + 30 + length)
    return found


def members(content: bytes, most: int, room: int) -> list[tuple[str, bytes]]:
    """(name, bytes) of every member that is not a system's own litter.

    Raises NotUnzipped when there are more than `most`, when together they come to more than
    `room` bytes, when one is encrypted, or when one cannot be read.
    """
    if content.count(_CENTRAL) > _MOST_ENTRIES:
        raise NotUnzipped("zip-too-big")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [m for m in archive.infolist() if not m.is_dir() and not _litter(m.filename)]
            _check(wanted, most)
            return list(_inflated(archive, wanted, room))
    except _BROKEN as broken:
        raise NotUnzipped("zip-damaged") from broken


def _check(wanted: list[zipfile.ZipInfo], most: int) -> None:
    if any(m.flag_bits & 1 for m in wanted):
        raise NotUnzipped("zip-encrypted")
    if len(wanted) > most:
        raise NotUnzipped("zip-too-big")
    if any(m.compress_type not in _PLAIN for m in wanted):
        raise NotUnzipped("zip-damaged")


def _inflated(
    archive: zipfile.ZipFile, wanted: list[zipfile.ZipInfo], room: int
) -> Iterator[tuple[str, bytes]]:
    for member in wanted:
        with archive.open(member) as stream:
            content = stream.read(room + 1)
        room -= len(content)
        if room < 0:
            raise NotUnzipped("zip-too-big")
        yield member.filename, content


def _litter(name: str) -> bool:
    """What systems leave beside the files people chose."""
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or litter.left_by_programs(parts[-1])
