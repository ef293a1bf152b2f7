"""What an unknown sender looks like: only ever a note, never a door."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.register.agencies import RegisteredPerson
from handlers.register.set_apart_reasons import SET_APART_REASONS
from handlers.senders.similar_senders import UnknownSender, find_likeness, is_lookalike_domain

PEOPLE = [
    RegisteredPerson("Jane Author", "author@meadowlane.example"),
    RegisteredPerson("Commissioner Two", "commissioner@shirepolice.example"),
]


@pytest.mark.parametrize(
    "domain",
    [
        "meadowiane.example",  # an i for an l
        "meadow-lane.example",
        "rneadowlane.example",  # r and n for m
        "meadowlnae.example",  # two letters swapped
        "meadowlanes.example",
        "mead0wlane.example",
        "meadowlane.example.evil.example",
        "meadowlane.invalid",
    ],
)
def test_a_domain_that_looks_like_a_registered_one_is_told(domain: str) -> None:
    """Failure mode 43."""
    assert is_lookalike_domain(domain, "meadowlane.example")
    assert find_likeness(UnknownSender(f"author@{domain}"), PEOPLE) == "sender-lookalike"


def test_a_letter_of_another_alphabet_is_seen_through() -> None:
    """Failure mode 43: both letters a are Cyrillic."""
    domain = "me\u0430dowl\u0430ne.example".encode("idna").decode("ascii")
    assert domain.startswith("xn--")
    assert is_lookalike_domain(domain, "meadowlane.example")


@pytest.mark.parametrize(
    "domain", ["meadowlane.example", "hilltop.example", "lane.example", "cityhospital.example", ""]
)
def test_a_domain_like_any_other_is_not_told(domain: str) -> None:
    assert not is_lookalike_domain(domain, "meadowlane.example")


@pytest.mark.parametrize(
    ("stranger", "reason"),
    [
        (UnknownSender("x@evil.example", "author@meadowlane.example"), "sender-shown"),
        (UnknownSender("x@gmail.com", "Jane Author"), "sender-webmail"),
        (UnknownSender("jane.author72@hotmail.co.uk"), "sender-webmail"),
        (UnknownSender("x@gmail.com", "Author, Jane"), "sender-webmail"),
        (UnknownSender("x@gmail.com", "Somebody Else"), ""),
        (UnknownSender("x@evil.example", "Jane Author"), "sender-named"),
        (UnknownSender("x@meadowlane.example", "Jane Author"), ""),
        (UnknownSender("x@evil.example", "Jane"), ""),
        (UnknownSender("x@evil.example"), ""),
        (UnknownSender(""), ""),
    ],
)
def test_a_trick_with_names_is_told(stranger: UnknownSender, reason: str) -> None:
    """Failure mode 43."""
    assert find_likeness(stranger, PEOPLE) == reason
    assert not reason or reason in SET_APART_REASONS


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_raises(address: str, shown: str) -> None:
    find_likeness(UnknownSender(address, shown), PEOPLE)
    is_lookalike_domain(address, shown)
