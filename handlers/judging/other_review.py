"""Which review a document is of by its own heading, where that is another than the one it came for.

Does: looks in the first lines and the margins of a document for the reference of another of the
board's reviews, where its own is not there.
Trusts: nothing; it is told the references.
Never touches: what else is in the document: a review may be spoken of anywhere.
Known limits: only references are looked for, not what a review is called besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from handlers.context import CaseFacts
from handlers.document.block import Block, Paragraph, Row
from handlers.finding import Judgement
from handlers.typed.reference import names, of_another_review

FIRST = 20  # lines with words in them
LONGEST = 300  # characters; a longer line is no heading


def told_of_another(
    judgements: Iterable[Judgement],
    blocks: Iterable[Block],
    margins: Sequence[str],
    case: CaseFacts | None,
) -> tuple[Judgement, ...]:
    """The judgements, each that knows no identifier of its own with the other review's."""
    said = tuple(judgements)
    other = _other(blocks, margins, case) if case is not None else ""
    if not other:
        return said
    return tuple(_with(judgement, other) for judgement in said)


def _with(judgement: Judgement, other: str) -> Judgement:
    if judgement.clues.child_identifier:
        return judgement
    return replace(judgement, clues=replace(judgement.clues, child_identifier=other))


def _other(blocks: Iterable[Block], margins: Sequence[str], case: CaseFacts) -> str:
    shown = "\n".join([*islice(_lines(blocks), FIRST), *margins[:FIRST]])
    own = (case.reference, case.child_identifier)
    if any(word and names(shown, word) for word in own):
        return ""
    return of_another_review(shown, case)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph) and 0 < len(block.text.strip()) <= LONGEST:
            yield block.text
        elif isinstance(block, Row):
            yield " ".join(cell.text[:LONGEST] for cell in block.cells)
