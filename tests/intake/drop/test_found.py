"""Whose a file is, and which it is, told by where it lies."""

from __future__ import annotations

import os

import pytest

from tests.intake.drop.dropping import Dropping


def test_the_folder_says_the_agency_and_the_one_below_it_the_case(dropping: Dropping) -> None:
    dropping.put(at="GP/one")
    dropping.put(at="GP/N12/one")
    dropping.put(at="POL/one")
    assert {(offer.agency, offer.case) for offer in dropping.offers()} == {
        ("GP", None),
        ("GP", "N12"),
        ("POL", None),
    }


def test_the_same_name_in_two_folders_is_two_places(dropping: Dropping) -> None:
    for at in ("GP/one", "GP/N12/one", "GP/N13/one", "POL/one"):
        dropping.put(at.encode(), at)
    assert len({offer.place for offer in dropping.offers()}) == 4
    assert sorted(dropping.read()) == [b"GP/N12/one", b"GP/N13/one", b"GP/one", b"POL/one"]


@pytest.mark.parametrize("name", [b"\xff\xfe", "Zoë".encode()])
def test_a_folder_that_can_be_no_agencys_is_offered_as_nobodys(
    dropping: Dropping, name: bytes
) -> None:
    """So that a person sees it, and the register can store it."""
    dropping.put(at=os.fsdecode(name + b"/one"))
    (offer,) = dropping.offers()
    assert offer.agency == ""
    assert dropping.drop.read_content(offer) == b"bytes"
