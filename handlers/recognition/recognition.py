"""Which kinds of return are inside a document, how sure, and where each begins.

Does: looks for each kind's hallmarks among the document's blocks, weighs them, takes the surest
kind first, and cuts a combined document where the fewest words fall on the wrong side.
Trusts: the kinds; nothing in the document, not even its title. A title alone makes nothing sure,
save for the small returns, which have little else: they announce themselves at the top, or show
several signs in a short letter.
Never touches: file names; a renamed document is the same document.
Known limits: tables of dated rows are claimed by their headings while they stream
(`handlers/table`), so they never reach this module. Two returns of one kind in a document count
as one, one inside another is not taken out of its middle, and a small return counts only in a
document of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from config.kind import Kind
from handlers.document.block import Block
from handlers.recognition.announcement import announced
from handlers.recognition.concordance import Concordance
from handlers.recognition.cut import beginning
from handlers.recognition.hallmarks import hallmarks_of
from handlers.recognition.signs import NEAR as NEAR_BY_SIGNS
from handlers.recognition.signs import known_by, weighed
from handlers.recognition.trace import Trace, candidate, trace

ANNOUNCED = 0.75  # how sure a title at the top makes a small return
BY_SIGNS = 0.6  # and signs in a letter without one
BESIDES = 0.4  # from here on a second kind is worth asking about: more than a title and a heading
SEVERAL = 4  # headings: a document with so many of a report's own is no letter
NEAR = 0.12  # from here on a kind is worth naming as the nearest


@dataclass(frozen=True, slots=True)
class Part:
    """One return inside a document: its kind, how sure (0 to 1), and its own blocks."""

    kind: Kind
    confidence: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """The parts in order. `nearest` is the kind most like the document when there are none, or
    one that may be in it besides; None where nothing is near."""

    parts: tuple[Part, ...]
    nearest: Kind | None = None


def recognise(
    blocks: Sequence[Block], kinds: Iterable[Kind], *, besides: bool = False
) -> Recognition:
    """Find the returns in `blocks`, all of which are searched for every kind.

    `besides` says that the document is known to hold a return already, so that a faint likeness
    to another is not worth asking about.
    """
    said, kinds = Concordance(blocks), tuple(kinds)
    sure, others = _weighed(kinds, said, blocks)
    if sure:
        return Recognition(tuple(_parts(sure, said, blocks)), _nearest(others, BESIDES))
    if any(other.score >= BESIDES and len(other.body) >= SEVERAL for other in others):
        return Recognition((), _nearest(others, BESIDES))
    for kind in kinds:
        if not hallmarks_of(kind).body and announced(kind.titles, said.lines):
            return Recognition((Part(kind, ANNOUNCED, tuple(blocks)),))
    signs = [] if besides else weighed(blocks, kinds)
    by_signs = known_by(signs)
    longer = any(other.score > BY_SIGNS or len(other.body) >= SEVERAL for other in others)
    if by_signs is not None and not longer:
        return Recognition((Part(by_signs[1], BY_SIGNS, tuple(blocks)),))
    near = _nearest(others, BESIDES if besides else NEAR)
    if near is None and signs and signs[0][0] >= NEAR_BY_SIGNS:
        near = signs[0][1]
    return Recognition((), near)


def _weighed(
    kinds: Iterable[Kind], said: Concordance, blocks: Sequence[Block]
) -> tuple[list[Trace], list[Trace]]:
    """The kinds that are surely there, and the traces of the others.

    Reports share headings ("Introduction", "Analysis"); what speaks for the surest kind does not
    speak for the next.
    """
    sure: list[Trace] = []
    left, spoken_for = [candidate(kind, said, blocks) for kind in kinds], set[int]()
    while True:
        traces = [trace(one, spoken_for) for one in left]
        best = max((t for t in traces if t.sure), key=lambda t: t.score, default=None)
        if best is None:
            return sorted(sure, key=lambda t: t.middle), traces
        sure.append(best)
        left = [one for one in left if one.kind is not best.kind]
        spoken_for.update(best.body)


def _nearest(traces: Collection[Trace], least: float) -> Kind | None:
    near = max(traces, key=lambda t: t.score, default=None)
    return near.kind if near is not None and near.score >= least else None


def _parts(sure: Sequence[Trace], said: Concordance, blocks: Sequence[Block]) -> Iterator[Part]:
    """Each return runs from where it begins to where the next one does; what stands before the
    first belongs to the first."""
    cuts = [beginning(one, other, said) for one, other in pairwise(sure)]
    for found, start, end in zip(sure, [0, *cuts], [*cuts, len(blocks)], strict=True):
        yield Part(found.kind, round(found.score, 2), tuple(blocks[start:end]))
