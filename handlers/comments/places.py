"""Which paragraph a finding means: the cell of a table, a heading, a field, a criterion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from config.kind import Kind
from config.kind_shape import FormShape
from handlers.findings import Where
from handlers.readers.word import drawings, fields, xml
from handlers.readers.word.drawings import around
from handlers.readers.word.paragraphs import Scribe
from handlers.readers.word.styles import Styles
from handlers.readers.word.tables import cells_of, place_of, standing_of
from handlers.readers.word.xml import Element
from handlers.values.normalise import fold, likeness, squash, without_number

_TEXT = xml.tags("t")
_BREAKS = xml.tags("tab", "br", "cr")
_HIDES = xml.tags("del", "moveFrom")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the grid columns it covers."""

    element: Element
    start: int
    end: int

    @property
    def paragraph(self) -> Element | None:
        """Its first own paragraph, where a comment can be."""
        return next(self.element.iter(*xml.P), None)


@dataclass(slots=True)
class Outline:
    """`tables` are rows by the number the reader gives them, `inner` those of the tables inside
    each, one after the other; `paragraphs` all that can carry a comment, in order, and `said` those
    of them that say something of their own: not the lines of a table of contents."""

    tables: dict[int, dict[int, Element]] = field(default_factory=dict)
    inner: dict[int, list[dict[int, Element]]] = field(default_factory=dict)
    paragraphs: list[Element] = field(default_factory=list)
    said: list[tuple[Element, str]] = field(default_factory=list)

    def row(self, table: int | None, row: int | None) -> Element | None:
        return self.tables.get(table or 0, {}).get(row or 0)

    def rows(self, table: int | None) -> Iterator[Element]:
        yield from self.tables.get(table or 0, {}).values()


def outline(root: Element, styles: Styles) -> Outline:
    found, scribe = Outline(), Scribe(styles)
    number, current, rows = 0, None, 0
    inside: dict[Element, dict[int, Element]] = {}  # tables of the one being read, by their element
    for _, element in etree.iterwalk(root, events=("end",), tag=[*xml.TR, *xml.TBL, *xml.P]):
        if drawings.dead(element):
            continue
        if element.tag in xml.P:
            if next(element.iterancestors(*xml.TEXT_BOX), None) is None:
                found.paragraphs.append(element)
                found.said += _said(element, scribe)
            continue
        table = element if element.tag in xml.TBL else _table(element)
        if table is None:
            continue
        if next(table.iterancestors(*xml.TBL), None) is not None:
            if element.tag in xml.TR and not standing_of(element).gone:
                held = inside.setdefault(table, {})
                held[len(held) + 1] = element
            continue
        if table is not current:
            number, current, rows = number + 1, table, 0
        if element.tag in xml.TR and not standing_of(element).gone:
            rows += 1
            found.tables.setdefault(number, {})[rows] = element
        found.inner.setdefault(number, []).extend(inside.values())
        inside = {}
    return found


def _said(paragraph: Element, scribe: Scribe) -> Iterator[tuple[Element, str]]:
    if next(paragraph.iterancestors(*xml.TC), None) is not None:
        yield paragraph, text(paragraph)
    elif (written := scribe.paragraph(paragraph, around(paragraph))) is not None:
        yield paragraph, written.paragraph.text


def cells(row: Element) -> list[Cell]:
    """The cells of a row on the grid of columns."""
    found: list[Cell] = []
    column = standing_of(row).before
    for element, _ in cells_of(row, fields.NONE):
        place = place_of(element)
        if not place.gone:
            found.append(Cell(element, column, column + place.span))
            column += place.span
    return found


def text(element: Element) -> str:
    """What is to be read there, without what a tracked deletion takes out."""
    said: list[str] = []
    for part in element.iter(*_TEXT, *_BREAKS):
        if next(part.iterancestors(*_HIDES), None) is None:
            said.append(part.text or "" if part.tag in _TEXT else " ")
    return "".join(said)


def _table(row: Element) -> Element | None:
    return next(row.iterancestors(*xml.TBL), None)


ALIKE = 0.75
MOST_SEARCHED = 4000  # paragraphs; headings stand in documents, not in chronologies
MOST_ALIKE = 500  # of them held against a wording that stands nowhere as it was
MOST_ROWS = 20  # of a table among which its headings are looked for
LONGEST = 400  # characters of a paragraph that are compared


class Places:
    """One document's places."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._said = [(p, said[:LONGEST]) for p, said in outline.said[:MOST_SEARCHED]]
        self._folded = [(p, fold(without_number(said))) for p, said in self._said]

    def paragraph(self, where: Where, kind: Kind | None) -> Element | None:
        """Where to comment; None only in a document without any paragraph."""
        candidates = (
            self._in_table(where),
            self._worded(_wording(where, kind)),
            *(self._headed(section) for section in _sections(where)),
            self._of_table(where),
        )
        found = next((p for p in candidates if p is not None), None)
        first = self._outline.paragraphs[0] if self._outline.paragraphs else None
        return first if found is None else found

    def _in_table(self, where: Where) -> Element | None:
        row, column = self._row(where)
        if row is None:
            return None
        there = cells(row)
        cell = next((c for c in there if column is not None and c.start <= column < c.end), None)
        return _first([*([cell] if cell else []), *there])

    def _row(self, where: Where) -> tuple[Element | None, int | None]:
        """The row, and the column in it: of a table inside the one that is counted, where that has
        the heading and this has not."""
        wanted = squash(where.column or "")
        if wanted and _headed_at(self._outline.rows(where.table), wanted) is None:
            for inner in self._outline.inner.get(where.table or 0, ()):
                at = _headed_at(inner.values(), wanted)
                if at is not None and where.row in inner:
                    return inner[where.row], at
        return self._outline.row(where.table, where.row), self._column(where)

    def _of_table(self, where: Where) -> Element | None:
        """The heading cell of the column, or the table's first."""
        column = self._column(where)
        for row in islice(self._outline.rows(where.table), MOST_ROWS):
            there = cells(row)
            named = [c for c in there if column is not None and c.start <= column < c.end]
            if (found := _first([*named, *there])) is not None:
                return found
        return None

    def _column(self, where: Where) -> int | None:
        """The grid column under this heading, in this table or in the last one that had it."""
        wanted = squash(where.column or "")
        if not wanted:
            return None
        before = [t for t in self._outline.tables if t <= (where.table or 0)]
        found = (_headed_at(self._outline.rows(t), wanted) for t in sorted(before, reverse=True))
        return next((at for at in found if at is not None), None)

    def _headed(self, section: str) -> Element | None:
        """The paragraph that is this heading or label, or else begins with it."""
        wanted = fold(section)
        if not wanted:
            return None
        exact = [p for p, said in self._folded if said == wanted]
        begins = [p for p, said in self._folded if said.startswith(wanted)]
        return next(iter((*exact, *begins)), None)

    def _worded(self, wording: str) -> Element | None:
        """The paragraph with this wording, or the one that is most like it."""
        if not wording:
            return None
        if (found := self._headed(wording)) is not None:
            return found
        alike = (
            (likeness(wording, said), n) for n, (_, said) in enumerate(self._said[:MOST_ALIKE])
        )
        best, at = max(alike, default=(0.0, 0))
        return self._said[at][0] if best >= ALIKE else None


def _headed_at(rows: Iterable[Element], wanted: str) -> int | None:
    """The grid column under a heading, in the first rows of a table."""
    for row in islice(rows, MOST_ROWS):
        for cell in cells(row):
            if squash(text(cell.element)[:LONGEST]) == wanted:
                return cell.start
    return None


def _wording(where: Where, kind: Kind | None) -> str:
    """What the kind says stands there: a criterion, or a statement that goes by its number."""
    shape = kind.shape if kind else None
    if not isinstance(shape, FormShape):
        return ""
    for criterion in shape.criteria:
        if criterion.number == where.criterion:
            return criterion.text
    for n, statement in enumerate(shape.statements):
        name = shape.statement_names[n] if n < len(shape.statement_names) else f"statement {n + 1}"
        if name == where.section:
            return statement
    return ""


def _sections(where: Where) -> Iterator[str]:
    """ "Front sheet, Author" is looked for whole, then as "Author", then as "Front sheet"."""
    if where.section:
        yield where.section
        first, _, last = where.section.rpartition(", ")
        yield from (part for part in (last, first) if part and part != where.section)


def _first(there: Iterable[Cell]) -> Element | None:
    return next((p for cell in there if (p := cell.paragraph) is not None), None)
