"""A header block, cut off and read."""

from __future__ import annotations

import pytest

from intake.headers.header_block import Headers, parse_headers, parse_parameters, split_header_block


def test_a_block_ends_at_the_first_blank_line_whatever_ends_its_lines():
    assert split_header_block(b"A: b\r\n\r\nbody\r\n\r\nmore", 99) == (
        b"A: b\r\n",
        b"body\r\n\r\nmore",
    )
    assert split_header_block(b"A: b\n\nbody", 99) == (b"A: b\n", b"body")
    assert split_header_block(b"\r\nbody", 99) == (b"", b"body")
    assert split_header_block(b"A: b", 99) == (b"A: b", b"")


def test_a_block_longer_than_its_bound_is_none():
    assert split_header_block(b"A: " + b"b" * 99 + b"\n\nbody", 50) is None
    assert split_header_block(b"A: " + b"b" * 99, 50) is None


def test_folded_lines_are_one_value():
    read = parse_headers(b"Subject: one\r\n two\r\n\tthree\r\nTo : x\r\n")
    assert read.fields == (("subject", "one two\tthree"), ("to", "x"))
    assert not read.odd


def test_a_line_that_is_no_header_is_odd_and_stops_nothing():
    """Failure mode 35: Python's parser takes what follows for the body, others do not."""
    read = parse_headers(b"From: a@b.example\nnot a header\nFrom: c@d.example\n")
    assert read.odd and len(read.values_of("from")) == 2


def test_the_line_that_mbox_puts_first_is_not_odd():
    assert not parse_headers(b"From ann@surgery.example Thu Apr  1\nTo: x\n").odd
    assert parse_headers(b"To: x\nFrom ann@surgery.example Thu Apr  1\n").odd


@pytest.mark.parametrize("block", [b"A: b\rC: d\r\n", b"A: \0\r\n"])
def test_characters_that_no_mail_program_writes_are_odd(block):
    assert parse_headers(block).odd


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('Content-Disposition: attachment; filename="a.docx"', "a.docx"),
        ("Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.docx", "caf\u00e9.docx"),
        ("Content-Disposition: attachment; filename*0=a.d; filename*1=ocx", "a.docx"),
        ('Content-Type: x/y; name="=?utf-8?q?caf=C3=A9.docx?="', "caf\u00e9.docx"),
        ("Content-Type: x/y; name*; name=a.docx", "a.docx"),
        ("Content-Disposition: attachment; filename*=zlib_codec''a.docx", "a.docx"),
        ("Content-Type: x/y", ""),
        ("Content-Disposition: inline; filename*=''b.docx; filename*0=a; filename=c.pdf", "c.pdf"),
    ],
)
def test_a_file_name_is_read_in_each_way_it_is_written(line, name):
    """Failure mode 27 for the one that makes Python's own parser raise."""
    assert parse_headers(line.encode()).file_name == name


def test_a_value_longer_than_any_real_one_has_no_parameters():
    assert parse_parameters("x/y; a=" + "b" * 5_000) == {}


def test_only_headers_that_may_come_once_can_contradict():
    received = (("received", "a"), ("received", "b"))
    assert not Headers(received).contradicts_itself
    assert not Headers((("subject", "a"), ("subject", "b"))).contradicts_itself
    assert not Headers((("cc", "a"), ("cc", "b"))).contradicts_itself
    assert Headers((("sender", "a"), ("sender", "b"))).contradicts_itself
    assert Headers((("from", "a"), ("from", "a"))).contradicts_itself
