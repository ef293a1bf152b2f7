"""Where words stand in a document, and what a document says at its top that it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile
from math import ceil
from typing import NamedTuple

from handlers.document import Block, Cell, Paragraph, Row
from handlers.values.normalise import bilingual_halves, fold_text, without_number, without_section

MAX_INDEXED_LENGTH = 400  # characters; headings, labels and criteria are shorter
MIN_SENTENCE_WORDS, MIN_BEGUN_WORDS = (
    6,
    3,
)  # words of a wording that may be cut short, and what is left of it at least
MIN_OPENING_LENGTH = 30  # letters at least of a line that goes on with a comment
_GOES_ON = re.compile(r"[.;](?=\s)|\s[-\u2013\u2014(]|[(\n\t]")
MIN_SHARED_WORDS = 0.75  # of the words of either


@dataclass(frozen=True, slots=True)
class IndexedLine:
    """A short piece of text: where it stands, and whether it is set apart as a heading is."""

    at: int  # index of its block
    text: str
    prominent: bool = False


class WordIndex:
    """The lines of some blocks. Building it and asking it are linear in their number."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.lines = tuple(line for at, block in enumerate(blocks) for line in _lines(at, block))
        self._at: dict[str, list[int]] = defaultdict(list)
        for line in self.lines:
            for words in (line.text, *bilingual_halves(line.text)):
                self._at[_plain(words)].append(line.at)
        for at, words in _openings(blocks):
            self._at[_plain(words)].append(at)
        self._with: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for plain in self._at:
            said = frozenset(plain.split())
            for word in said:
                self._with[word].append((plain, said))
        self._found: dict[tuple[str, float], tuple[int, ...]] = {}

    def blocks_with_wording(self, wording: str, alike: float = MIN_SHARED_WORDS) -> tuple[int, ...]:
        """The indexes of the blocks that say `wording`, in order, each once; `alike` is how many
        of the words of either have to be the same."""
        asked = folded_wording(wording)
        found = self._found.get((asked.plain, alike))
        if found is None:
            found = self._found[asked.plain, alike] = self._look_up(asked, alike)
        return found

    def blocks_beginning(self, words: str) -> tuple[int, ...]:
        """The indexes of the blocks in which a line begins with these words, in order, each
        once."""
        begun = f"{_plain(words)} "
        found = (at for plain, at in self._at.items() if plain.startswith(begun))
        return tuple(sorted({block for blocks in found for block in blocks}))

    def _look_up(self, asked: FoldedWording, alike: float) -> tuple[int, ...]:
        known = asked.words & self._with.keys()
        found = set[str]()
        if len(known) >= alike * len(asked.words):  # of most wordings, most words are not there
            sharing = self._sharing(known, len(known) - ceil(alike * len(asked.words)) + 1)
            found = {plain for plain, said in sharing if _alike(asked.words, said, alike)}
        if alike == MIN_SHARED_WORDS:
            found |= asked.beginnings & self._at.keys()
        return tuple(sorted({at for plain in found for at in self._at[plain]})) if found else ()

    def _sharing(self, known: Collection[str], enough: int) -> Iterator[tuple[str, frozenset[str]]]:
        """The lines that may be alike. One that is lacks so few of the words wanted that it has
        one at least of so many of those that are `known` here; so the rarest of them are enough
        to look under."""
        for word in sorted(known, key=lambda w: (len(self._with[w]), w))[:enough]:
            yield from self._with[word]


class FoldedWording(NamedTuple):
    """A wording that is looked for: folded, its words, and how it begins where a line may stop
    short of its end ("Report is completed")."""

    plain: str
    words: frozenset[str]
    beginnings: frozenset[str]


@lru_cache(maxsize=4096)
def folded_wording(wording: str) -> FoldedWording:
    """The same words are looked for in every document."""
    plain = _plain(wording)
    words = plain.split()
    cut = range(MIN_BEGUN_WORDS, len(words) if len(words) >= MIN_SENTENCE_WORDS else 0)
    return FoldedWording(plain, frozenset(words), frozenset(" ".join(words[:end]) for end in cut))


def _alike(one: frozenset[str], other: frozenset[str], alike: float) -> bool:
    if not alike * len(one) <= len(other) <= len(one) / alike:
        return False
    return len(one & other) >= alike * len(one | other)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return fold_text(without_section(text))


def _lines(at: int, block: Block) -> Iterator[IndexedLine]:
    match block:
        case Paragraph():
            prominent = bool(block.heading) or block.bold or block.title
            yield from (IndexedLine(at, text, prominent) for text in _short(block.text))
            yield from (IndexedLine(at, text, True) for text in _run_in(block))
        case Row(cells=cells):
            yield from (IndexedLine(at, text) for cell in cells for text in _in_cell(cell))


def _openings(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """How lines begin that go on: "The IMR has sound recommendations. Evidence: section 8"."""
    for at, block in enumerate(blocks):
        cells = block.cells if isinstance(block, Row) else ()
        own = (block,) if isinstance(block, Paragraph) else ()
        for paragraph in (*own, *(p for cell in cells for p in cell.paragraphs)):
            if len(paragraph.text) <= MIN_OPENING_LENGTH:  # as most cells of a table are
                continue
            text = without_number(paragraph.text[: 2 * MAX_INDEXED_LENGTH])
            end = _GOES_ON.search(text)
            if end is not None and MIN_OPENING_LENGTH <= end.start() <= MAX_INDEXED_LENGTH:
                yield at, text[: end.start()]


def _run_in(paragraph: Paragraph) -> Iterator[str]:
    """The words that are set in bold at the beginning of a text: a heading on the text's line."""
    first = paragraph.stretches[0] if paragraph.stretches else None
    if first is not None and first.start == 0 and "bold" in first.look.split():
        yield from _short(paragraph.text[: first.end].strip())


def _in_cell(cell: Cell) -> Iterator[str]:
    for paragraph in cell.paragraphs:
        yield from _short(paragraph.text)
    if len(cell.paragraphs) > 1:
        yield from _short(cell.text.replace("\n", " "))
    for table in cell.tables:
        for row in table:
            for inner in row.cells:
                yield from _in_cell(inner)


def _short(text: str) -> Iterator[str]:
    """The text as one line, and each of its lines where it has several."""
    lines = text.split("\n")
    for piece in [text, *lines] if len(lines) > 1 else lines:
        if 0 < len(piece) <= MAX_INDEXED_LENGTH and not piece.isspace():
            yield piece


TOP_LINES = 20  # lines: a letterhead, an address, a date and a greeting
MAX_EXTRA_TITLE_WORDS = 6  # words a title line may have besides the title
MAX_WORDS_AROUND_TITLE = 24  # the same where the body has to bear it out: a long name, a reference

_ABOUT = ("re", "ref", "subject", "title")
_SENTENCE = (".", ",", ";", "?", "!")


def is_announced_at_top(titles: Iterable[str], lines: Sequence[IndexedLine]) -> bool:
    """Whether one of the first TOP lines is one of the titles, or begins with it. A line set
    apart as a heading may also have it further on: "Meadow Lane Surgery: nil return"."""
    wanted = [tuple(fold_text(title).split()) for title in titles]
    return any(_announces(line, title) for line in lines[:TOP_LINES] for title in wanted)


def is_named_at_top(titles: Iterable[str], lines: Sequence[IndexedLine]) -> bool:
    """Whether one of the first TOP lines has one of the titles in it and is no sentence, however
    long a name stands beside it: one sign of a return whose body has others."""
    wanted = [f" {fold_text(title)} " for title in titles]
    return any(
        title in f" {' '.join(words)} "
        for line in lines[:TOP_LINES]
        if not line.text.rstrip().endswith(_SENTENCE)
        for words in (_words(line.text),)
        for title in wanted
        if len(words) <= len(title.split()) + MAX_WORDS_AROUND_TITLE
    )


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    """The words of a line, behind "Re:" and its like; each is asked about by every kind."""
    words = fold_text(without_number(text)).split()
    return tuple(dropwhile(_ABOUT.__contains__, words))


def _announces(line: IndexedLine, title: tuple[str, ...]) -> bool:
    words = _words(line.text)
    if not len(title) <= len(words) <= len(title) + MAX_EXTRA_TITLE_WORDS:
        return False
    if line.prominent:
        last = len(words) - len(title)
    else:
        last = -1 if line.text.rstrip().endswith(_SENTENCE) else 0
    return any(words[at : at + len(title)] == title for at in range(last + 1))
