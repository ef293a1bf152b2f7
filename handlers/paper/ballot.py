"""Boxes to tick that are drawn as little squares, and the marks in them.

Does: makes a ballot box of each square, ticked where ink or a letter stands in it; takes those
marks out of what else is on the page.
Trusts: nothing.
Never touches: boxes that are characters or form fields; those are words already.
Known limits: a mark beside a square does not tick it. A square filled in with colour looks empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.paper.box import Box
from handlers.paper.page import Word
from handlers.word.symbols import CROSSED, EMPTY

SIDES = (5.0, 20.0)  # points, least and most
SQUARE = 0.7  # the shorter side of the longer, at least


@dataclass(frozen=True, slots=True)
class Marked:
    """The words, ballot boxes among them, and the ink that is in none."""

    words: tuple[Word, ...]
    ink: tuple[Box, ...]


def is_ballot(box: Box) -> bool:
    shorter, longer = sorted((box.width, box.height))
    return SIDES[0] <= shorter and longer <= SIDES[1] and shorter >= SQUARE * longer


def marked(squares: Sequence[Box], words: Sequence[Word], ink: Sequence[Box]) -> Marked:
    """A square drawn twice, as some programs do, is one."""
    apart = [s for i, s in enumerate(squares) if not any(o.holds(s) for o in squares[:i])]
    if not apart:
        return Marked(tuple(words), tuple(ink))
    letters = [word for word in words if len(word.text) == 1]
    ballots = [Word(_drawn(square, letters, ink), square) for square in apart]
    return Marked(
        (*(w for w in words if len(w.text) > 1 or not _in_any(w.box, apart)), *ballots),
        tuple(mark for mark in ink if not _in_any(mark, apart)),
    )


def _drawn(square: Box, letters: Sequence[Word], ink: Sequence[Box]) -> str:
    marks = [*ink, *(letter.box for letter in letters)]
    return CROSSED if any(square.holds(mark) for mark in marks) else EMPTY


def _in_any(box: Box, squares: Sequence[Box]) -> bool:
    return any(square.holds(box) for square in squares)
