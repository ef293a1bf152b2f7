"""Looks for a section that was not found, under words or in a way of its own.

What is not found here either is evidently absent. A heading that looks like a sub-heading must say
something near.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from config.kind_shape import ReportShape, Section
from handlers.checks.report.headings import (
    MAX_HEADING_LENGTH,
    bare_heading,
    closes_report,
    is_about_issue,
    is_field_label,
    is_sub_numbered,
    looks_like_heading,
    match_heading,
    typed_number,
    without_page_number,
)
from handlers.document import Block, Paragraph, Row
from handlers.values.normalise import fold_text

MAX_PLAIN_LENGTH = 80  # letters of a line without any look that may be a heading by its words
MIN_TEXT_LENGTH = (
    60  # letters of a paragraph that is text, and makes a heading of the line above it
)
MIN_COUNTED_HEADINGS = 5  # headings whose numbers follow each other
MIN_SHARED_LOOK = (
    0.75  # of the headings found have a look that is the look of this report's headings
)


@dataclass(frozen=True, slots=True)
class ChosenHeading:
    """A section's heading as far as the outline chose one: its block, whether it is word for word,
    and whether it stands in the toolkit's order."""

    section: Section
    position: int
    exact: bool
    in_order: bool


@dataclass(frozen=True, slots=True)
class HeadingLooks:
    """How this report's section headings look: their usual level, and what most share."""

    level: int
    shared: frozenset[str]

    def fits_paragraph(self, paragraph: Paragraph, numbers: Collection[int]) -> bool:
        """Whether a paragraph looks as they do, or bears the number of one that is missing."""
        text = paragraph.text
        if is_sub_numbered(text) or not looks_like_heading(paragraph):
            return False
        if typed_number(text) in numbers and not text.rstrip().endswith((".", ",", ";")):
            return True
        if self.level:
            return 0 < paragraph.heading <= self.level
        return bool(self.shared) and self.shared <= _looks(paragraph)


def find_unexplained(
    blocks: Sequence[Block],
    found: Sequence[ChosenHeading],
    missing: Sequence[Section],
    shape: ReportShape,
    margins: Sequence[str] = (),
    issues: Sequence[str] = (),
) -> dict[str, int | None]:
    """For each missing section that may be there after all, by its key: the block of the heading
    that may be its own, or None where it has none. `found` is in the order of the document."""
    if not missing or not found:
        return {}
    looks = _usual([b for f in found if isinstance(b := blocks[f.position], Paragraph)])
    lines = [
        at
        for at in _lines(blocks, found, shape)
        if not _of_analysis(at, blocks, found, missing, shape, issues)
    ]
    out: dict[str, int | None] = {}
    for section in missing:
        start, end = _place(section, found, len(blocks))
        near = _near(section, lines, found, blocks, looks)
        if near is not None:
            out[section.key] = near
        elif _shown(section, blocks, start, end, shape, margins):
            out[section.key] = None
    _by_place(out, blocks, lines, found, missing, looks)
    return out


def _by_place(
    out: dict[str, int | None],
    blocks: Sequence[Block],
    lines: Sequence[int],
    found: Sequence[ChosenHeading],
    missing: Sequence[Section],
    looks: HeadingLooks,
) -> None:
    """Headings that are near none, given to what is missing where they stand."""
    taken = {at for at in out.values() if at is not None}
    left = [section for section in missing if section.key not in out]
    numbers = {section.number for section in left}
    counted = _counted(blocks, found)
    free = [
        at for at in lines if at not in taken and looks.fits_paragraph(_at(blocks, at), numbers)
    ]
    for section in left:
        start, end = _place(section, found, len(blocks))
        here = [at for at in free if start < at < end and (start >= 0 or _heads(blocks, at))]
        if counted and end < len(blocks):
            here = [at for at in here if typed_number(_at(blocks, at).text) is not None]
        before = sum(1 for other in left if other.number < section.number and other.key in out)
        if here:
            out[section.key] = here[min(before, len(here) - 1)]


def _of_analysis(
    at: int,
    blocks: Sequence[Block],
    found: Sequence[ChosenHeading],
    missing: Sequence[Section],
    shape: ReportShape,
    issues: Sequence[str],
) -> bool:
    """Whether a line heads a key issue of the review in the analysis, and is near nothing else."""
    before = [f.section.key for f in found if f.position < at]
    text = _at(blocks, at).text
    if before[-1:] != [shape.analysis_section] or not any(
        is_about_issue(text, one) for one in issues
    ):
        return False
    return not any(is_near_section(text, section) for section in missing)


def _counted(blocks: Sequence[Block], found: Sequence[ChosenHeading]) -> bool:
    """Whether the headings that were found count on without a gap, 1, 2, 3 ...: what bears no
    number between two of them is no section of that report."""
    numbers = [typed_number(_at(blocks, f.position).text) for f in found]
    return len(numbers) >= MIN_COUNTED_HEADINGS and numbers == list(range(1, len(numbers) + 1))


def _usual(headings: Sequence[Paragraph]) -> HeadingLooks:
    levels = Counter(h.heading for h in headings if h.heading)
    level, count = levels.most_common(1)[0] if levels else (0, 0)
    shared = Counter(look for h in headings for look in _looks(h))
    most = {look for look, times in shared.items() if times >= MIN_SHARED_LOOK * len(headings)}
    return HeadingLooks(level if 2 * count >= len(headings) else 0, frozenset(most))


def _looks(paragraph: Paragraph) -> frozenset[str]:
    text = paragraph.text
    seen = {
        "bold": paragraph.bold,
        "title": paragraph.title,
        "counted": paragraph.numbered,
        "capitals": text.isupper(),
        "number": typed_number(text) is not None,
    }
    return frozenset(look for look, so in seen.items() if so)


def _lines(
    blocks: Sequence[Block], found: Sequence[ChosenHeading], shape: ReportShape
) -> Iterator[int]:
    """The blocks that may be headings and are none we know."""
    known = {f.section.key for f in found}
    chosen = {f.position for f in found}
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or at in chosen or len(block.text) > MAX_HEADING_LENGTH:
            continue
        if not _may_head(block) or _explained(block, shape):
            continue
        match = match_heading(block, shape)
        if match is None or match.section.key not in known:
            yield at


def _may_head(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    if not any(c.isalpha() for c in text) or without_page_number(paragraph.text) is not None:
        return False
    if looks_like_heading(paragraph):
        return not text.endswith((";", ","))
    return len(text) <= MAX_PLAIN_LENGTH and not text.endswith((".", ";", ",", "?", "!"))


def _explained(paragraph: Paragraph, shape: ReportShape) -> bool:
    """An appendix, a label of a blank, a prompt of the template's kept as a heading."""
    plain = fold_text(paragraph.text)
    return (
        closes_report(paragraph, shape)
        or is_field_label(bare_heading(paragraph.text), shape)
        or any(plain == fold_text(words) for words in shape.front_words)
        or any(
            plain == fold_text(words) for section in shape.sections for words in section.guidance
        )
    )


def _place(section: Section, found: Sequence[ChosenHeading], size: int) -> tuple[int, int]:
    """Between which blocks the section would stand; from -1 where nothing comes before it."""
    ordered = [f for f in found if f.in_order]
    before = [f.position for f in ordered if f.section.number < section.number]
    after = [f.position for f in ordered if f.section.number > section.number]
    start = max(before, default=-1)
    return start, min((at for at in after if at > start), default=size)


def _near(
    section: Section,
    lines: Sequence[int],
    found: Sequence[ChosenHeading],
    blocks: Sequence[Block],
    looks: HeadingLooks,
) -> int | None:
    """A heading that says something near the section's own words: in its place, where it need only
    be a line with something under it; elsewhere, where it looks as the sections' headings do; or
    one that heads another section as well."""
    start, end = _place(section, found, len(blocks))
    near = [at for at in lines if is_near_section(_at(blocks, at).text, section)]
    fit = [at for at in near if looks.fits_paragraph(_at(blocks, at), ())]
    styled = [at for at in near if looks_like_heading(_at(blocks, at))]
    places = (
        *(at for at in fit if start < at < end and start >= 0),
        *(at for at in styled if start < at < end and start >= 0),
        *(at for at in near if start < at < end and _heads(blocks, at)),
        *(at for at in fit if at > found[0].position),
        *(
            f.position
            for f in found
            if not f.exact and is_near_section(_at(blocks, f.position).text, section)
        ),
    )
    return next(iter(places), None)


def is_near_section(text: str, section: Section) -> bool:
    """Whether a line has one of the section's wordings in it, or a word of its kind."""
    plain = f" {bare_heading(text)} "
    return any(
        f" {bare_heading(words)} " in plain for words in (section.heading, *section.also)
    ) or any(f" {fold_text(words)}" in plain for words in section.near)


def _heads(blocks: Sequence[Block], at: int) -> bool:
    """Whether a text, a table or a drawing follows before the next line that may be a heading,
    or before the one after: a heading may be broken over two lines."""
    lines = 0
    for block in blocks[at + 1 :]:
        if isinstance(block, Row):
            return not block.is_blank
        if isinstance(block, Paragraph) and (block.picture or len(block.text) > MIN_TEXT_LENGTH):
            return True
        lines += isinstance(block, Paragraph) and looks_like_heading(block)
        if lines > 1:
            return False
    return False


def _shown(
    section: Section,
    blocks: Sequence[Block],
    start: int,
    end: int,
    shape: ReportShape,
    margins: Sequence[str],
) -> bool:
    """Signs of a section without a heading of its own."""
    titles = {bare_heading(words) for words in (section.heading, *section.also)}
    if any(bare_heading(without_page_number(margin) or margin) in titles for margin in margins):
        return True
    here = blocks[start + 1 : end]
    if any(_opens_with(b, section) for b in here if isinstance(b, Paragraph)):
        return True
    if section.key == shape.genogram_section:
        return start >= 0 and any(isinstance(b, Paragraph) and b.picture for b in here)
    signs = shape.sign_off is not None and section.key == shape.sign_off.section
    return signs and any(_signs(b, shape) for b in here)


def _opens_with(paragraph: Paragraph, section: Section) -> bool:
    """ "6 Analysis The surgery ...": the heading and its text run into one."""
    text = paragraph.text
    if typed_number(text) != section.number or is_sub_numbered(text) or without_page_number(text):
        return False
    return f"{bare_heading(paragraph.text[:MAX_HEADING_LENGTH])} ".startswith(
        f"{bare_heading(section.heading)} "
    )


def _signs(block: Block, shape: ReportShape) -> bool:
    """A line of a signing block: "Signed: ...", "Report author"."""
    if shape.sign_off is None:
        return False
    signature = [part for part in shape.sign_off.parts if part.key == "signature"]
    words = [w for f in (*shape.sign_off.roles, *signature) for w in (f.label, *f.also)]
    texts = [block.text] if isinstance(block, Paragraph) else []
    if isinstance(block, Row):
        texts = [cell.text for cell in block.cells]
    short = (fold_text(text) for text in texts if 0 < len(text) <= MAX_HEADING_LENGTH)
    return any(f"{text} ".startswith(f"{fold_text(w)} ") for text in short for w in words)


def _at(blocks: Sequence[Block], position: int) -> Paragraph:
    block = blocks[position]
    return block if isinstance(block, Paragraph) else Paragraph("")
