"""Blanks to be filled in, anywhere in a document: a label, and what was entered against it.

Does: finds a label and its value in the ways people lay them out: "Label: value" in a line,
several labels to a line, the value in the paragraph below, in the next cell, or in the cell
under the label's. Says when a blank is there and empty.
Trusts: nothing.
Never touches: anything but the blocks it is given.
Known limits: several labels in one cell answered line by line in the next cell are read as one
blank and its value. A value in the paragraph below is taken to be at most 100 letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.block import Block, Cell, Paragraph, Row
from handlers.finding import Where
from handlers.fold import squash
from handlers.label import Labelled, entered, labels_in, looks_like_label

LONGEST_BELOW = 100


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank that was found, filled in or not.

    `label` is the wording asked for; `text` what was entered ("" for nothing, dots, or a prompt);
    `picture` that a picture or ink stands there; `ticks` its check boxes in order; `note` words
    in brackets beside it; `position` the index of its block; `where` the place, for a finding.
    """

    label: str
    text: str
    picture: bool
    ticks: tuple[bool, ...]
    position: int
    where: Where
    note: str = ""
    below: bool = False  # the text stood under the label, and may not be meant for it

    @property
    def blank(self) -> bool:
        return not (self.text or self.picture or any(self.ticks))


def read_field(
    blocks: Sequence[Block], labels: Sequence[str], others: Sequence[str] = ()
) -> Filled | None:
    """The first filled blank under any of `labels`, else the first empty one, else None.

    `others` are the labels of the form's other blanks. They are never taken for a value, so give
    them whenever they are known: "Name" over "Role" is then an empty name, not one called Role.
    """
    wanted = {squash(label) for label in labels}
    found = [f for f in read_fields(blocks, (*labels, *others)) if squash(f.label) in wanted]
    return next((f for f in found if not f.blank), found[0] if found else None)


def read_fields(blocks: Sequence[Block], labels: Sequence[str]) -> tuple[Filled, ...]:
    """Every blank under any of `labels`, filled or empty, in reading order."""
    known = tuple(dict.fromkeys(labels))
    return tuple(f for strip in _strips(blocks, known) for f in _read(strip, known))


@dataclass(frozen=True, slots=True)
class _Line:
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
class _Strip:
    """Lines one under another, and the cell that answers a label left open at their end."""

    lines: tuple[_Line, ...]
    where: Where
    beyond: Cell | None = None


def _strips(blocks: Sequence[Block], known: tuple[str, ...]) -> Iterator[_Strip]:
    run: list[_Line] = []
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            run += _lines(block, position, known)
            continue
        if run:
            yield _Strip(tuple(run), Where())
            run = []
        if isinstance(block, Row):
            yield from _row_strips(block, _below(blocks, position), position, known)
    if run:
        yield _Strip(tuple(run), Where())


def _below(blocks: Sequence[Block], position: int) -> Row | None:
    after = blocks[position + 1] if position + 1 < len(blocks) else None
    return after if isinstance(after, Row) else None


def _row_strips(
    row: Row, below: Row | None, position: int, known: tuple[str, ...]
) -> Iterator[_Strip]:
    where = Where(table=row.table, row=row.number)
    for place, cell in enumerate(row.cells):
        after = row.cells[place + 1] if place + 1 < len(row.cells) else None
        beyond = _answer(cell, after, below, known)
        yield _Strip(tuple(_cell_lines(cell, position, known)), where, beyond)
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
    return any(whole == squash(label) for label in known) or _opens_blank(first, known)


def _opens_blank(line: str, known: tuple[str, ...]) -> bool:
    return bool(labels_in(line, known)) or looks_like_label(line)


def _cell_lines(cell: Cell, position: int, known: tuple[str, ...]) -> Iterator[_Line]:
    whole = squash(cell.text)
    if any(whole == squash(label) for label in known):  # a long label, wrapped by hand
        yield _Line(" ".join(cell.text.split()), position, cell.picture, cell.ticks)
        return
    for paragraph in cell.paragraphs:
        yield from _lines(paragraph, position, known)


def _lines(paragraph: Paragraph, position: int, known: tuple[str, ...]) -> list[_Line]:
    if paragraph.placeholder:
        return [_Line("", position)]
    heading = paragraph.heading > 0
    out = [_Line(text, position, heading=heading) for text in paragraph.text.split("\n")]
    if paragraph.picture or paragraph.ticks:
        held = next((i for i, line in enumerate(out) if _has_blank(line.text, known)), 0)
        out[held] = replace(out[held], picture=paragraph.picture, ticks=paragraph.ticks)
    return out


def _has_blank(line: str, known: tuple[str, ...]) -> bool:
    return any(not found.value for found in labels_in(line, known))


def _read(strip: _Strip, known: tuple[str, ...]) -> Iterator[Filled]:
    for at, line in enumerate(strip.lines):
        found = labels_in(line.text, known)
        holder = next((i for i, one in enumerate(found) if not one.value), 0)
        for i, one in enumerate(found):
            held = i == holder
            field = Filled(
                one.label,
                one.value,
                line.picture and held,
                line.ticks if held else (),
                line.position,
                replace(strip.where, section=one.label),
                one.note,
            )
            last = i == len(found) - 1
            yield _completed(field, one, strip, at, known) if field.blank and last else field


def _completed(
    field: Filled, one: Labelled, strip: _Strip, at: int, known: tuple[str, ...]
) -> Filled:
    """An open label at a line's end, with the value that stands below it or in the next cell."""
    if field.ticks or one.drawn:
        return field
    rest = [line for line in strip.lines[at + 1 : at + 3] if not line.empty]
    if rest:
        return _from_line(field, strip.lines[at], rest[0], known)
    if any(not line.empty for line in strip.lines[at + 1 :]) or strip.beyond is None:
        return field
    return _from_cell(field, strip.beyond)


def _from_line(field: Filled, label: _Line, line: _Line, known: tuple[str, ...]) -> Filled:
    heading = line.heading and not label.heading
    if heading or len(line.text) > LONGEST_BELOW or _opens_blank(line.text, known):
        return field
    text = entered(line.text)
    return replace(field, text=text, picture=line.picture, ticks=line.ticks, below=True)


def _from_cell(field: Filled, cell: Cell) -> Filled:
    shown = "\n".join(p.text for p in cell.paragraphs if not p.placeholder)
    return replace(field, text=entered(shown), picture=cell.picture, ticks=cell.ticks)
