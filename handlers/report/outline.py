"""The outline of a report: which sections are there, where each begins and ends.

Does: finds each section's heading among look-alikes (a typed contents list, a sub-heading of the
same name, an appendix) by choosing the headings that best run in the toolkit's order.
Trusts: the blocks to have been through `handlers/report/flow.py`.
Never touches: what stands in a section.
Known limits: a section is found once. A second heading of its name belongs to whichever section
it stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from config.kind import ReportShape, Section
from handlers.block import Block, Paragraph, Row
from handlers.fold import fold
from handlers.report.heading import EXACT, KNOWN, Match, closes, matched, typed_number, without_page

BODY = 60  # letters: a longer paragraph between two headings is text, not a contents line
FRONT = 40  # blocks taken for the front sheet where no section is found


@dataclass(frozen=True, slots=True)
class Found:
    """A section in the document: its heading is block `position`, its text `position + 1` to
    `end`, not included."""

    section: Section
    position: int
    end: int
    exact: bool
    in_order: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """Every section found, in the order of the document, and those that were not."""

    found: tuple[Found, ...]
    missing: tuple[Section, ...]
    contents: bool  # a contents list was typed by hand
    front: int  # blocks before this one are the front sheet

    def __getitem__(self, key: str) -> Found | None:
        return next((f for f in self.found if f.section.key == key), None)

    def at(self, position: int) -> Found | None:
        """The section that block `position` stands in."""
        return next((f for f in self.found if f.position <= position < f.end), None)


@dataclass(frozen=True, slots=True)
class _Candidate:
    position: int
    match: Match
    level: int  # 1 to 9 by style, 0 by look or not at all
    weight: int


def outline(blocks: Sequence[Block], shape: ReportShape) -> Outline:
    """Where each of the shape's sections stands in `blocks`."""
    every, listed = _candidates(blocks, shape)
    likely = _of_one_level(_after_contents(every, blocks))
    chosen = _in_order(likely)
    strays = _strays(likely, chosen)
    headings = sorted([*chosen, *strays], key=lambda c: c.position)
    found = _bounded(headings, {c.position for c in chosen}, blocks, shape)
    there = {f.section.key for f in found}
    front = found[0].position if found else min(FRONT, len(blocks))
    return Outline(
        found,
        tuple(s for s in shape.sections if s.key not in there),
        listed or len(likely) < len(every) or _says_contents(blocks, front),
        front,
    )


def _candidates(blocks: Sequence[Block], shape: ReportShape) -> tuple[list[_Candidate], bool]:
    """Every paragraph that may be a section's heading; and whether lines of a typed contents list,
    which end in page numbers, were passed over."""
    out: list[_Candidate] = []
    listed = False
    for position, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        entry = without_page(block.text)
        if entry is not None and matched(replace(block, text=entry), shape):
            listed = True
        elif match := matched(block, shape):
            weight = match.weight + _bonus(block, match.section)
            out.append(_Candidate(position, match, block.heading, weight))
    return out, listed


def _bonus(paragraph: Paragraph, section: Section) -> int:
    """What makes one of two equal headings the likelier: its look, and the toolkit's number."""
    style = {0: int(paragraph.bold or paragraph.text.isupper()), 1: 3}.get(paragraph.heading, 2)
    return style + 3 * (typed_number(paragraph.text) == section.number)


def _after_contents(every: list[_Candidate], blocks: Sequence[Block]) -> list[_Candidate]:
    """Without runs of headings that have no text between them and all come again later."""
    dropped: set[int] = set()
    for run in _runs(every, blocks):
        later = {c.match.section.key for c in every if c.position > run[-1].position}
        again = sum(c.match.section.key in later for c in run)
        if len(run) > 2 and 2 * again >= len(run):
            dropped |= {c.position for c in run}
    return [c for c in every if c.position not in dropped]


def _runs(every: list[_Candidate], blocks: Sequence[Block]) -> list[list[_Candidate]]:
    runs: list[list[_Candidate]] = []
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


def _of_one_level(every: list[_Candidate]) -> list[_Candidate]:
    """Where sections are headed by one style, a reworded line in a lower one is a sub-heading, and
    so is one without a style unless its wording is well known."""
    levels = Counter(c.level for c in every if c.match.weight == EXACT and c.level)
    if sum(levels.values()) < 3:
        return every
    usual = levels.most_common(1)[0][0]
    return [c for c in every if c.match.exact or _as_high(c, usual)]


def _as_high(candidate: _Candidate, usual: int) -> bool:
    if candidate.level:
        return candidate.level <= usual
    return candidate.match.weight >= KNOWN


def _in_order(every: list[_Candidate]) -> list[_Candidate]:
    """The weightiest choice of headings whose sections ascend, one a section."""
    best: list[
        tuple[int, int | None]
    ] = []  # total weight of a chain ending here, and its last link
    for at, candidate in enumerate(every):
        before = [
            (best[i][0], -i)
            for i in range(at)
            if every[i].match.section.number < candidate.match.section.number
        ]
        total, link = max(before, default=(0, 1))
        best.append((total + candidate.weight, None if link == 1 else -link))
    chain: list[_Candidate] = []
    at_end = max(range(len(best)), key=lambda i: (best[i][0], -i), default=None)
    while at_end is not None:
        chain.append(every[at_end])
        at_end = best[at_end][1]
    return chain[::-1]


def _strays(every: list[_Candidate], chosen: list[_Candidate]) -> list[_Candidate]:
    """The best heading of each section that stands out of order."""
    have = {c.match.section.key for c in chosen}
    out: dict[str, _Candidate] = {}
    for candidate in every:
        key = candidate.match.section.key
        if key not in have and (key not in out or candidate.weight > out[key].weight):
            out[key] = candidate
    return list(out.values())


def _bounded(
    headings: list[_Candidate], in_order: set[int], blocks: Sequence[Block], shape: ReportShape
) -> tuple[Found, ...]:
    if not headings:
        return ()
    last = headings[-1].position
    closing = next(
        (
            i
            for i in range(last + 1, len(blocks))
            if isinstance(b := blocks[i], Paragraph) and closes(b, shape)
        ),
        len(blocks),
    )
    ends = [*(c.position for c in headings[1:]), closing]
    return tuple(
        Found(c.match.section, c.position, end, c.match.exact, c.position in in_order)
        for c, end in zip(headings, ends, strict=True)
    )


def _says_contents(blocks: Sequence[Block], front: int) -> bool:
    words = {"contents", "contents page", "contents sheet", "table of contents", "index"}
    return any(isinstance(b, Paragraph) and fold(b.text) in words for b in blocks[:front])
