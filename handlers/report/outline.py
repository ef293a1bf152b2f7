"""The outline of a report: which sections are there, where each begins and ends.

Does: finds each section's heading among look-alikes (a typed contents list, a sub-heading of the
same name, an appendix) by choosing the headings that best run in the toolkit's order.
Trusts: the blocks to have been through `handlers/report/flow.py`.
Never touches: what stands in a section.
Known limits: a section is found once. A second heading of its name belongs to whichever section
it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.shape import ReportShape, Section
from handlers.document.block import Block, Paragraph
from handlers.report.candidate import Candidate, candidates
from handlers.report.heading import closes
from handlers.typed.fold import fold

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


def outline(blocks: Sequence[Block], shape: ReportShape) -> Outline:
    """Where each of the shape's sections stands in `blocks`."""
    likely, listed = candidates(blocks, shape)
    chosen = _in_order(likely)
    strays = _strays(likely, chosen)
    headings = sorted([*chosen, *strays], key=lambda c: c.position)
    found = _bounded(headings, {c.position for c in chosen}, blocks, shape)
    there = {f.section.key for f in found}
    front = found[0].position if found else min(FRONT, len(blocks))
    return Outline(
        found,
        tuple(s for s in shape.sections if s.key not in there),
        listed or _says_contents(blocks, front),
        front,
    )


def _in_order(every: list[Candidate]) -> list[Candidate]:
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
    chain: list[Candidate] = []
    at_end = max(range(len(best)), key=lambda i: (best[i][0], -i), default=None)
    while at_end is not None:
        chain.append(every[at_end])
        at_end = best[at_end][1]
    return chain[::-1]


def _strays(every: list[Candidate], chosen: list[Candidate]) -> list[Candidate]:
    """The best heading of each section that stands out of order."""
    have = {c.match.section.key for c in chosen}
    out: dict[str, Candidate] = {}
    for candidate in every:
        key = candidate.match.section.key
        if key not in have and (key not in out or candidate.weight > out[key].weight):
            out[key] = candidate
    return list(out.values())


def _bounded(
    headings: list[Candidate], in_order: set[int], blocks: Sequence[Block], shape: ReportShape
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
