"""What was read of an action plan: its columns, and what stands beside each recommendation.

Does: names the values that every reader of a plan yields, and reads one cell.
Trusts: nothing.
Never touches: what a value means.
Known limits: of a picture or a table in a cell is known that it is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.document.block import Cell, Row
from handlers.document.label import entered
from handlers.finding import Where

RECOMMENDATION = "recommendation"  # the key of the column that makes a row count
KNOWN_BY = 3  # headings, the recommendation's own among them
KNOWN_WITHOUT = 4  # headings, where that one is not there; fewer may be another table
KNOWN_HERE = 2  # headings of a table that stands where the plan must
TEXT = 60  # letters: what is longer is no heading


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in one place of the plan. `there` is also true of a picture or a table."""

    text: str
    there: bool
    where: Where


@dataclass(frozen=True, slots=True)
class Item:
    """One recommendation, or one action of it."""

    entered: Mapping[str, Entered]
    row: tuple[int, int] | None = None  # its table and row, for one that has a row of its own
    beside: int = 0  # which it is of several side by side, from 1
    grid: int = -1  # which of the document's tables it stands in, those inside others counted too
    block: int = -1  # and in which block, where it has a row of its own

    def has(self, key: str) -> bool:
        return key in self.entered and self.entered[key].there


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A plan, or part of one. `unknown` are its headings that we do not know."""

    keys: frozenset[str]
    items: tuple[Item, ...]
    unknown: int = 0
    counted: bool = False  # a column of numbers or references stands beside the others
    positions: range = range(0)
    numbers: frozenset[int] = frozenset()  # of the tables it was read from
    strange: tuple[int, ...] = ()  # the columns that unknown headings head, from the left, from 1


def from_cell(cell: Cell, row: Row, heading: str) -> Entered:
    where = Where(table=row.table, row=row.number, column=heading)
    return Entered(cell_text(cell), cell_there(cell), where)


def cell_text(cell: Cell) -> str:
    return entered("\n".join(p.text for p in cell.paragraphs if not p.placeholder))


def cell_there(cell: Cell) -> bool:
    inner = any(not row.blank for table in cell.tables for row in table)
    return bool(cell_text(cell)) or cell.picture or any(cell.ticks) or inner
