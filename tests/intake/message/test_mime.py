"""Transfer encodings undone, and whether they were whole."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.message.mime import decode_content


@given(st.binary(max_size=200))
def test_base64_comes_back_whole_however_its_lines_break(content):
    assert decode_content(base64.encodebytes(content), " Base64 ") == (content, False)
    assert decode_content(base64.encodebytes(content).replace(b"\n", b"\r\n"), "base64") == (
        content,
        False,
    )


@pytest.mark.parametrize(
    "packed",
    [b"QUJD\nRA", b"QUJDR", b"QUJDRA=", b"QUJD*A==", b"QUJDRA==\n-- \nScanned by the filter"],
)
def test_base64_that_is_cut_or_dirty_is_damaged_and_kept_as_far_as_it_goes(packed):
    """Failure mode 34."""
    content, damaged = decode_content(packed, "base64")
    assert damaged and content.startswith(b"ABC")


@given(st.binary(max_size=300), st.text(max_size=12))
def test_no_bytes_and_no_encoding_raise(content, encoding):
    for name in (encoding, "base64", "quoted-printable", "7bit"):
        decode_content(content, name)


def test_quoted_printable_is_read_and_a_broken_escape_is_damage():
    assert decode_content(b"caf=C3=A9=\r\n N12", "quoted-printable") == (
        "caf\u00e9 N12".encode(),
        False,
    )
    assert decode_content(b"caf=ZZ", "quoted-printable")[1]


def test_an_unknown_encoding_is_damage_and_changes_nothing():
    assert decode_content(b"N12\n", "x-yenc") == (b"N12\n", True)
    assert decode_content(b"begin 644 a\n", "x-uuencode") == (b"begin 644 a\n", True)
    assert decode_content(b"N12", "8bit") == (b"N12", False)
