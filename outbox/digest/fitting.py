"""Fits what a digest asks into a screen before its tables, whatever lies behind it.

What is cut of an ask stands in the answer to "details". The labels of links are not counted among
the words; with them it is one screen too, as far as that cuts nothing that matters.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from operator import gt
from sys import maxsize

from outbox.digest.ask_lines import say_in_a_line
from outbox.digest.telling_words import CUT, WHOLE, shorten
from outbox.writing.digest_facts import Need
from outbox.writing.letter_passages import LINE_WIDTH

MAX_WORDS, MAX_LINES = 300, 40  # on a day with ten asks
USUAL_ASKS, MAX_ASKS = 10, 20
WORDS_AN_ASK, LINES_AN_ASK = 30, 3  # for each of more than ten
_LABELLED = 4  # lines for each of more than ten, with the labels of its links
_FEWEST = 8  # words of what was found, where there is no more room
_INDENT = 6  # characters before each line of a point in a list
_TITLE = 3  # words of the heading above them
_HEADINGS = 7  # lines: the heading, and the empty ones between


def fit_asks(needs: Sequence[Need], spent: str) -> tuple[Need, ...]:
    """The asks, cut to what there is room for beside what was `spent` on the words around them:
    first to what matters in each, then the longest of them further."""
    more = max(0, len(needs) - USUAL_ASKS)
    words = MAX_WORDS + more * WORDS_AN_ASK - count_words(spent) - _TITLE - len(needs)
    lines = MAX_LINES + more * LINES_AN_ASK - count_lines(spent) - _HEADINGS
    labelled = MAX_LINES + more * _LABELLED - count_lines(spent) - 1
    fitted = [_shorter(need, WHOLE) for need in needs]
    for least, room in ((_matters, labelled), (lambda need: _FEWEST, maxsize)):
        sizes = list(map(_size, fitted))
        while any(map(gt, map(sum, zip(*sizes, strict=True)), (words, lines, room))):
            spare = [len(_found(need).split()) - least(need) for need in fitted]
            longest = max(range(len(fitted)), key=spare.__getitem__)
            if spare[longest] <= 0:
                break
            need = fitted[longest] = _one_shorter(fitted[longest])
            sizes[longest] = _size(need)
    return tuple(fitted)


def is_cut(needs: Sequence[Need]) -> bool:
    """Whether words of one are left out."""
    return any(CUT in need.says for need in needs)


def count_words(text: str) -> int:
    return len(text.split())


def count_lines(text: str) -> int:
    """How many lines it takes in plain text."""
    return sum(len(textwrap.wrap(line, LINE_WIDTH)) for line in text.splitlines() if line)


def _size(need: Need) -> tuple[int, int, int]:
    """Its words and lines without the labels of its links, and its lines with them."""
    labels = " · ".join(f"[{link.label}]" for link in need.links)
    width = LINE_WIDTH - _INDENT
    lines, labelled = (
        len(textwrap.wrap(text, width)) for text in (need.says, f"{need.says} {labels}")
    )
    return count_words(need.says), lines, labelled


def _found(need: Need) -> str:
    return need.line.found if need.line else ""


def _matters(need: Need) -> int:
    """How many of its words are not cut while others have some to spare."""
    return max(need.line.least + 1, _FEWEST) if need.line else _FEWEST


def _one_shorter(need: Need) -> Need:
    """From where what matters begins, else a word less."""
    line = need.line
    if line and line.briefly and count_words(line.briefly) < count_words(line.found):
        begun = replace(line, found=line.briefly)
        return say_in_a_line(replace(need, line=begun))
    return _shorter(need, len(_found(need).split()) - 1)


def _shorter(need: Need, most: int) -> Need:
    """With so many words of what was found at most; none of them is only what shows the cut."""
    found = _found(need)
    quoted = '"' if found.endswith('"') else ""
    words = found.removesuffix(quoted).removesuffix(f" {CUT}")
    if need.line is None or len(words.split()) < most or len(found.split()) <= most:
        return need
    kept = f"{shorten(words, most - 1)}{quoted}"
    return say_in_a_line(replace(need, line=replace(need.line, found=kept)))
