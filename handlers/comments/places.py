"""Which paragraph a finding means: the cell of a table, a heading, a field, a criterion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from config.kind import Kind
from config.kind_shape import FormShape
from handlers.fields.versions import digest_of_texts
from handlers.findings import FindingPlace
from handlers.readers.word import drawings, fields, xml
from handlers.readers.word.drawings import controls_around
from handlers.readers.word.paragraphs import ParagraphReader
from handlers.readers.word.styles import StyleSheet
from handlers.readers.word.tables import cells_of_row, read_cell_properties, read_row_properties
from handlers.readers.word.xml import Element
from handlers.values.normalise import (
    fold_text,
    fold_without_spaces,
    text_similarity,
    without_number,
)

_TEXT = xml.qualified_names("t")
_BREAKS = xml.qualified_names("tab", "br", "cr")
_HIDES = xml.qualified_names("del", "moveFrom")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and the grid columns it covers."""

    element: Element
    start: int
    end: int

    @property
    def first_paragraph(self) -> Element | None:
        """Its first own paragraph, where a comment can be."""
        return next(self.element.iter(*xml.P), None)


@dataclass(slots=True)
class CommentOutline:
    """`tables` are rows by the number the reader gives them, `inner` those of the tables inside
    each, one after the other; `paragraphs` all that can carry a comment, in order, and `said` those
    of them that say something of their own: not the lines of a table of contents."""

    tables: dict[int, dict[int, Element]] = field(default_factory=dict)
    inner: dict[int, list[dict[int, Element]]] = field(default_factory=dict)
    paragraphs: list[Element] = field(default_factory=list)
    said: list[tuple[Element, str]] = field(default_factory=list)

    def table_row(self, table: int | None, row: int | None) -> Element | None:
        return self.tables.get(table or 0, {}).get(row or 0)

    def table_rows(self, table: int | None) -> Iterator[Element]:
        yield from self.tables.get(table or 0, {}).values()


def outline_document(root: Element, styles: StyleSheet) -> CommentOutline:
    found, reader = CommentOutline(), ParagraphReader(styles)
    number, current, rows = 0, None, 0
    inside: dict[Element, dict[int, Element]] = {}  # tables of the one being read, by their element
    for _, element in etree.iterwalk(root, events=("end",), tag=[*xml.TR, *xml.TBL, *xml.P]):
        if drawings.is_unshown(element):
            continue
        if element.tag in xml.P:
            if next(element.iterancestors(*xml.TEXT_BOX), None) is None:
                found.paragraphs.append(element)
                found.said += _said(element, reader)
            continue
        table = element if element.tag in xml.TBL else _table(element)
        if table is None:
            continue
        if next(table.iterancestors(*xml.TBL), None) is not None:
            if element.tag in xml.TR and not read_row_properties(element).gone:
                held = inside.setdefault(table, {})
                held[len(held) + 1] = element
            continue
        if table is not current:
            number, current, rows = number + 1, table, 0
        if element.tag in xml.TR and not read_row_properties(element).gone:
            rows += 1
            found.tables.setdefault(number, {})[rows] = element
        found.inner.setdefault(number, []).extend(inside.values())
        inside = {}
    return found


def _said(paragraph: Element, reader: ParagraphReader) -> Iterator[tuple[Element, str]]:
    if next(paragraph.iterancestors(*xml.TC), None) is not None:
        yield paragraph, visible_text(paragraph)
    elif (written := reader.read_paragraph(paragraph, controls_around(paragraph))) is not None:
        yield paragraph, written.paragraph.text


def grid_cells_of_row(row: Element) -> list[GridCell]:
    """The cells of a row on the grid of columns."""
    found: list[GridCell] = []
    column = read_row_properties(row).before
    for element, _ in cells_of_row(row, fields.NO_CONTROL):
        place = read_cell_properties(element)
        if not place.gone:
            found.append(GridCell(element, column, column + place.span))
            column += place.span
    return found


def visible_text(element: Element) -> str:
    """What is to be read there, without what a tracked deletion takes out."""
    said: list[str] = []
    for part in element.iter(*_TEXT, *_BREAKS):
        if next(part.iterancestors(*_HIDES), None) is None:
            said.append(part.text or "" if part.tag in _TEXT else " ")
    return "".join(said)


def _table(row: Element) -> Element | None:
    return next(row.iterancestors(*xml.TBL), None)


MIN_LIKENESS = 0.75
MAX_SEARCHED = 4000  # paragraphs; headings stand in documents, not in chronologies
MAX_COMPARED = 500  # of them held against a wording that stands nowhere as it was
MAX_HEADING_ROWS = 20  # of a table among which its headings are looked for
MAX_COMPARED_CHARS = 400  # characters of a paragraph that are compared


class CommentPlaces:
    """Where the cells and paragraphs of one document are, for comments."""

    def __init__(self, outline: CommentOutline) -> None:
        self._outline = outline
        self._said = [(p, said[:MAX_COMPARED_CHARS]) for p, said in outline.said[:MAX_SEARCHED]]
        self._folded = [(p, fold_text(without_number(said))) for p, said in self._said]

    def find_paragraph(self, where: FindingPlace, kind: Kind | None) -> Element | None:
        """Where to comment; None only in a document without any paragraph."""
        candidates = (
            self._with_line(where.line),
            self._in_table(where),
            self._worded(_wording(where, kind)),
            *(self._headed(section) for section in _sections(where)),
            self._of_table(where),
        )
        found = next((p for p in candidates if p is not None), None)
        first = self._outline.paragraphs[0] if self._outline.paragraphs else None
        return first if found is None else found

    def _with_line(self, line: int | None) -> Element | None:
        """The paragraph that is this line, or has it between breaks."""
        if line is None:
            return None
        for paragraph, said in self._outline.said[:MAX_SEARCHED]:
            if any(digest_of_texts([one]) == line for one in said.split("\n")):
                return paragraph
        return None

    def _in_table(self, where: FindingPlace) -> Element | None:
        row, column = self._row(where)
        if row is None:
            return None
        there = grid_cells_of_row(row)
        cell = next((c for c in there if column is not None and c.start <= column < c.end), None)
        return _first([*([cell] if cell else []), *there])

    def _row(self, where: FindingPlace) -> tuple[Element | None, int | None]:
        """The row, and the column in it: of a table inside the one that is counted, where that has
        the heading and this has not."""
        wanted = fold_without_spaces(where.column or "")
        if wanted and _headed_at(self._outline.table_rows(where.table), wanted) is None:
            for inner in self._outline.inner.get(where.table or 0, ()):
                at = _headed_at(inner.values(), wanted)
                if at is not None and where.row in inner:
                    return inner[where.row], at
        return self._outline.table_row(where.table, where.row), self._column(where)

    def _of_table(self, where: FindingPlace) -> Element | None:
        """The heading cell of the column, or the table's first."""
        column = self._column(where)
        for row in islice(self._outline.table_rows(where.table), MAX_HEADING_ROWS):
            there = grid_cells_of_row(row)
            named = [c for c in there if column is not None and c.start <= column < c.end]
            if (found := _first([*named, *there])) is not None:
                return found
        return None

    def _column(self, where: FindingPlace) -> int | None:
        """The grid column under this heading, in this table or in the last one that had it."""
        wanted = fold_without_spaces(where.column or "")
        if not wanted:
            return None
        before = [t for t in self._outline.tables if t <= (where.table or 0)]
        found = (
            _headed_at(self._outline.table_rows(t), wanted) for t in sorted(before, reverse=True)
        )
        return next((at for at in found if at is not None), None)

    def _headed(self, section: str) -> Element | None:
        """The paragraph that is this heading or label, or else begins with it."""
        wanted = fold_text(section)
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
            (text_similarity(wording, said), n)
            for n, (_, said) in enumerate(self._said[:MAX_COMPARED])
        )
        best, at = max(alike, default=(0.0, 0))
        return self._said[at][0] if best >= MIN_LIKENESS else None


def _headed_at(rows: Iterable[Element], wanted: str) -> int | None:
    """The grid column under a heading, in the first rows of a table."""
    for row in islice(rows, MAX_HEADING_ROWS):
        for cell in grid_cells_of_row(row):
            if fold_without_spaces(visible_text(cell.element)[:MAX_COMPARED_CHARS]) == wanted:
                return cell.start
    return None


def _wording(where: FindingPlace, kind: Kind | None) -> str:
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


def _sections(where: FindingPlace) -> Iterator[str]:
    """ "Front sheet, Author" is looked for whole, then as "Author", then as "Front sheet"."""
    if where.section:
        yield where.section
        first, _, last = where.section.rpartition(", ")
        yield from (part for part in (last, first) if part and part != where.section)


def _first(there: Iterable[GridCell]) -> Element | None:
    return next((p for cell in there if (p := cell.first_paragraph) is not None), None)
