"""The lines of a document's running text, wherever they stand.

Does: takes every paragraph, those in cells and in tables inside cells too, apart into its lines.
Trusts: nothing.
Never touches: anything but the blocks it is given.
Known limits: a sentence that a PDF broke over two lines is two passages; who looks for a sentence
looks in neighbours joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.document.block import Block, Cell, Paragraph, Row
from handlers.form.piece import piece_of_lines


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of text. `position` is the index of its block, `table` the table's number or 0."""

    text: str
    position: int
    table: int = 0
    struck: bool = False
    kept: str = ""  # the text without what is struck out of it


def passages_in(blocks: Iterable[Block]) -> Iterator[Passage]:
    """Every line with something in it, in reading order, prompts of content controls left out."""
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield from _lines(block, position, 0)
        elif isinstance(block, Row):
            for cell in block.cells:
                yield from _in_cell(cell, position, block.table)


def _in_cell(cell: Cell, position: int, table: int) -> Iterator[Passage]:
    for paragraph in cell.paragraphs:
        yield from _lines(paragraph, position, table)
    for rows in cell.tables:
        for row in rows:
            for inner in row.cells:
                yield from _in_cell(inner, position, table)


def _lines(paragraph: Paragraph, position: int, table: int) -> Iterator[Passage]:
    if paragraph.placeholder:
        return
    if not paragraph.struck and not any(s.struck for s in paragraph.stretches):
        for line in paragraph.text.split("\n"):
            if text := line.strip():
                yield Passage(text, position, table, False, text)
        return
    piece, at = piece_of_lines([paragraph]), 0
    for text in paragraph.text.split("\n"):
        if text.strip():
            kept = piece.part(at, at + len(text)).kept
            struck = paragraph.struck or not kept.strip()
            yield Passage(text.strip(), position, table, struck, "" if struck else kept.strip())
        at += len(text) + 1
