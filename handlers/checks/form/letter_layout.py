"""Letters that a table lays out on the page, read as the same letters outside of it.

A letterhead template often puts the whole letter into one cell, or a piece of it into each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from handlers.checks.form.letter_sentences import begins_or_ends_letter
from handlers.document import Block, Cell, Paragraph, Row, TableEnd


def lay_out_letters(blocks: Iterable[Block], *, by_letter: bool) -> Iterator[Block]:
    """The blocks, those taken out of their cells that a table only places on the page: what a
    frame is drawn around, and the pieces of a letter. `by_letter` says that the return may be a
    letter: then a table of one column is one of lines."""
    for number, group in groupby(blocks, _table_of):
        if number is None:
            yield from group
            continue
        rows = [block for block in group if isinstance(block, Row)]
        letter = any(_in_letter(cell) for row in rows for cell in row.cells)
        column = by_letter and all(len(_full(row)) <= 1 == len(row.cells) for row in rows)
        for row in rows:
            if _only_places(row, letter=letter, column=column):
                yield TableEnd(number)
                for cell in _full(row):
                    yield from _contents(cell, number, by_letter=by_letter)
                yield TableEnd(number)
            else:
                yield row


def _table_of(block: Block) -> int | None:
    return block.table if isinstance(block, Row) else None


def _only_places(row: Row, *, letter: bool, column: bool) -> bool:
    """Whether a row only places what stands in it: one with a frame's one cell, with the greeting
    or the close of a letter, or, of such a table, with one cell that says something."""
    full = _full(row)
    if not full:
        return False
    if column or (len(row.cells) == 1 and full[0].tables) or any(map(_in_letter, full)):
        return True
    return letter and len(full) == 1 and full[0] is row.cells[-1]


def _full(row: Row) -> list[Cell]:
    return [c for c in row.cells if c.text or c.ticks or c.picture or c.tables]


def _in_letter(cell: Cell) -> bool:
    """Whether a letter begins or ends in a cell, or in a table in it."""
    lines = (line for p in cell.paragraphs for line in p.text.split("\n"))
    if any(begins_or_ends_letter(line) for line in lines):
        return True
    return any(_in_letter(inner) for rows in cell.tables for row in rows for inner in row.cells)


def _contents(cell: Cell, number: int, *, by_letter: bool) -> Iterator[Block]:
    for piece in cell.contents_in_order:
        if isinstance(piece, Paragraph):
            yield piece
        else:
            yield from lay_out_letters(piece, by_letter=by_letter)
            yield TableEnd(number)
