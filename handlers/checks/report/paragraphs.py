"""Which paragraph of its section a passage is, as somebody counts who looks for it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from config.english import join_with_and
from handlers.checks.report.headings import looks_like_heading
from handlers.checks.report.plan_items import ORDINALS
from handlers.checks.report.report import ReportDocument, ReportPassage, report_passages
from handlers.document import Paragraph

MAX_NAMED_PARAGRAPHS = 5  # paragraphs named for one section; the rest are counted


@dataclass(frozen=True, slots=True)
class CountedPassage:
    """A passage, the number of its paragraph, and how many headings of the author's stand over it
    in its section. No heading is counted as a paragraph; one has the number of that below it."""

    passage: ReportPassage
    number: int
    headings: int


def count_passages(
    report: ReportDocument, start: int = 0, notes: Container[int] = frozenset()
) -> Iterator[CountedPassage]:
    """Every passage from block `start` on. `notes` are the ids of paragraphs that are no headings,
    though they may look it."""
    section, number, headings = None, 0, 0
    for passage in report_passages(report.blocks, start):
        here = report.outline.section_at_block(passage.position)
        if here is not section:
            section, number, headings = here, 0, 0
        own = here is None or here.position != passage.position
        heads = False
        if own and passage.row is None and passage.text.strip():
            heads = _heads(passage.paragraph, id(passage.paragraph) in notes)
            headings += heads
            number += not heads
        yield CountedPassage(passage, number + heads, headings)


def _heads(paragraph: Paragraph, is_note: bool) -> bool:
    """Whether its author would call it a heading: no sentence in bold or in capitals is one."""
    if not looks_like_heading(paragraph) or paragraph.heading > 0:
        return paragraph.heading > 0
    text = paragraph.text.strip()
    return not is_note and not text.endswith((".", "!"))


def paragraphs_in_words(numbers: Sequence[int]) -> str:
    """ "paragraph 4", "paragraphs 4 and 7", "paragraphs 1, 2, 3, 4, 5 and 3 more"."""
    shown = [str(n) for n in dict.fromkeys(numbers)]
    if len(shown) == 1:
        return f"paragraph {shown[0]}"
    if len(shown) > MAX_NAMED_PARAGRAPHS:
        named = ", ".join(shown[:MAX_NAMED_PARAGRAPHS])
        return f"paragraphs {named} and {len(shown) - MAX_NAMED_PARAGRAPHS} more"
    return f"paragraphs {join_with_and(shown)}"


def place_in_words(found: Sequence[CountedPassage]) -> str:
    """ ", in paragraph 4 of this part (headings not counted), under the second heading in it"."""
    place = f", in {paragraphs_in_words([one.number for one in found])} of this part"
    place += " (headings not counted)" if any(one.headings for one in found) else ""
    over = {one.headings for one in found}
    nth = over.pop() if len(over) == 1 else 0
    under = f", under the {ORDINALS[nth - 1]} heading in it" if 0 < nth <= len(ORDINALS) else ""
    return place + under
