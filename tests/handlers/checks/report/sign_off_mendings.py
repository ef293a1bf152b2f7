"""What authors do who read what their signing off lacks: each way gives the documents it makes.

Does: adds a line under the words that say whose it is, in their cell, above or below their table,
at the end of their lines or of the section, or a row to their table.
Trusts: that the words of a role stand where `sign_off_layouts.py` puts them.
Never touches: what was left open, which stays where it is.
Known limits: a line is added once, and nothing else is mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.document import Block, Paragraph, Row
from tests.handlers.checks.report.sign_off_layouts import ROLES, cell

Mended = tuple[str, list[Block]]


def mendings(blocks: Sequence[Block], who: int, label: str, value: str) -> Iterator[Mended]:
    """Each with what it is called."""
    line = Paragraph(f"{label}: {value}")
    yield "at the end", [*blocks, line]
    yield "at the end, with whose it is", [*blocks, Paragraph(ROLES[who]), line]
    own = next(_said(blocks, ROLES[who]), None)
    if own is not None and own[1] is None:
        yield "under the words", [*blocks[: own[0] + 1], line, *blocks[own[0] + 1 :]]
    elif own is not None:
        yield from _in_table(blocks, own[0], own[1] or 0, who, line)
    after = next(_said(blocks, ROLES[1 - who]), (0, 0)) if who == 0 else (0, 0)
    if after[1] is None and own is not None and after[0] - own[0] > 1:
        yield "at the end of their lines", [*blocks[: after[0]], line, *blocks[after[0] :]]


def _said(blocks: Sequence[Block], role: str) -> Iterator[tuple[int, int | None]]:
    """Where the words of a role stand: the block, and the cell of a row."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and role.lower() in block.text.lower():
            yield at, None
        elif isinstance(block, Row):
            for column, one in enumerate(block.cells):
                if role.lower() in one.text.lower():
                    yield at, column


def _in_table(
    blocks: Sequence[Block], at: int, column: int, who: int, line: Paragraph
) -> Iterator[Mended]:
    start, end = at, at
    while start and isinstance(blocks[start - 1], Row):
        start -= 1
    while isinstance(blocks[end], Row):
        end += 1
    row = blocks[at]
    assert isinstance(row, Row)
    own = row.cells[column]
    said = replace(own, paragraphs=(*own.paragraphs, line))
    cells = (*row.cells[:column], said, *row.cells[column + 1 :])
    head = Paragraph(ROLES[who])
    yield "in their cell", [*blocks[:at], replace(row, cells=cells), *blocks[at + 1 :]]
    yield "below the table", [*blocks[: end + 1], line, *blocks[end + 1 :]]
    yield "words and line below", [*blocks[: end + 1], head, line, *blocks[end + 1 :]]
    yield "words and line above", [*blocks[:start], head, line, *blocks[start:]]
    first = blocks[start]
    if isinstance(first, Row) and len(first.cells) in (2, 3) and first.cells[-1].text != "":
        return
    if isinstance(first, Row) and len(first.cells) == 2 and column == 0:
        label, _, value = line.text.partition(": ")
        more = Row(first.table, end - start + 1, (cell(label, 0), cell(value, 1)))
        yield "a row more", [*blocks[:end], more, *blocks[end:]]
