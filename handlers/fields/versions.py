"""What changed between two versions of one return, told by digests of eight bytes an entry."""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from handlers.document import Block, Paragraph, Row
from handlers.findings import MAX_DIGESTS, Clues

_PLAIN = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
_APART = "\0"  # no text of a document has it
_CELL = "\1"


class EntryDigests:
    """The digests of a table's entries, gathered as they stream past."""

    def __init__(self) -> None:
        self._taken = array("Q")

    def add_entry(self, texts: Iterable[str]) -> None:
        if len(self._taken) <= MAX_DIGESTS:
            # As one text: the same digest in a third of the time.
            self._taken.append(digest_of_texts([_APART.join(texts)]))

    def sorted_digests(self) -> tuple[int, ...]:
        """In the order of their size, which tells nothing; none where there are too many."""
        return () if len(self._taken) > MAX_DIGESTS else tuple(sorted(self._taken))


@dataclass(frozen=True, slots=True)
class TextDigest:
    """What is known of a text without telling it: `whole` is one digest of all of it as it is laid
    out, `letters` one of how often each letter and digit stands in it, which is the same in the PDF
    of a Word document; `words` counts its words."""

    whole: int
    letters: int
    words: int


_COUNTED = "abcdefghijklmnopqrstuvwxyz0123456789"


def digest_blocks(blocks: Iterable[Block]) -> TextDigest:
    """The digests of all these blocks."""
    said = [text for block in blocks for text in _said(block)]
    text = _folded(" ".join(said))
    letters = digest_of_texts(str(text.count(sign)) for sign in _COUNTED)
    return TextDigest(digest_of_texts(said), letters, len(text.replace(_CELL, " ").split()))


def digest_of_texts(texts: Iterable[str]) -> int:
    taken = blake2b(digest_size=8)
    for text in texts:
        taken.update(f"{_folded(text)}{_APART}".encode("utf-8", "replace"))
    return int.from_bytes(taken.digest())


def _folded(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for typeset, plain in _PLAIN.items():
            text = text.replace(typeset, plain)
    return " ".join(text.casefold().split())


def _said(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _written(block)
        case Row():
            for cell in block.cells:
                yield _CELL  # the same word in another cell is another answer
                for paragraph in cell.paragraphs:
                    yield from _written(paragraph)
                for row in (row for table in cell.tables for row in table):
                    yield from _said(row)


def _written(paragraph: Paragraph) -> Iterator[str]:
    """Its words, and the marks that say something without any."""
    if text := paragraph.text.strip():
        yield text
    if paragraph.unstruck_text != paragraph.text and not paragraph.struck:
        yield paragraph.unstruck_text
    if paragraph.ticks or paragraph.picture or paragraph.struck:
        yield f"{paragraph.ticks}{paragraph.picture}{paragraph.struck}"


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """`table` says whether what is counted are entries, or the whole."""

    added: int
    removed: int
    table: bool

    def describe_since(self, day: str) -> str:
        """ "identical to 3 May", "12 entries added, 1 removed since 3 May"; "changed since 3 May"
        of what is no table."""
        if not self.added and not self.removed:
            return f"identical to {day}"
        return f"{self._counted() if self.table else 'changed'} since {day}"

    def _counted(self) -> str:
        if not self.added:
            return f"{_entries(self.removed)} removed"
        removed = f", {self.removed:,} removed" if self.removed else ""
        return f"{_entries(self.added)} added{removed}"


def compare_versions(before: Clues, after: Clues) -> VersionComparison | None:
    """None where one of them has no digests, or only one of them is a table."""
    table = after.rows is not None
    if not before.digests or not after.digests or table != (before.rows is not None):
        return None
    old, new = Counter(before.digests), Counter(after.digests)
    return VersionComparison((new - old).total(), (old - new).total(), table)


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"
