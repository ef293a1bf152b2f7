"""Which returns some words name, as people write of them."""

from __future__ import annotations

import pytest

from config.kind_loading import load_kinds
from handlers.values.time_requests import named_kinds

KINDS = load_kinds()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Whom may we ask about the chronology?", ("chronology",)),
        ("Our CHRONOLOGY, and the I.M.R.", ("chronology",)),
        ("The IMR and the QA form will follow.", ("imr", "qa_form")),
        ("the Individual Management Review's author", ("imr",)),
        ("Both chronologies", ()),
        ("two IMRs", ("imr",)),
        ("Are you free for lunch?", ()),
        ("That is a fair statement.", ()),
        ("a chronologyless report", ()),
        ("", ()),
    ],
)
def test_the_returns_that_words_name_are_found(words: str, named: tuple[str, ...]) -> None:
    assert set(named_kinds(words, KINDS)) == set(named)
