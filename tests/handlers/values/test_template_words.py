"""What is to be written where a template's own words were left."""

from __future__ import annotations

import pytest

from handlers.values.placeholders import instead_of


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("The view of [Insert agency name] is plain.", "Write your agency's name in its place."),
        ("[Insert name of organisation]", "Write your agency's name in its place."),
        ("[Insert date]", "Write the date in its place, day first."),
        ("[insert the agency's date]", "Write your agency's name in its place."),
        ("[Insert name of author]", "Write the person's name in its place."),
        ("[Insert job title]", "Write the job title in its place."),
        ("[insert child's name]", "Write in its place the name that the review uses, not the"
                                  " child's own."),
        ("[Insert signature]", "Have it signed in that place, and take these words out."),
        ("[Insert name, role and date]", ""),
        ("[Insert lessons]", ""),
        ("[Insert event]. The agency was told on that date.", ""),
    ],
)  # fmt: skip
def test_it_says_what_the_words_ask_for(text, fix):
    """To delete "[Insert agency name]" leaves a sentence without its agency."""
    assert instead_of(text, "insert") == fix


def test_no_real_name_is_asked_for_where_there_should_be_none():
    assert "no real name" in instead_of("[Insert name of nurse]", "[insert", anonymous=True)
    assert "agency's name" in instead_of("[Insert agency name]", "[insert", anonymous=True)
