"""Tables: rows and cells on the grid of columns, as merged and as tracked; rows of plain text
are read flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from handlers.document import Cell, Paragraph, Row
from handlers.readers.word import appearance, fields, runs, symbols, xml
from handlers.readers.word import styles as setting
from handlers.readers.word.appearance import Look
from handlers.readers.word.drawings import unwrapped
from handlers.readers.word.fields import Control
from handlers.readers.word.styles import Manner, Styles
from handlers.readers.word.xml import Element

Piece = Paragraph | tuple[Row, ...]

MOST_COLUMNS = 63
_CELL, _ROW_MARKS = xml.tags("tcPr"), xml.tags("trPr")
_SPAN, _BEFORE = xml.tags("gridSpan"), xml.tags("gridBefore")
_DOWN, _ACROSS = xml.tags("vMerge"), xml.tags("hMerge")
_GONE, _CELL_GONE = xml.tags("del", "hidden"), xml.tags("cellDel")
_HIDDEN = xml.tags("hidden")
_HEADING, _SHADED = xml.tags("tblHeader"), xml.tags("shd")
LOOKED_AT = (
    _SPAN | _BEFORE | _DOWN | _ACROSS | _GONE | _CELL_GONE | _HEADING
    | xml.TBL | xml.SDT | xml.WRAPPERS | {xml.ALTERNATE}
)  # fmt: skip


class Reads(Protocol):
    """Whoever reads what a cell holds."""

    def read(self, container: Element, table: int, within: Control = ...) -> list[Piece]: ...

    def plain(self, row: Element, within: Control) -> tuple[Cell, ...] | None: ...

    def hidden(self, row: Element) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """What a tcPr says about where the cell lies."""

    span: int = 1
    joins_above: bool = False
    starts_down: bool = False
    joins_left: bool = False
    gone: bool = False  # by a tracked deletion
    look: str = ""  # how the cell is set off


@dataclass(frozen=True, slots=True)
class Standing:
    """What a trPr says about the row."""

    before: int = 0
    heading: bool = False
    gone: bool = False  # by a tracked deletion, or hidden
    hidden: bool = False  # and by nothing else


class Table:
    """One table while its rows are read in order. Rows that are gone are not counted."""

    def __init__(self, number: int, flow: Reads) -> None:
        self.number = number
        self._flow = flow
        self._rows = 0
        self._merging: set[int] = set()  # columns a merge is running down

    def rows(self, element: Element, within: Control = fields.NONE) -> Iterator[Row]:
        """The rows of a w:tbl, or of a wrapper inside one, without those that are gone."""
        for part in element:
            if part.tag in xml.TR:
                row = self.row(part, within)
                if row is not None:
                    yield row
            else:
                inner, deeper = unwrapped(part, within)
                if inner is not None:
                    yield from self.rows(inner, deeper)

    def row(self, element: Element, within: Control = fields.NONE) -> Row | None:
        """The next row; None if it is gone."""
        plain = self._flow.plain(element, within)
        if plain is not None:
            self._rows += 1
            self._merging = set()
            return Row(self.number, self._rows, plain)
        return self._merged_row(element, within)

    def _merged_row(self, element: Element, within: Control) -> Row | None:
        standing = standing_of(element)
        if standing.gone:
            if standing.hidden:
                self._flow.hidden(element)
            return None
        self._rows += 1
        cells: list[Cell] = []
        column, merging = standing.before, set[int]()
        for cell_element, controls in cells_of(element, within):
            place = place_of(cell_element)
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

    def _cell(self, element: Element, within: Control, place: Place, column: int) -> Cell:
        if place.joins_above and column in self._merging:
            return Cell((), column, place.span, continued=True)
        found = self._flow.read(element, self.number, within)
        if len(found) == 1 and isinstance(found[0], Paragraph):
            return Cell((found[0],), column, place.span, look=place.look)
        paragraphs = tuple(piece for piece in found if isinstance(piece, Paragraph))
        tables = tuple(piece for piece in found if isinstance(piece, tuple))
        before = _before(found) if tables else ()
        return Cell(paragraphs, column, place.span, tables=tables, look=place.look, before=before)


def _before(pieces: list[Piece]) -> tuple[int, ...]:
    """Of each table, how many paragraphs stand over it."""
    count, out = 0, []
    for piece in pieces:
        if isinstance(piece, tuple):
            out.append(count)
        else:
            count += 1
    return tuple(out)


def cells_of(element: Element, within: Control) -> Iterator[tuple[Element, Control]]:
    for part in element:
        if part.tag in xml.TC:
            yield part, within
        else:
            inner, deeper = unwrapped(part, within)
            if inner is not None:
                yield from cells_of(inner, deeper)


def standing_of(element: Element) -> Standing:
    properties = xml.child(element, _ROW_MARKS)
    if properties is None:
        return Standing()
    before, heading, deleted, hidden = 0, False, False, False
    for mark in properties:
        if mark.tag in _BEFORE:
            before = xml.number(mark, 0, MOST_COLUMNS)
        elif mark.tag in _HEADING:
            heading = xml.on(mark)
        elif mark.tag in _GONE:
            hidden = hidden or (mark.tag in _HIDDEN and xml.on(mark))
            deleted = deleted or (mark.tag not in _HIDDEN and xml.on(mark))
    return Standing(before, heading, deleted or hidden, hidden and not deleted)


def place_of(element: Element) -> Place:
    properties = element[0] if len(element) and element[0].tag in _CELL else None
    span, down, across, gone, shading = 1, None, None, False, ""
    for mark in () if properties is None else properties:
        tag = mark.tag
        if tag in _SPAN:
            span = xml.number(mark, 1, MOST_COLUMNS)
        elif tag in _DOWN:
            down = xml.val(mark) or "continue"
        elif tag in _ACROSS:
            across = xml.val(mark) or "continue"
        elif tag in _CELL_GONE:
            gone = True
        elif tag in _SHADED:
            shading = appearance.shown(mark)
    if span == 1 and not (down or across or gone or shading):
        return _ALONE
    return Place(span, down == "continue", down == "restart", across == "continue", gone, shading)


_ALONE = Place()


_TR, _TC, _P, _R, _T, _STYLE, _FONTS = (
    f"{{{xml.TRANSITIONAL}}}{name}" for name in ("tr", "tc", "p", "r", "t", "pStyle", "rFonts")
)
# Everything another module looks at. Alignment is left out: it matters to bold lines only, and
# whatever makes a line bold is in. So are run properties themselves: what is in them is in.
_LOOKED_AT = (
    runs.LOOKED_AT | appearance.LOOKED_AT | setting.LOOKED_AT | LOOKED_AT | xml.P | xml.TC
) - (setting.ALIGNED | xml.tags("rPr"))
_SWEEP = tuple(sorted(tag for tag in _LOOKED_AT if xml.STRICT not in tag))
# A font of symbols, or a colour, shading or line that is not plain.
_SETS_APART: Mapping[str, Callable[[Element], str | None]] = {
    **dict.fromkeys(appearance.SHOWN, appearance.shown),
    _FONTS: appearance.symbol_font,
}
_UNMARKED = Look()
MOST_KEPT, SHORT = 1000, 40  # cells kept for the next row, and the characters of the longest


class Draft:
    """A paragraph of plain text while it is read."""

    __slots__ = ("style", "text")

    def __init__(self) -> None:
        self.style: str | None = None
        self.text = ""


class PlainRows:
    """Reads the plain rows of one story. Short cells that come again (an agency, a Y) are the
    same object: making them is a third of the work."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._kept: dict[tuple[int, str | None, str], Cell] = {}

    def cells(self, row: Element) -> tuple[Cell, ...] | None:
        """The row's cells if it is plain."""
        drafts = _drafts(row)
        if drafts is None:
            return None
        for style in {draft.style for cell in drafts for draft in cell}:
            if not _plain(self._styles.paragraph(style)):
                return None
        return tuple([self._cell(column, cell) for column, cell in enumerate(drafts)])

    def _cell(self, column: int, drafts: list[Draft]) -> Cell:
        if len(drafts) != 1 or len(drafts[0].text) > SHORT:
            return Cell(tuple([self._paragraph(draft) for draft in drafts]), column)
        key = (column, drafts[0].style, drafts[0].text)
        cell = self._kept.get(key)
        if cell is None:
            cell = Cell((self._paragraph(drafts[0]),), column)
            if len(self._kept) < MOST_KEPT:
                self._kept[key] = cell
        return cell

    def _paragraph(self, draft: Draft) -> Paragraph:
        manner, text = self._styles.paragraph(draft.style), draft.text
        ticks = () if text.isascii() else symbols.ticks(text)
        titled = manner.title and bool(text.strip())
        return Paragraph(text, manner.heading, numbered=manner.numbered, ticks=ticks, title=titled)


def _drafts(row: Element) -> list[list[Draft]] | None:
    """The paragraphs of each cell; None where anything else is met."""
    if row.tag != _TR:
        return None
    drafts: list[list[Draft]] = []
    cell = paragraph = run = None
    for element in row.iter(*_SWEEP):
        tag = element.tag
        sets_apart = _SETS_APART.get(tag)
        if sets_apart is not None:
            if sets_apart(element):
                return None
        elif tag == _T and element.getparent() is run:
            drafts[-1][-1].text += runs.shown_text(element, "")
        elif tag == _R and element.getparent() is paragraph:
            run = element
        elif tag == _P and element.getparent() is cell:
            paragraph, run = element, None
            drafts[-1].append(Draft())
        elif tag == _TC and element.getparent() is row:
            cell, paragraph = element, None
            drafts.append([])
        elif tag == _STYLE and _is_of(paragraph, element):
            drafts[-1][-1].style = xml.val(element)
        else:
            return None
    return drafts


def _is_of(paragraph: Element | None, style: Element) -> bool:
    """The style stands in the paragraph's own properties, not in a record of older ones."""
    properties = style.getparent()
    return properties is not None and properties.getparent() is paragraph is not None


def _plain(manner: Manner) -> bool:
    return manner.look == _UNMARKED and not (manner.contents or manner.contents_title)
