"""A letter's text, set as HTML that Outlook shows: the same words, laid out.

Does: reads the text a template rendered into headings, paragraphs, numbered points and tables, and
sets those with `config/letters/parts/letter.html.j2`. HTML is made of the text, so the two can
never say different things, and a board that rewords a text has its HTML with it.
Trusts: nothing in the text; every word of it is escaped.
Never touches: what a letter says.
Known limits: what it tells apart is how our own texts are written: blank lines between blocks, a
heading on a line of its own straight above its block, points numbered or begun with a dash,
columns three spaces or more apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from jinja2 import Environment

from config.colours import Colours
from config.command_line import is_command
from outbox.writing.enclosures import Shown

TEMPLATE = "parts/letter.html.j2"
NO_PICTURES: Mapping[str, Shown] = {}

_POINT = re.compile(r"\s*(\d+\.|-) (.*)", re.S)
_COLUMNS = re.compile(r" {3,}")
_ENDS_A_SENTENCE = (".", "?", "!", ",", ";")


@dataclass(frozen=True, slots=True)
class Heading:
    is_: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; each keeps its line."""

    is_: ClassVar[str] = "paragraph"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What is to be mended, and below it how. `place` says where, and stands out."""

    text: str
    more: tuple[str, ...] = ()
    place: str = ""

    def at(self, places: Collection[str]) -> Point:
        """With the place that it begins with, if it does with one of these."""
        place = next((f"{p}." for p in places if self.text.startswith(f"{p}. ")), "")
        return Point(self.text[len(place) :].lstrip(), self.more, place)


@dataclass(frozen=True, slots=True)
class Points:
    is_: ClassVar[str] = "points"
    numbered: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """`colour` and `ground` are written out; the words alone say what there is to say."""

    text: str
    colour: str
    ground: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Table:
    """`head` is the row of headings, () for none; a row's first cell is its heading."""

    is_: ClassVar[str] = "table"
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture in place of a paragraph, which is its alt text."""

    is_: ClassVar[str] = "picture"
    text: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Commands:
    """Lines that a person copies, each as it is pasted."""

    is_: ClassVar[str] = "commands"
    lines: tuple[str, ...]


Block = Heading | Paragraph | Points | Table | Pictured | Commands


class Typesetter:
    """Sets letters with the board's own template and colours."""

    def __init__(self, environment: Environment, colours: Colours) -> None:
        """`environment` finds `parts/letter.html.j2` and escapes it."""
        self._environment = environment
        self._colours = colours

    def html(
        self,
        subject: str,
        text: str,
        pictures: Mapping[str, Shown] = NO_PICTURES,
        places: Collection[str] = (),
    ) -> str:
        """The whole HTML document; `pictures` by what they say, `places` of what is to be mended.
        Raises what Jinja2 raises for a template at fault."""
        *stretches, closing = _paragraphed(text)
        blocks = (block for lines in stretches for block in self.blocks(lines))
        return self._environment.get_template(TEMPLATE).render(
            subject=subject,
            blocks=[_placed(_pictured(block, pictures), places) for block in blocks],
            closing=[line.strip() for line in closing],
            colours=self._colours,
            is_command=is_command,
        )

    def blocks(self, lines: Sequence[str]) -> Iterator[Block]:
        """What one stretch of text between blank lines holds."""
        if _is_heading(lines):
            yield Heading(lines[0].strip())
            lines = lines[1:]
        for stretch in _alike(lines):
            yield self._block(stretch)

    def _block(self, lines: Sequence[str]) -> Block:
        if is_command(lines[0]):
            return Commands(tuple(line.strip() for line in lines))
        if _is_row(lines[0]):
            return self._table(lines)
        if _POINT.match(lines[0]):
            return _points(lines)
        return Paragraph(tuple(line.strip() for line in lines))

    def _table(self, lines: Sequence[str]) -> Table:
        rows = [_COLUMNS.split(line.strip()) for line in lines]
        width = max(map(len, rows))
        padded = [row + [""] * (width - len(row)) for row in rows]
        headed = not lines[0].startswith(" ") and len(rows) > 1
        head = tuple(padded.pop(0)) if headed else ()
        return Table(head, tuple(tuple(map(self._cell, row)) for row in padded))

    def _cell(self, text: str) -> Cell:
        shade = self._colours.of(text)
        return Cell(text, shade.ink, shade.ground, shade.strong)


def _pictured(block: Block, pictures: Mapping[str, Shown]) -> Block:
    if isinstance(block, Paragraph) and (shown := pictures.get(" ".join(block.lines))):
        return Pictured(block.lines[0], shown)
    return block


def _placed(block: Block, places: Collection[str]) -> Block:
    if not isinstance(block, Points):
        return block
    return Points(block.numbered, tuple(point.at(places) for point in block.points))


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
    if len(lines) < 2 or (first.rstrip().endswith(":") and is_command(lines[1])):
        return False
    return bare and not (_is_row(first) or is_command(first))


def _is_row(line: str) -> bool:
    columns = bool(_COLUMNS.search(line.strip())) and not is_command(line)
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
    if is_command(line):
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


def _points(lines: Sequence[str]) -> Points:
    points: list[Point] = []
    numbered = not lines[0].lstrip().startswith("-")
    for line in lines:
        point = _POINT.match(line)
        if point:
            points.append(Point(point[2].strip()))
        else:
            points[-1] = Point(points[-1].text, (*points[-1].more, line.strip()))
    return Points(numbered, tuple(points))
