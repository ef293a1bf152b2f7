"""Printed lines, as they stand on the page one under another.

Does: takes paragraphs and cells apart into printed lines, each with its picture and check boxes.
Trusts: nothing.
Never touches: what the lines say; `handlers/document/strip.py` reads them.
Known limits: a picture beside several lines of one paragraph is put by the first open label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.document.block import Cell, Paragraph
from handlers.document.label import labels_in
from handlers.document.lexicon import Lexicon

_ALL_DRAWN = re.compile(r"[\s._\u2026|-]*(?:[._]{2,}|\u2026)[\s._\u2026|-]*")


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

    @property
    def drawn(self) -> bool:
        """Nothing but a rule to write on."""
        return bool(self.text.strip()) and _ALL_DRAWN.fullmatch(self.text) is not None


def lines_of(paragraphs: Iterable[Paragraph], position: int, known: Lexicon) -> list[Line]:
    """The printed lines of some paragraphs; a control that nobody filled in is an empty one."""
    return [line for p in paragraphs for line in _lines(p, position, known)]


def cell_lines(cell: Cell, position: int, known: Lexicon) -> list[Line]:
    """Those of a cell; a label that was wrapped by hand is one line."""
    text = " ".join(cell.text.split())
    if "\n" in cell.text and known.meaning(text) and not _several(cell, known):
        return [Line(text, position, cell.picture, cell.ticks)]
    return lines_of(cell.paragraphs, position, known)


def _several(cell: Cell, known: Lexicon) -> bool:
    """Whether each line of a cell is a label by itself."""
    return all(known.meaning(line) for line in cell.text.split("\n") if line.strip())


def _lines(paragraph: Paragraph, position: int, known: Lexicon) -> list[Line]:
    if paragraph.placeholder:
        return [Line("", position)]
    heading = paragraph.heading > 0
    out = [Line(text, position, heading=heading) for text in paragraph.text.split("\n")]
    if paragraph.picture or paragraph.ticks:
        held = next((i for i, line in enumerate(out) if _has_blank(line.text, known)), 0)
        out[held] = replace(out[held], picture=paragraph.picture, ticks=paragraph.ticks)
    return out


def _has_blank(line: str, known: Lexicon) -> bool:
    return any(not found.value for found in labels_in(line, known))
