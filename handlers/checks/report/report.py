"""The report as its judge sees it: the pieces in one flow, its outline, and what is known of
it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from config.kind import Kind
from config.kind_shape import ReportShape
from handlers.checks.report.flow import flow
from handlers.checks.report.outline import Outline, outline
from handlers.context import Context
from handlers.document import Block, Cell, Paragraph, Row, Traits
from handlers.findings import AFTER, FRONT_SHEET, Where


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph's text. `position` is its block's index; `table` and `row` its place in a
    table, None outside one."""

    paragraph: Paragraph
    position: int
    table: int | None = None
    row: int | None = None

    @property
    def text(self) -> str:
        return self.paragraph.text


def passages(blocks: Sequence[Block], start: int = 0, end: int | None = None) -> Iterator[Passage]:
    """Every paragraph from block `start` up to `end`, in reading order, empty ones too."""
    for position in range(start, len(blocks) if end is None else end):
        block = blocks[position]
        if isinstance(block, Paragraph):
            yield Passage(block, position)
        elif isinstance(block, Row):
            for cell in block.cells:
                yield from _in_cell(cell, position, block)


def _in_cell(cell: Cell, position: int, row: Row) -> Iterator[Passage]:
    for piece in cell.pieces:
        if isinstance(piece, Paragraph):
            yield Passage(piece, position, row.table, row.number)
            continue
        for inner in piece:
            for held in inner.cells:
                yield from _in_cell(held, position, inner)


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
