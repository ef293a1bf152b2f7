"""Which kinds of return are inside a document, how sure, and where each begins.

Does: looks for each kind's own words (its titles, section headings, criteria, statements and
labels) among the document's blocks and cuts a combined document where one return gives way to
the next.
Trusts: the kinds; nothing in the document, not even its title.
Never touches: file names; a renamed document is the same document.
Known limits: tables of dated rows are claimed by their headings while they stream
(`handlers/table`), so they never reach this module.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from config.kind import FormShape, Kind, ReportShape
from handlers.block import Block, Cell, Paragraph, Row
from handlers.fold import fold, without_number

SURE = 0.4  # from here on it is that kind, well done or not
NEAR = 0.12  # from here on it is worth naming as the nearest
LONGEST_UNIT = 400  # characters; headings, labels and criteria are shorter
ALIKE = 0.75  # of the words of a heading or criterion


@dataclass(frozen=True, slots=True)
class Part:
    """One return inside a document: its kind, how sure (0 to 1), and its own blocks."""

    kind: Kind
    confidence: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """The parts in order; or none, and then the nearest kind, if any is near."""

    parts: tuple[Part, ...]
    nearest: Kind | None = None


@dataclass(frozen=True, slots=True)
class _Evidence:
    kind: Kind
    score: float
    first: int  # index of the block where its words begin


def recognise(blocks: Sequence[Block], kinds: Iterable[Kind]) -> Recognition:
    """Find the returns in `blocks`, all of which are searched for every kind."""
    words = _Words(blocks)
    evidence = [e for kind in kinds if (e := _evidence(kind, words)) is not None]
    sure = sorted((e for e in evidence if e.score >= SURE), key=lambda e: e.first)
    if sure:
        return Recognition(tuple(_cut(sure, blocks)))
    near = max(evidence, key=lambda e: e.score, default=None)
    return Recognition((), near.kind if near and near.score >= NEAR else None)


def _cut(sure: Sequence[_Evidence], blocks: Sequence[Block]) -> Iterator[Part]:
    """Each return runs from where its words begin to where the next one's do; what stands
    before the first belongs to the first."""
    starts = [0, *(e.first for e in sure[1:])]
    ends = [*starts[1:], len(blocks)]
    for found, start, end in zip(sure, starts, ends, strict=True):
        yield Part(found.kind, round(found.score, 2), tuple(blocks[start:end]))


def _evidence(kind: Kind, words: _Words) -> _Evidence | None:
    """Titles weigh a fifth; what the body must say, the rest. A label alone says little, so
    labels weigh only where a kind has nothing else."""
    body, labels = _anchors(kind)
    found = [words.find(anchor) for anchor in body or labels]
    hits = [at for at in found if at is not None]
    titles = [at for title in kind.titles if (at := words.find(title)) is not None]
    share = len(hits) / len(found) if found else 0.0
    score = 0.8 * share + (0.2 if titles else 0.0) if body else 0.5 * share + 0.5 * bool(titles)
    if not hits and not titles:
        return None
    return _Evidence(kind, score, _beginning(hits, titles))


def _beginning(hits: Sequence[int], titles: Sequence[int]) -> int:
    """The title when it stands before the body, else the body's first words."""
    start = min(hits) if hits else min(titles)
    before = [at for at in titles if at <= start]
    return max(before) if before else start


def _anchors(kind: Kind) -> tuple[list[str], list[str]]:
    match kind.shape:
        case ReportShape(sections=sections):
            return [section.heading for section in sections], []
        case FormShape(criteria=criteria, statements=statements, fields=fields):
            body = [c.text for c in criteria] + list(statements)
            return body, [field.label for field in fields]
        case _:
            return [], []


class _Words:
    """Every short piece of text in the blocks, found again by its words."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._exact: dict[str, int] = {}
        self._sets: list[tuple[int, frozenset[str]]] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for at, block in enumerate(blocks):
            for text in _units(block):
                self._add(at, text)

    def find(self, anchor: str) -> int | None:
        """The index of the first block that says `anchor`, exactly or nearly."""
        plain = fold(without_number(anchor))
        if plain in self._exact:
            return self._exact[plain]
        return self._nearly(frozenset(plain.split()))

    def _nearly(self, wanted: frozenset[str]) -> int | None:
        for word in sorted(wanted, key=len, reverse=True)[:3]:
            for unit in self._by_word[word]:
                at, said = self._sets[unit]
                if len(wanted & said) / len(wanted | said) >= ALIKE:
                    return at
        return None

    def _add(self, at: int, text: str) -> None:
        plain = fold(without_number(text))
        if plain and plain not in self._exact:
            self._exact[plain] = at
            said = frozenset(plain.split())
            for word in said:
                self._by_word[word].append(len(self._sets))
            self._sets.append((at, said))


def _units(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield from _lines(text)
        case Row(cells=cells):
            for cell in cells:
                yield from _in_cell(cell)


def _in_cell(cell: Cell) -> Iterator[str]:
    for paragraph in cell.paragraphs:
        yield from _lines(paragraph.text)
    if len(cell.paragraphs) > 1:
        yield from _lines(cell.text.replace("\n", " "))
    for table in cell.tables:
        for row in table:
            yield from _units(row)


def _lines(text: str) -> Iterator[str]:
    if 0 < len(text) <= LONGEST_UNIT:
        yield text
        if "\n" in text:
            yield from (line for line in text.split("\n") if line)
