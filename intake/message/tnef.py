"""winmail.dat: attachments wrapped in Outlook's own format (failure mode 31).

Does: takes the attached files out of a TNEF stream.
Trusts: nothing; lengths are held against what is there, and files come out of the stream's own
bytes, so they cannot come to more than it.
Never touches: MAPI properties. The text of the mail and mails attached as objects stay inside.
Known limits: checksums are not compared. A file's ending is the one of its short name, left out
where Windows shortened it ("CHRONO~1.DOC" was a docx).
Source: [MS-OXTNEF].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_RECORD = struct.Struct("<BII")  # level, attribute, length
_START = 6  # the magic and a key
_CHECKSUM = 2

_NEW_FILE = 0x00069002  # attAttachRendData begins the next attachment
_TITLE = 0x00018010
_DATA = 0x0006800F


@dataclass(slots=True)
class Wrapped:
    """One file: its short name and its bytes."""

    name: str = ""
    content: bytes = b""


def files(content: bytes) -> tuple[list[Wrapped], bool]:
    """(the files, whether that is all of it). Never raises.

    An empty list with True is a winmail.dat that only says how the mail looks.
    """
    found: list[Wrapped] = []
    whole = True
    for attribute, data in _records(content):
        if data is None:
            whole = False
        elif attribute == _NEW_FILE:
            found.append(Wrapped())
        elif found and attribute == _TITLE:
            found[-1].name = _long_name(data.partition(b"\0")[0].decode("cp1252", "replace"))
        elif found and attribute == _DATA:
            found[-1].content = data
    files = [file for file in found if file.content]
    return files, whole and len(files) == len(found)


def _records(content: bytes) -> Iterator[tuple[int, bytes | None]]:
    """(attribute, its bytes) in order; a last (0, None) where the stream breaks off."""
    at = _START
    while at + _RECORD.size <= len(content):
        level, attribute, length = _RECORD.unpack_from(content, at)
        at += _RECORD.size
        data = content[at : at + length]
        at += length + _CHECKSUM
        if level not in (1, 2) or at > len(content):
            yield 0, None
            return
        yield attribute, data
    if at != len(content):
        yield 0, None


def _long_name(name: str) -> str:
    return "" if "~" in name else name
