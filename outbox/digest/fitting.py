"""Fits what a digest says before its tables into a screen, whatever lies behind it.

What is cut of an ask stands in the answer to "details"; what is cut of a list is counted.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace

from outbox.digest.ask_lines import say_in_a_line
from outbox.digest.telling_words import CUT, shorten
from outbox.writing.digest_facts import Listing, Need
from outbox.writing.letter_passages import LINE_WIDTH

MAX_WORDS, MAX_LINES = 300, 40  # on a day with ten asks
USUAL_ASKS, MAX_ASKS = 10, 20
WORDS_AN_ASK, LINES_AN_ASK = 30, 4  # for each of more than ten
_MOST, _FEWEST = 24, 8  # words of what was found, at first and where there is no more room
_INDENT = " " * 6  # of a point in a list
_TITLE = 3  # words of the heading above them
_HEADINGS = 6  # lines: those above the lists, and the empty ones between


def fit_asks(needs: Sequence[Need], spent: str) -> tuple[Need, ...]:
    """The asks, cut to what there is room for beside what was `spent` on the words above them."""
    most_words, most_lines = room_for(len(needs))
    words = most_words - count_words(spent) - _TITLE - len(needs)  # each has its number
    lines = most_lines - count_lines(spent) - _HEADINGS
    fitted = [_shorter(need, _MOST) for need in needs]
    sizes = [(count_words(need.says), _lines(need)) for need in fitted]
    while sum(size[0] for size in sizes) > words or sum(size[1] for size in sizes) > lines:
        longest = max(range(len(fitted)), key=lambda n: len(_found(fitted[n]).split()))
        left = len(_found(fitted[longest]).split())
        if left <= _FEWEST:
            break
        need = fitted[longest] = _shorter(fitted[longest], left - 1)
        sizes[longest] = (count_words(need.says), _lines(need))
    return tuple(fitted)


def room_for(asks: int) -> tuple[int, int]:
    """The words and lines that a day with so many asks may have before its tables."""
    more = max(0, asks - USUAL_ASKS)
    return MAX_WORDS + more * WORDS_AN_ASK, MAX_LINES + more * LINES_AN_ASK


def fit_list(points: Sequence[str], words: int, lines: int, where: str) -> Listing[str]:
    """As many as there is room for, with what says how many more there are."""
    shown = list[str]()
    for point in points:
        words -= count_words(point) + (not shown) * 2
        lines -= count_lines(f"{_INDENT}{point}") + (not shown) * 2
        if words < count_words(where) + 3 or lines < 2:
            break
        shown.append(point)
    left = len(points) - len(shown)
    more = f"And {left:,} more: {where}." if shown else f"{where[:1].upper()}{where[1:]}."
    return Listing(tuple(shown), len(points), more if left else "")


def count_words(text: str) -> int:
    return len(text.split())


def count_lines(text: str) -> int:
    """How many lines it takes in plain text."""
    return sum(len(textwrap.wrap(line, LINE_WIDTH)) for line in text.splitlines() if line)


def spent_on(needs: Sequence[Need]) -> tuple[int, int]:
    """The words of asks, their links' left out, and their lines with those."""
    return sum(count_words(need.says) for need in needs), sum(map(_lines, needs))


def _lines(need: Need) -> int:
    labels = " ".join(f"[{link.label}]" for link in need.links)
    return count_lines(f"{_INDENT}{need.says} {labels}")


def _found(need: Need) -> str:
    return need.line.found if need.line else ""


def _shorter(need: Need, most: int) -> Need:
    """With so many words of what was found at most; none of them is only what shows the cut."""
    found = _found(need)
    quoted = '"' if found.startswith('"') else ""
    words = found.removesuffix(quoted).removesuffix(f" {CUT}")
    if need.line is None or len(words.split()) < most or len(found.split()) <= most:
        return need
    kept = f"{shorten(words, most - 1)}{quoted}"
    return say_in_a_line(replace(need, line=replace(need.line, found=kept)))
