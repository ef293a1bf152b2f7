"""A spreadsheet opened for reading: each sheet is a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from handlers.document import Block, Cell, Paragraph, Row, TableEnd, Traits
from handlers.readers.word import hazards
from handlers.readers.word.document import refuse_doctypes
from handlers.readers.word.errors import FileTooBig, UnreadableFile
from handlers.readers.word.package import Package
from handlers.readers.word.parts import PackageParts
from handlers.readers.word.xml import Element, XmlStream


class NotAWorkbook(UnreadableFile):
    sentence = "The file is a spreadsheet in a format that is not read here."


TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def qualified_names(*names: str) -> frozenset[str]:
    """The qualified names of SpreadsheetML elements, in both namespaces."""
    return frozenset(f"{{{space}}}{name}" for space in (TRANSITIONAL, STRICT) for name in names)


ROW_TAGS, CELL_TAGS = qualified_names("row"), qualified_names("c")
VALUE_TAGS, INLINE_TAGS = qualified_names("v"), qualified_names("is")
TEXT_TAGS, PHONETIC_TAGS, STRING_TAGS = (
    qualified_names("t"),
    qualified_names("rPh"),
    qualified_names("si"),
)


MAX_STRINGS = 500_000
MAX_LETTERS = 32 * 1024 * 1024


def read_shared_strings(pieces: Iterable[bytes]) -> list[str]:
    """The shared texts in order. Raises DamagedFile and FileTooBig."""
    found: list[str] = []
    letters = 0
    stream = XmlStream(STRING_TAGS)
    for piece in pieces:
        for _, element in stream.feed(piece):
            text = text_of_element(element)
            found.append(text)
            letters += len(text)
            release_element(element)
        if len(found) > MAX_STRINGS or letters > MAX_LETTERS:
            raise FileTooBig
    stream.close()
    return found


def text_of_element(element: Element) -> str:
    """The text of its runs, without the reading aid over them."""
    shown = (part for part in element.iter(*TEXT_TAGS) if not _aid(part))
    return "".join(part.text or "" for part in shown)


def _aid(part: Element) -> bool:
    parent = part.getparent()
    return parent is not None and parent.tag in PHONETIC_TAGS


def release_element(element: Element) -> None:
    """Empty an element that has been read, and drop those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


MAX_COLUMNS = 256
_DIGITS = 9


def build_row(element: Element, table: int, number: int, shared: Sequence[str]) -> Row:
    """The row with a cell for every column up to the last that holds something."""
    texts: list[str] = []
    for cell in element:
        if cell.tag not in CELL_TAGS:
            continue
        column = _column(cell.get("r"), len(texts))
        text = _text(cell, shared)
        if text and column < MAX_COLUMNS:
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
        return " ".join(text_of_element(part) for part in cell if part.tag in INLINE_TAGS).strip()
    value = next((part.text or "" for part in cell if part.tag in VALUE_TAGS), "").strip()
    if kind != "s":
        return value
    known = value.isascii() and value.isdigit() and len(value) <= _DIGITS
    return shared[int(value)].strip() if known and int(value) < len(shared) else ""


MAX_SHEETS = 50
MAX_ROWS = 200_000  # of all sheets together, blank ones too
MAIN_TYPES = (
    "spreadsheetml.sheet.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.sheet.macroenabled.main+xml",
    "ms-excel.template.macroenabled.main+xml",
)


class WorkbookReading:
    """A `handlers.document.DocumentReading` of a spreadsheet. `iter_blocks()` is iterated once, and
    raises DamagedFile or FileTooBig where a part turns out so."""

    def __init__(self, package: Package, parts: PackageParts, traits: Traits) -> None:
        self.traits = traits
        self._package = package
        self._sheets = parts.related_parts("worksheet")
        self._strings = parts.related_parts("sharedstrings")
        self._left = MAX_ROWS

    def iter_blocks(self) -> Iterator[Block]:
        shared: list[str] = []
        for name in self._strings[:1]:
            shared = read_shared_strings(self._package.stream_member(name))
        if len(self._sheets) > MAX_SHEETS:
            raise FileTooBig
        for table, name in enumerate(self._sheets, 1):
            yield from self._rows(table, name, shared)
            yield TableEnd(table)

    def _rows(self, table: int, name: str, shared: list[str]) -> Iterator[Block]:
        stream = XmlStream(ROW_TAGS)
        number = width = 0
        for piece in self._package.stream_member(name):
            for _, element in stream.feed(piece):
                number += 1
                row = build_row(element, table, number, shared)
                release_element(element)
                if not row.is_blank:
                    width = width or len(row.cells)
                    yield _widened(row, width)
            if number > self._left:
                raise FileTooBig
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
    parts = PackageParts(package, MAIN_TYPES, NotAWorkbook)
    refuse_doctypes(package, parts)
    traits = Traits()
    hazards.find_package_dangers(package, parts, traits)
    return WorkbookReading(package, parts, traits)
