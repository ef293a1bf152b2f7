"""A mail's header block alone, as the service reads it for itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.message.parse import MessageHead, read_message, read_message_head


def test_it_says_what_reading_the_whole_mail_says():
    raw = (
        b"From: \"Ann Author\" <ann@surgery.example>\r\nTo: Board <returns+check@board.example>\r\n"
        b"Subject: =?utf-8?q?N12=3A_caf=C3=A9?=\r\nMessage-ID: <a@b.example>\r\n"
        b"In-Reply-To: <c@d.example>\r\nAuto-Submitted: auto-replied\r\n\r\nbody"
    )  # fmt: skip
    head, whole = read_message_head(raw), read_message(raw)
    assert head == MessageHead(
        sender="ann@surgery.example",
        sender_trouble="",
        shown="Ann Author",
        recipients=("returns+check@board.example",),
        message_id="<a@b.example>",
        in_reply_to=("<c@d.example>",),
        subject="N12: café",
        marked="auto-reply",
    )
    for name in ("sender", "recipients", "message_id", "in_reply_to", "subject"):
        assert getattr(head, name) == getattr(whole, name)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('"ann@surgery.example" <x@evil.example>', "ann@surgery.example"),
        ("=?utf-8?q?ann=40surgery=2Eexample?= <x@evil.example>", "ann@surgery.example"),
        ("Ann Author <x@evil.example>", "Ann Author"),
        ("x@evil.example", ""),
    ],
)
def test_it_tells_what_a_mail_program_would_show(value, shown):
    """Failure mode 43."""
    assert read_message_head(f"From: {value}\r\n\r\n".encode()).shown == shown


def test_a_block_longer_than_any_real_one_is_not_read():
    """Failure mode 28."""
    assert read_message_head(b"X: " + b"a" * 300_000).sender_trouble == "not-read"


@given(st.binary(max_size=400))
def test_no_bytes_raise(raw):
    """Failure mode 27."""
    read_message_head(raw)
    read_message_head(b"From: " + raw + b"\r\nSubject: x\r\n\r\n")
