"""Lays the document out as one flow, with every section heading a paragraph of its own.

Tables of several columns that hold no heading stay rows, so that findings can name them. Where a
table heads sections, a short line beside a text in it is taken for a heading too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from config.kind_shape import ReportShape
from handlers.checks.report.headings import (
    EXACT_WEIGHT,
    KNOWN_WEIGHT,
    MAX_HEADING_LENGTH,
    bare_heading,
    is_field_label,
    is_only_number,
    looks_like_heading,
    match_heading,
    match_known_heading,
)
from handlers.document import Block, Cell, Paragraph, Row, TableEnd

_COLON = re.compile(r"(?P<head>[^:\n]{3,120}):[ \t]+(?P<rest>\S.*)", re.S)
_OTHER_RUN_IN = re.compile(
    r"(?P<head>[^\n]{3,120}?)(?: [–—-] |\t|\. +(?=[A-Z]))\s*(?P<rest>\S.*)", re.S
)
_NUMBER = re.compile(r"[\s(]*\d{1,3}(?:\.\d{1,3}){0,4}\.?[a-z]?[\s.)]*", re.I)  # of a row
_PART_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,3}){1,4}[\s.)]*")  # of a paragraph: "6.2"
_LAYOUT_CELLS = 2  # a table proper has more cells to a row than a boxed heading and its text
_LONGEST_BOXED = 100  # letters of a line that may be a heading because others of its table are
_TEXT = 40  # letters beside it, for it to head anything
_BOXES = 2  # headings in a table, before other lines in it are taken for some
_BARS = 3  # tables that each box a heading, before others of their size are taken to
_A_TEXT = 5  # paragraphs of a cell between margins


def flatten_layout(blocks: Iterable[Block], shape: ReportShape) -> tuple[Block, ...]:
    """The same document, out of its frames, with headings out of their boxes and on lines of their
    own."""
    return tuple(_joined(list(_laid(tuple(blocks), shape)), shape))


def _laid(blocks: Sequence[Block], shape: ReportShape) -> Iterator[Block]:
    tables: dict[int, list[Row]] = {}
    for block in blocks:
        if isinstance(block, Row):
            tables.setdefault(block.table, []).append(block)
    ways = dict(zip(tables, _ways(list(tables.values()), shape), strict=True))
    corner = _signing_corner(blocks, tables.values(), shape)
    for block in blocks:
        if block is corner and isinstance(block, Row):
            yield replace(block.cells[0].paragraphs[0], bold=True)
        yield from _opened(block, shape, ways[block.table] if isinstance(block, Row) else _AS_IT_IS)


def _signing_corner(
    blocks: Sequence[Block], tables: Iterable[Sequence[Row]], shape: ReportShape
) -> Row | None:
    """The first row of a table in which people sign, where its first cell is the heading of that
    section and none stands over it: the table comes after the last heading of the report."""
    section = shape.sign_off.section if shape.sign_off else ""
    found = [rows[0] for rows in tables if _is_corner(rows, section, shape)]
    if not found:
        return None
    heads = [
        at
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and match_known_heading(block.text, shape)
    ]
    last = max(heads, default=len(blocks))
    return next((row for row in found if blocks.index(row) > last), None)


def _is_corner(rows: Sequence[Row], section: str, shape: ReportShape) -> bool:
    first, *others = rows[0].cells or (None,)
    if first is None or len(rows) < _LAYOUT_CELLS or len(first.paragraphs) != 1:
        return False
    if not any(cell.text for cell in others) or any(len(cell.text) > _TEXT for cell in others):
        return False
    match = match_heading(replace(first.paragraphs[0], bold=True), shape)
    return match is not None and match.section.key == section and match.weight >= KNOWN_WEIGHT


@dataclass(frozen=True, slots=True)
class _Way:
    """How a table is laid out: as a frame around a text; or to set headings off, so that what else
    it sets off is a heading too."""

    frame: bool = False
    boxing: bool = False


_AS_IT_IS = _Way()


def _ways(tables: Sequence[Sequence[Row]], shape: ReportShape) -> list[_Way]:
    heads = [sum(_is_layout(row, shape) for row in rows) for rows in tables]
    bars = [len(rows) for rows, count in zip(tables, heads, strict=True) if count]
    usual = Counter(bars).most_common(1)[0][0] if len(bars) >= _BARS else 0
    return [
        _Way(
            _frames(rows) or _numbers_paragraphs(rows, shape),
            count >= _BOXES or len(rows) == usual <= _LAYOUT_CELLS,
        )
        for rows, count in zip(tables, heads, strict=True)
    ]


def _frames(rows: Sequence[Row]) -> bool:
    """Whether a table is one cell wide, or has a text in one cell of each row and margins in the
    others."""
    told = [[cell for cell in row.cells if not _empty(cell)] for row in rows]
    if all(len(row.cells) == 1 for row in rows):
        return True
    texts = [cells[0] for cells in told if cells]
    return all(len(cells) < 2 for cells in told) and any(
        cell.tables or len(cell.paragraphs) >= _A_TEXT for cell in texts
    )


def _numbers_paragraphs(rows: Sequence[Row], shape: ReportShape) -> bool:
    """Whether each row is a paragraph with its number beside it, maybe below a section's heading.
    What is merely counted may be a list of something, unless most of it is text."""
    filled = [(row, [cell for cell in row.cells if not _empty(cell)]) for row in rows]
    beside = [told for row, told in filled if told and not _is_layout(row, shape)]
    texts = [_without_number(told)[:2] for told in beside]
    numbered = all(
        _NUMBER.fullmatch(told[0].text) and len(told) <= _LAYOUT_CELLS for told in beside
    )
    if not beside or not numbered or any(cell.tables for told in texts for cell in told):
        return False
    parts = all(_PART_NUMBER.fullmatch(told[0].text) for told in beside)
    if parts and len(beside) < sum(bool(told) for _, told in filled):
        return True
    said = [cell.text.rstrip() for told in texts for cell in told]
    sentences = sum(text.endswith((".", "?", "!")) for text in said)
    if parts:
        return 2 * sentences > len(said)
    return sentences == len(said) and 2 * sum(len(text) > _TEXT for text in said) > len(said)


def _opened(block: Block, shape: ReportShape, way: _Way) -> Iterator[Block]:
    if isinstance(block, Paragraph):
        yield from _parted(block, shape)
    elif not isinstance(block, Row):
        yield block
    elif _is_layout(block, shape) or (way.boxing and _may_box(block, shape)):
        yield from _unboxed(block, shape, way.boxing)
    elif way.frame or _wraps(block, shape):
        yield from _unboxed(block, shape, False)
    else:
        yield block


def _wraps(row: Row, shape: ReportShape) -> bool:
    """Whether tables in a cell have sections of the report in them."""
    inner = [rows for cell in row.cells for rows in cell.tables]
    return any(_is_layout(one, shape) or _wraps(one, shape) for rows in inner for one in rows)


def _unboxed(row: Row, shape: ReportShape, boxing: bool) -> Iterator[Block]:
    """What stands in a row, in order. What a table sets off looks like a heading."""
    first = _without_number([cell for cell in row.cells if cell.text or cell.picture])[:1]
    inner = _ways([rows for cell in row.cells for rows in cell.tables], shape)
    for cell in row.cells:
        set_off = boxing and cell in first
        for piece in cell.contents_in_order:
            if isinstance(piece, Paragraph):
                yield from _parted(replace(piece, bold=True) if set_off else piece, shape)
                set_off = False
                continue
            way = inner.pop(0)
            yield TableEnd(row.table)
            for one in piece:
                yield from _opened(one, shape, way)
            yield TableEnd(row.table)


def _is_layout(row: Row, shape: ReportShape) -> bool:
    told = _without_number([cell for cell in row.cells if cell.text or cell.tables])
    if len(told) > _LAYOUT_CELLS:
        return False
    alone = len(told) == 1
    return any(_heads(p, shape, alone) for cell in told for p in cell.paragraphs)


def _without_number(told: list[Cell]) -> list[Cell]:
    """Without a first cell that only counts the rows."""
    return told[1:] if told and _NUMBER.fullmatch(told[0].text) else told


def _may_box(row: Row, shape: ReportShape) -> bool:
    """A short line alone in its row, or beside a text."""
    told = _without_number([cell for cell in row.cells if not _empty(cell)])
    if not 0 < len(told) <= _LAYOUT_CELLS:
        return False
    line, beside = told[0].text.strip(), told[1:]
    if not line or len(line) > _LONGEST_BOXED or line.endswith(".") or is_field_label(line, shape):
        return False
    return not beside or len(beside[0].text) > _TEXT or bool(beside[0].tables)


def _empty(cell: Cell) -> bool:
    return not (cell.text or cell.tables or cell.picture or cell.ticks)


def _heads(paragraph: Paragraph, shape: ReportShape, alone: bool) -> bool:
    parts = list(_parted(paragraph, shape))
    match = match_heading(parts[0], shape)
    return match is not None and (match.is_exact_match or alone or paragraph.heading > 0)


def _parted(paragraph: Paragraph, shape: ReportShape) -> Sequence[Paragraph]:
    for head, rest, least in _cuts(paragraph):
        match = match_heading(replace(paragraph, text=head), shape)
        known = match is not None and match.weight >= least
        told = (
            rest.strip()
            and not rest.strip().isdigit()
            and bare_heading(head) != bare_heading(paragraph.text)
        )
        if known and (told or paragraph.picture):
            heading = replace(paragraph, text=head, picture=False, ticks=())
            return heading, replace(paragraph, text=rest, heading=0, bold=False, title=False)
    return (paragraph,)


def _cuts(paragraph: Paragraph) -> Iterator[tuple[str, str, int]]:
    """A first line and the rest, a heading and what follows it on its line, or the whole; and how
    well a heading must be known to be cut off there."""
    whole = paragraph.text.strip()
    first, _, rest = whole.partition("\n")
    if rest:
        yield first, rest, KNOWN_WEIGHT
    if run_in := _COLON.match(whole):
        yield run_in["head"], run_in["rest"], EXACT_WEIGHT
    if not looks_like_heading(paragraph) and (run_in := _OTHER_RUN_IN.match(whole)):
        yield run_in["head"], run_in["rest"], EXACT_WEIGHT
    yield paragraph.text, "", EXACT_WEIGHT


def _joined(blocks: list[Block], shape: ReportShape) -> Iterator[Block]:
    """Two paragraphs that are one heading between them, such as a long one broken over two."""
    at = 0
    while at < len(blocks):
        here, after = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(here, Paragraph) and isinstance(after, Paragraph):
            whole = replace(here, text=f"{here.text} {after.text}")
            if _one_heading(here, after, whole, shape):
                yield whole
                at += 2
                continue
        yield here
        at += 1


def _one_heading(one: Paragraph, two: Paragraph, whole: Paragraph, shape: ReportShape) -> bool:
    if (
        not looks_like_heading(two)
        or one.heading != two.heading
        or len(one.text) > MAX_HEADING_LENGTH
    ):
        return False
    if is_only_number(one):  # "Section 6", and "Analysis" under it
        return True
    both = match_known_heading(whole.text, shape) if looks_like_heading(one) else None
    if both is None:
        return False
    known = (match_known_heading(part.text, shape) for part in (one, two))
    return all(part is None or part.weight < both.weight for part in known)
