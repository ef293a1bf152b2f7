"""The texts that a workbook's cells point to.

Does: reads sharedStrings.xml as a stream, each text with its runs put together.
Trusts: nothing; their number and their whole length are bounded.
Never touches: the look of the runs.
Known limits: the reading aid over Japanese text is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.word.refusals import TooBig
from handlers.word.xml import Element, Stream
from handlers.workbook.names import PHONETIC, STRING, TEXT

MOST_STRINGS = 500_000
MOST_LETTERS = 32 * 1024 * 1024


def strings_in(pieces: Iterable[bytes]) -> list[str]:
    """The shared texts in order. Raises Damaged and TooBig."""
    found: list[str] = []
    letters = 0
    stream = Stream(STRING)
    for piece in pieces:
        for _, element in stream.feed(piece):
            text = text_of(element)
            found.append(text)
            letters += len(text)
            let_go(element)
        if len(found) > MOST_STRINGS or letters > MOST_LETTERS:
            raise TooBig
    stream.close()
    return found


def text_of(element: Element) -> str:
    """The text of its runs, without the reading aid over them."""
    shown = (part for part in element.iter(*TEXT) if not _aid(part))
    return "".join(part.text or "" for part in shown)


def _aid(part: Element) -> bool:
    parent = part.getparent()
    return parent is not None and parent.tag in PHONETIC


def let_go(element: Element) -> None:
    """Empty an element that has been read, and drop those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
