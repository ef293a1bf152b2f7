"""Compound files read within bounds."""

from __future__ import annotations

import io
import struct

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.message.compound import CompoundFile, InvalidCompoundFile

TREE = {"Big": bytes(range(256)) * 40, "Small": b"small", "Storage": {"Inner": b"in" * 2_000}}


def test_the_builder_of_these_tests_writes_what_another_reader_reads(make):
    with olefile.OleFileIO(io.BytesIO(make.compound(TREE))) as other:
        assert other.openstream("Big").read() == TREE["Big"]
        assert other.openstream("Storage/Inner").read() == b"in" * 2_000


def test_streams_large_and_small_are_read(make):
    compound = CompoundFile(make.compound(TREE))
    root = compound.children_by_name()
    assert set(root) == {"big", "small", "storage"}
    assert compound.read_stream(root["big"], 99_999) == TREE["Big"]
    assert compound.read_stream(root["small"], 99_999) == b"small"
    inner = compound.children_by_name(root["storage"])
    assert compound.read_stream(inner["inner"], 99_999) == b"in" * 2_000


def test_a_stream_is_read_as_far_as_asked(make):
    compound = CompoundFile(make.compound(TREE))
    root = compound.children_by_name()
    assert compound.read_stream(root["big"], 700) == TREE["Big"][:700]
    assert compound.read_stream(root["small"], 2) == b"sm"


def test_a_chain_that_loops_ends(make):
    """The table says that sector 0 follows itself."""
    raw = bytearray(make.compound({"Big": b"x" * 9_000}))
    table = struct.unpack_from("<I", raw, 76)[0]
    struct.pack_into("<I", raw, (table + 1) * 512, 0)
    compound = CompoundFile(bytes(raw))
    assert len(compound.read_stream(compound.children_by_name()["big"], 10**9)) <= len(raw)


def test_a_tree_that_loops_ends(make):
    raw = bytearray(make.compound({"One": b"x", "Two": b"y"}))
    for node in (1, 2):
        at = raw.find(("One" if node == 1 else "Two").encode("utf-16-le"))
        struct.pack_into("<3I", raw, at + 68, 1, 2, 0)
    assert set(CompoundFile(bytes(raw)).children_by_name()) == {"one", "two"}


def test_a_chain_of_small_pieces_that_loops_ends(make):
    raw = bytearray(make.compound({"Small": b"x" * 200}))
    mini_table = struct.unpack_from("<I", raw, 60)[0]
    struct.pack_into("<I", raw, (mini_table + 1) * 512, 0)
    compound = CompoundFile(bytes(raw))
    assert compound.read_stream(compound.children_by_name()["small"], 10**9) == b"x" * 200


@pytest.mark.parametrize(("name", "size"), [("Big", 9_000), ("Small", 200)])
@pytest.mark.parametrize("start", [100, 5_000, 0xFFFFFFF0])
def test_a_stream_that_starts_beyond_the_file_is_refused(make, name, size, start):
    raw = bytearray(make.compound({name: b"x" * size}))
    node = raw.find(name.encode("utf-16-le"))
    struct.pack_into("<I", raw, node + 116, start)
    compound = CompoundFile(bytes(raw))
    with pytest.raises(InvalidCompoundFile):
        compound.read_stream(compound.children_by_name()[name.lower()], 10**9)


def test_a_stream_that_starts_beyond_what_the_table_covers_is_refused(make):
    raw = bytearray(make.compound({"Big": b"x" * 9_000})) + bytes(200 * 512)
    struct.pack_into("<I", raw, raw.find("Big".encode("utf-16-le")) + 116, 150)
    compound = CompoundFile(bytes(raw))
    with pytest.raises(InvalidCompoundFile):
        compound.read_stream(compound.children_by_name()["big"], 10**9)


def test_a_small_stream_beyond_what_the_table_covers_is_refused(make):
    """The table of small pieces is cut to its first sector, and the last stream is behind it."""
    raw = bytearray(make.compound({name: b"x" * 4_000 for name in ("One", "Two", "Last")}))
    table, mini_table = struct.unpack_from("<I", raw, 76)[0], struct.unpack_from("<I", raw, 60)[0]
    struct.pack_into("<I", raw, (table + 1) * 512 + mini_table * 4, 0xFFFFFFFE)
    compound = CompoundFile(bytes(raw))
    root = compound.children_by_name()
    assert compound.read_stream(root["one"], 10**9) == b"x" * 4_000
    with pytest.raises(InvalidCompoundFile):
        compound.read_stream(root["last"], 10**9)


def test_a_table_that_names_one_sector_over_and_over_is_refused(make):
    """It would be a hundred times as large as the file."""
    raw = bytearray(make.compound({"A": b"x"}))
    struct.pack_into("<109I", raw, 76, *[struct.unpack_from("<I", raw, 76)[0]] * 109)
    with pytest.raises(InvalidCompoundFile):
        CompoundFile(bytes(raw))


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_is_no_compound_file_says_so(content):
    with pytest.raises(InvalidCompoundFile):
        CompoundFile(content)


@given(st.lists(st.tuples(st.integers(24, 3_000), st.integers(0, 255)), max_size=8))
def test_nothing_but_not_compound_is_raised(make, changes):
    raw = bytearray(make.compound({"A": b"x" * 5_000, "B": {"C": b"y"}}))
    for at, value in changes:
        raw[at % len(raw)] = value
    try:
        compound = CompoundFile(bytes(raw))
        for number in compound.children_by_name().values():
            assert len(compound.read_stream(number, 10**6)) <= len(raw) + 512
            compound.children_by_name(number)
    except InvalidCompoundFile:
        pass
