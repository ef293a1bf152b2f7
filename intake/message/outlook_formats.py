"""Outlook's own formats: winmail.dat (failure mode 31) and .msg."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from intake.message.compound import CompoundFile

FIRST_NAMED_PROPERTY = 0x8000  # from this number on, a property has a name instead
MULTIPLE_VALUES_FLAG = 0x1000
MAX_PROPERTIES = 10_000  # properties, and values of one

# Bytes that a value of each type takes, padding included.
_FIXED = {
    0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4,
    0x0014: 8, 0x0040: 8, 0x0048: 16,
}  # fmt: skip
_COUNTED = frozenset({0x000D, 0x001E, 0x001F, 0x0102})  # object, narrow and wide text, bytes


class _Broken(Exception):
    """The list does not go on as a list of properties does."""


@dataclass(frozen=True, slots=True)
class MapiProperty:
    """One value; a property with several has one of these for each."""

    id: int
    type: int
    value: bytes


def read_properties(content: bytes) -> Iterator[MapiProperty]:
    """Every value, in order. Never raises."""
    reader = _Reader(content)
    try:
        for _ in range(min(reader.number(), MAX_PROPERTIES)):
            yield from _property(reader)
    except _Broken:
        return


def _property(reader: _Reader) -> Iterator[MapiProperty]:
    tag = reader.number()
    type, id = tag & 0xFFFF, tag >> 16
    if id >= FIRST_NAMED_PROPERTY:
        _skip_name(reader)
    plain = type & ~MULTIPLE_VALUES_FLAG
    many = reader.number() if type & MULTIPLE_VALUES_FLAG or plain in _COUNTED else 1
    if many > MAX_PROPERTIES:
        raise _Broken
    for _ in range(many):
        yield MapiProperty(id, plain, _value(reader, plain))


def _value(reader: _Reader, type: int) -> bytes:
    if type in _COUNTED:
        return reader.padded(reader.number())
    if type not in _FIXED:
        raise _Broken
    return reader.take(_FIXED[type])


def _skip_name(reader: _Reader) -> None:
    reader.take(16)  # the set the name is from
    if reader.number():
        reader.padded(reader.number())
    else:
        reader.number()


class _Reader:
    """Where in the bytes we are. Its methods raise _Broken at the end of them."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def number(self) -> int:
        return int(struct.unpack("<I", self.take(4))[0])

    def take(self, size: int) -> bytes:
        if size > len(self._content) - self._at:
            raise _Broken
        self._at += size
        return self._content[self._at - size : self._at]

    def padded(self, size: int) -> bytes:
        """So many bytes, and what fills them up to a multiple of four; the last may lack it."""
        value = self.take(size)
        self._at = min(self._at + -size % 4, len(self._content))
        return value


_RECORD = struct.Struct("<BII")  # level, attribute, length
_START = 6  # the magic and a key
_CHECKSUM = 2

_NEW_FILE = 0x00069002  # attAttachRendData begins the next attachment
_TITLE = 0x00018010
_DATA = 0x0006800F
_PROPERTIES = 0x00069005
_OF_MESSAGE = 0x00069003

# [MS-OXPROPS]: PidTagAttachLongFilename, and PidTagAttachDataObject or ...Binary.
_LONG_NAME = 0x3707
_KEPT = 0x3701
_MAIL = bytes.fromhex("0703020000000000c000000000000046")  # the object is a message
_MAGIC = bytes.fromhex("789f3e22")


# Of the message itself: its text as plain, as packed RTF, as HTML.
PLAIN_TEXT_PROPERTY, RTF_PROPERTY, HTML_PROPERTY = 0x1000, 0x1009, 0x1013


def tnef_message_texts(content: bytes) -> tuple[dict[int, MapiProperty], bool]:
    """(what a winmail.dat says in the place of the mail's text, by the properties above; whether
    the file is whole)."""
    texts = (PLAIN_TEXT_PROPERTY, RTF_PROPERTY, HTML_PROPERTY)
    records = list(_records(content))
    found = {
        said.id: said
        for attribute, data in records
        if attribute == _OF_MESSAGE and data is not None
        for said in read_properties(data)
        if said.id in texts
    }
    return found, all(data is not None for _, data in records)


@dataclass(slots=True)
class TnefFile:
    """One file: its short name and its bytes."""

    name: str = ""
    content: bytes = b""


def tnef_attachments(content: bytes) -> tuple[list[TnefFile], bool]:
    """(the files, whether that is all of it). Never raises.

    An empty list with True is a winmail.dat that only says how the mail looks.
    """
    found: list[TnefFile] = []
    whole = True
    for attribute, data in _records(content):
        if data is None:
            whole = False
        elif attribute == _NEW_FILE:
            found.append(TnefFile())
        elif found and attribute == _TITLE:
            found[-1].name = _long_name(data.partition(b"\0")[0].decode("cp1252", "replace"))
        elif found and attribute == _DATA:
            found[-1].content = data
        elif found and attribute == _PROPERTIES:
            _read_properties(found[-1], data)
    files = [file for file in found if file.content]
    return files, whole and len(files) == len(found)


def _read_properties(file: TnefFile, data: bytes) -> None:
    """What Outlook says of the file besides: its whole name, and a mail kept as an object."""
    for said in read_properties(data):
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


_FILE = "__attach_version1.0_#"
_DATA_OUTLOOK = "__substg1.0_37010102"  # PidTagAttachDataBinary
_MAIL_OUTLOOK = "__substg1.0_3701000d"  # PidTagAttachDataObject
_PROPERTIES_OUTLOOK = "__properties_version1.0"  # every mail has them, and no other object
_NAMES = ("__substg1.0_3707001f", "__substg1.0_3703001f", "__substg1.0_3704001f")
_NARROW_NAMES = ("__substg1.0_3707001e", "__substg1.0_3703001e", "__substg1.0_3704001e")
_CONTENT_ID = ("__substg1.0_3712001f", "__substg1.0_3712001e")
_NAME_BYTES = 1_024


@dataclass(frozen=True, slots=True)
class MsgAttachment:
    """One file: its name or ending, its bytes, and whether the text shows it by content id.
    `lost` says that its bytes are not in the mail, or not as a file."""

    name: str
    content: bytes
    shown: bool
    lost: bool = False


def msg_attachments(content: bytes, most: int, room: int, depth: int) -> Iterator[MsgAttachment]:
    """Every attached file, `most` at most.

    They end with the one that takes them over `room` bytes in all, cut to one byte more than
    there was room for. Raises InvalidCompoundFile, also after some files have come out.
    """
    left = room
    compound = CompoundFile(content)
    for count, storage in enumerate(_storages(compound, 0, depth)):
        if count >= most:
            return
        inside = compound.children_by_name(storage)
        if _DATA_OUTLOOK not in inside:
            yield MsgAttachment("", b"", shown=False, lost=True)
            continue
        data = compound.read_stream(inside[_DATA_OUTLOOK], left + 1)
        left -= len(data)
        yield MsgAttachment(_name(compound, inside), data, any(c in inside for c in _CONTENT_ID))
        if left < 0:
            return


def _storages(compound: CompoundFile, mail: int, depth: int) -> Iterator[int]:
    """The attachments in the order they were attached, those of a mail among them in its place."""
    for name, storage in sorted(compound.children_by_name(mail).items()):
        if not name.startswith(_FILE):
            continue
        inside = compound.children_by_name(storage)
        kept = inside.get(_MAIL_OUTLOOK)
        if kept is not None and _PROPERTIES_OUTLOOK in compound.children_by_name(kept):
            if depth > 1:
                yield from _storages(compound, kept, depth - 1)
        else:
            yield storage


def _name(compound: CompoundFile, inside: dict[str, int]) -> str:
    for wide, narrow in zip(_NAMES, _NARROW_NAMES, strict=True):
        if wide in inside:
            return compound.read_stream(inside[wide], _NAME_BYTES).decode("utf-16-le", "replace")
        if narrow in inside:
            return compound.read_stream(inside[narrow], _NAME_BYTES).decode("cp1252", "replace")
    return ""
