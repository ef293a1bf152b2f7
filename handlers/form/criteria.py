"""Which row of the grid is which criterion.

Does: pairs the kind's criteria with the lines of the grid: first those that keep the wording,
a criterion cut in two by a page break included, then the nearest of what is left.
Trusts: the kind's TOML for the criteria.
Never touches: the answers.
Known limits: rows that resemble no criterion are passed over, so a criterion of the agency's own
is neither praised nor refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.shape import Criterion
from handlers.finding import Where
from handlers.form.grid import Line
from handlers.form.wording import same_wording
from handlers.typed.fold import fold, likeness

REWORDED = 0.6  # likeness from which a row is the criterion in other words
PIECES = 3  # rows that one criterion may be cut into
OVERLAP = 0.5  # of the words: below it two wordings cannot be one, and need no closer look
MOST_ROWS = 100  # left over after the first pass; a form with more is no form

_CALLED = re.compile(r"^\s*(?:criterion|standard|question)\s*\d{1,2}\W*", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion and the line that answers it, None where the form has none."""

    criterion: Criterion
    line: Line | None = None
    reworded: bool = False

    @property
    def where(self) -> Where:
        return Where(criterion=self.criterion.number)

    @property
    def cause(self) -> str:
        """What parts one criterion's finding from another's: each is told, none only counted."""
        return f"criterion {self.criterion.number}"


def asked_on(lines: Sequence[Line], criteria: Sequence[Criterion]) -> tuple[Asked, ...]:
    """Every criterion in the kind's order, with its line."""
    found: dict[int, Asked] = {}
    spare: list[Line] = []
    at = 0
    while at < len(lines):
        match, used = _kept(lines[at : at + PIECES], [c for c in criteria if c.number not in found])
        if match is None:
            spare.append(lines[at])
        else:
            found[match.criterion.number] = match
        at += used
    for match in _reworded(spare[:MOST_ROWS], [c for c in criteria if c.number not in found]):
        found[match.criterion.number] = match
    return tuple(found.get(c.number, Asked(c)) for c in criteria)


def _kept(pieces: Sequence[Line], criteria: Sequence[Criterion]) -> tuple[Asked | None, int]:
    """The criterion that the first piece, or the first few together, still say word for word,
    and how many pieces that took; one piece is used up when there is none."""
    joined = Line("")
    for count, piece in enumerate(pieces, start=1):
        joined = joined.joined(piece) if count > 1 else piece
        wording = _CALLED.sub("", joined.wording)
        for criterion in criteria:
            if _near(criterion.text, wording) and same_wording(criterion.text, wording):
                return Asked(criterion, joined), count
    return None, 1


def _near(ours: str, theirs: str) -> bool:
    left, right = _words(ours), _words(theirs)
    return len(left & right) >= OVERLAP * max(len(left), len(right))


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _reworded(lines: Sequence[Line], criteria: Sequence[Criterion]) -> list[Asked]:
    """Best likeness first; a line and a criterion are each used once."""
    pairs = [
        (likeness(criterion.text, line.wording), criterion.number, at)
        for criterion in criteria
        for at, line in enumerate(lines)
        if line.wording
    ]
    by_number = {c.number: c for c in criteria}
    used: set[int] = set()
    out: list[Asked] = []
    for alike, number, at in sorted(pairs, key=lambda pair: -pair[0]):
        if alike >= REWORDED and number in by_number and at not in used:
            used.add(at)
            out.append(Asked(by_number.pop(number), lines[at], reworded=True))
    return out
