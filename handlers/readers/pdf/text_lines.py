"""Words put together into printed lines, and lines into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from handlers.document import Paragraph, Stretch
from handlers.readers.pdf.page import PageBox, PageWord, bounding_box, is_struck_through
from handlers.readers.word.symbols import find_ticks

SAME_LINE_SHARE = 0.5  # of the lower of two words that they must share in height
GAP_HEIGHTS = 1.2  # heights of the line: more than this between two words parts them


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One printed line, its words from left to right; a picture alone is a line without words."""

    words: tuple[PageWord, ...]
    box: PageBox
    picture: bool = False

    @property
    def text(self) -> str:
        """Its words, with a tab where there is a gap."""
        out = [word.text for word in self.words[:1]]
        for before, word in pairwise(self.words):
            out += ["\t" if self._gap(before, word) else " ", word.text]
        return "".join(out)

    @property
    def part_count(self) -> int:
        """How many pieces its gaps part it into."""
        return 1 + sum(self._gap(before, word) for before, word in pairwise(self.words))

    def is_list_item(self, marks: Container[str], numbers: re.Pattern[str]) -> bool:
        """It begins with a bullet out of `marks`, or with one of `numbers` and then a gap."""
        if len(self.words) < 2:
            return False
        first, second = self.words[:2]
        number = numbers.fullmatch(first.text) is not None and self._gap(first, second)
        return number or first.text in marks

    def without_first_word(self) -> PdfLine:
        """The line without its first word. Raises ValueError for a line of one."""
        return replace(self, words=self.words[1:], box=bounding_box(w.box for w in self.words[1:]))

    @property
    def is_bold(self) -> bool:
        return bool(self.words) and all(word.bold for word in self.words)

    def _gap(self, before: PageWord, word: PageWord) -> bool:
        return word.box.left - before.box.right > GAP_HEIGHTS * self.box.height


def build_lines(words: Iterable[PageWord], pictures: Sequence[PageBox] = ()) -> list[PdfLine]:
    """The lines from top to bottom, each picture with the line it belongs to or as one alone."""
    lines = [
        _line(group) for group in _groups(sorted(words, key=lambda word: word.box.middle_down))
    ]
    for picture in pictures:
        _lay(picture, lines)
    return sorted(lines, key=lambda line: line.box.middle_down)


def _groups(words: Sequence[PageWord]) -> Iterator[list[PageWord]]:
    group: list[PageWord] = []
    for word in words:
        if group and word.box.shared_height(group[-1].box) < SAME_LINE_SHARE:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _line(words: Sequence[PageWord]) -> PdfLine:
    across = tuple(sorted(words, key=lambda word: word.box.left))
    return PdfLine(across, bounding_box(word.box for word in words))


def _lay(picture: PageBox, lines: list[PdfLine]) -> None:
    """Mark the line that begins left of the picture and shares most of its height with it; the
    lowest of several, since a picture in a line of text stands on it."""
    near = [i for i, line in enumerate(lines) if _beside(line, picture)]
    if near:
        at = max(
            near, key=lambda i: (lines[i].box.shared_height(picture), lines[i].box.middle_down)
        )
        lines[at] = replace(lines[at], picture=True)
    else:
        lines.append(PdfLine((), picture, picture=True))


def _beside(line: PdfLine, picture: PageBox) -> bool:
    return line.box.left < picture.right and line.box.shared_height(picture) >= SAME_LINE_SHARE


MAX_LEADING_HEIGHTS = 0.7  # heights of a line between it and the next, at most, inside a paragraph
MAX_INDENT_HEIGHTS = 3.0  # heights of a line by which the next may begin further left or right
SPACE_HEIGHTS = 0.35  # heights: about the width of a space
TITLE_HEIGHT_RATIO = 1.3  # times the usual height: a title

BULLETS = frozenset("•●▪■◦○‣⁃–-·➢�")
CIRCLES = frozenset("●■◦○")  # one further along the line is a choice, and so is the first
_NUMBER = re.compile(r"\(?(?:\d{1,2}\.?)+\)?|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)]")
_DRAWN = ("..", "__", "…")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, the bullet or number before it taken away. `marked` says that there was one."""

    line: PdfLine
    marked: bool


def build_paragraphs(
    lines: Iterable[PdfLine], edge: float, rules: tuple[PageBox, ...] = (), usual: float = 0.0
) -> list[Paragraph]:
    """The paragraphs in `lines`, which may reach to `edge` from the left. `rules` may strike words
    out; `usual` is the height of a line of body text on the page."""
    pieces = [_piece(line) for line in lines]
    return [_paragraph(group, rules, usual) for group in _joined(pieces, edge)]


def usual_line_height(lines: Iterable[PdfLine]) -> float:
    return median([line.box.height for line in lines if line.words] or [0.0])


def _piece(line: PdfLine) -> _Piece:
    marked = line.is_list_item(BULLETS, _NUMBER) and not any(
        w.text in CIRCLES for w in line.words[1:]
    )
    return _Piece(line.without_first_word() if marked else line, marked)


def _joined(pieces: Iterable[_Piece], edge: float) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for piece in pieces:
        if group and (piece.marked or not _goes_on(group[-1].line, piece.line, edge)):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _goes_on(line: PdfLine, after: PdfLine, edge: float) -> bool:
    """`after` belongs to the paragraph of `line`: its first word did not fit there any more."""
    if not line.words or not after.words or line.is_bold != after.is_bold or _apart(line, after):
        return False
    if line.part_count > 1 or after.part_count > 1 or any(drawn in line.text for drawn in _DRAWN):
        return False
    room = edge - line.box.right - SPACE_HEIGHTS * line.box.height
    return after.words[0].box.width > room


def _apart(line: PdfLine, after: PdfLine) -> bool:
    high = line.box.height
    sizes = sorted((high, after.box.height))
    return (
        after.box.top - line.box.bottom > MAX_LEADING_HEIGHTS * high
        or abs(after.box.left - line.box.left) > MAX_INDENT_HEIGHTS * high
        or sizes[1] > TITLE_HEIGHT_RATIO * sizes[0]
    )


def _paragraph(pieces: Sequence[_Piece], rules: tuple[PageBox, ...], usual: float) -> Paragraph:
    lines = [piece.line for piece in pieces]
    words = [word for line in lines for word in line.words]
    text = " ".join(line.text for line in lines)
    return Paragraph(
        text,
        bold=bool(words) and all(word.bold for word in words),
        numbered=pieces[0].marked,
        struck=bool(words) and all(is_struck_through(word, rules) for word in words),
        ticks=find_ticks(text),
        picture=any(line.picture for line in lines),
        title=0 < TITLE_HEIGHT_RATIO * usual < min(line.box.height for line in lines),
        stretches=_stretches(words, rules),
    )


def _stretches(words: Sequence[PageWord], rules: tuple[PageBox, ...]) -> tuple[Stretch, ...]:
    """What is bold or struck out, word by word: one character stands between two of them."""
    out: list[Stretch] = []
    at = 0
    for word in words:
        gone = bool(rules) and is_struck_through(word, rules)
        if word.bold or gone:
            out.append(Stretch(at, at + len(word.text), gone, "bold" if word.bold else ""))
        at += len(word.text) + 1
    return tuple(out)
