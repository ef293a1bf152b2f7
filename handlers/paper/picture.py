"""A picture's pages and their sizes, read from its headers before anything is decoded.

Does: finds out how many pages a JPEG, PNG or TIFF has and how many pixels each; makes of each page
of a TIFF a file in which it is the first.
Trusts: nothing. A header can lie; the decoder, confined, finds out.
Never touches: the pixels.
Known limits: which way up a photograph was taken is not looked at. BigTIFF is not read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.word.refusals import Damaged, TooBig

MOST_PIXELS = 40_000_000  # a page of A4 at 600 dots to the inch has 35 million
MOST_LEAVES = 10  # pages to be read by machine, at about two seconds each
MOST_TAGS = 500

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
# Start-of-frame markers, which carry the size; C4, C8 and CC mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers with nothing after them
_WIDTH, _HEIGHT = 256, 257
_LONG = 4


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a picture, and the file it is the first page of."""

    data: bytes
    width: int
    height: int


def leaves_of(data: bytes) -> list[Leaf]:
    """The pages. Raises Damaged for what is no JPEG, PNG or TIFF, and TooBig."""
    try:
        leaves = list(_leaves(data))
    except (struct.error, IndexError):
        raise Damaged from None
    if not all(leaf.width > 0 and leaf.height > 0 for leaf in leaves):
        raise Damaged
    if any(leaf.width * leaf.height > MOST_PIXELS for leaf in leaves):
        raise TooBig
    return leaves


def _leaves(data: bytes) -> Iterator[Leaf]:
    if data.startswith(_PNG):
        width, height = struct.unpack_from(">II", data, 16)
        yield Leaf(data, width, height)
    elif data.startswith(_JPEG):
        yield Leaf(data, *_jpeg_size(data))
    elif data[:4] in _ORDERS:
        yield from _tiff_leaves(data, _ORDERS[data[:4]])
    else:
        raise Damaged


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = len(_JPEG)
    while True:
        if data[at] != 0xFF:
            raise Damaged
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]


def _tiff_leaves(data: bytes, order: str) -> Iterator[Leaf]:
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    seen: set[int] = set()
    while at:
        if at in seen:
            raise Damaged
        if len(seen) == MOST_LEAVES:
            raise TooBig
        seen.add(at)
        width, height, after = _directory(data, at, order)
        first = struct.pack(f"{order}I", at)
        yield Leaf(data[:4] + first + data[8:], width, height)
        at = after


def _directory(data: bytes, at: int, order: str) -> tuple[int, int, int]:
    """The width and height that one directory of a TIFF gives, and where the next one is."""
    (count,) = struct.unpack_from(f"{order}H", data, at)
    if count > MOST_TAGS:
        raise Damaged
    sizes = {_WIDTH: 0, _HEIGHT: 0}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind = struct.unpack_from(f"{order}HH", data, entry)
        if tag in sizes:
            shape = "I" if kind == _LONG else "H"
            (sizes[tag],) = struct.unpack_from(f"{order}{shape}", data, entry + 8)
    (after,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)
    return sizes[_WIDTH], sizes[_HEIGHT], after
