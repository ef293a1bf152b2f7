"""Finds a report's sections among look-alikes, and where each begins and ends.

The headings that best run in the toolkit's order are chosen, and a section is found once: a second
heading of its name belongs to whichever section it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.kind_shape import ReportShape, Section
from handlers.checks.report.headings import (
    KNOWN_WEIGHT,
    HeadingCandidate,
    closes_report,
    find_headings,
)
from handlers.checks.report.unknown_headings import ChosenHeading, find_unexplained
from handlers.document import Block, Paragraph
from handlers.values.normalise import fold_text

MAX_FRONT_BLOCKS = 40  # blocks taken for the front sheet where no section is found


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section in the document: its heading is block `position`, its text `position + 1` to
    `end`, not included."""

    section: Section
    position: int
    end: int
    exact: bool
    in_order: bool


@dataclass(frozen=True, slots=True)
class ReportOutline:
    """Every section found, in the order of the document, and those that were not: evidently
    `missing`, or `unclear`, where something stands that may be it. `elsewhere` are the places that
    may be those, under headings we do not know."""

    found: tuple[FoundSection, ...]
    missing: tuple[Section, ...]
    unclear: tuple[Section, ...]
    elsewhere: tuple[FoundSection, ...]
    again: Mapping[str, tuple[range, ...]]  # what stands under other headings of a section's name
    contents: bool  # a contents list was typed by hand
    front: int  # blocks before this one are the front sheet

    def __getitem__(self, key: str) -> FoundSection | None:
        return next((f for f in self.found if f.section.key == key), None)

    def section_at_block(self, position: int) -> FoundSection | None:
        """The section that block `position` stands in."""
        every = (*self.found, *self.elsewhere)
        return next((f for f in every if f.position <= position < f.end), None)

    def section_or_likely(self, key: str) -> FoundSection | None:
        """The section, or the place that may be it."""
        other = (f for f in self.elsewhere if f.section.key == key)
        return self[key] or next(other, None)


def outline_report(
    blocks: Sequence[Block],
    shape: ReportShape,
    margins: Sequence[str] = (),
    issues: Sequence[str] = (),
) -> ReportOutline:
    """Where each of the shape's sections stands in `blocks`. `margins` are the page headers,
    `issues` the key issues of the review, which head parts of the analysis."""
    likely, listed = find_headings(blocks, shape)
    chosen = _in_order(likely)
    ordered = {c.position for c in chosen}
    headings = sorted([*chosen, *_strays(likely, chosen)], key=lambda c: c.position)
    standing = [
        ChosenHeading(c.match.section, c.position, c.match.is_exact_match, c.position in ordered)
        for c in headings
    ]
    there = {one.section.key for one in standing}
    absent = tuple(s for s in shape.sections if s.key not in there)
    perhaps = find_unexplained(blocks, standing, absent, shape, margins, issues)
    every = _bounded(sorted([*standing, *_elsewhere(perhaps, standing, absent)], key=_place),
                     blocks, shape)  # fmt: skip
    found = tuple(f for f in every if f.section.key in there)
    front = found[0].position if found else min(MAX_FRONT_BLOCKS, len(blocks))
    return ReportOutline(
        found,
        tuple(s for s in absent if s.key not in perhaps),
        tuple(s for s in absent if s.key in perhaps),
        tuple(f for f in every if f.section.key not in there),
        _again(likely, found, len(blocks)),
        listed or _says_contents(blocks, front),
        front,
    )


def _place(one: ChosenHeading) -> int:
    return one.position


def _elsewhere(
    perhaps: Mapping[str, int | None], standing: Sequence[ChosenHeading], absent: Sequence[Section]
) -> Iterator[ChosenHeading]:
    """The headings we do not know that may be a section's, each once."""
    taken = {one.position for one in standing}
    for section in absent:
        at = perhaps.get(section.key)
        if at is not None and at not in taken:
            taken.add(at)
            yield ChosenHeading(section, at, False, True)


def _again(
    likely: Sequence[HeadingCandidate], found: Sequence[FoundSection], size: int
) -> dict[str, tuple[range, ...]]:
    chosen = {f.position for f in found}
    ends = [*(c.position for c in likely), size][1:]
    out: dict[str, tuple[range, ...]] = {}
    for candidate, end in zip(likely, ends, strict=True):
        if candidate.position not in chosen and candidate.position > min(chosen, default=size):
            key = candidate.match.section.key
            out[key] = (*out.get(key, ()), range(candidate.position + 1, end))
    return out


def _in_order(every: list[HeadingCandidate]) -> list[HeadingCandidate]:
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
    chain: list[HeadingCandidate] = []
    at_end = max(range(len(best)), key=lambda i: (best[i][0], -i), default=None)
    while at_end is not None:
        chain.append(every[at_end])
        at_end = best[at_end][1]
    return chain[::-1]


def _strays(
    every: list[HeadingCandidate], chosen: list[HeadingCandidate]
) -> list[HeadingCandidate]:
    """The best heading of each section that stands out of order. Before all others only one that
    is well known: the front sheet says things like "Serious Case Review"."""
    first = min((c.position for c in chosen), default=0)
    have = {c.match.section.key for c in chosen}
    out: dict[str, HeadingCandidate] = {}
    for candidate in every:
        key = candidate.match.section.key
        if candidate.position < first and candidate.match.weight < KNOWN_WEIGHT:
            continue
        if key not in have and (key not in out or candidate.weight > out[key].weight):
            out[key] = candidate
    return list(out.values())


def _bounded(
    headings: Sequence[ChosenHeading], blocks: Sequence[Block], shape: ReportShape
) -> tuple[FoundSection, ...]:
    if not headings:
        return ()
    last = headings[-1].position
    closing = next(
        (
            i
            for i in range(last + 1, len(blocks))
            if isinstance(b := blocks[i], Paragraph) and closes_report(b, shape)
        ),
        len(blocks),
    )
    ends = [*(h.position for h in headings[1:]), closing]
    return tuple(
        FoundSection(h.section, h.position, end, h.exact, h.in_order)
        for h, end in zip(headings, ends, strict=True)
    )


def _says_contents(blocks: Sequence[Block], front: int) -> bool:
    words = {"contents", "contents page", "contents sheet", "table of contents", "index"}
    return any(isinstance(b, Paragraph) and fold_text(b.text) in words for b in blocks[:front])
