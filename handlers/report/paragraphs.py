"""Which paragraph of its section a passage is, as somebody counts who looks for it.

Does: counts what is written outside tables, from the section's heading on; says how many of the
author's own headings stand over it there; and puts such places into words.
Trusts: nothing.
Never touches: findings.
Known limits: an empty paragraph is not counted, nor are those of a table. On the front sheet and
after the last section they are counted from its first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.report.heading import looks_like_heading
from handlers.report.listing import listed
from handlers.report.passage import Passage, passages
from handlers.report.plan_place import ORDINALS
from handlers.report.report import Report

FIRST = 5  # paragraphs named for one section; the rest are counted


@dataclass(frozen=True, slots=True)
class Counted:
    """A passage, the number of its paragraph, and how many headings of the author's stand over it
    in its section."""

    passage: Passage
    number: int
    headings: int


def counted(report: Report, start: int = 0) -> Iterator[Counted]:
    """Every passage from block `start` on."""
    section, number, headings = None, 0, 0
    for passage in passages(report.blocks, start):
        here = report.outline.at(passage.position)
        if here is not section:
            section, number, headings = here, 0, 0
        own = here is None or here.position != passage.position
        if own and passage.row is None and passage.text.strip():
            number += 1
            headings += looks_like_heading(passage.paragraph)
        yield Counted(passage, number, headings)


def in_words(numbers: Sequence[int]) -> str:
    """ "paragraph 4", "paragraphs 4 and 7", "paragraphs 1, 2, 3, 4, 5 and 3 more"."""
    shown = [str(n) for n in dict.fromkeys(numbers)]
    if len(shown) == 1:
        return f"paragraph {shown[0]}"
    if len(shown) > FIRST:
        return f"paragraphs {', '.join(shown[:FIRST])} and {len(shown) - FIRST} more"
    return f"paragraphs {listed(shown)}"


def place_of(found: Sequence[Counted]) -> str:
    """ ", in paragraph 4 of this part, under the second heading in it"."""
    place = f", in {in_words([one.number for one in found])} of this part"
    over = {one.headings for one in found}
    nth = over.pop() if len(over) == 1 else 0
    under = f", under the {ORDINALS[nth - 1]} heading in it" if 0 < nth <= len(ORDINALS) else ""
    return place + under
