"""A document's lines in strips: what stands one under another, and the cell that comes next.

Does: cuts blocks into runs of printed lines, a run of paragraphs or one cell each, and finds for
a cell the one in which its label would be answered.
Trusts: nothing.
Never touches: values; `handlers/document/blank.py` reads those.
Known limits: a label is answered in the next cell, or under it where the next is a label too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.document.block import Block, Cell, Paragraph, Row
from handlers.document.label import labels_in, looks_like_label
from handlers.finding import Where
from handlers.typed.fold import squash


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. A paragraph with line breaks in it is several."""

    text: str
    position: int
    picture: bool = False
    ticks: tuple[bool, ...] = ()
    heading: bool = False

    @property
    def empty(self) -> bool:
        return not (self.text.strip() or self.picture or self.ticks)


@dataclass(frozen=True, slots=True)
class Strip:
    """Lines one under another, and the cell that answers a label left open at their end."""

    lines: tuple[Line, ...]
    where: Where
    beyond: Cell | None = None


def strips(blocks: Sequence[Block], known: tuple[str, ...]) -> Iterator[Strip]:
    run: list[Line] = []
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            run += _lines(block, position, known)
            continue
        if run:
            yield Strip(tuple(run), Where())
            run = []
        if isinstance(block, Row):
            yield from _row_strips(block, _below(blocks, position), position, known)
    if run:
        yield Strip(tuple(run), Where())


def _below(blocks: Sequence[Block], position: int) -> Row | None:
    after = blocks[position + 1] if position + 1 < len(blocks) else None
    return after if isinstance(after, Row) else None


def _row_strips(
    row: Row, below: Row | None, position: int, known: tuple[str, ...]
) -> Iterator[Strip]:
    where = Where(table=row.table, row=row.number)
    for place, cell in enumerate(row.cells):
        after = row.cells[place + 1] if place + 1 < len(row.cells) else None
        beyond = _answer(cell, after, below, known)
        yield Strip(tuple(_cell_lines(cell, position, known)), where, beyond)
        for table in cell.tables:
            for inner, under in zip(table, [*table[1:], None], strict=False):
                yield from _row_strips(inner, under, position, known)


def _answer(
    cell: Cell, after: Cell | None, below: Row | None, known: tuple[str, ...]
) -> Cell | None:
    """The next cell, unless that is a label itself; then the one underneath."""
    if after is not None and not _is_label(after, known):
        return after
    if below is None:
        return None
    under = next((c for c in below.cells if c.column <= cell.column < c.column + c.span), None)
    return None if under is None or _is_label(under, known) else under


def _is_label(cell: Cell, known: tuple[str, ...]) -> bool:
    first = cell.text.split("\n", 1)[0]
    whole = squash(cell.text)
    return any(whole == squash(label) for label in known) or opens_blank(first, known)


def opens_blank(line: str, known: tuple[str, ...]) -> bool:
    return bool(labels_in(line, known)) or looks_like_label(line)


def _cell_lines(cell: Cell, position: int, known: tuple[str, ...]) -> Iterator[Line]:
    whole = squash(cell.text)
    if any(whole == squash(label) for label in known):  # a long label, wrapped by hand
        yield Line(" ".join(cell.text.split()), position, cell.picture, cell.ticks)
        return
    for paragraph in cell.paragraphs:
        yield from _lines(paragraph, position, known)


def _lines(paragraph: Paragraph, position: int, known: tuple[str, ...]) -> list[Line]:
    if paragraph.placeholder:
        return [Line("", position)]
    heading = paragraph.heading > 0
    out = [Line(text, position, heading=heading) for text in paragraph.text.split("\n")]
    if paragraph.picture or paragraph.ticks:
        held = next((i for i, line in enumerate(out) if _has_blank(line.text, known)), 0)
        out[held] = replace(out[held], picture=paragraph.picture, ticks=paragraph.ticks)
    return out


def _has_blank(line: str, known: tuple[str, ...]) -> bool:
    return any(not found.value for found in labels_in(line, known))
