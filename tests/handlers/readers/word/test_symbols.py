"""Characters as a person sees them."""

from __future__ import annotations

from handlers.readers.word.symbols import (
    UNKNOWN_SYMBOL,
    find_ticks,
    plain_spaces,
    replace_symbols,
    symbol_character,
)
from tests.each_case import each_case


@each_case(
    ("font", "code", "shown"),
    [
        ("Wingdings", 0xFE, "☑"),
        ("wingdings", 0xF0FE, "☑"),
        ("Wingdings", 0xFD, "☒"),
        ("Wingdings", 0x78, "☒"),
        ("Wingdings", 0xFC, "✓"),
        ("Wingdings", 0xFB, "✗"),
        ("Wingdings", 0xA8, "☐"),
        ("Wingdings", 0x6F, "☐"),
        ("Wingdings 2", 0x52, "☑"),
        ("Wingdings 2", 0x50, "✓"),
        ("Webdings", 0x61, "✓"),
        ("Symbol", 0xB7, "•"),
        ("Wingdings", 0x20, " "),
        ("Wingdings", 0x41, UNKNOWN_SYMBOL),
        ("Arial", 0x2611, "☑"),
        ("Arial", 0xD800, UNKNOWN_SYMBOL),
        ("Arial", 0x110000, UNKNOWN_SYMBOL),
    ],
)
def test_a_symbol_is_what_it_looks_like(font: str, code: int, shown: str) -> None:
    assert symbol_character(font, code) == shown


def test_characters_of_the_private_area_are_taken_for_wingdings() -> None:
    assert replace_symbols("a\uf0fe", "") == "a☑"


def test_ticks_come_in_order() -> None:
    assert find_ticks("☐ no ☒ yes √ √") == (False, True, True, True)
    assert find_ticks("X") == ()


def test_plain_text_is_left_as_it_is() -> None:
    assert plain_spaces("café – 1\u00a0Feb\u00ad") == "café – 1 Feb"
