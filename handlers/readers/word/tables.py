"""Tables: rows and cells on the grid of columns, as merged and as tracked; rows of plain text
are read flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from handlers.document import Cell, Paragraph, Row
from handlers.readers.word import appearance, fields, runs, symbols, xml
from handlers.readers.word import styles as setting
from handlers.readers.word.appearance import RunLook
from handlers.readers.word.drawings import unwrap_content
from handlers.readers.word.fields import ContentControl
from handlers.readers.word.styles import ParagraphStyle, StyleSheet
from handlers.readers.word.xml import Element

ContentPiece = Paragraph | tuple[Row, ...]

MAX_COLUMNS = 63
_CELL, _ROW_MARKS = xml.qualified_names("tcPr"), xml.qualified_names("trPr")
_SPAN, _BEFORE = xml.qualified_names("gridSpan"), xml.qualified_names("gridBefore")
_DOWN, _ACROSS = xml.qualified_names("vMerge"), xml.qualified_names("hMerge")
_GONE, _CELL_GONE = xml.qualified_names("del", "hidden"), xml.qualified_names("cellDel")
_HIDDEN = xml.qualified_names("hidden")
_HEADING, _SHADED = xml.qualified_names("tblHeader"), xml.qualified_names("shd")
TABLE_TAGS = (
    _SPAN | _BEFORE | _DOWN | _ACROSS | _GONE | _CELL_GONE | _HEADING
    | xml.TBL | xml.SDT | xml.WRAPPERS | {xml.ALTERNATE}
)  # fmt: skip


class CellContentReader(Protocol):
    """Whoever reads what a cell holds."""

    def read_container(
        self, container: Element, table: int, within: ContentControl = ...
    ) -> list[ContentPiece]: ...

    def read_plain_row(self, row: Element, within: ContentControl) -> tuple[Cell, ...] | None: ...

    def note_hidden_row(self, row: Element) -> None: ...


@dataclass(frozen=True, slots=True)
class CellProperties:
    """What a tcPr says about where the cell lies."""

    span: int = 1
    joins_above: bool = False
    starts_down: bool = False
    joins_left: bool = False
    gone: bool = False  # by a tracked deletion
    look: str = ""  # how the cell is set off


@dataclass(frozen=True, slots=True)
class RowProperties:
    """What a trPr says about the row."""

    before: int = 0
    heading: bool = False
    gone: bool = False  # by a tracked deletion, or hidden
    hidden: bool = False  # and by nothing else


class TableReader:
    """One table while its rows are read in order. Rows that are gone are not counted."""

    def __init__(self, number: int, flow: CellContentReader) -> None:
        self.number = number
        self._flow = flow
        self._rows = 0
        self._merging: set[int] = set()  # columns a merge is running down

    def iter_rows(
        self, element: Element, within: ContentControl = fields.NO_CONTROL
    ) -> Iterator[Row]:
        """The rows of a w:tbl, or of a wrapper inside one, without those that are gone."""
        for part in element:
            if part.tag in xml.TR:
                row = self.read_row(part, within)
                if row is not None:
                    yield row
            else:
                inner, deeper = unwrap_content(part, within)
                if inner is not None:
                    yield from self.iter_rows(inner, deeper)

    def read_row(self, element: Element, within: ContentControl = fields.NO_CONTROL) -> Row | None:
        """The next row; None if it is gone."""
        plain = self._flow.read_plain_row(element, within)
        if plain is not None:
            self._rows += 1
            self._merging = set()
            return Row(self.number, self._rows, plain)
        return self._merged_row(element, within)

    def _merged_row(self, element: Element, within: ContentControl) -> Row | None:
        standing = read_row_properties(element)
        if standing.gone:
            if standing.hidden:
                self._flow.note_hidden_row(element)
            return None
        self._rows += 1
        cells: list[Cell] = []
        column, merging = standing.before, set[int]()
        for cell_element, controls in cells_of_row(element, within):
            place = read_cell_properties(cell_element)
            if place.gone:
                continue
            if place.joins_left and cells:
                cells[-1] = replace(cells[-1], span=cells[-1].span + place.span)
            else:
                cells.append(self._cell(cell_element, controls, place, column))
                if cells[-1].continued or place.starts_down:
                    merging.add(column)
            column += place.span
        self._merging = merging
        return Row(self.number, self._rows, tuple(cells), standing.heading)

    def _cell(
        self, element: Element, within: ContentControl, place: CellProperties, column: int
    ) -> Cell:
        if place.joins_above and column in self._merging:
            return Cell((), column, place.span, continued=True)
        found = self._flow.read_container(element, self.number, within)
        if len(found) == 1 and isinstance(found[0], Paragraph):
            return Cell((found[0],), column, place.span, look=place.look)
        paragraphs = tuple(piece for piece in found if isinstance(piece, Paragraph))
        tables = tuple(piece for piece in found if isinstance(piece, tuple))
        before = _before(found) if tables else ()
        return Cell(paragraphs, column, place.span, tables=tables, look=place.look, before=before)


def _before(pieces: list[ContentPiece]) -> tuple[int, ...]:
    """Of each table, how many paragraphs stand over it."""
    count, out = 0, []
    for piece in pieces:
        if isinstance(piece, tuple):
            out.append(count)
        else:
            count += 1
    return tuple(out)


def cells_of_row(
    element: Element, within: ContentControl
) -> Iterator[tuple[Element, ContentControl]]:
    for part in element:
        if part.tag in xml.TC:
            yield part, within
        else:
            inner, deeper = unwrap_content(part, within)
            if inner is not None:
                yield from cells_of_row(inner, deeper)


def read_row_properties(element: Element) -> RowProperties:
    properties = xml.first_child(element, _ROW_MARKS)
    if properties is None:
        return RowProperties()
    before, heading, deleted, hidden = 0, False, False, False
    for mark in properties:
        if mark.tag in _BEFORE:
            before = xml.bounded_number(mark, 0, MAX_COLUMNS)
        elif mark.tag in _HEADING:
            heading = xml.is_switched_on(mark)
        elif mark.tag in _GONE:
            hidden = hidden or (mark.tag in _HIDDEN and xml.is_switched_on(mark))
            deleted = deleted or (mark.tag not in _HIDDEN and xml.is_switched_on(mark))
    return RowProperties(before, heading, deleted or hidden, hidden and not deleted)


def read_cell_properties(element: Element) -> CellProperties:
    properties = element[0] if len(element) and element[0].tag in _CELL else None
    span, down, across, gone, shading = 1, None, None, False, ""
    for mark in () if properties is None else properties:
        tag = mark.tag
        if tag in _SPAN:
            span = xml.bounded_number(mark, 1, MAX_COLUMNS)
        elif tag in _DOWN:
            down = xml.value_of(mark) or "continue"
        elif tag in _ACROSS:
            across = xml.value_of(mark) or "continue"
        elif tag in _CELL_GONE:
            gone = True
        elif tag in _SHADED:
            shading = appearance.describe_mark(mark)
    if span == 1 and not (down or across or gone or shading):
        return _ALONE
    return CellProperties(
        span, down == "continue", down == "restart", across == "continue", gone, shading
    )


_ALONE = CellProperties()


_TR, _TC, _P, _R, _T, _STYLE, _FONTS = (
    f"{{{xml.TRANSITIONAL}}}{name}" for name in ("tr", "tc", "p", "r", "t", "pStyle", "rFonts")
)
# Everything another module looks at. Alignment is left out: it matters to bold lines only, and
# whatever makes a line bold is in. So are run properties themselves: what is in them is in.
_LOOKED_AT = (
    runs.RUN_TAGS
    | appearance.APPEARANCE_TAGS
    | setting.PARAGRAPH_TAGS
    | TABLE_TAGS
    | xml.P
    | xml.TC
) - (setting.ALIGNMENT_TAGS | xml.qualified_names("rPr"))
_SWEEP = tuple(sorted(tag for tag in _LOOKED_AT if xml.STRICT not in tag))
# A font of symbols, or a colour, shading or line that is not plain.
_SETS_APART: Mapping[str, Callable[[Element], str | None]] = {
    **dict.fromkeys(appearance.SHOWN_TAGS, appearance.describe_mark),
    _FONTS: appearance.symbol_font,
}
_PART_OF_ROW: Mapping[str, str] = {part: part for part in (_T, _R, _P, _TC, _STYLE)}
_UNMARKED = RunLook()
MAX_KEPT_CELLS, MAX_KEPT_LENGTH = (
    1000,
    40,
)  # cells kept for the next row, and the characters of the longest


class PlainParagraph:
    """A paragraph of plain text while it is read."""

    __slots__ = ("style", "text")

    def __init__(self) -> None:
        self.style: str | None = None
        self.text = ""


class PlainRowReader:
    """Reads the plain rows of one story. Short cells that come again (an agency, a Y) are the
    same object: making them is a third of the work."""

    def __init__(self, styles: StyleSheet) -> None:
        self._styles = styles
        self._kept: dict[tuple[int, str | None, str], Cell] = {}

    def read_cells(self, row: Element) -> tuple[Cell, ...] | None:
        """The row's cells if it is plain."""
        drafts = _drafts(row)
        if drafts is None:
            return None
        for style in {draft.style for cell in drafts for draft in cell}:
            if not _plain(self._styles.paragraph_style(style)):
                return None
        return tuple([self._cell(column, cell) for column, cell in enumerate(drafts)])

    def _cell(self, column: int, drafts: list[PlainParagraph]) -> Cell:
        if len(drafts) != 1 or len(drafts[0].text) > MAX_KEPT_LENGTH:
            return Cell(tuple([self._paragraph(draft) for draft in drafts]), column)
        key = (column, drafts[0].style, drafts[0].text)
        cell = self._kept.get(key)
        if cell is None:
            cell = Cell((self._paragraph(drafts[0]),), column)
            if len(self._kept) < MAX_KEPT_CELLS:
                self._kept[key] = cell
        return cell

    def _paragraph(self, draft: PlainParagraph) -> Paragraph:
        manner, text = self._styles.paragraph_style(draft.style), draft.text
        ticks = () if text.isascii() else symbols.find_ticks(text)
        titled = manner.title and bool(text.strip())
        return Paragraph(text, manner.heading, numbered=manner.numbered, ticks=ticks, title=titled)


def _drafts(row: Element) -> list[list[PlainParagraph]] | None:
    """The paragraphs of each cell; None where anything else is met. What is met most is asked about
    first: a row has some hundred elements."""
    if row.tag != _TR:
        return None
    drafts: list[list[PlainParagraph]] = []
    draft = PlainParagraph()
    cell = paragraph = run = None
    for element in row.iter(*_SWEEP):
        part = _PART_OF_ROW.get(element.tag)
        if part is None:
            sets_apart = _SETS_APART.get(element.tag)
            if sets_apart is None or sets_apart(element):
                return None
        elif part is _T and element.getparent() is run:
            draft.text += runs.shown_text(element, "")
        elif part is _R and element.getparent() is paragraph:
            run = element
        elif part is _P and element.getparent() is cell:
            paragraph, run, draft = element, None, PlainParagraph()
            drafts[-1].append(draft)
        elif part is _TC and element.getparent() is row:
            cell, paragraph = element, None
            drafts.append([])
        elif part is _STYLE and _is_of(paragraph, element):
            draft.style = xml.value_of(element)
        else:
            return None
    return drafts


def _is_of(paragraph: Element | None, style: Element) -> bool:
    """The style stands in the paragraph's own properties, not in a record of older ones."""
    properties = style.getparent()
    return properties is not None and properties.getparent() is paragraph is not None


def _plain(manner: ParagraphStyle) -> bool:
    return manner.look == _UNMARKED and not (manner.contents or manner.contents_title)
