"""Paragraphs that may head a section, weighed, before one is chosen for each.

Does: finds every paragraph that reads like one of the shape's headings, and leaves out those of a
typed contents list and those that are plainly sub-headings.
Trusts: the blocks to have been through `handlers/report/flow.py`.
Never touches: the choice between what is left; `handlers/report/outline.py` makes it.
Known limits: a contents list is known by its page numbers, or by three headings in a row that all
come again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from config.shape import ReportShape, Section
from handlers.document.block import Block, Paragraph, Row
from handlers.report.heading import EXACT, KNOWN, Match, matched, typed_number, without_page

BODY = 60  # letters: a longer paragraph between two headings is text, not a contents line


@dataclass(frozen=True, slots=True)
class Candidate:
    """Block `position` may head `match.section`; the heavier, the likelier."""

    position: int
    match: Match
    level: int  # 1 to 9 by style, 0 by look or not at all
    weight: int


def candidates(blocks: Sequence[Block], shape: ReportShape) -> tuple[list[Candidate], bool]:
    """The likely headings in order, and whether a typed contents list was passed over."""
    every, listed = _every(blocks, shape)
    after = _after_contents(every, blocks)
    return _of_one_level(after), listed or len(after) < len(every)


def _every(blocks: Sequence[Block], shape: ReportShape) -> tuple[list[Candidate], bool]:
    """Every paragraph that may be a section's heading; and whether lines of a typed contents list,
    which end in page numbers, were passed over."""
    out: list[Candidate] = []
    listed = False
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        entry = without_page(block.text)
        if entry is not None and matched(replace(block, text=entry), shape):
            listed = True
        elif match := matched(block, shape):
            weight = match.weight + _bonus(block, match.section)
            out.append(Candidate(position, match, block.heading, weight))
    return out, listed


def _bonus(paragraph: Paragraph, section: Section) -> int:
    """What makes one of two equal headings the likelier: its look, and the toolkit's number."""
    style = {0: int(paragraph.bold or paragraph.text.isupper()), 1: 3}.get(paragraph.heading, 2)
    return style + 3 * (typed_number(paragraph.text) == section.number)


def _after_contents(every: list[Candidate], blocks: Sequence[Block]) -> list[Candidate]:
    """Without runs of headings that have no text between them and all come again later."""
    dropped: set[int] = set()
    for run in _runs(every, blocks):
        later = {c.match.section.key for c in every if c.position > run[-1].position}
        again = sum(c.match.section.key in later for c in run)
        if len(run) > 2 and 2 * again >= len(run):
            dropped |= {c.position for c in run}
    return [c for c in every if c.position not in dropped]


def _runs(every: list[Candidate], blocks: Sequence[Block]) -> list[list[Candidate]]:
    runs: list[list[Candidate]] = []
    for candidate in every:
        if (
            runs
            and candidate.match.section not in [c.match.section for c in runs[-1]]
            and not _any_text(blocks[runs[-1][-1].position + 1 : candidate.position])
        ):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return runs


def _any_text(blocks: Sequence[Block]) -> bool:
    return any(
        (isinstance(b, Row) and not b.blank)
        or (isinstance(b, Paragraph) and (len(b.text) > BODY or b.picture))
        for b in blocks
    )


def _of_one_level(every: list[Candidate]) -> list[Candidate]:
    """Where sections are headed by one style, a reworded line in a lower one is a sub-heading, and
    so is one without a style unless its wording is well known."""
    levels = Counter(c.level for c in every if c.match.weight == EXACT and c.level)
    if sum(levels.values()) < 3:
        return every
    usual = levels.most_common(1)[0][0]
    return [c for c in every if c.match.exact or _as_high(c, usual)]


def _as_high(candidate: Candidate, usual: int) -> bool:
    if candidate.level:
        return candidate.level <= usual
    return candidate.match.weight >= KNOWN
