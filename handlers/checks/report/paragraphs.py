"""Which paragraph of its section a passage is, as somebody counts who looks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.checks.report.headings import looks_like_heading
from handlers.checks.report.plan_items import ORDINALS
from handlers.checks.report.report import Passage, Report, passages


def listed(words: Sequence[str], last: str = "and") -> str:
    """ "name", "name and date", "name, job designation and date"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


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
