"""One strict address, or none (failure modes 42 and 43)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.email_address import parse_email_address
from tests.each_case import each_case

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
LOCAL = PLAIN | frozenset("!#$%&'*+/=?^_`{|}~-.")
DOMAIN = PLAIN | frozenset("-.")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("name@agency.example", "name@agency.example"),
        ("First.Last@Agency.Example", "First.Last@agency.example"),
        ("o'brien+scr@sub.agency.example", "o'brien+scr@sub.agency.example"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
        ("a@B\u00fccher.example", "a@xn--bcher-kva.example"),
        ("jos\u00e9@agency.example", "jos\u00e9@agency.example"),
        ("jose\u0301@agency.example", "jos\u00e9@agency.example"),
        (
            "\u0430\u0432\u0442\u043e\u0440@\u043f\u043e\u0447\u0442\u0430.example",
            "\u0430\u0432\u0442\u043e\u0440@xn--80a1acny.example",
        ),
    ],
)
def test_an_address_is_kept_with_its_domain_in_lower_case(written: str, kept: str) -> None:
    assert parse_email_address(written) == kept


@each_case(
    "written",
    [
        "",
        "@",
        "name",
        "name@agency",
        "name@@agency.example",
        "a@b@agency.example",
        "alice@example.org(<bob@evil.example>",
        "alice(comment)@agency.example",
        '"alice"@agency.example',
        '"a@b"@agency.example',
        "Alice <alice@agency.example>",
        "alice@agency.example, bob@agency.example",
        "alice@agency.example\n",
        "alice@agency.example\r\nBcc: bob@evil.example",
        "alice\x00@agency.example",
        " alice@agency.example",
        "аlice@agency.example",  # a Cyrillic a
        "alice@аgency.example",
        "alice@agency.example.",
        ".alice@agency.example",
        "alice.@agency.example",
        "al..ice@agency.example",
        "alice@-agency.example",
        "alice@agency-.example",
        "alice@agency..example",
        "alice@[192.0.2.1]",
        "alice@192.0.2.1",
        "alice@agency.-x",
        "a" * 65 + "@agency.example",
        "a@" + "b" * 64 + ".example",
        "a@" + "b." * 130 + "example",
    ],
)
def test_anything_else_is_none(written: str) -> None:
    """Failure mode 42."""
    assert parse_email_address(written) is None


@given(st.text(st.sampled_from("aB1.-@<>()\"', \n\r\0;:\\[]é＠аⓐ"), max_size=24) | st.text())
@example("a@b.ex")
@example("a@b.ex\n")
def test_what_is_accepted_is_plain_has_one_at_and_nothing_more(written: str) -> None:
    address = parse_email_address(written)
    if address is None:
        return
    local, at, domain = address.partition("@")
    assert at
    if written.isascii():
        assert address.casefold() == written.casefold()
    assert all(char in LOCAL or (not char.isascii() and char.isprintable()) for char in local)
    assert parse_email_address(address) == address
    assert set(domain) <= DOMAIN
    assert len(address) <= 254


@given(st.from_regex(r"\A[a-z0-9]{1,9}(\.[a-z0-9]{1,9})?@([a-z0-9]{1,9}\.){1,3}[a-z]{2,9}\Z"))
def test_what_people_have_is_accepted_and_keeping_it_again_changes_nothing(written: str) -> None:
    assert parse_email_address(written) == written
