"""The main text as it streams by, and what stands beside it: headers, footers, notes, comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from handlers.document import Block, Cell, Paragraph, TableEnd, Traits
from handlers.readers.word import drawings, fields, xml
from handlers.readers.word.drawings import controls_around, unwrap_content
from handlers.readers.word.errors import DamagedFile, FileTooBig
from handlers.readers.word.fields import ContentControl
from handlers.readers.word.hazards import WATCHED_TAGS, HazardWatch
from handlers.readers.word.package import Package
from handlers.readers.word.paragraphs import ParagraphReader, ReadParagraph
from handlers.readers.word.parts import PackageParts
from handlers.readers.word.runs import TEXT_TAGS
from handlers.readers.word.styles import StyleSheet
from handlers.readers.word.tables import ContentPiece, PlainRowReader, TableReader
from handlers.readers.word.xml import Element, XmlStream

_PROPERTIES = xml.qualified_names("tcPr")


class ContainerReader:
    """Reads containers of one story. `table` is the number that rows of inner tables carry: that
    of the table around them, 0 where there is none."""

    def __init__(self, reader: ParagraphReader) -> None:
        self._reader = reader
        self._plain = PlainRowReader(reader.styles)

    def read_container(
        self, container: Element, table: int, within: ContentControl = fields.NO_CONTROL
    ) -> list[ContentPiece]:
        """The container's paragraphs and tables in order. No field reaches in or out of it."""
        outer = self._reader.enter_container()
        found: list[ContentPiece] = []
        for part in container:
            if part.tag in xml.P:
                found += self.pieces_of_paragraph(self._reader.read_paragraph(part, within), table)
            elif part.tag not in _PROPERTIES:
                found += self.read_child(part, table, within)
        found += self.pieces_of_paragraph(self._reader.take_carried_line(), table)
        self._reader.leave_container(outer)
        return found

    def read_plain_row(self, row: Element, within: ContentControl) -> tuple[Cell, ...] | None:
        """The cells of a row that holds nothing but text; None if it holds more."""
        alone = within is fields.NO_CONTROL and self._reader.is_between_paragraphs
        return self._plain.read_cells(row) if alone else None

    def note_hidden_row(self, row: Element) -> None:
        """A row that Word hides was left out."""
        if any((text.text or "").strip() for text in row.iter(*TEXT_TAGS)):
            self._reader.hidden_rows += 1

    def read_child(
        self, part: Element, table: int, within: ContentControl = fields.NO_CONTROL
    ) -> Iterator[ContentPiece]:
        """What one child of a container comes to."""
        tag = part.tag
        if tag in xml.P:
            yield from self.pieces_of_paragraph(self._reader.read_paragraph(part, within), table)
        elif tag in xml.TBL:
            rows = tuple(TableReader(table, self).iter_rows(part, within))
            if rows:
                yield rows
        else:
            content, deeper = unwrap_content(part, within)
            for inner in () if content is None else content:
                yield from self.read_child(inner, table, deeper)

    def pieces_of_paragraph(self, written: ReadParagraph | None, table: int) -> list[ContentPiece]:
        """A paragraph, then what its text boxes hold."""
        if written is None:
            return []
        found: list[ContentPiece] = [written.paragraph]
        for box in written.boxes:
            found += self.read_container(box, table)
        return found


_NOTES, _COMMENTS = xml.qualified_names("footnote", "endnote"), xml.qualified_names("comment")
_LINES = ("separator", "continuationSeparator", "continuationNotice")  # drawn, not written
_GLOSSARY = "glossarydocument"
_PROPERTIES_SIDES = ("custom-properties", "customproperties")  # Transitional, and Strict


class SidePartsReader:
    """The side parts of one document."""

    def __init__(
        self, package: Package, parts: PackageParts, styles: StyleSheet, traits: Traits
    ) -> None:
        self._package = package
        self._parts = parts
        self._styles = styles
        self._traits = traits

    def read_side_parts(self) -> None:
        """Fill the traits.

        Raises DamagedFile where a part is malformed, FileTooBig where it is huge.
        """
        seen = {self._parts.main}
        for kind, reads in _SIDES.items():
            for name in self._parts.related_parts(kind):
                seen.add(name)
                root = self._root(name)
                reads(self, root, self._watched(root, self._traits))
        self._unseen(seen)

    def read_custom_properties(self) -> None:
        """The custom properties alone; they may be asked for before the text is read."""
        for kind in _PROPERTIES_SIDES:
            for name in self._parts.related_parts(kind, source=""):
                self._properties(self._root(name))

    def _root(self, name: str) -> Element:
        return xml.parse_part(self._package.read_member(name))

    def _watched(self, root: Element, traits: Traits) -> HazardWatch:
        watch = HazardWatch(traits)
        for element in root.iter(*WATCHED_TAGS):
            watch.watch_element(element)
        watch.finish_part()
        return watch

    def _unseen(self, seen: set[str]) -> None:
        """Dangers in stories that the main part does not show, such as the glossary's."""
        aside = Traits()
        for relation in self._parts.relations:
            part = relation.part
            story = relation.short_type in (*_SIDES, _GLOSSARY)
            if story and part in self._package and part not in seen:
                seen.add(part)
                self._watched(self._root(part), aside)
        for word in aside.dangers:
            self._traits.add_danger(word)

    def _margin(self, root: Element, watch: HazardWatch) -> None:
        self._traits.page_numbers |= watch.has_page_number
        self._traits.margins.extend(self._texts(root))
        self._traits.margins.extend(drawings.watermark_texts(root))

    def _notes(self, root: Element, watch: HazardWatch) -> None:
        for note in xml.children_named(root, _NOTES):
            if xml.attribute_of(note, "type") not in _LINES:
                self._traits.footnotes.append("\n".join(self._texts(note)))

    def _comments(self, root: Element, watch: HazardWatch) -> None:
        for comment in xml.children_named(root, _COMMENTS):
            if self._traits.comment(xml.attribute_of(comment, "author") or ""):
                self._traits.remarks.append("\n".join(self._texts(comment)))

    def _texts(self, container: Element) -> list[str]:
        """The container's paragraphs and rows that are not blank."""
        found = ContainerReader(ParagraphReader(self._styles)).read_container(container, 0)
        texts = (text.strip() for piece in found for text in _lines(piece))
        return [text for text in texts if text]

    def _properties(self, root: Element) -> None:
        for entry in root:
            name = entry.get("name")
            if name:
                self._traits.properties[name] = "".join(map(str, entry.itertext())).strip()


def _lines(piece: ContentPiece) -> Iterator[str]:
    if isinstance(piece, Paragraph):
        yield piece.text
    else:
        yield from (row.text for row in piece)


# Kinds of relation from the main part, and who reads what they lead to.
_SIDES: Mapping[str, Callable[[SidePartsReader, Element, HazardWatch], None]] = {
    "header": SidePartsReader._margin,
    "footer": SidePartsReader._margin,
    "footnotes": SidePartsReader._notes,
    "endnotes": SidePartsReader._notes,
    "comments": SidePartsReader._comments,
}


MAX_HELD_BYTES = 48 * 1024 * 1024  # bytes of XML that may stand before a row or paragraph closes
_ROOT = xml.qualified_names("document")
_TAGS = xml.P | xml.TR | xml.TBL | _ROOT | WATCHED_TAGS
_BODY = xml.qualified_names("body")
# What may be around a paragraph or row, and of it, what may lose its first children once they are
# read: not what says in front what it is.
_LETS_GO = xml.TBL | xml.SDT_CONTENT | xml.WRAPPERS | _BODY | {xml.CHOICE, xml.FALLBACK}
_AROUND = _LETS_GO | xml.SDT | {xml.ALTERNATE}
_ENDS = xml.TBL | _BODY


class MainPartReader:
    """Reads one main part, once. Raises DamagedFile or FileTooBig while it is iterated."""

    def __init__(self, reader: ParagraphReader, watch: HazardWatch) -> None:
        self._reader = reader
        self._flow = ContainerReader(reader)
        self._watch = watch
        self._tables = 0
        self._table: TableReader | None = None  # the outermost table that is open
        self._standing = 0  # bytes fed since something was let go
        self._complete = False

    def iter_blocks(self, pieces: Iterable[bytes]) -> Iterator[Block]:
        """Every paragraph and row outside of other tables, in order."""
        stream = XmlStream(_TAGS)
        for piece in pieces:
            self._standing += len(piece)
            if self._standing > MAX_HELD_BYTES:
                raise FileTooBig
            for _, element in stream.feed(piece):
                yield from self._closed(element)
        stream.close()
        yield from self._carried()
        if not self._complete:
            raise DamagedFile

    def _closed(self, element: Element) -> Iterable[Block]:
        tag = element.tag
        if tag in xml.P:
            parent = element.getparent()
            inner = parent is None or parent.tag in xml.TC or _held(element)
            return () if inner else self._paragraph(element)
        if tag in xml.TR:
            return () if _nested(element) else self._row(element)
        if tag in xml.TBL:
            return () if _nested(element) else self._table_end(element)
        if tag in _ROOT:
            self._complete = element.getparent() is None
        self._watch.watch_element(element)
        return ()

    def _paragraph(self, element: Element) -> Iterator[Block]:
        if not drawings.is_unshown(element):
            written = self._reader.read_paragraph(element, controls_around(element))
            yield from _paragraphs(self._flow.pieces_of_paragraph(written, 0))
        self._let_go(element)

    def _row(self, element: Element) -> Iterator[Block]:
        if drawings.is_unshown(element):
            self._let_go(element)
            return
        yield from self._before(element)
        row = self._opened().read_row(element, controls_around(element))
        if row is not None:
            yield row
        self._let_go(element)

    def _table_end(self, element: Element) -> Iterator[Block]:
        if not drawings.is_unshown(element):
            yield from self._carried()
            yield TableEnd(self._opened().number)
            self._table = None
        self._let_go(element)

    def _opened(self) -> TableReader:
        if self._table is None:
            self._tables += 1
            self._table = TableReader(self._tables, self._flow)
        return self._table

    def _before(self, row: Element) -> Iterator[Block]:
        """What stands before a table and is still held: a joined paragraph, or what comes first
        in the text box that holds the table."""
        if self._table is not None:
            return
        yield from self._carried()
        table = next(row.iterancestors(*xml.TBL), None)
        if table is None:  # Word would not open it
            raise DamagedFile
        holder = table.getparent()
        if holder is None or not _held(table):
            return
        while table.getprevious() is not None:
            yield from _paragraphs(self._flow.read_child(holder[0], 0))
            del holder[0]

    def _carried(self) -> Iterator[Block]:
        yield from _paragraphs(self._flow.pieces_of_paragraph(self._reader.take_carried_line(), 0))

    def _let_go(self, element: Element) -> None:
        """Empty the element and drop what comes before it, up to the table or body around."""
        element.clear()
        here, holder = element, element.getparent()
        while holder is not None and holder.tag in _AROUND:
            if holder.tag in _LETS_GO:
                while here.getprevious() is not None:
                    del holder[0]
            if holder.tag in _ENDS:
                self._standing = 0
                return
            here, holder = holder, holder.getparent()


def _paragraphs(pieces: Iterable[ContentPiece]) -> Iterator[Paragraph]:
    """Without tables: in a text box, those have streamed by already."""
    return (piece for piece in pieces if isinstance(piece, Paragraph))


def _nested(element: Element) -> bool:
    """A table or row with another table around its own."""
    around = sum(1 for _ in element.iterancestors(*xml.TBL))
    return around > (1 if element.tag in xml.TR else 0)


def _held(element: Element) -> bool:
    """Inside another paragraph (in a text box) or a cell: read with what holds it."""
    return next(element.iterancestors(*xml.P, *xml.TC), None) is not None
