"""Pieces and lines of a form, with what is struck out of each and what sets its words apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from handlers.document import Block, Cell, Paragraph, Row, Stretch, text_without_struck


@dataclass(frozen=True, slots=True)
class FormPiece:
    """`text` is all that is printed, struck out or not; `look` how the cell itself is set off;
    `ticks` its check boxes, where they are known beside their characters."""

    text: str
    stretches: tuple[Stretch, ...] = ()
    ticks: tuple[bool, ...] = ()
    picture: bool = False
    look: str = ""
    prompted: bool = field(default=False, compare=False)  # a control in it shows its prompt

    @property
    def unstruck_text(self) -> str:
        """The text without what is struck out."""
        return text_without_struck(self.text, self.stretches)

    @property
    def is_struck_out(self) -> bool:
        """Something stands here, and all of it is struck out."""
        some = any(s.struck for s in self.stretches)
        return some and bool(self.text.strip()) and not self.unstruck_text.strip(" \t\n/|,;.")

    @property
    def combined_looks(self) -> frozenset[str]:
        """What sets its cell, or any of its words, apart."""
        words = {w for s in self.stretches if self._seen(s) for w in s.look.split()}
        return frozenset({*words, *self.look.split()})

    def _seen(self, stretch: Stretch) -> bool:
        return not stretch.struck and bool(self.text[stretch.start : stretch.end].strip(" \t\n/|,"))

    def slice_piece(self, start: int, end: int) -> FormPiece:
        """The piece from `start` up to `end`."""
        inside = tuple(
            replace(s, start=max(s.start, start) - start, end=min(s.end, end) - start)
            for s in self.stretches
            if s.start < end and s.end > start
        )
        return FormPiece(self.text[start:end], inside)


EMPTY_PIECE = FormPiece("")


def piece_of_cell(cell: Cell) -> FormPiece:
    """All that stands in a cell but for prompts ("Choose an item"), one line a paragraph."""
    shown = [p for p in cell.paragraphs if not p.placeholder]
    prompted = len(shown) < len(cell.paragraphs) or any(p.prompted for p in shown)
    if len(shown) == 1:  # most cells
        only = shown[0]
        stretches = tuple(_moved(only, 0))
        return FormPiece(only.text, stretches, only.ticks, cell.picture, cell.look, prompted)
    made = piece_of_paragraphs(shown, picture=cell.picture, look=cell.look)
    return replace(made, prompted=True) if prompted else made


def piece_of_paragraphs(
    paragraphs: Iterable[Paragraph], *, picture: bool = False, look: str = ""
) -> FormPiece:
    texts: list[str] = []
    stretches: list[Stretch] = []
    ticks: list[bool] = []
    at = 0
    for paragraph in paragraphs:
        stretches += _moved(paragraph, at)
        texts.append(paragraph.text)
        ticks += paragraph.ticks
        at += len(paragraph.text) + 1
    return FormPiece("\n".join(texts), tuple(stretches), tuple(ticks), picture, look)


def _moved(paragraph: Paragraph, by: int) -> Iterable[Stretch]:
    found = paragraph.stretches
    if paragraph.struck and not any(s.struck for s in found):  # read from paper: all of it
        found = (Stretch(0, len(paragraph.text), struck=True),)
    elif paragraph.bold and not found:
        found = (Stretch(0, len(paragraph.text), look="bold"),)
    if not by:
        return found
    return (replace(s, start=s.start + by, end=s.end + by) for s in found)


@dataclass(frozen=True, slots=True)
class FormPassage:
    """One line of text. `position` is the index of its block, `table` the table's number or 0."""

    text: str
    position: int
    table: int = 0
    struck: bool = False
    kept: str = ""  # the text without what is struck out of it
    cell: int = 0  # which of its row's cells it stands in, from 1


def form_passages(blocks: Iterable[Block]) -> Iterator[FormPassage]:
    """Every line with something in it, in reading order, prompts of content controls left out."""
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield from _lines(block, position, 0)
        elif isinstance(block, Row):
            for number, cell in enumerate(block.cells, start=1):
                for line in _in_cell(cell, position, block.table):
                    yield replace(line, cell=number)


def _in_cell(cell: Cell, position: int, table: int) -> Iterator[FormPassage]:
    for paragraph in cell.paragraphs:
        yield from _lines(paragraph, position, table)
    for rows in cell.tables:
        for row in rows:
            for inner in row.cells:
                yield from _in_cell(inner, position, table)


def _lines(paragraph: Paragraph, position: int, table: int) -> Iterator[FormPassage]:
    if paragraph.placeholder:
        return
    if not paragraph.struck and not any(s.struck for s in paragraph.stretches):
        for line in paragraph.text.split("\n"):
            if text := line.strip():
                yield FormPassage(text, position, table, False, text)
        return
    piece, at = piece_of_paragraphs([paragraph]), 0
    for text in paragraph.text.split("\n"):
        if text.strip():
            kept = piece.slice_piece(at, at + len(text)).unstruck_text
            struck = paragraph.struck or not kept.strip()
            yield FormPassage(text.strip(), position, table, struck, "" if struck else kept.strip())
        at += len(text) + 1
