"""Reading is linear: four times as much hostile text takes as many times the steps, and no more.

Steps are calls of functions, Python's own and others', and not seconds: they are the same on a
busy machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from intake.message.markup_lines import MarkupReader, html_part
from tests.builders_replies import DIGEST, introduction, markup, message, plain, rtf, tnef
from tests.handlers.orders.conftest import ReadFunction

SIZES = (4 * 1024, 16 * 1024)
GROWN = 5  # of calls, where the text is four times as long

TEXTS: dict[str, Callable[[int], str]] = {
    "quotes": lambda size: "> " * (size // 2),
    "marks": lambda size: "*_" * (size // 2),
    "orders": lambda size: "1 accept\n" * (size // 9),
    "order words": lambda size: "1 " + "send back " * (size // 10),
    "one long line": lambda size: "2 send back: " + "and 3 x " * (size // 8),
    "heads": lambda size: "From: a\nTo: b\n" * (size // 14),
    "labels": lambda size: "From:" * (size // 5),
    "introductions": lambda size: "On 1 2 3 <a@b>\n" * (size // 15),
    "wrote": lambda size: f"{introduction()[:-1]}\n" * (size // 80),
    "colons": lambda size: ":" * size,
    "spaces": lambda size: " " * size + "x",
    "digits": lambda size: "1" * size,
    "numbers": lambda size: "1 a\n" * (size // 4),
    "near words": lambda size: "1 acept the\n" * (size // 12),
    "digest": lambda size: DIGEST * (size // len(DIGEST) + 1),
    "soft line ends": lambda size: "a \n" * (size // 3),
    "no-break spaces": lambda size: "\u00a0" * size,
    "brackets": lambda size: "<https:" * (size // 7),
}
MARKUPS: dict[str, Callable[[int], str]] = {
    "open": lambda size: "<div>" * (size // 5),
    "mis-nested": lambda size: "<b><p>" * (size // 6) + "</b>" * (size // 8),
    "closed only": lambda size: "</div>" * (size // 6),
    "lists": lambda size: "<ol><li>" * (size // 8),
    "comments": lambda size: "<!--" * (size // 4),
    "angle brackets": lambda size: "<" * size,
    "entities": lambda size: "&amp" * (size // 4),
    "styles": lambda size: "<style>.a{display:none}" * (size // 23),
    "selectors": lambda size: f"<style>{'.a ' * (size // 3)}{{display:none}}</style><p class=a>x",
    "style": lambda size: f'<p style="{"a:b;" * (size // 4)}">x',
    "quotations": lambda size: "<blockquote type=cite>" * (size // 22),
    "breaks": lambda size: "<br>" * (size // 4),
}


def calls(read: ReadFunction, raw: bytes) -> int:
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        reading = read(raw)
    finally:
        sys.setprofile(None)
    assert len(reading.orders) <= 5
    return count


def grows_with_its_size(read: ReadFunction, build: Callable[[int], bytes]) -> None:
    read(build(1_000))  # what is made once is not counted
    less, more = (calls(read, build(size)) for size in SIZES)
    assert more <= GROWN * less + 5_000
    assert more < 1_000_000


@pytest.mark.parametrize("kind", TEXTS)
def test_plain_text(read: ReadFunction, kind: str) -> None:
    flowed = "; format=flowed" if kind.startswith("soft") else ""
    grows_with_its_size(read, lambda size: message([plain(TEXTS[kind](size), flowed)]))


@pytest.mark.parametrize("kind", MARKUPS)
def test_mark_up(read: ReadFunction, kind: str) -> None:
    grows_with_its_size(read, lambda size: message([markup(MARKUPS[kind](size))]))


@pytest.mark.parametrize("kind", MARKUPS)
def test_the_reader_of_mark_up_takes_a_step_a_character_at_most(kind: str) -> None:
    for size in SIZES:
        text = MARKUPS[kind](size)
        reader = MarkupReader()
        html_part(text, reader)
        assert reader.steps <= 2 * len(text) + 100


@pytest.mark.parametrize("piece", ["{\\v ", "}", "\\par ", "\\u233?", "\\'e9", "\\strike x", "\\"])
def test_rich_text(read: ReadFunction, piece: str) -> None:
    def build(size: int) -> bytes:
        return message([tnef(rtf(["1 accept"], piece * (size // len(piece))), packed=False)])

    grows_with_its_size(read, build)
