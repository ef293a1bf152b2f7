"""The main text as it streams by, and what stands beside it: headers, footers, notes, comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from handlers.document import Block, Cell, Paragraph, TableEnd, Traits
from handlers.readers.word import drawings, fields, xml
from handlers.readers.word.drawings import around, unwrapped
from handlers.readers.word.errors import Damaged, TooBig
from handlers.readers.word.fields import Control
from handlers.readers.word.hazards import WATCHED, Watch
from handlers.readers.word.package import Package
from handlers.readers.word.paragraphs import Scribe, Written
from handlers.readers.word.parts import Parts
from handlers.readers.word.runs import TEXT
from handlers.readers.word.styles import Styles
from handlers.readers.word.tables import Piece, PlainRows, Table
from handlers.readers.word.xml import Element, Stream

_PROPERTIES = xml.tags("tcPr")


class Flow:
    """Reads containers of one story. `table` is the number that rows of inner tables carry: that
    of the table around them, 0 where there is none."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._plain = PlainRows(scribe.styles)

    def read(self, container: Element, table: int, within: Control = fields.NONE) -> list[Piece]:
        """The container's paragraphs and tables in order. No field reaches in or out of it."""
        outer = self._scribe.step_in()
        found: list[Piece] = []
        for part in container:
            if part.tag in xml.P:
                found += self.written(self._scribe.paragraph(part, within), table)
            elif part.tag not in _PROPERTIES:
                found += self.part(part, table, within)
        found += self.written(self._scribe.rest(), table)
        self._scribe.step_out(outer)
        return found

    def plain(self, row: Element, within: Control) -> tuple[Cell, ...] | None:
        """The cells of a row that holds nothing but text; None if it holds more."""
        alone = within is fields.NONE and self._scribe.between
        return self._plain.cells(row) if alone else None

    def hidden(self, row: Element) -> None:
        """A row that Word hides was left out."""
        if any((text.text or "").strip() for text in row.iter(*TEXT)):
            self._scribe.hidden_rows += 1

    def part(self, part: Element, table: int, within: Control = fields.NONE) -> Iterator[Piece]:
        """What one child of a container comes to."""
        tag = part.tag
        if tag in xml.P:
            yield from self.written(self._scribe.paragraph(part, within), table)
        elif tag in xml.TBL:
            rows = tuple(Table(table, self).rows(part, within))
            if rows:
                yield rows
        else:
            content, deeper = unwrapped(part, within)
            for inner in () if content is None else content:
                yield from self.part(inner, table, deeper)

    def written(self, written: Written | None, table: int) -> list[Piece]:
        """A paragraph, then what its text boxes hold."""
        if written is None:
            return []
        found: list[Piece] = [written.paragraph]
        for box in written.boxes:
            found += self.read(box, table)
        return found


_NOTES, _COMMENTS = xml.tags("footnote", "endnote"), xml.tags("comment")
_LINES = ("separator", "continuationSeparator", "continuationNotice")  # drawn, not written
_GLOSSARY = "glossarydocument"
_PROPERTIES_SIDES = ("custom-properties", "customproperties")  # Transitional, and Strict


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
        for kind in _PROPERTIES_SIDES:
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
        for note in xml.children(root, _NOTES):
            if xml.attribute(note, "type") not in _LINES:
                self._traits.footnotes.append("\n".join(self._texts(note)))

    def _comments(self, root: Element, watch: Watch) -> None:
        for comment in xml.children(root, _COMMENTS):
            if self._traits.comment(xml.attribute(comment, "author") or ""):
                self._traits.remarks.append("\n".join(self._texts(comment)))

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


MOST_AT_ONCE = 48 * 1024 * 1024  # bytes of XML that may stand before a row or paragraph closes
_ROOT = xml.tags("document")
_TAGS = xml.P | xml.TR | xml.TBL | _ROOT | WATCHED
_BODY = xml.tags("body")
# What may be around a paragraph or row, and of it, what may lose its first children once they are
# read: not what says in front what it is.
_LETS_GO = xml.TBL | xml.SDT_CONTENT | xml.WRAPPERS | _BODY | {xml.CHOICE, xml.FALLBACK}
_AROUND = _LETS_GO | xml.SDT | {xml.ALTERNATE}
_ENDS = xml.TBL | _BODY


class Story:
    """Reads one main part, once. Raises Damaged or TooBig while it is iterated."""

    def __init__(self, scribe: Scribe, watch: Watch) -> None:
        self._scribe = scribe
        self._flow = Flow(scribe)
        self._watch = watch
        self._tables = 0
        self._table: Table | None = None  # the outermost table that is open
        self._standing = 0  # bytes fed since something was let go
        self._complete = False

    def blocks(self, pieces: Iterable[bytes]) -> Iterator[Block]:
        """Every paragraph and row outside of other tables, in order."""
        stream = Stream(_TAGS)
        for piece in pieces:
            self._standing += len(piece)
            if self._standing > MOST_AT_ONCE:
                raise TooBig
            for _, element in stream.feed(piece):
                yield from self._closed(element)
        stream.close()
        yield from self._carried()
        if not self._complete:
            raise Damaged

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
        self._watch.see(element)
        return ()

    def _paragraph(self, element: Element) -> Iterator[Block]:
        if not drawings.dead(element):
            written = self._scribe.paragraph(element, around(element))
            yield from _paragraphs(self._flow.written(written, 0))
        self._let_go(element)

    def _row(self, element: Element) -> Iterator[Block]:
        if drawings.dead(element):
            self._let_go(element)
            return
        yield from self._before(element)
        row = self._opened().row(element, around(element))
        if row is not None:
            yield row
        self._let_go(element)

    def _table_end(self, element: Element) -> Iterator[Block]:
        if not drawings.dead(element):
            yield from self._carried()
            yield TableEnd(self._opened().number)
            self._table = None
        self._let_go(element)

    def _opened(self) -> Table:
        if self._table is None:
            self._tables += 1
            self._table = Table(self._tables, self._flow)
        return self._table

    def _before(self, row: Element) -> Iterator[Block]:
        """What stands before a table and is still held: a joined paragraph, or what comes first
        in the text box that holds the table."""
        if self._table is not None:
            return
        yield from self._carried()
        table = next(row.iterancestors(*xml.TBL), None)
        if table is None:  # Word would not open it
            raise Damaged
        holder = table.getparent()
        if holder is None or not _held(table):
            return
        while table.getprevious() is not None:
            yield from _paragraphs(self._flow.part(holder[0], 0))
            del holder[0]

    def _carried(self) -> Iterator[Block]:
        yield from _paragraphs(self._flow.written(self._scribe.rest(), 0))

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


def _paragraphs(pieces: Iterable[Piece]) -> Iterator[Paragraph]:
    """Without tables: in a text box, those have streamed by already."""
    return (piece for piece in pieces if isinstance(piece, Paragraph))


def _nested(element: Element) -> bool:
    """A table or row with another table around its own."""
    around = sum(1 for _ in element.iterancestors(*xml.TBL))
    return around > (1 if element.tag in xml.TR else 0)


def _held(element: Element) -> bool:
    """Inside another paragraph (in a text box) or a cell: read with what holds it."""
    return next(element.iterancestors(*xml.P, *xml.TC), None) is not None
