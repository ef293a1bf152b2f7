"""Text as a plain keyboard types it."""

from __future__ import annotations

import pytest

from handlers.values.normalise import plain_characters


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("17:45", "17:45"),
        ("\uff11\uff17:45", "17:45"),  # wide figures
        ("9\u00a0am", "9 am"),
        ("1\u201331", "1-31"),
        ("new\u2011born", "new-born"),  # Word's hyphen that does not break
        ("\u221240", "-40"),
        ("\u200b1 Feb\u00adruary\u200e 2009", "1 February 2009"),  # what does not show
        ("", ""),
    ],
)
def test_what_a_word_processor_made_of_it_is_undone(text: str, typed: str) -> None:
    assert plain_characters(text) == typed


def test_letters_are_left_as_they_are() -> None:
    assert plain_characters("Zoë O\u2019Hara") == "Zoë O\u2019Hara"
