"""Which kinds of return are inside a document, how sure, and where each begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from config.kind import Kind, KindSign
from config.kind_shape import FormShape, ReportShape
from handlers.checks.form.form_text import FormPassage, form_passages
from handlers.checks.form.letter_fields import contains_phrase
from handlers.checks.form.letter_layout import lay_out_letters
from handlers.checks.form.nil_return import denies_involvement
from handlers.checks.recognition.evidence import (
    Hallmarks,
    KindEvidence,
    find_candidate,
    weigh_candidate,
)
from handlers.checks.recognition.word_index import WordIndex, is_announced_at_top
from handlers.checks.report.personnel_key import heads_appendix
from handlers.document import Block, Paragraph, Row
from handlers.values.normalise import fold_text


def find_beginning(one: KindEvidence, other: KindEvidence, said: WordIndex) -> int:
    """The index of the block where `other` begins after `one`.

    That is one of its openings where no other place is better, else straight after the last word
    of `one`, so that what stands before the body of `other` stays with it.
    """
    before, after = _places(one.marks, said), _places(other.marks, said)
    openings = {at for words in other.marks.openings for at in said.blocks_with_wording(words)}
    here = range(one.middle_block + 1, other.middle_block + 1)
    places = sorted({*openings, *(at + 1 for at in before), *after}.intersection(here))

    def price(at: int) -> tuple[int, bool, int]:
        wrong = len(before) - bisect_left(before, at) + bisect_left(after, at)
        return wrong, at not in openings, at

    return min(places, key=price, default=other.middle_block)


def _places(marks: Hallmarks, said: WordIndex) -> list[int]:
    """Where its words stand. A word of both returns weighs the same wherever the cut is made."""
    return sorted(at for words in marks.folded_words() for at in said.blocks_with_wording(words))


MAX_LETTER_LINES, MAX_LETTER_CHARACTERS = 120, 8_000  # of a letter
SURE_SIGNS_WEIGHT, NEAR_SIGNS_WEIGHT = (
    6,
    5,
)  # the weight that makes it one, and that makes it worth naming
MIN_SIGNS_LEAD = 1
DENIAL_SIGN = "{denial}"
MAX_SENDING_WORDS = 11  # words of a line that only sends something
_SENDING = re.compile(r"\b(?:attach|attached|enclose|enclosed|will follow|to follow)\b")


def weigh_signs(blocks: Sequence[Block], kinds: Iterable[Kind]) -> list[tuple[int, Kind]]:
    """The kinds that the document shows signs of, the heaviest first; none for a long one."""
    known = [kind for kind in kinds if kind.signs]
    passages = _letter_passages(blocks) if known else ()
    length = sum(len(p.text) for p in passages)
    if not passages or len(passages) > MAX_LETTER_LINES or length > MAX_LETTER_CHARACTERS:
        return []
    titles = {fold_text(title) for kind in known for title in kind.titles}  # at the top they say it
    text = fold_text(
        " ".join(
            p.text for p in passages if fold_text(p.text) not in titles and not _only_sends(p.text)
        )
    )
    found = [(sum(_weight(s, k, text, passages) for s in k.signs), k) for k in known]
    return sorted((one for one in found if one[0] > 0), key=lambda one: -one[0])


def _letter_passages(blocks: Sequence[Block]) -> tuple[FormPassage, ...]:
    lines = form_passages(lay_out_letters(blocks, by_letter=True))
    return tuple(line for line in lines if not line.struck)


def _only_sends(line: str) -> bool:
    """Whether a line says no more than that something comes with it, or will come."""
    words = fold_text(line).split()
    return len(words) <= MAX_SENDING_WORDS and bool(_SENDING.search(" ".join(words)))


def kind_sure_by_signs(found: Sequence[tuple[int, Kind]]) -> tuple[int, Kind] | None:
    """The kind that the signs make sure, where one leads."""
    if not found or found[0][0] < SURE_SIGNS_WEIGHT:
        return None
    second = found[1][0] if len(found) > 1 else 0
    return found[0] if found[0][0] >= second + MIN_SIGNS_LEAD else None


def _weight(sign: KindSign, kind: Kind, text: str, passages: Sequence[FormPassage]) -> int:
    phrases = tuple(words for words in sign.words if words != DENIAL_SIGN)
    if contains_phrase(text, phrases, None):
        return sign.weight
    denied = DENIAL_SIGN in sign.words and isinstance(kind.shape, FormShape)
    return sign.weight if denied and denies_involvement(passages, kind.shape) else 0  # type: ignore[arg-type]


ANNOUNCED_CONFIDENCE = 0.75  # how sure a title at the top makes a small return
SIGNS_CONFIDENCE = 0.6  # and signs in a letter without one
SECOND_KIND_SCORE = (
    0.4  # from here on a second kind is worth asking about: more than a title and a heading
)
MIN_REPORT_HEADINGS = 4  # headings: a document with so many of a report's own is no letter
NEAREST_KIND_SCORE = 0.12  # from here on a kind is worth naming as the nearest
LIKELY_KIND_SCORE = 0.25  # from here on it is worth saying what it lacks if it is that


@dataclass(frozen=True, slots=True)
class RecognisedPart:
    """One return inside a document: its kind, how sure (0 to 1), and its own blocks."""

    kind: Kind
    confidence: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """The parts in order. `nearest` is the kind most like the document when there are none, or
    one that may be in it besides; None where nothing is near. `likely` are the kinds that it may
    well be, none where it could be anything."""

    parts: tuple[RecognisedPart, ...]
    nearest: Kind | None = None
    likely: tuple[Kind, ...] = ()


def recognise_returns(
    blocks: Sequence[Block], kinds: Iterable[Kind], *, besides: bool = False
) -> Recognition:
    """Find the returns in `blocks`, all of which are searched for every kind.

    `besides` says that the document is known to hold a return already, so that a faint likeness
    to another is not worth asking about.
    """
    said, kinds = WordIndex(blocks), tuple(kinds)
    sure, others = _weighed(kinds, said, blocks)
    if sure:
        return Recognition(tuple(_parts(sure, said, blocks)), _nearest(others, SECOND_KIND_SCORE))
    if any(
        other.score >= SECOND_KIND_SCORE and len(other.body) >= MIN_REPORT_HEADINGS
        for other in others
    ):
        return Recognition((), _nearest(others, SECOND_KIND_SCORE), _likely(others))
    for other in others:
        if not other.marks.body and is_announced_at_top(other.kind.titles, said.lines):
            return Recognition((RecognisedPart(other.kind, ANNOUNCED_CONFIDENCE, tuple(blocks)),))
    signs = [] if besides else weigh_signs(blocks, kinds)
    by_signs = kind_sure_by_signs(signs)
    longer = any(
        other.score > SIGNS_CONFIDENCE or len(other.body) >= MIN_REPORT_HEADINGS for other in others
    )
    if by_signs is not None and not longer:
        return Recognition((RecognisedPart(by_signs[1], SIGNS_CONFIDENCE, tuple(blocks)),))
    near = _nearest(others, SECOND_KIND_SCORE if besides else NEAREST_KIND_SCORE)
    if near is None and signs and signs[0][0] >= NEAR_SIGNS_WEIGHT:
        near = signs[0][1]
    return Recognition((), near, _likely(others))


def _weighed(
    kinds: Iterable[Kind], said: WordIndex, blocks: Sequence[Block]
) -> tuple[list[KindEvidence], list[KindEvidence]]:
    """The kinds that are surely there, and the traces of the others.

    Reports share headings ("Introduction", "Analysis"); what speaks for the surest kind does not
    speak for the next.
    """
    sure: list[KindEvidence] = []
    left, spoken_for = [find_candidate(kind, said, blocks) for kind in kinds], set[int]()
    while True:
        traces = [weigh_candidate(one, spoken_for) for one in left]
        best = max((t for t in traces if t.sure), key=lambda t: t.score, default=None)
        if best is None:
            return sorted(sure, key=lambda t: t.middle_block), traces
        sure.append(best)
        left = [one for one in left if one.kind is not best.kind]
        spoken_for.update(best.body)


def _nearest(traces: Collection[KindEvidence], least: float) -> Kind | None:
    near = max(traces, key=lambda t: t.score, default=None)
    return near.kind if near is not None and near.score >= least else None


def _likely(traces: Collection[KindEvidence]) -> tuple[Kind, ...]:
    """All that are likely, and half as much so as the likeliest of them."""
    best = max((t.score for t in traces), default=0.0)
    least = max(best / 2, NEAREST_KIND_SCORE)
    return tuple(t.kind for t in traces if best >= LIKELY_KIND_SCORE and t.score >= least)


def find_appendices(sure: Sequence[KindEvidence], said: WordIndex, blocks: Sequence[Block]) -> int:
    """The index of the block where a report's appendices begin after the form that follows it, such
    as "Appendix 2" or "Key to personnel"; the document's end where there are none."""
    report = _report_before(sure)
    if report is None or not isinstance(sure[-1].kind.shape, FormShape):
        return len(blocks)
    shape = report.kind.shape
    assert isinstance(shape, ReportShape)
    stated = (words for mark in sure[-1].marks.body for words in mark.wordings)
    there = (at for words in stated for at in said.blocks_with_wording(fold_text(words)))
    start = max((sure[-1].middle_block, *there)) + 1
    for at in range(start, len(blocks)):
        if _is_signed_at(blocks[at]):
            start = at + 1
    return next(
        (at for at in range(start, len(blocks)) if heads_appendix(blocks[at], shape)),
        len(blocks),
    )


def _report_before(sure: Sequence[KindEvidence]) -> KindEvidence | None:
    """The report whose form or statement ends the document."""
    before = (one for one in reversed(sure[:-1]) if isinstance(one.kind.shape, ReportShape))
    return next(before, None)


def _is_signed_at(block: Block) -> bool:
    """Whether a form's line for a signature stands there."""
    return isinstance(block, Paragraph | Row) and fold_text(block.text).startswith("sign")


def _parts(
    sure: Sequence[KindEvidence], said: WordIndex, blocks: Sequence[Block]
) -> Iterator[RecognisedPart]:
    """Each return runs from where it begins to where the next one does; what stands before the
    first belongs to the first. A report's appendices may stand after the statement that ends the
    document."""
    cuts = [find_beginning(one, other, said) for one, other in pairwise(sure)]
    last, report = find_appendices(sure, said, blocks), _report_before(sure)
    for found, start, end in zip(sure, [0, *cuts], [*cuts, last], strict=True):
        own = tuple(blocks[start:end])
        appended = tuple(blocks[last:]) if found is report else ()
        yield RecognisedPart(found.kind, round(found.score, 2), own + appended)
