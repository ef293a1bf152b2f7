"""Any bytes at all are read as mail within bounds, and are the same after the wire."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.headers.header_block import MailLimits
from intake.message.message import (
    AUTOMATIC_MARKS,
    MESSAGE_TROUBLES,
    SENDER_TROUBLES,
    SNIFFED_FORMATS,
    Message,
    message_from_wire,
)
from intake.message.parse import ReadingOptions, read_message, unpack_task

TINY = MailLimits(
    header_bytes=2_000, parts=9, depth=3, containers=2, attachments=4, unpacked_bytes=9_000,
    zip_members=3, subject_chars=20, body_chars=200, ids=3, recipients=2,
)  # fmt: skip


def keeps_its_bounds(message: Message, limits: MailLimits) -> None:
    assert len(message.subject) <= limits.subject_chars
    assert len(message.body_text) <= limits.body_chars
    assert len(message.message_id) <= 250 and message.message_id.isascii()
    assert len(message.in_reply_to) <= limits.ids
    assert len(message.recipients) <= limits.recipients
    assert len(message.attachments) <= limits.attachments
    assert bool(message.sender) != bool(message.sender_trouble)
    assert message.sender_trouble in {"", *SENDER_TROUBLES}
    assert message.automatic in {"", *AUTOMATIC_MARKS}
    assert set(message.trouble) <= MESSAGE_TROUBLES.keys() and "unreadable" not in message.trouble
    assert {found.sniffed for found in message.attachments} <= SNIFFED_FORMATS
    assert all(len(found.declared) <= 8 for found in message.attachments)


def is_whole_after_the_wire(raw: bytes, limits: MailLimits) -> None:
    terms = ReadingOptions(limits)
    value, blobs = unpack_task(raw, terms, None)
    message = message_from_wire(value, blobs, limits)
    assert message == read_message(raw, terms)
    keeps_its_bounds(message, limits)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3_000))
def test_any_bytes_are_read_within_bounds(raw):
    is_whole_after_the_wire(raw, TINY)


HEADS = (
    *("From: ", "To: ", "Subject: ", "Message-ID: ", "References: ", "Content-Type: "),
    *("Return-Path: ", "Content-Disposition: ", "Content-Transfer-Encoding: ", "Content-ID: "),
)
SCRAPS = (
    *("ann@surgery.example", "<a@b.example>", "multipart/mixed; boundary=b", "text/html"),
    *("message/rfc822", "multipart/report; boundary=b; report-type=delivery-status"),
    *("message/delivery-status", "Status: 5.1.1", "\n", "\n\n", "--b\n", "--b--"),
    *("attachment; filename*=utf-8''a%2Edocx", 'name="', "a*", "*0*=", "''"),
    *("(", ")", '"', "<", ">", ",", ":", ";", "\\", "=", "==", "%", " ", "\0", "\r"),
    *("=?utf-8?q?=00?=", "=?utf-8?b?4p==?=", "base64", "quoted-printable", "é", "\ud800"),
    *("UEsDBBQ", "%PDF-", "{\\rtf", "BEGIN:VCARD", "cid:x", "https://x.sharepoint.com/"),
    *("&#x110000;", "<!--", "<style>"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from((*HEADS, *SCRAPS)), max_size=60))
def test_scraps_of_mail_in_any_order_are_read_within_bounds(scraps):
    """Failure mode 27: what a fuzzer finds sooner when it speaks the language."""
    text = "".join(f"\n{s}" if s in HEADS else s for s in scraps).lstrip("\n")
    is_whole_after_the_wire(text.encode("utf-8", "surrogatepass"), TINY)


@pytest.fixture(scope="session")
def mail_with_everything(make) -> bytes:
    msg = make.msg(make.outlook_file("a.docx", make.word()))
    files = [make.word(True), make.zipped({"a.docx": make.word()}), msg]
    files += [make.winmail(("a.docx", make.word())), make.with_files(("b.docx", make.word()))]
    part = b'--b\r\nContent-Type: x/y; name="f"\r\nContent-Transfer-Encoding: binary\r\n\r\n'
    body = b"--b\r\nContent-Type: text/html\r\n\r\n<p>N12</p><img src='cid:x'>\r\n"
    body += b"".join(part + content + b"\r\n" for content in files) + b"--b--\r\n"
    return make.by_hand("From: a@b.example\nContent-Type: multipart/mixed; boundary=b", body)


def test_everything_in_that_mail_is_read(mail_with_everything):
    read = read_message(mail_with_everything)
    assert [found.sniffed for found in read.attachments] == ["docm", "docx", "docx", "docx", "docx"]
    assert [found.inside for found in read.attachments] == ["", "zip", "message", "", "message"]
    assert read.trouble == ()


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_real_mail_with_bytes_changed_is_read_within_bounds(mail_with_everything, data):
    raw = bytearray(mail_with_everything)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        kind = data.draw(st.sampled_from(("change", "cut", "double")))
        if kind == "change":
            raw[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del raw[at : at + data.draw(st.integers(1, 200))]
        else:
            raw[at:at] = raw[at : at + 50]
        if len(raw) < 2:
            break
    is_whole_after_the_wire(bytes(raw), MailLimits())


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_containers_with_bytes_changed_are_opened_within_bounds(make, data):
    """The containers themselves, so that changes land in their tables and not in their files."""
    build = data.draw(st.sampled_from(("msg", "winmail", "zip")))
    content = bytearray(
        {
            "msg": make.msg(make.outlook_file("a.pdf", b"%PDF-"), make.outlook_file("b", b"x")),
            "winmail": make.winmail(("a.pdf", b"%PDF-1.4")),
            "zip": make.zipped({"a.pdf": b"%PDF-1.4", "b/c.pdf": b"%PDF-1.5"}),
        }[build]
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(4, len(content) - 1))
        content[at] = data.draw(st.sampled_from((0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF)))
    raw = make.by_hand("From: ann@surgery.example\nContent-Type: x/y", bytes(content))
    is_whole_after_the_wire(raw, MailLimits())
