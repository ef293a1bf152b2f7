"""Lines put together into the paragraphs they were before they were broken to fit the page.

Does: joins a line to the one above where that one was full; marks what is bold, large, struck out,
bulleted, ticked.
Trusts: nothing.
Never touches: where on the page a paragraph stood.
Known limits: it goes by looks. A paragraph whose lines were broken by hand, short of the edge,
stays lines; two paragraphs without a gap, the first of which ends at the edge, become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from handlers.document.block import Paragraph, Stretch
from handlers.paper.box import Box
from handlers.paper.lines import Line
from handlers.paper.page import Word, struck
from handlers.word.symbols import ticks

LEADING = 0.7  # heights of a line between it and the next, at most, inside a paragraph
INDENT = 3.0  # heights of a line by which the next may begin further left or right
SPACE = 0.35  # heights: about the width of a space
LARGE = 1.3  # times the usual height: a title

BULLETS = frozenset("•●▪■◦○‣⁃–-·➢�")
CIRCLES = frozenset("●■◦○")  # one further along the line is a choice, and so is the first
_NUMBER = re.compile(r"\(?(?:\d{1,2}\.?)+\)?|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)]")
_DRAWN = ("..", "__", "…")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, the bullet or number before it taken away. `marked` says that there was one."""

    line: Line
    marked: bool


def paragraphs_of(
    lines: Iterable[Line], edge: float, rules: tuple[Box, ...] = (), usual: float = 0.0
) -> list[Paragraph]:
    """The paragraphs in `lines`, which may reach to `edge` from the left. `rules` may strike words
    out; `usual` is the height of a line of body text on the page."""
    pieces = [_piece(line) for line in lines]
    return [_paragraph(group, rules, usual) for group in _joined(pieces, edge)]


def usual_height(lines: Iterable[Line]) -> float:
    return median([line.box.height for line in lines if line.words] or [0.0])


def _piece(line: Line) -> _Piece:
    marked = line.marked(BULLETS, _NUMBER) and not any(w.text in CIRCLES for w in line.words[1:])
    return _Piece(line.without_first() if marked else line, marked)


def _joined(pieces: Iterable[_Piece], edge: float) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for piece in pieces:
        if group and (piece.marked or not _goes_on(group[-1].line, piece.line, edge)):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _goes_on(line: Line, after: Line, edge: float) -> bool:
    """`after` belongs to the paragraph of `line`: its first word did not fit there any more."""
    if not line.words or not after.words or line.bold != after.bold or _apart(line, after):
        return False
    if line.parts > 1 or after.parts > 1 or any(drawn in line.text for drawn in _DRAWN):
        return False
    room = edge - line.box.right - SPACE * line.box.height
    return after.words[0].box.width > room


def _apart(line: Line, after: Line) -> bool:
    high = line.box.height
    sizes = sorted((high, after.box.height))
    return (
        after.box.top - line.box.bottom > LEADING * high
        or abs(after.box.left - line.box.left) > INDENT * high
        or sizes[1] > LARGE * sizes[0]
    )


def _paragraph(pieces: Sequence[_Piece], rules: tuple[Box, ...], usual: float) -> Paragraph:
    lines = [piece.line for piece in pieces]
    words = [word for line in lines for word in line.words]
    text = " ".join(line.text for line in lines)
    return Paragraph(
        text,
        bold=bool(words) and all(word.bold for word in words),
        numbered=pieces[0].marked,
        struck=bool(words) and all(struck(word, rules) for word in words),
        ticks=ticks(text),
        picture=any(line.picture for line in lines),
        title=0 < LARGE * usual < min(line.box.height for line in lines),
        stretches=_stretches(words, rules),
    )


def _stretches(words: Sequence[Word], rules: tuple[Box, ...]) -> tuple[Stretch, ...]:
    """What is bold or struck out, word by word: one character stands between two of them."""
    out: list[Stretch] = []
    at = 0
    for word in words:
        gone = bool(rules) and struck(word, rules)
        if word.bold or gone:
            out.append(Stretch(at, at + len(word.text), gone, "bold" if word.bold else ""))
        at += len(word.text) + 1
    return tuple(out)
