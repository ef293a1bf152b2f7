"""Words compared as people mean them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.values.normalise import (
    fold_text,
    fold_without_spaces,
    text_similarity,
    without_number,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Author\u2019s  comment:", "authors comment"),
        ("AUTHORS COMMENT", "authors comment"),
        ("Conclusions/ Lessons\u00a0to be learned", "conclusions lessons to be learned"),
        ("Café ﬁle", "cafe file"),
        ("child(ren)", "child ren"),
        ("…", ""),
        ("", ""),
    ],
)
def test_case_apostrophes_and_punctuation_make_no_difference(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_english_is_folded_as_a_text_in_any_script_is(text: str) -> None:
    assert fold_text(text) == fold_text(f"{text} …")


def test_without_spaces_two_headings_are_one() -> None:
    assert fold_without_spaces("Child  Seen") == fold_without_spaces("child-seen") == "childseen"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("7. Conclusions", "Conclusions"),
        ("7 Conclusions", "Conclusions"),
        ("(7) Conclusions", "Conclusions"),
        ("2.3.1. Housing", "Housing"),
        ("a) By whom", "By whom"),
        ("iv. Analysis", "Analysis"),
        ("Analysis", "Analysis"),
        ("2010 was a hard year", "2010 was a hard year"),
        ("7.", ""),
    ],
)
def test_a_typed_number_in_front_is_not_the_heading_s(text: str, rest: str) -> None:
    assert without_number(text) == rest


def test_likeness_is_by_letters_once_folded() -> None:
    assert text_similarity("Signing Off", "signing-off") == 1.0
    assert text_similarity("indentified", "identified") > 0.9
    assert text_similarity("Analysis", "Genogram") < 0.5
    assert text_similarity("", "Analysis") == text_similarity("...", "...") == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_folding_again_changes_nothing_and_likeness_stays_within_bounds(a: str, b: str) -> None:
    assert fold_text(fold_text(a)) == fold_text(a)
    assert " " not in fold_without_spaces(a)
    assert 0.0 <= text_similarity(a, b) <= 1.0
