"""A spreadsheet opened for reading: each sheet is a table.

Does: opens the package as a Word document's is opened, and reads its sheets row by row.
Trusts: nothing; the order below is from the outside in, as in `handlers/word/document.py`.
Never touches: the disk, the network, macros, links to other workbooks, charts.
Known limits: sheets come in the order in which the workbook relates to them; hidden ones are
read. Blank rows are passed over, and a table's rows are counted as they stand in the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handlers.document.block import Block, Cell, Row, TableEnd, Traits
from handlers.word import hazards
from handlers.word.document import refuse_doctypes
from handlers.word.package import Package
from handlers.word.parts import Parts
from handlers.word.refusals import TooBig
from handlers.word.xml import Stream
from handlers.workbook.cells import row_of
from handlers.workbook.names import ROW
from handlers.workbook.refusals import NotAWorkbook
from handlers.workbook.strings import let_go, strings_in

MOST_SHEETS = 50
MOST_ROWS = 200_000  # of all sheets together, blank ones too
MAIN_TYPES = (
    "spreadsheetml.sheet.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.sheet.macroenabled.main+xml",
    "ms-excel.template.macroenabled.main+xml",
)


class WorkbookReading:
    """A `handlers.document.block.Reading` of a spreadsheet. `blocks()` is iterated once, and raises
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
