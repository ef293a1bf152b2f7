"""Stamps of issued templates: made here, known again here, and nowhere else to be had."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.document import Stamp, is_stamp_text
from handlers.register.register import Stamps
from intake.keys import Keys

OURS = Stamps(Keys(b"v" * 32, b"m" * 32))
THEIRS = Stamps(Keys(b"v" * 32, b"n" * 32))
STAMP = Stamp("N12/2010", "GP", "chronology")


def test_a_stamp_is_known_again() -> None:
    assert OURS.read_stamp(OURS.format_stamp(STAMP)) == STAMP
    assert STAMP.is_issued_for("n12/2010", "gp")
    assert not STAMP.is_issued_for("N12/2010", "POL")


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        THEIRS.format_stamp(STAMP),
        OURS.format_stamp(STAMP).replace("GP", "POL"),
        OURS.format_stamp(STAMP) + "0",
        OURS.format_stamp(STAMP).replace("/chronology", "/imr"),
    ],
)
def test_what_we_did_not_make_is_no_stamp(text: str | None) -> None:
    """Failure mode 47."""
    assert OURS.read_stamp(text) is None


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_any_reference_and_code_come_back(reference: str, code: str) -> None:
    stamp = Stamp(reference, code, "imr")
    text = OURS.format_stamp(stamp)
    assert not is_stamp_text(text) or OURS.read_stamp(text) == stamp


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    assert OURS.read_stamp(text) is None
