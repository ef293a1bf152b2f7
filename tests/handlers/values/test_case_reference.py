"""References as people write them: no other case's is taken for one."""

from __future__ import annotations

import pytest

from handlers.values.case_reference import (
    begins_with_word,
    find_other_reference,
    is_shaped_like,
    names_reference,
)


@pytest.mark.parametrize("words", ["Chronology N1", "re n1: nil return", "(N1).", "N1/A", "N1 N12"])
def test_a_reference_is_named_by_a_word_of_its_own(words: str) -> None:
    assert names_reference(words, "N1")


@pytest.mark.parametrize("words", ["", "N12", "N1.2", "XN1", "N1-2", "A.N1", "the N 1"])
def test_what_only_holds_its_letters_does_not_name_it(words: str) -> None:
    """Failure mode 47."""
    assert not names_reference(words, "N1")


def test_a_reference_is_words_and_never_a_pattern() -> None:
    assert names_reference("of 2010 (3)", "2010 (3)")
    assert not names_reference("N12", "N.2")


@pytest.mark.parametrize(
    ("identifier", "word", "so"),
    [
        ("n13/b", "n13", True),
        ("n13", "n13", True),
        ("n131", "n13", False),
        ("n13", "n13/a", False),
        ("n13", "", False),
    ],
)
def test_an_identifier_begins_with_a_reference_and_a_letter_more(
    identifier: str, word: str, so: bool
) -> None:
    assert begins_with_word(identifier, word) is so


@pytest.mark.parametrize(
    ("word", "like"),
    [("N99", True), ("n12", True), ("Final2", False), ("N", False), ("12", False)],
)
def test_a_word_may_be_another_reference_of_the_same_shape(word: str, like: bool) -> None:
    assert is_shaped_like(word, ["N12"]) is like


SHAPES = ("N#", "SAR#-#", "SCR/@/#", "2010 Case #")
OURS = ("N12", "N12/A")
FOUND = {
    "Chronology for N13": "N13", "n13/b.": "n13/b", "Re: SAR26-9/K, the police": "SAR26-9/K",
    "SAR 26-9": "", "SAR26 - 9": "SAR26 - 9", "see scr/b/4": "scr/b/4",
    "N12, N12/B and N120": "N120", "2010 case 7": "2010 case 7", "N12 and N12/B": "", "N1 2AB": "",
    "XN13": "", "N13.4": "", "01/02/2009": "", "N": "", "SAR26": "", "": "",
}  # fmt: skip


def test_another_reference_of_a_shape_that_the_board_has_is_found_and_ours_is_not() -> None:
    """Failure mode 123: another review's, whether or not it is loaded here."""
    assert {words: find_other_reference(words, SHAPES, OURS) for words in FOUND} == FOUND
    assert find_other_reference("N13", (), OURS) == ""


@pytest.mark.parametrize(
    ("words", "found"),
    [("our ref SCR/N41", "N41"), ("Ref: scr/N41/B", "N41/B"), ("SCR N41", "N41"),
     ("our ref SCR/N12", ""), ("HR/N41", ""), ("MISCR/N41", "")],
)  # fmt: skip
def test_a_reference_behind_scr_and_a_stroke_is_one(words: str, found: str) -> None:
    assert find_other_reference(words, ["N#"], ["N12", "N12/A"]) == found
