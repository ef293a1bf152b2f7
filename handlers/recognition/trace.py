"""What a document shows of one kind of return, and how sure that makes it.

Does: weighs the hallmarks found: a quarter for a title, the rest for what the body must say.
Trusts: the kind. Nothing in the document.
Never touches: other kinds, beyond leaving out what speaks for one of them already.
Known limits: the weights were set by trying real returns, half-finished returns, policies and
letters; `tests/handlers/recognition/test_recognition.py` holds them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

from config.kind import Kind
from config.shape import FormShape, TableShape
from handlers.document.block import Block, Row
from handlers.recognition.announcement import announced
from handlers.recognition.concordance import ALIKE, Concordance
from handlers.recognition.hallmarks import Hallmark, Hallmarks, hallmarks_of, weight_of
from handlers.typed.fold import squash

TITLE = 0.25
SURE = 0.5  # from here on it is that kind, well done or not
NEARLY = 0.5  # of the words: a statement in the author's own words
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """One kind and what of it the blocks say, looked up once however often it is weighed.

    `said` holds, for each thing of its body that was found, the most it may weigh and the wordings
    found with their weights and blocks; `like` is the likeness of a table's headings, else None.
    """

    kind: Kind
    marks: Hallmarks
    titled: bool = False
    said: tuple[tuple[int, tuple[tuple[int, tuple[int, ...]], ...]], ...] = ()
    like: float | None = None


def candidate(kind: Kind, said: Concordance, blocks: Sequence[Block]) -> Candidate:
    """Look up all that speaks for one kind."""
    marks = hallmarks_of(kind)
    if isinstance(kind.shape, TableShape):
        return Candidate(kind, marks, like=_like_headings(kind.shape, blocks))
    found = [tuple(_found(mark, said)) for mark in marks.body]
    titled = any(said.places(words) for words in marks.titles)
    if not titled and isinstance(kind.shape, FormShape):
        titled = announced(marks.titles, said.lines)  # "Evaluation Statement - review N12"
    if titled or any(found):
        nearly = (_found(mark, said, NEARLY) if mark.loose else () for mark in marks.body)
        found = [exact or tuple(near) for exact, near in zip(found, nearly, strict=True)]
    return Candidate(
        kind,
        marks,
        titled,
        tuple((mark.weight, at) for mark, at in zip(marks.body, found, strict=True) if at),
    )


def _found(
    mark: Hallmark, said: Concordance, alike: float = ALIKE
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The wordings of one thing the body should say that were found: their weight, and where."""
    for words in mark.wordings:
        if places := said.places(words, alike):
            yield weight_of(words), places


def trace(one: Candidate, spoken_for: Collection[int] = ()) -> Trace:
    """Weigh one kind. Blocks `spoken_for` say something of another kind already."""
    if one.like is not None:
        return Trace(one.kind, one.marks, one.like)
    weight, body = 0, set[int]()
    for most, wordings in one.said:
        own = [(w, [at for at in at_ if at not in spoken_for]) for w, at_ in wordings]
        weight += min(most, max((w for w, at_ in own if at_), default=0))
        body.update(at for _, at_ in own for at in at_)
    share = weight / one.marks.weight if one.marks.body else 0.0
    score = TITLE * one.titled + (1 - TITLE) * share
    sure = weight > 0 and score >= SURE and (one.titled or weight >= UNTITLED)
    return Trace(one.kind, one.marks, score, sure, tuple(sorted(body)))


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
