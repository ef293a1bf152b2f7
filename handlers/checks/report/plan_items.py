"""What was read of an action plan, and what each place in it is called by what its author sees
in print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.checks.report.report_tables import ReportTable, find_tables
from handlers.document import Block, Cell, Paragraph, Row
from handlers.fields.drawn_lines import entered_value
from handlers.findings import FindingPlace

RECOMMENDATION = "recommendation"  # the key of the column that makes a row count
MIN_KNOWN_HEADINGS = 3  # headings, the recommendation's own among them
MIN_OTHER_HEADINGS = 4  # headings, where that one is not there; fewer may be another table
MIN_HEADINGS_IN_PLACE = 2  # headings of a table that stands where the plan must
MAX_PLAIN_HEADING = 60  # letters: what is longer is no heading


@dataclass(frozen=True, slots=True)
class PlanCell:
    """What stands in one place of the plan. `there` is also true of a picture or a table."""

    text: str
    there: bool
    where: FindingPlace


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One recommendation, or one action of it."""

    entered: Mapping[str, PlanCell]
    row: tuple[int, int] | None = None  # its table and row, for one that has a row of its own
    beside: int = 0  # which it is of several side by side, from 1
    grid: int = -1  # which of the document's tables it stands in, those inside others counted too
    block: int = -1  # and in which block, where it has a row of its own

    def has_entered(self, key: str) -> bool:
        return key in self.entered and self.entered[key].there


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A plan, or part of one. `unknown` are its headings that we do not know."""

    keys: frozenset[str]
    items: tuple[PlanItem, ...]
    unknown: int = 0
    counted: bool = False  # a column of numbers or references stands beside the others
    positions: range = range(0)
    numbers: frozenset[int] = frozenset()  # of the tables it was read from
    strange: tuple[int, ...] = ()  # the columns that unknown headings head, from the left, from 1


def read_plan_cell(cell: Cell, row: Row, heading: str) -> PlanCell:
    where = FindingPlace(table=row.table, row=row.number, column=heading)
    return PlanCell(text_of_cell(cell), is_cell_filled(cell), where)


def text_of_cell(cell: Cell) -> str:
    return entered_value("\n".join(p.text for p in cell.paragraphs if not p.placeholder))


def is_cell_filled(cell: Cell) -> bool:
    inner = any(not row.is_blank for table in cell.tables for row in table)
    return bool(text_of_cell(cell)) or cell.picture or any(cell.ticks) or inner


ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LONGEST = 400  # letters of a line over a table; a recommendation is quoted there in full
_NEAREST = 6  # lines over a table that may say what it is for
_RECOMMENDATION = re.compile(
    r"^[\W\d]*(?:agency |single agency |imr )?rec(?:ommendation)?\b\.?\s*(?:no\b\.?|number|#)?\s*"
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*|(?:{'|'.join(CARDINALS)})\b)",
    re.I,
)
_APPENDIX = re.compile(r"^\W*(?P<kind>appendix|annex)\s+(?P<number>\d{1,2}|[A-K])\b", re.I)


def name_plan_places(
    tables: Sequence[PlanTable], blocks: Sequence[Block], label: str
) -> list[PlanTable]:
    """The tables, with every place in them called by what is printed. `label` is what a plan is
    called."""
    called = _called(tables, blocks, label)
    return [
        replace(table, items=tuple(_named(item, called) for item in table.items))
        for table in tables
    ]


def _named(item: PlanItem, called: Mapping[int, str]) -> PlanItem:
    name = called.get(item.grid)
    if name is None:
        return item
    entered = {
        key: replace(one, where=replace(one.where, section=name))
        for key, one in item.entered.items()
    }
    return replace(item, entered=entered)


def _called(tables: Sequence[PlanTable], blocks: Sequence[Block], label: str) -> dict[int, str]:
    """The name of each table with something in it, by its number among all tables."""
    units = sorted({item.grid for table in tables for item in table.items if item.grid >= 0})
    if len(units) < 2:
        return dict.fromkeys(units, label)
    every = list(find_tables(blocks))
    ends = [0, *(every[n].end for n in units)]
    said = [_over(every[n], blocks, end) for n, end in zip(units, ends, strict=False)]
    if None in said or len(set(said)) < len(said):
        said = [_counted(n) for n in range(len(units))]
    return {n: f"{label}, {words}" for n, words in zip(units, said, strict=True)}


def _counted(n: int) -> str:
    return f"{ORDINALS[n]} table" if n < len(ORDINALS) else f"table {n + 1}"


def _over(grid: ReportTable, blocks: Sequence[Block], after: int) -> str | None:
    """What the nearest line over a table, or across its top, says that it is for."""
    for line in _lines(grid, blocks, after):
        if len(line) > _LONGEST:
            continue
        if found := _RECOMMENDATION.match(line):
            return f"recommendation {_figures(found['number'])}"
        if found := _APPENDIX.match(line):
            return f"{found['kind'].lower()} {found['number'].upper()}"
    return None


def _lines(grid: ReportTable, blocks: Sequence[Block], after: int) -> Iterator[str]:
    """The row across its top, then what stands in the cells around it, then the lines over it from
    the nearest."""
    top = [cell for cell in grid.rows[0].cells if cell.text]
    if len(top) == 1:
        yield top[0].text
    around = blocks[grid.position]
    if grid.is_inside_cell and isinstance(around, Row):
        yield from (p.text for cell in around.cells for p in reversed(cell.paragraphs) if p.text)
    over = (b.text for b in reversed(blocks[after : grid.position]) if isinstance(b, Paragraph))
    yield from [text.strip() for text in over if text.strip()][:_NEAREST]


def _figures(number: str) -> str:
    spelt = number.lower()
    return str(CARDINALS.index(spelt) + 1) if spelt in CARDINALS else number
