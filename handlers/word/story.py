"""The main part as it streams by: what is read is let go, so memory stays flat however long.

Does: feeds the part to the parser piece by piece, yields a paragraph or a table's row as soon as
it is closed, and clears it with everything before it. Shows every field and object to the watch.
Trusts: `package` to bound the whole; here what may pile up before something can be let go.
Never touches: files.
Known limits: a text box's paragraphs follow the paragraph it is anchored in. A table in a text box
streams, and so comes before the paragraph the box is anchored in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handlers.document.block import Block, Paragraph, TableEnd
from handlers.word import drawing, names
from handlers.word.flow import Flow
from handlers.word.refusals import Damaged, TooBig
from handlers.word.scribe import Scribe
from handlers.word.table import Piece, Table
from handlers.word.watch import WATCHED, Watch
from handlers.word.wrapping import around
from handlers.word.xml import Element, Stream

MOST_AT_ONCE = 48 * 1024 * 1024  # bytes of XML that may stand before a row or paragraph closes
_ROOT = names.tags("document")
_TAGS = names.P | names.TR | names.TBL | _ROOT | WATCHED
_BODY = names.tags("body")
# What may be around a paragraph or row, and of it, what may lose its first children once they are
# read: not what says in front what it is.
_LETS_GO = names.TBL | names.SDT_CONTENT | names.WRAPPERS | _BODY | {names.CHOICE, names.FALLBACK}
_AROUND = _LETS_GO | names.SDT | {names.ALTERNATE}
_ENDS = names.TBL | _BODY


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
        if tag in names.P:
            parent = element.getparent()
            inner = parent is None or parent.tag in names.TC or _held(element)
            return () if inner else self._paragraph(element)
        if tag in names.TR:
            return () if _nested(element) else self._row(element)
        if tag in names.TBL:
            return () if _nested(element) else self._table_end(element)
        if tag in _ROOT:
            self._complete = element.getparent() is None
        self._watch.see(element)
        return ()

    def _paragraph(self, element: Element) -> Iterator[Block]:
        if not drawing.dead(element):
            written = self._scribe.paragraph(element, around(element))
            yield from _paragraphs(self._flow.written(written, 0))
        self._let_go(element)

    def _row(self, element: Element) -> Iterator[Block]:
        if drawing.dead(element):
            self._let_go(element)
            return
        yield from self._before(element)
        row = self._opened().row(element, around(element))
        if row is not None:
            yield row
        self._let_go(element)

    def _table_end(self, element: Element) -> Iterator[Block]:
        if not drawing.dead(element):
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
        table = next(row.iterancestors(*names.TBL), None)
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
    around = sum(1 for _ in element.iterancestors(*names.TBL))
    return around > (1 if element.tag in names.TR else 0)


def _held(element: Element) -> bool:
    """Inside another paragraph (in a text box) or a cell: read with what holds it."""
    return next(element.iterancestors(*names.P, *names.TC), None) is not None
