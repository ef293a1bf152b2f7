"""Our Message-IDs: the same for the same letter, known again, and nobody else's to make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.headers import message_ids
from intake.keys import Keys
from intake.letter_ids import LetterMessageIds

OURS = LetterMessageIds(Keys(b"v" * 32, b"m" * 32))
THEIRS = LetterMessageIds(Keys(b"v" * 32, b"n" * 32))
ID = OURS.make_message_id("answer/1/7", 12, "board.example")


def test_a_letter_has_one_id_that_says_whose_it_is() -> None:
    assert OURS.make_message_id("answer/1/7", 12, "board.example") == ID
    assert OURS.make_message_id("answer/2/7", 12, "board.example") != ID
    assert (OURS.is_our_message_id(ID), OURS.agency_of_letter(ID)) == (True, 12)
    assert message_ids.strict_message_id(ID) == ID, "it can stand in a header as it is"


def test_a_letter_to_the_board_s_own_officers_is_no_agency_s() -> None:
    digest = OURS.make_message_id("digest/2010-04-01", None, "board.example")
    assert (OURS.is_our_message_id(digest), OURS.agency_of_letter(digest)) == (True, None)


def test_it_counts_after_the_service_has_moved() -> None:
    assert OURS.agency_of_letter(ID.replace("board.example", "old.example")) == 12


@pytest.mark.parametrize(
    "forged",
    [
        THEIRS.make_message_id("answer/1/7", 12, "board.example"),
        ID.replace("<scr.12.", "<scr.13."),
        ID.replace("<scr.12.", "<scr.012."),
        ID.replace("@board", ".x@board"),
        ID.strip("<>"),
        f"{ID}\n",
        "",
    ],
)
def test_an_id_that_we_did_not_make_counts_for_nothing(forged: str) -> None:
    """Failure modes 47 and 71."""
    assert (OURS.is_our_message_id(forged), OURS.agency_of_letter(forged)) == (False, None)


@given(st.text(max_size=120) | st.from_regex(r"<scr\.[0-9]+\.[0-9a-f]+\.[0-9a-f]+@b\.example>"))
def test_no_text_is_taken_for_ours_by_chance(text: str) -> None:
    """Failure mode 47."""
    assert not OURS.is_our_message_id(text)
