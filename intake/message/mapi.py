"""Properties as winmail.dat keeps them: a counted list of tags and values.

Does: reads each property's number, type and values, within what is there.
Trusts: nothing; a length that points past the end, or a type that is not known, ends the list.
Never touches: what a property means.
Known limits: where the list breaks off, what came before it still counts.
Source: [MS-OXTNEF] 2.1.3.4, [MS-OXCDATA] 2.11.1.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

NAMED = 0x8000  # from this number on, a property has a name instead
MULTIPLE = 0x1000
MOST = 10_000  # properties, and values of one

# Bytes that a value of each type takes, padding included.
_FIXED = {
    0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4,
    0x0014: 8, 0x0040: 8, 0x0048: 16,
}  # fmt: skip
_COUNTED = frozenset({0x000D, 0x001E, 0x001F, 0x0102})  # object, narrow and wide text, bytes


class _Broken(Exception):
    """The list does not go on as a list of properties does."""


@dataclass(frozen=True, slots=True)
class Property:
    """One value; a property with several has one of these for each."""

    id: int
    type: int
    value: bytes


def properties(content: bytes) -> Iterator[Property]:
    """Every value, in order. Never raises."""
    reader = _Reader(content)
    try:
        for _ in range(min(reader.number(), MOST)):
            yield from _property(reader)
    except _Broken:
        return


def _property(reader: _Reader) -> Iterator[Property]:
    tag = reader.number()
    type, id = tag & 0xFFFF, tag >> 16
    if id >= NAMED:
        _skip_name(reader)
    plain = type & ~MULTIPLE
    many = reader.number() if type & MULTIPLE or plain in _COUNTED else 1
    if many > MOST:
        raise _Broken
    for _ in range(many):
        yield Property(id, plain, _value(reader, plain))


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
