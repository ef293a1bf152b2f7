"""What a signed message wraps up, taken out whatever its bytes are."""

from __future__ import annotations

import base64
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.message.smime import NoSignedContent, signed_content
from tests.authority import Authority
from tests.builders_smime import signature

SIGNED = signature(b"the content", Authority().issue("A"), around=True)


def test_the_content_comes_out_of_plain_and_of_armoured_bytes() -> None:
    armoured = b"-----BEGIN PKCS7-----\n%s-----END PKCS7-----\n" % base64.encodebytes(SIGNED)
    assert signed_content(SIGNED) == signed_content(armoured) == b"the content"


def test_a_signature_that_stands_beside_its_content_holds_none() -> None:
    with pytest.raises(NoSignedContent):
        signed_content(signature(b"the content", Authority().issue("A")))


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"0",
        b"0\x80" * 5_000,
        b"0\x84\xff\xff\xff\xff",
        b"0\x88" + b"\xff" * 8,
        b"0\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x02\xa0\x80" + b"0\x80" * 40,
        b"-----BEGIN PKCS7-----\nA\n-----END PKCS7-----",
        SIGNED[: len(SIGNED) // 2],
    ],
    ids=range(8),
)
def test_hostile_bytes_are_not_wrapped(hostile: bytes) -> None:
    with pytest.raises(NoSignedContent):
        signed_content(hostile)


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len(SIGNED) - 1), byte=st.integers(0, 255))
def test_no_change_of_a_byte_is_more_than_not_wrapped(at: int, byte: int) -> None:
    changed = SIGNED[:at] + bytes([byte]) + SIGNED[at + 1 :]
    with contextlib.suppress(NoSignedContent):
        assert isinstance(signed_content(changed), bytes)
