"""The report as its judge sees it: the pieces in one flow, its outline, and what is known of
it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from config.kind import Kind
from config.kind_shape import ReportShape
from handlers.checks.report.outline import ReportOutline, outline_report
from handlers.checks.report.text_flow import flatten_layout
from handlers.context import Context
from handlers.document import Block, Cell, Paragraph, Row, Traits
from handlers.findings import AFTER_LAST_SECTION, FRONT_SHEET, FindingPlace


@dataclass(frozen=True, slots=True)
class ReportPassage:
    """One paragraph's text. `position` is its block's index; `table` and `row` its place in a
    table, None outside one."""

    paragraph: Paragraph
    position: int
    table: int | None = None
    row: int | None = None

    @property
    def text(self) -> str:
        return self.paragraph.text


def report_passages(
    blocks: Sequence[Block], start: int = 0, end: int | None = None
) -> Iterator[ReportPassage]:
    """Every paragraph from block `start` up to `end`, in reading order, empty ones too."""
    for position in range(start, len(blocks) if end is None else end):
        block = blocks[position]
        if isinstance(block, Paragraph):
            yield ReportPassage(block, position)
        elif isinstance(block, Row):
            for cell in block.cells:
                yield from _in_cell(cell, position, block)


def _in_cell(cell: Cell, position: int, row: Row) -> Iterator[ReportPassage]:
    for piece in cell.contents_in_order:
        if isinstance(piece, Paragraph):
            yield ReportPassage(piece, position, row.table, row.number)
            continue
        for inner in piece:
            for held in inner.cells:
                yield from _in_cell(held, position, inner)


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """One report, ready for its checks. `readings` is what `read_once` has found in it."""

    blocks: tuple[Block, ...]
    shape: ReportShape
    outline: ReportOutline
    traits: Traits
    context: Context
    titles: tuple[str, ...]
    readings: dict[Callable[..., Any], Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def front_blocks(self) -> tuple[Block, ...]:
        """The blocks before the first section."""
        return self.blocks[: self.outline.front]

    @property
    def review_period(self) -> tuple[date, date] | None:
        """What the review covers, where the case is known."""
        return self.context.case.period if self.context.case else None

    def section_blocks(self, key: str) -> tuple[Block, ...]:
        """The blocks under a section's heading; none when the section is not there."""
        found = self.outline[key]
        return self.blocks[found.position + 1 : found.end] if found else ()

    def section_passages(self, key: str) -> Iterator[ReportPassage]:
        """Every passage under a section's heading."""
        found = self.outline[key]
        return report_passages(self.blocks, found.position + 1, found.end) if found else iter(())

    def place_of_passage(self, passage: ReportPassage) -> FindingPlace:
        """Where a passage is, for a person: its section, and its row when it is in a table."""
        found = self.outline.section_at_block(passage.position)
        section = found.section.heading if found else None
        if section is None:
            section = FRONT_SHEET if passage.position < self.outline.front else AFTER_LAST_SECTION
        return FindingPlace(table=passage.table, row=passage.row, section=section)


_Found = TypeVar("_Found")


def read_once(read: Callable[[ReportDocument], _Found]) -> Callable[[ReportDocument], _Found]:
    """The same reading, made once for a report however many checks ask for it."""

    @wraps(read)
    def found(report: ReportDocument) -> _Found:
        if read not in report.readings:
            report.readings[read] = read(report)
        kept: _Found = report.readings[read]
        return kept

    return found


def read_report(
    blocks: Iterable[Block], traits: Traits, kind: Kind, context: Context
) -> ReportDocument:
    """Lay the document out. Raises TypeError for a kind of another shape."""
    if not isinstance(kind.shape, ReportShape):
        raise TypeError(f"{kind.id} is not a report")
    laid = flatten_layout(blocks, kind.shape)
    issues = context.case.key_issues if context.case else ()
    found = outline_report(laid, kind.shape, traits.margins, issues)
    return ReportDocument(laid, kind.shape, found, traits, context, kind.titles)
