"""Stamps of issued templates: made here, known again here, and nowhere else to be had."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.document import Stamp, in_form
from handlers.register.register import Stamps
from intake.keys import Keys

OURS = Stamps(Keys(b"v" * 32, b"m" * 32))
THEIRS = Stamps(Keys(b"v" * 32, b"n" * 32))
STAMP = Stamp("N12/2010", "GP", "chronology")


def test_a_stamp_is_known_again() -> None:
    assert OURS.read(OURS.text(STAMP)) == STAMP
    assert STAMP.is_for("n12/2010", "gp")
    assert not STAMP.is_for("N12/2010", "POL")


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        THEIRS.text(STAMP),
        OURS.text(STAMP).replace("GP", "POL"),
        OURS.text(STAMP) + "0",
        OURS.text(STAMP).replace("/chronology", "/imr"),
    ],
)
def test_what_we_did_not_make_is_no_stamp(text: str | None) -> None:
    """Failure mode 47."""
    assert OURS.read(text) is None


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_any_reference_and_code_come_back(reference: str, code: str) -> None:
    stamp = Stamp(reference, code, "imr")
    text = OURS.text(stamp)
    assert not in_form(text) or OURS.read(text) == stamp


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    assert OURS.read(text) is None
