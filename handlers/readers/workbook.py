"""A spreadsheet opened for reading: each sheet is a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from handlers.document import Block, Cell, Paragraph, Row, TableEnd, Traits
from handlers.readers.word import hazards
from handlers.readers.word.document import refuse_doctypes
from handlers.readers.word.errors import Refusal, TooBig
from handlers.readers.word.package import Package
from handlers.readers.word.parts import Parts
from handlers.readers.word.xml import Element, Stream


class NotAWorkbook(Refusal):
    """The file is a spreadsheet in a format that is not read here."""


TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def tags(*names: str) -> frozenset[str]:
    """The qualified names of SpreadsheetML elements, in both namespaces."""
    return frozenset(f"{{{space}}}{name}" for space in (TRANSITIONAL, STRICT) for name in names)


ROW, CELL = tags("row"), tags("c")
VALUE, INLINE = tags("v"), tags("is")
TEXT, PHONETIC, STRING = tags("t"), tags("rPh"), tags("si")


MOST_STRINGS = 500_000
MOST_LETTERS = 32 * 1024 * 1024


def strings_in(pieces: Iterable[bytes]) -> list[str]:
    """The shared texts in order. Raises Damaged and TooBig."""
    found: list[str] = []
    letters = 0
    stream = Stream(STRING)
    for piece in pieces:
        for _, element in stream.feed(piece):
            text = text_of(element)
            found.append(text)
            letters += len(text)
            let_go(element)
        if len(found) > MOST_STRINGS or letters > MOST_LETTERS:
            raise TooBig
    stream.close()
    return found


def text_of(element: Element) -> str:
    """The text of its runs, without the reading aid over them."""
    shown = (part for part in element.iter(*TEXT) if not _aid(part))
    return "".join(part.text or "" for part in shown)


def _aid(part: Element) -> bool:
    parent = part.getparent()
    return parent is not None and parent.tag in PHONETIC


def let_go(element: Element) -> None:
    """Empty an element that has been read, and drop those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


MOST_COLUMNS = 256
_DIGITS = 9


def row_of(element: Element, table: int, number: int, shared: Sequence[str]) -> Row:
    """The row with a cell for every column up to the last that holds something."""
    texts: list[str] = []
    for cell in element:
        if cell.tag not in CELL:
            continue
        column = _column(cell.get("r"), len(texts))
        text = _text(cell, shared)
        if text and column < MOST_COLUMNS:
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
    return Row(table, number, tuple(Cell((Paragraph(t),), at) for at, t in enumerate(texts)))


def _column(address: str | None, following: int) -> int:
    """From 0. A cell without an address stands after the one before it."""
    letters = "".join(c for c in (address or "").upper() if "A" <= c <= "Z")
    if not 1 <= len(letters) <= 3:
        return following
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _text(cell: Element, shared: Sequence[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return " ".join(text_of(part) for part in cell if part.tag in INLINE).strip()
    value = next((part.text or "" for part in cell if part.tag in VALUE), "").strip()
    if kind != "s":
        return value
    known = value.isascii() and value.isdigit() and len(value) <= _DIGITS
    return shared[int(value)].strip() if known and int(value) < len(shared) else ""


MOST_SHEETS = 50
MOST_ROWS = 200_000  # of all sheets together, blank ones too
MAIN_TYPES = (
    "spreadsheetml.sheet.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.sheet.macroenabled.main+xml",
    "ms-excel.template.macroenabled.main+xml",
)


class WorkbookReading:
    """A `handlers.document.Reading` of a spreadsheet. `blocks()` is iterated once, and raises
    Damaged or TooBig where a part turns out so."""

    def __init__(self, package: Package, parts: Parts, traits: Traits) -> None:
        self.traits = traits
        self._package = package
        self._sheets = parts.of_kind("worksheet")
        self._strings = parts.of_kind("sharedstrings")
        self._left = MOST_ROWS

    def blocks(self) -> Iterator[Block]:
        shared: list[str] = []
        for name in self._strings[:1]:
            shared = strings_in(self._package.stream(name))
        if len(self._sheets) > MOST_SHEETS:
            raise TooBig
        for table, name in enumerate(self._sheets, 1):
            yield from self._rows(table, name, shared)
            yield TableEnd(table)

    def _rows(self, table: int, name: str, shared: list[str]) -> Iterator[Block]:
        stream = Stream(ROW)
        number = width = 0
        for piece in self._package.stream(name):
            for _, element in stream.feed(piece):
                number += 1
                row = row_of(element, table, number, shared)
                let_go(element)
                if not row.blank:
                    width = width or len(row.cells)
                    yield _widened(row, width)
            if number > self._left:
                raise TooBig
        stream.close()
        self._left -= number


def _widened(row: Row, width: int) -> Row:
    """The row with the blank cells that a spreadsheet leaves out, as wide as the first one."""
    taken = {cell.column for cell in row.cells}
    blank = (Cell((), column) for column in range(width) if column not in taken)
    return replace(row, cells=tuple(sorted((*row.cells, *blank), key=lambda cell: cell.column)))


def open_workbook(data: bytes) -> WorkbookReading:
    """Open an .xlsx or .xlsm, told by content. Raises what `open_word` raises, and NotAWorkbook
    for a spreadsheet in another format than Open XML's."""
    package = Package(data)
    refuse_doctypes(package)
    parts = Parts(package, MAIN_TYPES, NotAWorkbook)
    refuse_doctypes(package, parts)
    traits = Traits()
    hazards.look_over(package, parts, traits)
    return WorkbookReading(package, parts, traits)
