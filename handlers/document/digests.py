"""Digests: what a document says, as eight bytes an entry, to compare it with its next version.

Does: takes a digest of each entry of a table, or one of all that any other return says. Case,
white space, typeset quotation marks and blank lines make no difference; every other letter does.
Trusts: nothing.
Never touches: keys. The worker has none, so anyone can take these digests, and a short text can be
guessed from its own. That is acceptable because they are kept under seal and shown nowhere.
Known limits: a picture counts as being there, whichever it is, and in a table's entries so does a
table inside a cell. Of what a machine made out from a picture no digest is worth taking.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from handlers.document.block import Block, Paragraph, Row
from handlers.finding import MOST_DIGESTS

_PLAIN = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
_APART = "\0"  # no text of a document has it
_CELL = "\1"


class Digests:
    """The digests of a table's entries, gathered as they stream past."""

    def __init__(self) -> None:
        self._taken = array("Q")

    def hear(self, texts: Iterable[str]) -> None:
        if len(self._taken) <= MOST_DIGESTS:
            # As one text: the same digest in a third of the time.
            self._taken.append(digest([_APART.join(texts)]))

    def told(self) -> tuple[int, ...]:
        """In the order of their size, which tells nothing; none where there are too many."""
        return () if len(self._taken) > MOST_DIGESTS else tuple(sorted(self._taken))


def digest_of(blocks: Iterable[Block]) -> int:
    """One digest of all these blocks."""
    return digest(said for block in blocks for said in _said(block))


def digest(texts: Iterable[str]) -> int:
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
    if paragraph.kept != paragraph.text and not paragraph.struck:
        yield paragraph.kept
    if paragraph.ticks or paragraph.picture or paragraph.struck:
        yield f"{paragraph.ticks}{paragraph.picture}{paragraph.struck}"
