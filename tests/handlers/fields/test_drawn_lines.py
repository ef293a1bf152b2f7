"""What is printed to write on, however it was drawn, and what a person put there."""

from __future__ import annotations

import pytest

from handlers.fields.drawn_lines import (
    before_drawn_line,
    close_spaced_dots,
    ends_in_drawn_line,
    entered_value,
    holds_drawn_line,
    is_drawn_line,
    without_drawn_characters,
    without_drawn_end,
)

DRAWN = ["......", "______", "\u2026\u2026\u2026", "._._._._", "....\u2026...."]


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_line_to_write_on_is_one_however_it_is_drawn(drawn: str) -> None:
    assert holds_drawn_line(drawn)
    assert is_drawn_line(f"  {drawn} ")
    assert ends_in_drawn_line(f"A. Person{drawn}")
    assert entered_value(drawn) == without_drawn_characters(drawn) == without_drawn_end(drawn) == ""
    assert before_drawn_line(f"A. Person {drawn} B. Person") == "A. Person"
    assert entered_value(f"{drawn}A. Person{drawn}") == "A. Person"


def test_dots_typed_with_spaces_between_them_are_one_line() -> None:
    assert is_drawn_line(close_spaced_dots("Signed . . . . . . .").removeprefix("Signed"))


@pytest.mark.parametrize("text", ["A. Person", "e.g. this", "", "Ltd."])
def test_a_full_stop_is_no_line_to_write_on(text: str) -> None:
    assert not holds_drawn_line(text)
    assert not is_drawn_line(text)
    assert not ends_in_drawn_line(text)
    assert entered_value(text) == text.rstrip(" ")


@pytest.mark.parametrize("hint", ["[insert name]", "(print)", "dd/mm/yyyy", "  /  /2010", "-"])
def test_what_a_form_prints_into_a_blank_is_no_value(hint: str) -> None:
    assert entered_value(hint) == ""
