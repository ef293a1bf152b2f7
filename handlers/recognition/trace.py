"""What a document shows of one kind of return, and how sure that makes it.

Does: weighs the hallmarks found: a quarter for a title, the rest for what the body must say.
Trusts: the kind. Nothing in the document.
Never touches: other kinds, beyond leaving out what speaks for one of them already.
Known limits: the weights were set by trying real returns, half-finished returns, policies and
letters; `tests/handlers/recognition/test_recognition.py` holds them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median_low

from config.kind import Kind
from config.shape import TableShape
from handlers.document.block import Block, Row
from handlers.recognition.concordance import Concordance
from handlers.recognition.hallmarks import Hallmark, Hallmarks, hallmarks_of, weight_of
from handlers.typed.fold import squash

TITLE = 0.25
SURE = 0.5  # from here on it is that kind, well done or not
UNTITLED = 8  # the least weight of words that make a document without a title sure
LONGEST_HEADING = 80  # characters of a cell that are compared


@dataclass(frozen=True, slots=True)
class Trace:
    """`score` runs from 0 to 1, `body` are the blocks that say what the kind's body must."""

    kind: Kind
    marks: Hallmarks
    score: float
    sure: bool = False
    body: tuple[int, ...] = ()

    @property
    def middle(self) -> int:
        return median_low(self.body)


def trace(
    kind: Kind, said: Concordance, blocks: Sequence[Block], spoken_for: Collection[int] = ()
) -> Trace:
    """Weigh one kind. Blocks `spoken_for` say something of another kind already."""
    marks = hallmarks_of(kind)
    if isinstance(kind.shape, TableShape):
        return Trace(kind, marks, _like_headings(kind.shape, blocks))
    titled = any(said.places(words) for words in marks.titles)
    found = [_found(mark, said, spoken_for) for mark in marks.body]
    weight = sum(weight for weight, _ in found)
    share = weight / marks.weight if marks.body else 0.0
    score = TITLE * titled + (1 - TITLE) * share
    sure = weight > 0 and score >= SURE and (titled or weight >= UNTITLED)
    return Trace(kind, marks, score, sure, tuple(sorted({at for _, at_ in found for at in at_})))


def _found(
    mark: Hallmark, said: Concordance, spoken_for: Collection[int]
) -> tuple[int, frozenset[int]]:
    """How much was found of one thing the body should say, and where."""
    found = {words: frozenset(said.places(words)).difference(spoken_for) for words in mark.wordings}
    weight = max((weight_of(words) for words, places in found.items() if places), default=0)
    return min(weight, mark.weight), frozenset[int]().union(*found.values())


def _like_headings(shape: TableShape, blocks: Sequence[Block]) -> float:
    """The largest share of a table's headings in any one row. A row of the table itself never
    comes here, so this is never sure."""
    wanted = {squash(column.heading) for column in shape.columns}
    rows = (
        {squash(cell.text[:LONGEST_HEADING]) for cell in block.cells}
        for block in blocks
        if isinstance(block, Row)
    )
    return max((len(wanted & row) / len(wanted) for row in rows), default=0.0)
