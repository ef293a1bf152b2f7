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

from handlers.document.block import Block, Cell
from handlers.document.label import Labelled, entered, labels_in
from handlers.document.strip import Line, Strip, opens_blank, strips
from handlers.finding import Where
from handlers.typed.fold import squash

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
    return tuple(f for strip in strips(blocks, known) for f in _read(strip, known))


def _read(strip: Strip, known: tuple[str, ...]) -> Iterator[Filled]:
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
    field: Filled, one: Labelled, strip: Strip, at: int, known: tuple[str, ...]
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


def _from_line(field: Filled, label: Line, line: Line, known: tuple[str, ...]) -> Filled:
    heading = line.heading and not label.heading
    if heading or len(line.text) > LONGEST_BELOW or opens_blank(line.text, known):
        return field
    text = entered(line.text)
    return replace(field, text=text, picture=line.picture, ticks=line.ticks, below=True)


def _from_cell(field: Filled, cell: Cell) -> Filled:
    shown = "\n".join(p.text for p in cell.paragraphs if not p.placeholder)
    return replace(field, text=entered(shown), picture=cell.picture, ticks=cell.ticks)
