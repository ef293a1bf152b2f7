"""One strict address or none."""

from __future__ import annotations

import pytest

from intake.headers.address import (
    parse_recipients,
    parse_sender,
    split_mailboxes,
    strict_address,
    sub_address_tag,
)
from intake.headers.header_block import parse_headers
from tests.each_case import each_case


def headers(*lines: str):
    return parse_headers("\r\n".join(lines).encode())


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("ann@surgery.example", "ann@surgery.example"),
        ("<ann@surgery.example>", "ann@surgery.example"),
        ("Ann Author <Ann.Author@Surgery.EXAMPLE>", "Ann.Author@surgery.example"),
        ('"Author, Ann (GP)" <ann@surgery.example>', "ann@surgery.example"),
        ('"say \\"<bob@evil.example>\\"" <ann@surgery.example>', "ann@surgery.example"),
        ("ann@surgery.example (Ann (GP))", "ann@surgery.example"),
        ("'ann@surgery.example' <ann@surgery.example>", "ann@surgery.example"),
        ("=?utf-8?b?QW5u?= <ann@surgery.example>", "ann@surgery.example"),
        ("ann@b\u00fccher.example", "ann@xn--bcher-kva.example"),
        ("ann@xn--bcher-kva.example,", "ann@xn--bcher-kva.example"),
        ("ann+tag@surgery.example", "ann+tag@surgery.example"),
    ],
)
def test_a_plain_address_is_found(value, address):
    assert parse_sender(headers(f"From: {value}")) == (address, "")


@each_case(
    "value",
    [
        "alice@example.org(<bob@evil.example>",
        "alice@example.org(<bob@evil.example>)<",
        "bob@evil.example <alice@surgery.example>",
        "<alice@surgery.example> bob@evil.example",
        "<alice@surgery.example><bob@evil.example>",
        "<<alice@surgery.example>>",
        "alice@surgery.example\0@evil.example",
        "alice@evil.example@surgery.example",
        '"alice@surgery.example"@evil.example',
        "<@evil.example:alice@surgery.example>",
        "Friends: alice@surgery.example;",
        "alice@[127.0.0.1]",
        "alice@localhost",
        "alice@-surgery.example",
        "alice@surgery..example",
        "alice.@surgery.example",
        "alice @surgery.example",
        "alice@stra\u00dfe.example",
        "=?utf-8?q?alice?=@surgery.example",
        "alice@surgery.example\\",
        "alice@surgery.example)",
        "bob) (<alice@surgery.example>",
        "<alice(bob)@surgery.example>",
        "bob> <alice@surgery.example>",
        "a" * 65 + "@surgery.example",
        "a@" + "b" * 64 + ".example",
        "<>",
        "",
        "MAILER-DAEMON",
    ],
)
def test_what_is_not_plainly_one_address_is_none(value):
    """Failure mode 42."""
    assert parse_sender(headers(f"From: {value}")) == ("", "not-an-address")


def test_no_from_several_addresses_and_several_headers_are_told_apart():
    """Failure modes 35 and 42."""
    assert parse_sender(headers("To: x@y.example")) == ("", "none")
    assert parse_sender(headers("From: a@b.example, c@d.example")) == ("", "several")
    two = headers("From: a@b.example", "From: a@b.example")
    assert parse_sender(two) == ("", "several-headers")


def test_an_address_in_its_strict_form_stays_as_it_is():
    for text in ("Ann@B\u00dcCHER.example", "ann@surgery.example", "not one", "@", ""):
        assert strict_address(strict_address(text)) == strict_address(text)


def test_recipients_come_from_every_header_that_names_them_each_once():
    read = headers(
        "Delivered-To: scr+k3y@board.example",
        "To: Board <scr+k3y@board.example>, other@board.example, not one",
        "Cc: boss@surgery.example",
    )
    assert parse_recipients(read, 9) == (
        "scr+k3y@board.example", "other@board.example", "boss@surgery.example",
    )  # fmt: skip
    assert len(parse_recipients(read, 2)) == 2


def test_the_tag_of_a_sub_address_is_what_follows_the_first_plus():
    assert sub_address_tag("scr+k3y+x@board.example") == "k3y+x"
    assert sub_address_tag("scr@board.example") == ""


def test_a_hundred_thousand_brackets_are_no_recursion():
    """Failure mode 28."""
    assert split_mailboxes("(" * 100_000) is None
    assert split_mailboxes("(" * 50_000 + ")" * 50_000 + "a@b.example") == ["a@b.example"]
