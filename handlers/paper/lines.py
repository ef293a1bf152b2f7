"""Words put together into the lines they were printed in.

Does: gathers words of one height into lines, from top to bottom; says where a line has gaps that
part it into columns; lays pictures beside the lines they stand by.
Trusts: nothing. The order in which a file holds its words is not asked.
Never touches: ruling lines; `table.py` has taken what stands between those.
Known limits: columns of running text (a newsletter) are read across. A line that slopes, as on a
page scanned askew, may come out as two.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from handlers.paper.box import Box, around
from handlers.paper.page import Word

SAME_LINE = 0.5  # of the lower of two words that they must share in height
GAP = 1.2  # heights of the line: more than this between two words parts them


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, its words from left to right; a picture alone is a line without words."""

    words: tuple[Word, ...]
    box: Box
    picture: bool = False

    @property
    def text(self) -> str:
        """Its words, with a tab where there is a gap."""
        out = [word.text for word in self.words[:1]]
        for before, word in pairwise(self.words):
            out += ["\t" if self._gap(before, word) else " ", word.text]
        return "".join(out)

    @property
    def parts(self) -> int:
        """How many pieces its gaps part it into."""
        return 1 + sum(self._gap(before, word) for before, word in pairwise(self.words))

    def marked(self, marks: Container[str], numbers: re.Pattern[str]) -> bool:
        """It begins with a bullet out of `marks`, or with one of `numbers` and then a gap."""
        if len(self.words) < 2:
            return False
        first, second = self.words[:2]
        number = numbers.fullmatch(first.text) is not None and self._gap(first, second)
        return number or first.text in marks

    def without_first(self) -> Line:
        """The line without its first word. Raises ValueError for a line of one."""
        return replace(self, words=self.words[1:], box=around(w.box for w in self.words[1:]))

    @property
    def bold(self) -> bool:
        return bool(self.words) and all(word.bold for word in self.words)

    def _gap(self, before: Word, word: Word) -> bool:
        return word.box.left - before.box.right > GAP * self.box.height


def lines_of(words: Iterable[Word], pictures: Sequence[Box] = ()) -> list[Line]:
    """The lines from top to bottom, each picture with the line it belongs to or as one alone."""
    lines = [_line(group) for group in _groups(sorted(words, key=lambda word: word.box.down))]
    for picture in pictures:
        _lay(picture, lines)
    return sorted(lines, key=lambda line: line.box.down)


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    group: list[Word] = []
    for word in words:
        if group and word.box.beside(group[-1].box) < SAME_LINE:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _line(words: Sequence[Word]) -> Line:
    across = tuple(sorted(words, key=lambda word: word.box.left))
    return Line(across, around(word.box for word in words))


def _lay(picture: Box, lines: list[Line]) -> None:
    """Mark the line that begins left of the picture and shares most of its height with it; the
    lowest of several, since a picture in a line of text stands on it."""
    near = [i for i, line in enumerate(lines) if _beside(line, picture)]
    if near:
        at = max(near, key=lambda i: (lines[i].box.beside(picture), lines[i].box.down))
        lines[at] = replace(lines[at], picture=True)
    else:
        lines.append(Line((), picture, picture=True))


def _beside(line: Line, picture: Box) -> bool:
    return line.box.left < picture.right and line.box.beside(picture) >= SAME_LINE
