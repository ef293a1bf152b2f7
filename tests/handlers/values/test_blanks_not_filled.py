"""Words that fill a blank and say that nothing is in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.not_yet_in_blanks import NO_VALUE_CLASSES
from handlers.values.blanks_not_filled import is_hedged_value, read_no_value, read_postponed_value
from tests.each_case import each_case

TO_COME = [
    "TBC", "tbc.", "T.B.C.", "(TBC)", "TBA", "To be confirmed", "to follow", "Signature to follow",
    "Awaiting signature", "awaiting", "Awaited", "Awaiting chief executive's signature", "Pending",
    "pending approval", "unsigned", "Not yet signed", "not signed yet", "UNSIGNED", "Date TBC",
    "To be signed", "to be signed by the commissioner", "Not yet available", "TBC / awaiting",
]  # fmt: skip
OTHERS = [
    ("N/A", "not-applicable"), ("n/a", "not-applicable"), ("NA", "not-applicable"),
    ("Not applicable", "not-applicable"), ("see attached", "elsewhere"),
    ("As attached", "elsewhere"), ("Please see attached sheet", "elsewhere"), ("DRAFT", "draft"),
    ("?", "unknown"), ("??", "unknown"), ("Not known", "unknown"), ("None", "nothing"),
    ("-", "nothing"), ("–", "nothing"), ("nil", "nothing"), ("[signature]", "prompt"),
    ("Signature", "prompt"), ("sign here", "prompt"), ("<name>", "prompt"), ("xx", "prompt"),
    ("[Insert event]", "template"), ("[insert source].", "template"),
    ("[Lessons to go here]", "template"), ("<Describe what happened>", "template"),
    ("XX/XX/XXXX", "prompt"), ("dd/mm/yyyy", "prompt"),
]  # fmt: skip
ANSWERS = [
    "A. Person", "N. Pending", "Draft, A", "Pending, N.", "Director", "Chief Executive", "HM", "X",
    "24/05/2010", "Head of Sign Language", "Dr None Such", "Practice Manager", "Board secretary",
    "[name removed]", "[sic]", "[illegible] entry", "Wrote [insert] on it",
    "White British", "Report Author", "Will Follows", "Nil Person",
]  # fmt: skip


@each_case("text", TO_COME)
def test_what_is_to_come_is_no_value(text):
    """Failure mode 93: "awaiting signature" fills a blank."""
    assert read_no_value(text).kind == "to-come"
    assert read_no_value(text).says == "This says that it is still to come."


@each_case(("text", "kind"), OTHERS)
def test_each_kind_has_its_own_sentence(text, kind):
    assert read_no_value(text).kind == kind
    told = "question-mark" if set(text) <= set("? ") else kind
    assert read_no_value(text).says == NO_VALUE_CLASSES[told].says


@each_case("text", ANSWERS)
def test_an_answer_is_a_value(text):
    assert read_no_value(text) is None
    assert not is_hedged_value(text)


def test_nothing_at_all_says_nothing():
    assert read_no_value("") is None
    assert read_no_value(" \t") is None


@pytest.mark.parametrize(
    "text",
    ["Awaiting Dr Green's signature", "To be signed by A. Green", "Not yet: leave"],
)
def test_a_longer_text_may_open_by_putting_it_off(text):
    assert read_no_value(text) is None
    assert read_postponed_value(text).kind == "to-come"


@pytest.mark.parametrize("text", ["A. Green (TBC)", "A. Green - to sign", "A Green, awaiting"])
def test_a_value_beside_such_words_is_hedged(text):
    assert read_postponed_value(text) is None
    assert is_hedged_value(text)


@given(st.text(max_size=200))
def test_any_text_is_heard(text):
    read_no_value(text), read_postponed_value(text), is_hedged_value(text)
