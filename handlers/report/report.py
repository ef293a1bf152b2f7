"""The report as its judge sees it: the blocks in one flow, its outline, and what is known of it.

Does: carries everything a check may ask for, and says in the toolkit's words where a block is.
Trusts: the shape.
Never touches: findings; checks write those.
Known limits: everything before the first section is called the front sheet, a contents list and
a version table included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from config.kind import Kind
from config.shape import ReportShape
from handlers.context import Context
from handlers.document.block import Block, Traits
from handlers.finding import AFTER, FRONT_SHEET, Where
from handlers.report.flow import flow
from handlers.report.outline import Outline, outline
from handlers.report.passage import Passage, passages


@dataclass(frozen=True, slots=True)
class Report:
    """One report, ready for its checks."""

    blocks: tuple[Block, ...]
    shape: ReportShape
    outline: Outline
    traits: Traits
    context: Context
    titles: tuple[str, ...]

    @property
    def front(self) -> tuple[Block, ...]:
        """The blocks before the first section."""
        return self.blocks[: self.outline.front]

    @property
    def period(self) -> tuple[date, date] | None:
        """What the review covers, where the case is known."""
        return self.context.case.period if self.context.case else None

    def body(self, key: str) -> tuple[Block, ...]:
        """The blocks under a section's heading; none when the section is not there."""
        found = self.outline[key]
        return self.blocks[found.position + 1 : found.end] if found else ()

    def said(self, key: str) -> Iterator[Passage]:
        """Every passage under a section's heading."""
        found = self.outline[key]
        return passages(self.blocks, found.position + 1, found.end) if found else iter(())

    def place(self, passage: Passage) -> Where:
        """Where a passage is, for a person: its section, and its row when it is in a table."""
        found = self.outline.at(passage.position)
        section = found.section.heading if found else None
        if section is None:
            section = FRONT_SHEET if passage.position < self.outline.front else AFTER
        return Where(table=passage.table, row=passage.row, section=section)


def read_report(blocks: Iterable[Block], traits: Traits, kind: Kind, context: Context) -> Report:
    """Lay the document out. Raises TypeError for a kind of another shape."""
    if not isinstance(kind.shape, ReportShape):
        raise TypeError(f"{kind.id} is not a report")
    laid = flow(blocks, kind.shape)
    issues = context.case.key_issues if context.case else ()
    found = outline(laid, kind.shape, traits.margins, issues)
    return Report(laid, kind.shape, found, traits, context, kind.titles)
