"""Replies as a captured child could write them. Failure mode 55."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.sandbox import protocol
from handlers.sandbox.protocol import (
    ChildDied,
    DocumentUnreadable,
    LimitExceeded,
    UnforeseenFault,
    WorkerLimits,
    pack_parts,
)
from tests.each_case import each_case

LIMITS = WorkerLimits(value_bytes=1 << 20)


def read(head: bytes, *blobs: bytes) -> protocol.SandboxReply:
    return protocol.decode_reply(b"".join(pack_parts([head, *blobs])), LIMITS)


def test_a_value_and_its_blobs_come_back():
    sent = b"".join(pack_parts(protocol.encode_answer(({"a": [1, None, "é"]}, [b"one", b""]))))
    assert protocol.decode_reply(sent, LIMITS) == protocol.SandboxReply(
        {"a": [1, None, "é"]}, (b"one", b"")
    )


@each_case(
    "head",
    [
        b"{}",
        b"[]",
        b"null",
        b'"value"',
        b'{"value": 1, "over": "memory"}',
        b'{"value": NaN}',
        b'{"value": -Infinity}',
        b'{"value": "\\ud800"}',
        b'{"value": "\xff"}',
        b'{"value": ' + b"9" * 5000 + b"}",
        b'{"value": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        '{"value": 1}'.encode("utf-16"),
        b'{"over": "everything"}',
        b'{"over": ["memory"]}',
        b'{"unforeseen": "ValueError"}',
        b'{"unforeseen": "Marigold Winterbourne", "places": []}',
        b'{"unforeseen": "' + b"x" * 200 + b'", "places": []}',
        b'{"unforeseen": 5, "places": []}',
    ],
)
def test_a_reply_out_of_shape_is_a_death(head):
    with pytest.raises(ChildDied):
        read(head)


@pytest.mark.parametrize("bound", ["memory", "nesting"])
def test_a_bound_is_told(bound):
    with pytest.raises(LimitExceeded) as outcome:
        read(*protocol.encode_over_limit(bound))
    assert outcome.value.bound == bound


@pytest.mark.parametrize(
    "places", ["x", 5, None, {}, [5], ["Marigold lives at 5 High St:1"], ["a:x"]]
)
def test_a_place_that_is_none_is_dropped(places):
    """Failure mode 89."""
    with pytest.raises(UnforeseenFault) as outcome:
        read(json.dumps({"unforeseen": "zipfile.BadZipFile", "places": places}).encode())
    assert outcome.value.places == ()


def test_more_blobs_than_any_mail_has_are_a_death():
    with pytest.raises(ChildDied):
        read(b'{"value": 1}', *[b""] * (protocol.MAX_BLOBS + 1))


@given(st.binary(max_size=200))
def test_no_bytes_at_all_bring_the_service_down(received):
    with pytest.raises(DocumentUnreadable):
        protocol.decode_reply(received, LIMITS)


@given(st.binary(max_size=200))
def test_no_head_at_all_brings_the_service_down(head):
    try:
        read(head)
    except DocumentUnreadable:
        return
    assert json.loads(head).keys() == {"value"}
