"""Sets a letter as HTML that Outlook shows, with every word of it escaped.

A text in the old form has no marks: blank lines part its blocks, a heading stands straight above
its block, points are numbered or begun with a dash, columns are three spaces or more apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from jinja2 import Environment

from config.colours import LetterColours
from config.command_line import is_command_line
from outbox.writing.enclosures import ShownPicture

LETTER_TEMPLATE = "parts/letter.html.j2"
NO_PICTURES: Mapping[str, ShownPicture] = {}

_POINT = re.compile(r"\s*(\d+\.|-) (.*)", re.S)
_COLUMNS = re.compile(r" {3,}")
_ENDS_A_SENTENCE = (".", "?", "!", ",", ";")


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    is_: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphBlock:
    """Lines that belong together; each keeps its line."""

    is_: ClassVar[str] = "paragraph"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypesetPoint:
    """What is to be mended, and below it how. `place` says where, and stands out."""

    text: str
    more: tuple[str, ...] = ()
    place: str = ""

    def with_place(self, places: Collection[str]) -> TypesetPoint:
        """With the place that it begins with, if it does with one of these."""
        place = next((f"{p}." for p in places if self.text.startswith(f"{p}. ")), "")
        return TypesetPoint(self.text[len(place) :].lstrip(), self.more, place)


@dataclass(frozen=True, slots=True)
class PointsBlock:
    is_: ClassVar[str] = "points"
    numbered: bool
    points: tuple[TypesetPoint, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class TypesetCell:
    """`colour` and `ground` are written out; the words alone say what there is to say."""

    text: str
    colour: str
    ground: str
    strong: bool
    look: str = ""  # the name of those colours, by which the page changes them in the dark


@dataclass(frozen=True, slots=True)
class TableBlock:
    """`head` is the row of headings, () for none; a row's first cell is its heading."""

    is_: ClassVar[str] = "table"
    head: tuple[str, ...]
    rows: tuple[tuple[TypesetCell, ...], ...]


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture in place of a paragraph, which is its alt text."""

    is_: ClassVar[str] = "picture"
    text: str
    shown: ShownPicture


@dataclass(frozen=True, slots=True)
class CommandsBlock:
    """Lines that a person copies, each as it is pasted."""

    is_: ClassVar[str] = "commands"
    lines: tuple[str, ...]


Block = HeadingBlock | ParagraphBlock | PointsBlock | TableBlock | PictureBlock | CommandsBlock


@dataclass(frozen=True, slots=True)
class LetterBlocks:
    """All of a letter's text; `closing` are the lines at its end that are set small."""

    blocks: tuple[Block, ...]
    closing: tuple[str, ...] = ()


class Typesetter:
    """Sets letters with the board's own template and colours."""

    def __init__(self, environment: Environment, colours: LetterColours) -> None:
        """`environment` finds `parts/letter.html.j2` and escapes it."""
        self._environment = environment
        self._colours = colours

    def render_html(
        self, subject: str, letter: LetterBlocks, pictures: Mapping[str, ShownPicture] = NO_PICTURES
    ) -> str:
        """The whole HTML document; `pictures` by what they say. Raises what Jinja2 raises for a
        template at fault."""
        return self._environment.get_template(LETTER_TEMPLATE).render(
            subject=subject,
            blocks=[_pictured(block, pictures) for block in letter.blocks],
            closing=letter.closing,
            colours=self._colours,
            is_command=is_command_line,
        )

    def letter_blocks(self, text: str, places: Collection[str] = ()) -> LetterBlocks:
        """A letter in the old form, `places` of what is to be mended standing out."""
        *stretches, closing = _paragraphed(text)
        blocks = self._placed_blocks(stretches, places)
        return LetterBlocks(tuple(blocks), tuple(line.strip() for line in closing))

    def text_blocks(self, text: str, places: Collection[str] = ()) -> Iterator[Block]:
        """A part in the old form that closes no letter."""
        return self._placed_blocks(_paragraphed(text), places)

    def _placed_blocks(
        self, stretches: Sequence[Sequence[str]], places: Collection[str]
    ) -> Iterator[Block]:
        for lines in stretches:
            for block in self.parse_blocks(lines):
                yield _placed(block, places)

    def parse_blocks(self, lines: Sequence[str]) -> Iterator[Block]:
        """What one stretch of text between blank lines holds."""
        if _is_heading(lines):
            yield HeadingBlock(lines[0].strip())
            lines = lines[1:]
        for stretch in _alike(lines):
            yield self._block(stretch)

    def _block(self, lines: Sequence[str]) -> Block:
        if is_command_line(lines[0]):
            return CommandsBlock(tuple(line.strip() for line in lines))
        if _is_row(lines[0]):
            return self._table(lines)
        if _POINT.match(lines[0]):
            return _points(lines)
        return ParagraphBlock(tuple(line.strip() for line in lines))

    def _table(self, lines: Sequence[str]) -> TableBlock:
        rows = [_COLUMNS.split(line.strip()) for line in lines]
        width = max(map(len, rows))
        padded = [row + [""] * (width - len(row)) for row in rows]
        headed = not lines[0].startswith(" ") and len(rows) > 1
        head = tuple(padded.pop(0)) if headed else ()
        return TableBlock(head, tuple(tuple(map(self.table_cell, row)) for row in padded))

    def table_cell(self, text: str) -> TypesetCell:
        """A cell in the colours of what it says."""
        shade = self._colours.colours_for_cell(text)
        return TypesetCell(text, shade.ink, shade.ground, shade.strong, shade.look)


def _pictured(block: Block, pictures: Mapping[str, ShownPicture]) -> Block:
    if isinstance(block, ParagraphBlock) and (shown := pictures.get(" ".join(block.lines))):
        return PictureBlock(block.lines[0], shown)
    return block


def _placed(block: Block, places: Collection[str]) -> Block:
    if not isinstance(block, PointsBlock):
        return block
    points = tuple(point.with_place(places) for point in block.points)
    return PointsBlock(block.numbered, points, block.start)


def _paragraphed(text: str) -> list[list[str]]:
    """The lines between blank ones."""
    found: list[list[str]] = [[]]
    for line in text.strip("\n").split("\n"):
        if line.strip():
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def _is_heading(lines: Sequence[str]) -> bool:
    """A line of its own that ends no sentence, above something else."""
    first = lines[0]
    bare = not first.startswith(" ") and not first.rstrip().endswith(_ENDS_A_SENTENCE)
    if len(lines) < 2 or (first.rstrip().endswith(":") and is_command_line(lines[1])):
        return False
    return bare and not (_is_row(first) or is_command_line(first))


def _is_row(line: str) -> bool:
    columns = bool(_COLUMNS.search(line.strip())) and not is_command_line(line)
    return columns and not _POINT.match(line)


def _alike(lines: Sequence[str]) -> Iterator[list[str]]:
    """Stretches of lines that are set in one way: rows, points with what hangs under them, text."""
    stretch: list[str] = []
    for line in lines:
        if stretch and _sort(line) != _sort(stretch[0]) and not _hangs(line, stretch):
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _sort(line: str) -> str:
    if is_command_line(line):
        return "command"
    if _is_row(line):
        return "row"
    point = _POINT.match(line)
    return f"point {point[1] == '-'}" if point else "text"


def _hangs(line: str, stretch: Sequence[str]) -> bool:
    """Whether a line belongs to the point above it: it is set further in."""
    points = [above for above in stretch if _POINT.match(above)]
    return bool(points) and _margin(line) > _margin(points[-1]) and not _is_row(line)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _points(lines: Sequence[str]) -> PointsBlock:
    points: list[TypesetPoint] = []
    numbered = not lines[0].lstrip().startswith("-")
    for line in lines:
        point = _POINT.match(line)
        if point:
            points.append(TypesetPoint(point[2].strip()))
        else:
            points[-1] = TypesetPoint(points[-1].text, (*points[-1].more, line.strip()))
    return PointsBlock(numbered, tuple(points))
