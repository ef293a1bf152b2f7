"""What stands beside the main text: headers, footers, notes, comments, custom properties.

Does: reads those parts whole (they are small) and fills the traits; looks for dangers in every
part that can hold a field, also those of the glossary that no one sees.
Trusts: `package` to bound each part.
Never touches: the main part.
Known limits: every header and footer of the document is read, also one for a first page that has
none in the end. Comments are counted, not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from handlers.document.block import Paragraph, Traits
from handlers.word import names, xml
from handlers.word.flow import Flow
from handlers.word.package import Package
from handlers.word.parts import Parts
from handlers.word.scribe import Scribe
from handlers.word.styles import Styles
from handlers.word.table import Piece
from handlers.word.watch import WATCHED, Watch
from handlers.word.xml import Element

_NOTES, _COMMENTS = names.tags("footnote", "endnote"), names.tags("comment")
_LINES = ("separator", "continuationSeparator", "continuationNotice")  # drawn, not written
_GLOSSARY = "glossarydocument"
_PROPERTIES = ("custom-properties", "customproperties")  # Transitional, and Strict


class Sides:
    """The side parts of one document."""

    def __init__(self, package: Package, parts: Parts, styles: Styles, traits: Traits) -> None:
        self._package = package
        self._parts = parts
        self._styles = styles
        self._traits = traits

    def read(self) -> None:
        """Fill the traits. Raises Damaged where a part is malformed, TooBig where it is huge."""
        seen = {self._parts.main}
        for kind, reads in _SIDES.items():
            for name in self._parts.of_kind(kind):
                seen.add(name)
                root = self._root(name)
                reads(self, root, self._watched(root, self._traits))
        self._unseen(seen)

    def read_properties(self) -> None:
        """The custom properties alone; they may be asked for before the text is read."""
        for kind in _PROPERTIES:
            for name in self._parts.of_kind(kind, source=""):
                self._properties(self._root(name))

    def _root(self, name: str) -> Element:
        return xml.whole(self._package.whole(name))

    def _watched(self, root: Element, traits: Traits) -> Watch:
        watch = Watch(traits)
        for element in root.iter(*WATCHED):
            watch.see(element)
        watch.finish()
        return watch

    def _unseen(self, seen: set[str]) -> None:
        """Dangers in stories that the main part does not show, such as the glossary's."""
        aside = Traits()
        for relation in self._parts.relations:
            part = relation.part
            story = relation.kind in (*_SIDES, _GLOSSARY)
            if story and part in self._package and part not in seen:
                seen.add(part)
                self._watched(self._root(part), aside)
        for word in aside.dangers:
            self._traits.danger(word)

    def _margin(self, root: Element, watch: Watch) -> None:
        self._traits.page_numbers |= watch.pages
        self._traits.margins.extend(self._texts(root))

    def _notes(self, root: Element, watch: Watch) -> None:
        for note in names.children(root, _NOTES):
            if names.attribute(note, "type") not in _LINES:
                self._traits.footnotes.append("\n".join(self._texts(note)))

    def _comments(self, root: Element, watch: Watch) -> None:
        self._traits.comments += sum(1 for _ in names.children(root, _COMMENTS))

    def _texts(self, container: Element) -> list[str]:
        """The container's paragraphs and rows that are not blank."""
        found = Flow(Scribe(self._styles)).read(container, 0)
        texts = (text.strip() for piece in found for text in _lines(piece))
        return [text for text in texts if text]

    def _properties(self, root: Element) -> None:
        for entry in root:
            name = entry.get("name")
            if name:
                self._traits.properties[name] = "".join(map(str, entry.itertext())).strip()


def _lines(piece: Piece) -> Iterator[str]:
    if isinstance(piece, Paragraph):
        yield piece.text
    else:
        yield from (row.text for row in piece)


# Kinds of relation from the main part, and who reads what they lead to.
_SIDES: Mapping[str, Callable[[Sides, Element, Watch], None]] = {
    "header": Sides._margin,
    "footer": Sides._margin,
    "footnotes": Sides._notes,
    "endnotes": Sides._notes,
    "comments": Sides._comments,
}
