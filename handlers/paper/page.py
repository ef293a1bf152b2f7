"""One page, whoever read it: words, ruling lines and pictures in their places.

Does: names what passes from the readers of PDFs and pictures to the layout.
Trusts: nothing; these are plain values.
Never touches: files.
Known limits: colour, size and typeface are gone, save what rules ask about.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.paper.box import Box

STRIKE_FROM, STRIKE_TO = 0.25, 0.8  # of a word's height, from its top: above it is overlined
STRUCK = 0.8  # of its width


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a box to tick. `text` is never empty."""

    text: str
    box: Box
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`rules` are lines drawn straight across or down, as boxes with next to no height or width;
    `pictures` whatever may be a signature: pictures, ink, stamps."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()

    @property
    def area(self) -> float:
        return self.width * self.height


def struck(word: Word, rules: tuple[Box, ...]) -> bool:
    """A line runs through the word, over most of its width."""
    high = word.box.top + STRIKE_FROM * word.box.height
    low = word.box.top + STRIKE_TO * word.box.height
    return any(high <= rule.down <= low and rule.above(word.box) >= STRUCK for rule in rules)
