"""Where things are in a Word document's main part: its tables and rows as the reader counts them,
and its paragraphs.

Does: walks the whole tree once, with the reader's own rules of what counts: rows that are gone,
cells that are merged, branches that are not shown.
Trusts: nothing; spans are bounded as the reader bounds them.
Never touches: the tree.
Known limits: a paragraph in a text box cannot carry a comment and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from handlers.word import control, drawing, names
from handlers.word.scribe import Scribe
from handlers.word.styles import Styles
from handlers.word.table import cells_of, place_of, standing_of
from handlers.word.wrapping import around
from handlers.word.xml import Element

_TEXT = names.tags("t")
_BREAKS = names.tags("tab", "br", "cr")
_HIDES = names.tags("del", "moveFrom")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the grid columns it covers."""

    element: Element
    start: int
    end: int

    @property
    def paragraph(self) -> Element | None:
        """Its first own paragraph, where a comment can be."""
        return next(self.element.iter(*names.P), None)


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
    for _, element in etree.iterwalk(root, events=("end",), tag=[*names.TR, *names.TBL, *names.P]):
        if drawing.dead(element):
            continue
        if element.tag in names.P:
            if next(element.iterancestors(*names.TEXT_BOX), None) is None:
                found.paragraphs.append(element)
                found.said += _said(element, scribe)
            continue
        table = element if element.tag in names.TBL else _table(element)
        if table is None:
            continue
        if next(table.iterancestors(*names.TBL), None) is not None:
            if element.tag in names.TR and not standing_of(element).gone:
                held = inside.setdefault(table, {})
                held[len(held) + 1] = element
            continue
        if table is not current:
            number, current, rows = number + 1, table, 0
        if element.tag in names.TR and not standing_of(element).gone:
            rows += 1
            found.tables.setdefault(number, {})[rows] = element
        found.inner.setdefault(number, []).extend(inside.values())
        inside = {}
    return found


def _said(paragraph: Element, scribe: Scribe) -> Iterator[tuple[Element, str]]:
    if next(paragraph.iterancestors(*names.TC), None) is not None:
        yield paragraph, text(paragraph)
    elif (written := scribe.paragraph(paragraph, around(paragraph))) is not None:
        yield paragraph, written.paragraph.text


def cells(row: Element) -> list[Cell]:
    """The cells of a row on the grid of columns."""
    found: list[Cell] = []
    column = standing_of(row).before
    for element, _ in cells_of(row, control.NONE):
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
    return next(row.iterancestors(*names.TBL), None)
