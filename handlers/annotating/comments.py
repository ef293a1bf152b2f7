"""Word comments, as WordprocessingML has them.

Does: makes the comments part, or adds to the one that is there, and marks the paragraphs that
are commented on. Nothing that is there is changed.
Trusts: our own words.
Never touches: headers, footers or notes: a comment there makes a file that LibreOffice cannot open.
Known limits: a comment is on a whole paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from handlers.annotating.request import Request
from handlers.word import names
from handlers.word.xml import Element

_PROPERTIES = names.tags("pPr")
_COMMENT = names.tags("comment")
_DIGITS = 9
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Comments:
    """The comments of one document. `space` is its namespace: Transitional or Strict."""

    def __init__(self, space: str, there: Element | None) -> None:
        self._w = f"{{{space}}}"
        self.root = (
            etree.Element(f"{self._w}comments", nsmap={"w": space}) if there is None else there
        )
        self._next = 1 + max(map(_id, names.children(self.root, _COMMENT)), default=-1)

    def add(self, paragraph: Element, words: Iterable[str], request: Request) -> None:
        """Comment on a paragraph."""
        id = str(self._next)
        self._next += 1
        self._write(id, words, request)
        self._mark(paragraph, id)

    def _write(self, id: str, words: Iterable[str], request: Request) -> None:
        comment = self._child(self.root, "comment", id=id, author=request.author)
        comment.set(f"{self._w}date", request.at)
        comment.set(f"{self._w}initials", request.initials)
        for n, said in enumerate(words):
            paragraph = self._child(comment, "p")
            if not n:
                self._child(self._child(paragraph, "r"), "annotationRef")
            written = self._child(self._child(paragraph, "r"), "t")
            written.text = said
            written.set(_SPACE, "preserve")

    def _mark(self, paragraph: Element, id: str) -> None:
        start = etree.Element(f"{self._w}commentRangeStart", {f"{self._w}id": id})
        has_properties = len(paragraph) and paragraph[0].tag in _PROPERTIES
        paragraph.insert(1 if has_properties else 0, start)
        self._child(paragraph, "commentRangeEnd", id=id)
        self._child(self._child(paragraph, "r"), "commentReference", id=id)

    def _child(self, parent: Element, name: str, **attributes: str) -> Element:
        qualified = {f"{self._w}{key}": value for key, value in attributes.items()}
        return etree.SubElement(parent, f"{self._w}{name}", qualified)


def _id(comment: Element) -> int:
    said = names.attribute(comment, "id") or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 0


def ordered(paragraphs: Sequence[Element]) -> dict[Element, int]:
    """Each paragraph's place in the document."""
    return {paragraph: n for n, paragraph in enumerate(paragraphs)}
