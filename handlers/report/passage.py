"""A piece of text in a report, with the block it came from.

Does: gives checks on wording one stream of text, whether it stands in a paragraph, a cell or a
table inside a cell.
Trusts: nothing.
Never touches: what the text means.
Known limits: a footnote is not a passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.document.block import Block, Cell, Paragraph, Row


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
