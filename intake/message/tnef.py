"""winmail.dat: attachments wrapped in Outlook's own format (failure mode 31).

Does: takes the attached files out of a TNEF stream.
Trusts: nothing; lengths are held against what is there, and files come out of the stream's own
bytes, so they cannot come to more than it.
Never touches: the text of the mail, and who is named in it.
Known limits: checksums are not compared. Where a file has no long name its ending is the one of
its short name, left out where Windows shortened it ("CHRONO~1.DOC" was a docx). A mail attached to
it comes out as a winmail.dat of its own; another program's object stays inside, and is told.
Source: [MS-OXTNEF].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from intake.message import mapi

_RECORD = struct.Struct("<BII")  # level, attribute, length
_START = 6  # the magic and a key
_CHECKSUM = 2

_NEW_FILE = 0x00069002  # attAttachRendData begins the next attachment
_TITLE = 0x00018010
_DATA = 0x0006800F
_PROPERTIES = 0x00069005

# [MS-OXPROPS]: PidTagAttachLongFilename, and PidTagAttachDataObject or ...Binary.
_LONG_NAME = 0x3707
_KEPT = 0x3701
_MAIL = bytes.fromhex("0703020000000000c000000000000046")  # the object is a message
_MAGIC = bytes.fromhex("789f3e22")


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
        elif found and attribute == _PROPERTIES:
            _read_properties(found[-1], data)
    files = [file for file in found if file.content]
    return files, whole and len(files) == len(found)


def _read_properties(file: Wrapped, data: bytes) -> None:
    """What Outlook says of the file besides: its whole name, and a mail kept as an object."""
    for said in mapi.properties(data):
        if said.id == _LONG_NAME:
            narrow = said.type == 0x001E
            name = said.value.decode("cp1252" if narrow else "utf-16-le", "replace")
            file.name = name.partition("\0")[0] or file.name
        elif said.id == _KEPT and said.value.startswith(_MAIL + _MAGIC):
            file.content = said.value[len(_MAIL) :]


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
