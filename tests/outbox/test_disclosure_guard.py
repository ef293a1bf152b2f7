"""Names and references, however somebody or some program spells them."""

from __future__ import annotations

import unicodedata

import pytest

from outbox.writing.disclosure_guard import names_other_case, plain_text, says_name
from tests.each_case import each_case

NAME = "Zoë-Maria O'Quill"


@each_case(
    "spelled",
    [
        NAME,
        NAME.upper(),
        unicodedata.normalize("NFD", NAME),
        "Zoe Maria OQuill",
        "Zoë  Maria\u00a0O\u2019Quill",
        "Zoë\u2011Maria O'Quill",
        "ZoeMaria O'Quill",
        "zoë-maria\r\n      o'quill's review",
        "Zo\u00ebMa\u00adria O'Qu\u200bill",
        "_Zoë_Maria_O'Quill_",
        "O'QUILL, Zoë-Maria",
        "(Zoë–Maria O'Quill)",
    ],
)
def test_a_name_is_known_in_every_spelling(spelled: str) -> None:
    assert says_name(plain_text(f"About {spelled}."), NAME)


@pytest.mark.parametrize(
    "text", ["Zoë Quill", "Maria O'Quill", "Zoë. Then Maria, and O'Quill", "Zoë-Maria O'Quillan"]
)
def test_what_is_not_the_name_is_not_taken_for_it(text: str) -> None:
    assert not says_name(plain_text(text), NAME)


def test_a_letter_no_accent_makes_is_known_without_it() -> None:
    assert says_name(plain_text("about LUKASZ WOJCIK"), "Łukasz Wójcik")


def test_a_name_without_a_word_in_it_is_in_no_text() -> None:
    assert not says_name(plain_text("anything - at all"), " - ")


@pytest.mark.parametrize("text", ["See N13.", "see n13's papers", "N\u200b13", "(N13)", "N12/N13"])
def test_another_reference_is_found(text: str) -> None:
    assert names_other_case(plain_text(text), "N12", ["N13"])


@pytest.mark.parametrize("text", ["N134 and XN13", "N12 alone", "N 13"])
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert not names_other_case(plain_text(text), "N12", ["N13"])


def test_one_reference_inside_another_is_not_mistaken_for_it() -> None:
    """Two reviews that share a number: each has letters of its own."""
    assert not names_other_case(plain_text("SCR N12-2: received"), "N12-2", ["N12"])
    assert names_other_case(plain_text("SCR N12: see N12-2"), "N12", ["N12-2"])
    assert names_other_case(plain_text("SCR N12-2: see N12"), "N12-2", ["N12"])
    assert names_other_case(plain_text("N12\u20112"), "N12", ["N12-2"])


def test_a_reference_that_is_a_number_is_not_every_such_number() -> None:
    assert not names_other_case(
        plain_text("by Friday 16 April 2010, in row 16"), "N12", ["16", "2010"]
    )
    assert names_other_case(plain_text("as for review 16"), "N12", ["16"])
