"""What an unknown sender looks like: only ever a note, never a door."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.register.agencies import Registered
from handlers.senders.attribution import REASONS
from handlers.senders.similar_senders import Stranger, likeness, looks_like

PEOPLE = [
    Registered("Jane Author", "author@meadowlane.example"),
    Registered("Commissioner Two", "commissioner@shirepolice.example"),
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
    assert looks_like(domain, "meadowlane.example")
    assert likeness(Stranger(f"author@{domain}"), PEOPLE) == "sender-lookalike"


def test_a_letter_of_another_alphabet_is_seen_through() -> None:
    """Failure mode 43: both letters a are Cyrillic."""
    domain = "me\u0430dowl\u0430ne.example".encode("idna").decode("ascii")
    assert domain.startswith("xn--")
    assert looks_like(domain, "meadowlane.example")


@pytest.mark.parametrize(
    "domain", ["meadowlane.example", "hilltop.example", "lane.example", "cityhospital.example", ""]
)
def test_a_domain_like_any_other_is_not_told(domain: str) -> None:
    assert not looks_like(domain, "meadowlane.example")


@pytest.mark.parametrize(
    ("stranger", "reason"),
    [
        (Stranger("x@evil.example", "author@meadowlane.example"), "sender-shown"),
        (Stranger("x@gmail.com", "Jane Author"), "sender-webmail"),
        (Stranger("jane.author72@hotmail.co.uk"), "sender-webmail"),
        (Stranger("x@gmail.com", "Author, Jane"), "sender-webmail"),
        (Stranger("x@gmail.com", "Somebody Else"), ""),
        (Stranger("x@evil.example", "Jane Author"), "sender-named"),
        (Stranger("x@meadowlane.example", "Jane Author"), ""),
        (Stranger("x@evil.example", "Jane"), ""),
        (Stranger("x@evil.example"), ""),
        (Stranger(""), ""),
    ],
)
def test_a_trick_with_names_is_told(stranger: Stranger, reason: str) -> None:
    """Failure mode 43."""
    assert likeness(stranger, PEOPLE) == reason
    assert not reason or reason in REASONS


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_raises(address: str, shown: str) -> None:
    likeness(Stranger(address, shown), PEOPLE)
    looks_like(address, shown)
