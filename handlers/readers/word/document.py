"""A Word document opened for reading.

Does: opens the package, refuses what cannot be read safely, and reads the main part as a stream
and the rest after it.
Trusts: nothing; the order below is from the outside in.
Never touches: the disk, the network, embedded files, macros.
Known limits: traits are complete only after the last block, as `handlers.document.Reading`
says. A fault late in the file is raised while `blocks()` is iterated.
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.document import Block, Traits
from handlers.readers.word import hazards, xml
from handlers.readers.word.body import Sides, Story
from handlers.readers.word.errors import Dangerous
from handlers.readers.word.hazards import Watch
from handlers.readers.word.package import Package
from handlers.readers.word.paragraphs import Scribe
from handlers.readers.word.parts import Parts
from handlers.readers.word.styles import Styles

PROLOGUE = 4096  # bytes at a time; a part's root element is nearly always in the first
_XML = (".xml", ".rels", ".vml", ".svg")


class WordReading:
    """A `handlers.document.Reading` of a Word document. `blocks()` is iterated once.

    `blocks()` raises Damaged or TooBig where a part turns out so.
    """

    def __init__(self, package: Package, parts: Parts, traits: Traits) -> None:
        self.traits = traits
        self._package = package
        self._parts = parts
        self._styles = styles_of(package, parts)

    def blocks(self) -> Iterator[Block]:
        """The document's paragraphs and rows as they stream by."""
        sides = Sides(self._package, self._parts, self._styles, self.traits)
        sides.read_properties()
        scribe, watch = Scribe(self._styles), Watch(self.traits)
        yield from Story(scribe, watch).blocks(self._package.stream(self._parts.main))
        watch.finish()
        scribe.finish()
        self.traits.contents = scribe.contents
        self.traits.hidden_rows, self.traits.hidden_text = scribe.hidden_rows, scribe.hidden_text
        sides.read()


def open_word(data: bytes) -> WordReading:
    """Open a .docx, .docm, .dotx or .dotm, told by content.

    Raises Damaged, Protected, LegacyWord, TooBig, or Dangerous with the words "package" or
    "doctype". Dangers that do not stop the reading are in `traits.dangers`: those of the package
    at once, those of its text once `blocks()` is done.
    """
    package = Package(data)
    refuse_doctypes(package)
    parts = Parts(package)
    refuse_doctypes(package, parts)
    traits = Traits()
    hazards.look_over(package, parts, traits)
    return WordReading(package, parts, traits)


def refuse_doctypes(package: Package, parts: Parts | None = None) -> None:
    """Raises Dangerous("doctype") for one in any part that is XML by its name; or, once `parts` can
    be asked, by its type alone."""
    for name in package.names:
        by_type = parts is not None and not _is_xml(name) and parts.type(name).endswith("xml")
        looked_at = by_type if parts is not None else _is_xml(name)
        if looked_at and xml.declares_doctype(package.stream(name, PROLOGUE)):
            raise Dangerous("doctype")


def _is_xml(name: str) -> bool:
    return name.endswith(_XML)


def styles_of(package: Package, parts: Parts) -> Styles:
    listed = parts.of_kind("styles")
    return Styles(xml.whole(package.whole(listed[0]))) if listed else Styles()
