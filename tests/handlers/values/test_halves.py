"""A heading or a label in two languages, taken apart."""

from __future__ import annotations

from handlers.values.normalise import bilingual_halves


def test_a_text_is_parted_where_two_languages_may_meet():
    for text in ("Dadansoddiad / Analysis", "Dadansoddiad | Analysis", "Dadansoddiad\nAnalysis"):
        assert bilingual_halves(text) == ("Dadansoddiad", "Analysis"), text


def test_of_three_parts_each_cut_gives_two_halves():
    assert "Conclusions/ Lessons to be learned" in bilingual_halves(
        "Casgliadau / Gwersi / Conclusions/ Lessons to be learned"
    )


def test_what_is_one_text_has_no_halves():
    for text in ("", "Analysis", "and/or", "Conclusions/ Lessons", "a / " * 200):
        assert bilingual_halves(text) == (), text
