"""What a reply says is read whole, or it is said that it is not: cut, broken off or in pieces."""

from __future__ import annotations

import struct

import pytest

from intake.message.markup_lines import MAX_MARKUP_CHARS
from intake.message.outlook_rtf import RichTextBroken, unpack_rtf
from intake.message.reply import read_reply_parts
from tests.builders_replies import message, packed_rtf, plain, rtf, tnef, unpacked_rtf

HEAD = b"From: a@board.example\r\nTo: b@board.example\r\n"
TEXT = b"1 accept\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Type: message/partial; number=1; total=2; id=x\r\n\r\n" + TEXT,
        HEAD + b"From: c@board.example\r\n\r\n" + TEXT,
        HEAD + b"Content-Type: multipart/encrypted; boundary=x\r\n\r\n--x\r\n\r\n1 accept\r\n--x--",
    ],
    ids=["one piece of several", "two senders", "encrypted"],
)
def test_a_mail_that_is_not_all_there_to_read_is_said_to_be_so(raw: bytes) -> None:
    assert read_reply_parts(raw).unread
    assert not read_reply_parts(HEAD + b"\r\n" + TEXT).unread


@pytest.mark.parametrize("lost", [1, 20, 60])
def test_a_winmail_that_breaks_off_is_not_read_whole(lost: int) -> None:
    whole = tnef(rtf(["1 accept", "and more words after that, so that there is enough of it"]))
    assert not read_reply_parts(message([plain("1 accept"), whole])).unread
    assert read_reply_parts(message([plain("1 accept"), whole[:-lost]])).unread


@pytest.mark.parametrize("pack", [packed_rtf, unpacked_rtf])
def test_rich_text_that_ends_before_its_size_is_broken(pack: object) -> None:
    text = rtf(["1 accept", "2 accept"])
    stream = pack(text)  # type: ignore[operator]
    assert unpack_rtf(stream) == text
    longer = stream[:4] + struct.pack("<I", len(text) + 1) + stream[8:]
    with pytest.raises(RichTextBroken):
        unpack_rtf(longer)


def test_wide_markup_longer_than_is_read_is_not_whole() -> None:
    """Its text was cut to just the length that is read, and passed as whole."""
    markup = "<p>1 accept</p>" + " " * MAX_MARKUP_CHARS
    value = markup.encode("utf-16-le")
    properties = struct.pack("<I", 1) + struct.pack("<HH", 0x001F, 0x1013)
    properties += struct.pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4)
    record = struct.pack("<BII", 1, 0x00069003, len(properties)) + properties
    checksum = struct.pack("<H", sum(properties) & 0xFFFF)
    winmail = bytes.fromhex("789f3e22") + b"\x01\x00" + record + checksum
    (part,) = read_reply_parts(message([winmail])).parts
    assert not part.whole
