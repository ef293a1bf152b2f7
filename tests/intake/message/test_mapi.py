"""Properties inside winmail.dat."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from intake.message.outlook_formats import MapiProperty, read_properties


def counted(*values: bytes) -> bytes:
    padded = (struct.pack("<I", len(v)) + v + b"\0" * (-len(v) % 4) for v in values)
    return struct.pack("<I", len(values)) + b"".join(padded)


def listed(*entries: bytes) -> bytes:
    return struct.pack("<I", len(entries)) + b"".join(entries)


def tag(id: int, type: int) -> bytes:
    return struct.pack("<HH", type, id)


def test_values_of_every_kind_are_stepped_over_to_the_ones_wanted():
    named = tag(0x8001, 0x000B) + b"g" * 16 + struct.pack("<I", 1) + struct.pack("<I", 6)
    named += "abc".encode("utf-16-le") + b"\0\0" + struct.pack("<I", 1)
    numbered = tag(0x8002, 0x0003) + b"g" * 16 + struct.pack("<II", 0, 7) + struct.pack("<I", 9)
    several = tag(0x3000, 0x1003) + struct.pack("<III", 2, 5, 6)
    wide = tag(0x3707, 0x001F) + counted("form.docx\0".encode("utf-16-le"))
    time = tag(0x3008, 0x0040) + b"t" * 8
    content = listed(named, numbered, several, time, wide)
    assert [(p.id, p.value) for p in read_properties(content)] == [
        (0x8001, b"\1\0\0\0"),
        (0x8002, b"\x09\0\0\0"),
        (0x3000, b"\5\0\0\0"),
        (0x3000, b"\6\0\0\0"),
        (0x3008, b"t" * 8),
        (0x3707, "form.docx\0".encode("utf-16-le")),
    ]


def test_a_list_that_breaks_off_or_lies_gives_what_came_before():
    good = tag(0x3001, 0x001E) + counted(b"ab")
    for bad in (b"", tag(1, 0x00FF), tag(2, 0x0102) + struct.pack("<II", 1, 2**31), b"\xff" * 9):
        content = struct.pack("<I", 2**31) + good + bad
        assert next(read_properties(content)) == MapiProperty(0x3001, 0x001E, b"ab")
        assert len(list(read_properties(content))) == 1


@given(st.binary(max_size=200))
def test_no_bytes_raise(content):
    list(read_properties(content))
    list(read_properties(struct.pack("<I", 5) + content))
