"""Sets the passages of a letter as plain text, and as the blocks that its page is made of."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from config.command_line import is_command_line
from outbox.writing.letter_marks import (
    HeadingPassage,
    ListPassage,
    MarkedLine,
    OldPassage,
    Passage,
    RulePassage,
    TablePassage,
    TextPassage,
    parse_marks,
)
from outbox.writing.typeset import (
    Block,
    CommandsBlock,
    HeadingBlock,
    LetterBlocks,
    ParagraphBlock,
    PointsBlock,
    TableBlock,
    TypesetPoint,
    Typesetter,
)

LINE_WIDTH = 76
_UNWRAPPED = 1_000_000  # columns: no line is as long
_ITEM = re.compile(r" *(?:\d+\. |- )?")
_SET_IN = "  "
_BETWEEN_COLUMNS = "   "


def text_of_marks(source: str, width: int = LINE_WIDTH) -> str:
    """A letter's plain text, without a mark in it. Raises MarkUnknown."""
    return text_of_passages(parse_marks(source), width)


def unwrapped_text_of_marks(source: str) -> str:
    """A part's plain text for a template in the old form, each paragraph in one line."""
    text = text_of_marks(source, _UNWRAPPED)
    return f"{text}\n" if text.strip() else ""


def text_of_passages(passages: Iterable[Passage], width: int = LINE_WIDTH) -> str:
    lines: list[str] = []
    above: Passage | None = None
    for passage in passages:
        if above is not None and not _follows_closely(passage, above):
            lines.append("")
        lines += _text_lines(passage, width)
        above = passage
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip("\n")) + "\n"


def _follows_closely(passage: Passage, above: Passage) -> bool:
    """Whether no empty line parts the two: a heading from what it is of, and what is set in."""
    if isinstance(above, HeadingPassage):
        return not isinstance(passage, HeadingPassage) or passage.depth > above.depth
    if _is_set_in(passage):
        return True
    return _is_set_in(above) and isinstance(passage, ListPassage)


def _is_set_in(passage: Passage) -> bool:
    return isinstance(passage, TextPassage) and passage.set_in


def _text_lines(passage: Passage, width: int) -> Iterator[str]:
    match passage:
        case HeadingPassage(line=line):
            yield from _wrapped("", line, width)
        case TextPassage(lines, set_in):
            for line in lines:
                yield from _wrapped(_SET_IN if set_in else "", line, width)
        case ListPassage():
            yield from _list_lines(passage, width)
        case TablePassage():
            yield from _table_lines(passage)
        case OldPassage(text):
            yield from wrap_letter_text(text, width).rstrip("\n").split("\n")
        case RulePassage():
            return


def _list_lines(passage: ListPassage, width: int) -> Iterator[str]:
    for n, (first, *more) in enumerate(passage.points, passage.start):
        item = f"{_SET_IN}{n}. " if passage.numbered else f"{_SET_IN}- "
        yield from _wrapped(item, first, width)
        for line in more:
            yield from _wrapped(" " * len(item), line, width)


def _table_lines(table: TablePassage) -> Iterator[str]:
    """In columns as wide as they need to be. Where no column has a heading, the last that a row
    says makes no column wider."""
    rows = [table.head, *table.rows] if table.head else list(table.rows)
    counted = [row if table.head else _but_last(row) for row in rows]
    columns = range(len(rows[0]))
    widths = [max((len(row[n]) for row in counted if n < len(row)), default=0) for n in columns]
    for row in rows:
        cells = (f"{cell!s:<{width}}" for cell, width in zip(row, widths, strict=True))
        yield ("" if table.head else _SET_IN) + _BETWEEN_COLUMNS.join(cells).rstrip()


def _but_last(row: Sequence[str]) -> Sequence[str]:
    filled = [n for n, cell in enumerate(row) if cell]
    last = filled[-1] if filled else 0
    return row if last == 0 else row[:last]


def _wrapped(item: str, line: str, width: int) -> list[str]:
    """`item` is what stands before a line; what does not fit hangs under the line itself."""
    whole = f"{item}{line}"
    if len(whole) <= width or is_command_line(line):
        return [whole]
    return textwrap.wrap(
        whole,
        width,
        subsequent_indent=" " * len(item),
        break_long_words=False,
        break_on_hyphens=False,
    )


def wrap_letter_text(text: str, width: int = LINE_WIDTH) -> str:
    """A text in the old form, wrapped, with at most one blank line running, and nothing to wrap a
    table's columns or a command."""
    lines: list[str] = []
    for line in map(str.rstrip, text.strip().split("\n")):
        found = _ITEM.match(line)
        item = found.group() if found else ""
        if _BETWEEN_COLUMNS in line[len(item) :]:
            lines.append(line)
        else:
            lines += _wrapped(item, line[len(item) :], width)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


@dataclass(frozen=True, slots=True)
class PassageSetter:
    """Sets passages as the blocks of a page; `places` stand out in text of the old form."""

    typesetter: Typesetter
    places: Collection[str] = ()

    def blocks_of(self, passages: Sequence[Passage]) -> LetterBlocks:
        """What stands below the last rule closes the letter. Where there is none, a last part in
        the old form closes it as it always did."""
        rules = [n for n, passage in enumerate(passages) if isinstance(passage, RulePassage)]
        end = rules[-1] if rules else len(passages)
        old = LetterBlocks(())
        if not rules and passages and isinstance(last := passages[-1], OldPassage):
            end, old = end - 1, self.typesetter.letter_blocks(last.text, self.places)
        blocks = (block for passage in passages[:end] for block in self._blocks(passage))
        below = (line for passage in passages[end:] for line in _closing(passage))
        return LetterBlocks((*blocks, *old.blocks), old.closing or tuple(below))

    def _blocks(self, passage: Passage) -> Iterator[Block]:
        match passage:
            case HeadingPassage(line=line):
                yield HeadingBlock(line)
            case TextPassage(lines):
                yield from _paragraph_blocks(lines)
            case ListPassage(numbered, points, start):
                found = tuple(TypesetPoint(p[0], p[1:]) for p in points)
                yield PointsBlock(numbered, found, start)
            case TablePassage(head, rows):
                cells = (tuple(map(self.typesetter.table_cell, row)) for row in rows)
                yield TableBlock(head, tuple(cells))
            case OldPassage(text):
                yield from self.typesetter.text_blocks(text, self.places)
            case RulePassage():
                return


def _paragraph_blocks(lines: Sequence[MarkedLine]) -> Iterator[Block]:
    for commands, found in groupby(lines, key=is_command_line):
        alike = tuple(found)
        yield CommandsBlock(alike) if commands else ParagraphBlock(alike)


def _closing(passage: Passage) -> Iterator[str]:
    match passage:
        case HeadingPassage(line=line):
            yield line
        case TextPassage(lines):
            yield from lines
        case ListPassage(points=points):
            yield from (line for point in points for line in point)
        case OldPassage() | TablePassage():
            yield from (line.strip() for line in _text_lines(passage, _UNWRAPPED) if line.strip())
        case RulePassage():
            return
