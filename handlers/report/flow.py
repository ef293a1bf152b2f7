"""The document as one flow: every section heading a paragraph of its own.

Does: takes headings and their text out of tables used for layout, and parts a heading from text
typed on the same line or after a line break.
Trusts: nothing.
Never touches: tables that hold no heading: they stay rows, so that findings can name them.
Known limits: where one cell holds several sections and tables inside it as well, the tables come
after the cell's text: the reader keeps no finer order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from config.shape import ReportShape
from handlers.document.block import Block, Cell, Paragraph, Row, TableEnd
from handlers.report.heading import bare, matched

_RUN_IN = re.compile(r"(?P<head>[^:\n]{3,120}):[ \t]+(?P<rest>\S.*)", re.S)
_LAYOUT_CELLS = 2  # a table proper has more cells to a row than a boxed heading and its text


def flow(blocks: Iterable[Block], shape: ReportShape) -> tuple[Block, ...]:
    """The same document, with headings out of their boxes and on lines of their own."""
    return tuple(out for block in blocks for out in _opened(block, shape))


def _opened(block: Block, shape: ReportShape) -> Iterator[Block]:
    if isinstance(block, Paragraph):
        yield from _parted(block, shape)
    elif isinstance(block, Row) and _is_layout(block, shape):
        for cell in block.cells:
            for paragraph in cell.paragraphs:
                yield from _parted(paragraph, shape)
        for cell in block.cells:
            yield from _inner_tables(cell, block.table, shape)
    else:
        yield block


def _inner_tables(cell: Cell, number: int, shape: ReportShape) -> Iterator[Block]:
    for table in cell.tables:
        for row in table:
            yield from _opened(row, shape)
        yield TableEnd(number)


def _is_layout(row: Row, shape: ReportShape) -> bool:
    told = [cell for cell in row.cells if cell.text or cell.tables]
    if told and told[0].text.strip(" .").isdigit():
        told = told[1:]
    if len(told) > _LAYOUT_CELLS:
        return False
    alone = len(told) == 1
    return any(_heads(p, shape, alone) for cell in told for p in cell.paragraphs)


def _heads(paragraph: Paragraph, shape: ReportShape, alone: bool) -> bool:
    parts = list(_parted(paragraph, shape))
    match = matched(parts[0], shape)
    return match is not None and (match.exact or alone or paragraph.heading > 0)


def _parted(paragraph: Paragraph, shape: ReportShape) -> Sequence[Paragraph]:
    head, rest = _cut(paragraph.text)
    match = matched(replace(paragraph, text=head), shape)
    told = rest.strip() and not rest.strip().isdigit() and bare(head) != bare(paragraph.text)
    if match is None or not match.exact or not (told or paragraph.picture):
        return (paragraph,)
    heading = replace(paragraph, text=head, picture=False, ticks=())
    return heading, replace(paragraph, text=rest, heading=0, bold=False, title=False)


def _cut(text: str) -> tuple[str, str]:
    """A first line and the rest, or a heading and what follows its colon."""
    first, _, rest = text.strip().partition("\n")
    if rest:
        return first, rest
    run_in = _RUN_IN.fullmatch(text.strip())
    return (run_in["head"], run_in["rest"]) if run_in else (text, "")
