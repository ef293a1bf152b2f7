"""Opens a Word document, refuses what cannot be read safely, and reads it as a stream.

Traits are complete only after the last block; a fault late in the file is raised while
`iter_blocks()` is iterated.
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.document import Block, Traits
from handlers.readers.word import hazards, xml
from handlers.readers.word.body import MainPartReader, SidePartsReader
from handlers.readers.word.errors import DangerousFile
from handlers.readers.word.hazards import HazardWatch
from handlers.readers.word.package import Package
from handlers.readers.word.paragraphs import ParagraphReader
from handlers.readers.word.parts import PackageParts
from handlers.readers.word.styles import StyleSheet

PROLOGUE_BYTES = 4096  # bytes at a time; a part's root element is nearly always in the first
_XML = (".xml", ".rels", ".vml", ".svg")


class WordReading:
    """A `handlers.document.DocumentReading` of a Word document. `iter_blocks()` is iterated once.

    `iter_blocks()` raises DamagedFile or FileTooBig where a part turns out so.
    """

    def __init__(self, package: Package, parts: PackageParts, traits: Traits) -> None:
        self.traits = traits
        self._package = package
        self._parts = parts
        self._styles = read_style_sheet(package, parts)

    def iter_blocks(self) -> Iterator[Block]:
        """The document's paragraphs and rows as they stream by."""
        sides = SidePartsReader(self._package, self._parts, self._styles, self.traits)
        sides.read_custom_properties()
        reader, watch = ParagraphReader(self._styles), HazardWatch(self.traits)
        yield from MainPartReader(reader, watch).iter_blocks(
            self._package.stream_member(self._parts.main)
        )
        watch.finish_part()
        reader.finish_story()
        self.traits.contents = reader.contents
        self.traits.hidden_rows, self.traits.hidden_text = reader.hidden_rows, reader.hidden_text
        sides.read_side_parts()


def open_word(data: bytes) -> WordReading:
    """Open a .docx, .docm, .dotx or .dotm, told by content.

    Raises DamagedFile, ProtectedFile, LegacyWordFile, FileTooBig, or DangerousFile with the words
    "package" or "doctype". Dangers that do not stop the reading are in `traits.dangers`: those of
    the package at once, those of its text once `iter_blocks()` is done.
    """
    package = Package(data)
    refuse_doctypes(package)
    parts = PackageParts(package)
    refuse_doctypes(package, parts)
    traits = Traits()
    hazards.find_package_dangers(package, parts, traits)
    return WordReading(package, parts, traits)


def refuse_doctypes(package: Package, parts: PackageParts | None = None) -> None:
    """Raises DangerousFile("doctype") for one in any part that is XML by its name; or, once `parts`
    can be asked, by its type alone."""
    for name in package.member_names:
        by_type = (
            parts is not None and not _is_xml(name) and parts.content_type(name).endswith("xml")
        )
        looked_at = by_type if parts is not None else _is_xml(name)
        if looked_at and xml.declares_doctype(package.stream_member(name, PROLOGUE_BYTES)):
            raise DangerousFile("doctype")


def _is_xml(name: str) -> bool:
    return name.endswith(_XML)


def read_style_sheet(package: Package, parts: PackageParts) -> StyleSheet:
    listed = parts.related_parts("styles")
    return StyleSheet(xml.parse_part(package.read_member(listed[0]))) if listed else StyleSheet()
