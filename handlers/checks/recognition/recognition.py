"""Which kinds of return are inside a document, how sure, and where each begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from config.kind import Kind, Sign
from config.kind_shape import FormShape
from handlers.checks.form.form_text import Passage, passages_in
from handlers.checks.form.letter import said_in
from handlers.checks.form.nil_return import denies
from handlers.checks.recognition.evidence import Hallmarks, Trace, candidate, hallmarks_of, trace
from handlers.checks.recognition.word_index import Concordance, announced
from handlers.document import Block
from handlers.values.normalise import fold


def beginning(one: Trace, other: Trace, said: Concordance) -> int:
    """The index of the block where `other` begins after `one`.

    That is one of its openings where no other place is better, else straight after the last word
    of `one`, so that what stands before the body of `other` stays with it.
    """
    before, after = _places(one.marks, said), _places(other.marks, said)
    openings = {at for words in other.marks.openings for at in said.places(words)}
    here = range(one.middle + 1, other.middle + 1)
    places = sorted({*openings, *(at + 1 for at in before), *after}.intersection(here))

    def price(at: int) -> tuple[int, bool, int]:
        wrong = len(before) - bisect_left(before, at) + bisect_left(after, at)
        return wrong, at not in openings, at

    return min(places, key=price, default=other.middle)


def _places(marks: Hallmarks, said: Concordance) -> list[int]:
    """Where its words stand. A word of both returns weighs the same wherever the cut is made."""
    return sorted(at for words in marks.words() for at in said.places(words))


MOST_LINES, MOST_CHARACTERS = 120, 8_000  # of a letter
SURE, NEAR = 6, 5  # the weight that makes it one, and that makes it worth naming
LEAD = 1
DENIAL = "{denial}"
SHORT = 11  # words of a line that only sends something
_SENDING = re.compile(r"\b(?:attach|attached|enclose|enclosed|will follow|to follow)\b")


def weighed(blocks: Sequence[Block], kinds: Iterable[Kind]) -> list[tuple[int, Kind]]:
    """The kinds that the document shows signs of, the heaviest first; none for a long one."""
    known = [kind for kind in kinds if kind.signs]
    passages = tuple(p for p in passages_in(blocks) if not p.struck) if known else ()
    length = sum(len(p.text) for p in passages)
    if not passages or len(passages) > MOST_LINES or length > MOST_CHARACTERS:
        return []
    titles = {fold(title) for kind in known for title in kind.titles}  # at the top they say it
    text = fold(
        " ".join(p.text for p in passages if fold(p.text) not in titles and not _only_sends(p.text))
    )
    found = [(sum(_weight(s, k, text, passages) for s in k.signs), k) for k in known]
    return sorted((one for one in found if one[0] > 0), key=lambda one: -one[0])


def _only_sends(line: str) -> bool:
    """Whether a line says no more than that something comes with it, or will come."""
    words = fold(line).split()
    return len(words) <= SHORT and bool(_SENDING.search(" ".join(words)))


def known_by(found: Sequence[tuple[int, Kind]]) -> tuple[int, Kind] | None:
    """The kind that the signs make sure, where one leads."""
    if not found or found[0][0] < SURE:
        return None
    second = found[1][0] if len(found) > 1 else 0
    return found[0] if found[0][0] >= second + LEAD else None


def _weight(sign: Sign, kind: Kind, text: str, passages: Sequence[Passage]) -> int:
    phrases = tuple(words for words in sign.words if words != DENIAL)
    if said_in(text, phrases, None):
        return sign.weight
    denied = DENIAL in sign.words and isinstance(kind.shape, FormShape)
    return sign.weight if denied and denies(passages, kind.shape) else 0  # type: ignore[arg-type]


ANNOUNCED = 0.75  # how sure a title at the top makes a small return
BY_SIGNS = 0.6  # and signs in a letter without one
BESIDES = 0.4  # from here on a second kind is worth asking about: more than a title and a heading
SEVERAL = 4  # headings: a document with so many of a report's own is no letter
NEAR_RECOGNITION = 0.12  # from here on a kind is worth naming as the nearest


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
    near = _nearest(others, BESIDES if besides else NEAR_RECOGNITION)
    if near is None and signs and signs[0][0] >= NEAR:
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
