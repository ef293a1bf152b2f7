"""Message-IDs, strictly."""

from __future__ import annotations

import pytest

from intake.headers.header_block import parse_headers
from intake.headers.message_ids import answered_message_ids, parse_message_id, strict_message_id
from tests.each_case import each_case


@pytest.mark.parametrize(
    "text",
    [
        "<one@board.example>", " <CAK+a_b=c@mail.board.example>\t", "<!&!AAA==@host_1>",
        "<a@[::1]>", "<1234>",
    ],
)  # fmt: skip
def test_an_id_as_mail_programs_write_them_is_kept(text):
    assert strict_message_id(text) == text.strip()


@each_case(
    "text",
    [
        "", "one@board.example", "<>", "<one@>", "<one two@board.example>", "<o@b> x",
        "<=?utf-8?q?x?= y@board.example>", "<one\r\nBcc:@board.example>", "<é@board.example>",
        "<" + "a" * 199 + "@" + "b" * 60 + ">", "<a@b@c>", "<a\0@b>",
    ],
)  # fmt: skip
def test_a_long_or_strange_id_is_none(text):
    """Failure mode 78."""
    assert strict_message_id(text) == ""


def test_two_ids_in_two_headers_are_none():
    assert parse_message_id(parse_headers(b"Message-ID: <a@b>\nMessage-ID: <a@c>")) == ""
    assert parse_message_id(parse_headers(b"Message-ID:\r\n <a@b>\r\n")) == "<a@b>"


def test_what_it_answers_is_bounded_and_each_named_once():
    head = parse_headers(b"In-Reply-To: <3@b> <3@b>\nReferences: <1@b>\n\t<2@b> junk <3@b>")
    assert answered_message_ids(head, 9) == ("<3@b>", "<2@b>", "<1@b>")
    assert answered_message_ids(head, 2) == ("<3@b>", "<2@b>")
