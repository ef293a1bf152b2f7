"""Which returns some words name, as people write of them."""

from __future__ import annotations

import pytest

from config.kind_loading import load_kinds
from handlers.values.time_requests import find_named_kinds, lists_unknown_return
from tests.each_case import each_case

KINDS = load_kinds()


@each_case(
    ("words", "named"),
    [
        ("Whom may we ask about the chronology?", ("chronology",)),
        ("Our CHRONOLOGY, and the I.M.R.", ("chronology",)),
        ("The IMR and the QA form will follow.", ("imr", "qa_form")),
        ("the Individual Management Review's author", ("imr",)),
        ("Both chronologies", ("chronology",)),
        ("two IMRs", ("imr",)),
        ("Are you free for lunch?", ()),
        ("That is a fair statement.", ()),
        ("a chronologyless report", ()),
        ("the QA form and the statement", ("qa_form", "evaluation_statement")),
        ("our form and statement", ("qa_form", "evaluation_statement")),
        ("chronology, statement and form", ("chronology", "evaluation_statement", "qa_form")),
        ("the QA and the statement", ("qa_form", "evaluation_statement")),
        ("the report and the chronology", ("chronology", "imr")),
        ("the chronology and the review", ("chronology", "imr")),
        ("the chron is with our manager", ("chronology",)),
        ("the report", ()),
        ("the review meeting and the chronology", ("chronology",)),
        ("a statement of the police", ()),
        ("the statement from the GP", ()),
        ("it takes the form of a table", ()),
        ("the chronology and the review panel", ("chronology",)),
        ("", ()),
    ],
)
def test_the_returns_that_words_name_are_found(words: str, named: tuple[str, ...]) -> None:
    assert set(find_named_kinds(words, KINDS)) == set(named)


@pytest.mark.parametrize(
    ("words", "another"),
    [
        ("the QA form and the health summary", True),
        ("our summary and the chronology", True),
        ("the IMR and an appendix", True),
        ("the QA form and the statement", False),
        ("the IMR, the QA form and the evaluation statement", False),
        ("the chronology, and we have sent the summary", False),
        ("the chronology and the panel meeting", False),
        ("the chronology because of the police report", False),
    ],
)
def test_what_could_be_a_return_and_is_not_known_is_seen_in_a_list(
    words: str, another: bool
) -> None:
    assert lists_unknown_return(words) is another
