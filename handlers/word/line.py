"""What one paragraph adds up to while its runs are read.

Does: gathers text and the marks on it, and makes the `Paragraph`.
Trusts: nothing.
Never touches: XML.
Known limits: a line that is all bold and centred is taken for a title even where no style says so.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from handlers.document.block import Paragraph, Stretch
from handlers.word import symbols
from handlers.word.look import Look
from handlers.word.setting import Setting
from handlers.word.styles import Manner
from handlers.word.xml import Element


class Mark(NamedTuple):
    """How far a line had come."""

    pieces: int
    spans: int
    ticks: int
    prompted: bool
    bold: bool
    struck: bool


class Line:
    """Grows by `write`. `manner` is what its style makes of it; `boxes` are the text boxes
    anchored here, still to be read."""

    __slots__ = (
        "all_bold",
        "all_struck",
        "boxes",
        "manner",
        "picture",
        "pieces",
        "prompted",
        "spans",
        "ticks",
        "unseen",
    )

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.pieces: list[str] = []
        self.spans: list[tuple[int, Look]] = []  # the pieces that do not look plain
        self.ticks: list[bool] = []
        self.boxes: list[Element] = []
        self.picture = False
        self.prompted = False  # a placeholder stood here
        self.unseen = False  # text stood here that is not shown
        self.all_bold = True
        self.all_struck = True

    def write(self, text: str, look: Look, *, count_ticks: bool = True) -> None:
        """Add visible text, already plain. Spaces are neither bold nor not."""
        if look.bold or look.struck or look.apart:
            self.spans.append((len(self.pieces), look))
        self.pieces.append(text)
        if not look.bold and self.all_bold:
            self.all_bold = text.isspace()
        if not look.struck and self.all_struck:
            self.all_struck = text.isspace()
        if count_ticks and not text.isascii():
            self.ticks.extend(symbols.ticks(text))

    @property
    def empty(self) -> bool:
        """It says and shows nothing."""
        shown = self.ticks or self.boxes or self.picture or self.prompted
        return not shown and not "".join(self.pieces).strip()

    def mark(self) -> Mark:
        """How far it has come, for `back_to`."""
        counts = len(self.pieces), len(self.spans), len(self.ticks)
        return Mark(*counts, self.prompted, self.all_bold, self.all_struck)

    def since(self, mark: Mark) -> str:
        """What was written from there."""
        return "".join(self.pieces[mark.pieces :])

    def back_to(self, mark: Mark) -> None:
        """Take back what was written from there; text boxes and pictures stay."""
        del self.pieces[mark.pieces :], self.spans[mark.spans :], self.ticks[mark.ticks :]
        self.prompted, self.all_bold, self.all_struck = mark.prompted, mark.bold, mark.struck

    def paragraph(self, own: Setting) -> Paragraph:
        """The finished paragraph, under its style and its own settings."""
        manner = self.manner
        text = "".join(self.pieces)
        written = bool(text) and not text.isspace()
        bold = written and self.all_bold
        heading, numbered, centred = _settled(manner, own)
        return Paragraph(
            text,
            heading,
            bold,
            numbered,
            written and self.all_struck,
            tuple(self.ticks),
            self.picture,
            self.prompted and not written,
            written and (manner.title or (bold and centred and not heading)),
            _stretches(self.pieces, self.spans) if self.spans else (),
            self.prompted and written,
            self.unseen,
        )


def _stretches(pieces: list[str], spans: list[tuple[int, Look]]) -> tuple[Stretch, ...]:
    """Neighbours that look alike are one."""
    starts = [0, *accumulate(map(len, pieces))]
    out: list[Stretch] = []
    for at, look in spans:
        one = Stretch(starts[at], starts[at + 1], look.struck, look.words)
        last = out[-1] if out else None
        if last and last.end == one.start and (last.struck, last.look) == (one.struck, one.look):
            out[-1] = replace(last, end=one.end)
        else:
            out.append(one)
    return tuple(out)


def _settled(manner: Manner, own: Setting) -> tuple[int, bool, bool]:
    """Heading, numbered and centred: the paragraph's own setting before its style's."""
    heading = manner.heading if own.outline is None else (own.outline + 1) % 10
    numbered = manner.numbered if own.numbered is None else own.numbered
    centred = manner.centred if own.centred is None else own.centred
    return heading, numbered, centred
