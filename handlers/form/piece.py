"""A piece of a form, with what is struck out of it and what sets its words apart.

Does: makes one text of a cell's paragraphs, prompts left out, and of any stretch of it a smaller
piece.
Trusts: nothing.
Never touches: anything but its arguments.
Known limits: a highlight on white space is not seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from handlers.document.block import Cell, Paragraph, Stretch, kept_of


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` is all that is printed, struck out or not; `look` how the cell itself is set off;
    `ticks` its check boxes, where they are known beside their characters."""

    text: str
    stretches: tuple[Stretch, ...] = ()
    ticks: tuple[bool, ...] = ()
    picture: bool = False
    look: str = ""
    prompted: bool = field(default=False, compare=False)  # a control in it shows its prompt

    @property
    def kept(self) -> str:
        """The text without what is struck out."""
        return kept_of(self.text, self.stretches)

    @property
    def struck(self) -> bool:
        """Something stands here, and all of it is struck out."""
        some = any(s.struck for s in self.stretches)
        return some and bool(self.text.strip()) and not self.kept.strip(" \t\n/|,;.")

    @property
    def looks(self) -> frozenset[str]:
        """What sets its cell, or any of its words, apart."""
        words = {w for s in self.stretches if self._seen(s) for w in s.look.split()}
        return frozenset({*words, *self.look.split()})

    def _seen(self, stretch: Stretch) -> bool:
        return not stretch.struck and bool(self.text[stretch.start : stretch.end].strip(" \t\n/|,"))

    def part(self, start: int, end: int) -> Piece:
        """The piece from `start` up to `end`."""
        inside = tuple(
            replace(s, start=max(s.start, start) - start, end=min(s.end, end) - start)
            for s in self.stretches
            if s.start < end and s.end > start
        )
        return Piece(self.text[start:end], inside)


NOTHING = Piece("")


def piece_of(cell: Cell) -> Piece:
    """All that stands in a cell but for prompts ("Choose an item"), one line a paragraph."""
    shown = [p for p in cell.paragraphs if not p.placeholder]
    prompted = len(shown) < len(cell.paragraphs) or any(p.prompted for p in shown)
    if len(shown) == 1:  # most cells
        only = shown[0]
        stretches = tuple(_moved(only, 0))
        return Piece(only.text, stretches, only.ticks, cell.picture, cell.look, prompted)
    made = piece_of_lines(shown, picture=cell.picture, look=cell.look)
    return replace(made, prompted=True) if prompted else made


def piece_of_lines(
    paragraphs: Iterable[Paragraph], *, picture: bool = False, look: str = ""
) -> Piece:
    texts: list[str] = []
    stretches: list[Stretch] = []
    ticks: list[bool] = []
    at = 0
    for paragraph in paragraphs:
        stretches += _moved(paragraph, at)
        texts.append(paragraph.text)
        ticks += paragraph.ticks
        at += len(paragraph.text) + 1
    return Piece("\n".join(texts), tuple(stretches), tuple(ticks), picture, look)


def _moved(paragraph: Paragraph, by: int) -> Iterable[Stretch]:
    found = paragraph.stretches
    if paragraph.struck and not any(s.struck for s in found):  # read from paper: all of it
        found = (Stretch(0, len(paragraph.text), struck=True),)
    elif paragraph.bold and not found:
        found = (Stretch(0, len(paragraph.text), look="bold"),)
    if not by:
        return found
    return (replace(s, start=s.start + by, end=s.end + by) for s in found)
