"""What a place in the action plan is called, by what its author sees in print.

Does: says that a row is the plan's, and of several tables of it which: by the recommendation or the
appendix that stands over the table, else by its place among them.
Trusts: `handlers/report/plan_reading.py` for which tables are the plan.
Never touches: a word of the document: only numbers and letters of recommendations and appendices
are repeated.
Known limits: where two tables would be called alike, all are counted instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.document.block import Block, Paragraph, Row
from handlers.report.grid import Grid, grids
from handlers.report.plan_item import Item, PlanTable

ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
_SPELT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LONGEST = 400  # letters of a line over a table; a recommendation is quoted there in full
_NEAREST = 6  # lines over a table that may say what it is for
_RECOMMENDATION = re.compile(
    r"^[\W\d]*(?:agency |single agency |imr )?rec(?:ommendation)?\b\.?\s*(?:no\b\.?|number|#)?\s*"
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*|(?:{'|'.join(_SPELT)})\b)",
    re.I,
)
_APPENDIX = re.compile(r"^\W*(?P<kind>appendix|annex)\s+(?P<number>\d{1,2}|[A-K])\b", re.I)


def named(tables: Sequence[PlanTable], blocks: Sequence[Block], label: str) -> list[PlanTable]:
    """The tables, with every place in them called by what is printed. `label` is what a plan is
    called."""
    called = _called(tables, blocks, label)
    return [
        replace(table, items=tuple(_named(item, called) for item in table.items))
        for table in tables
    ]


def _named(item: Item, called: Mapping[int, str]) -> Item:
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
    every = list(grids(blocks))
    ends = [0, *(every[n].end for n in units)]
    said = [_over(every[n], blocks, end) for n, end in zip(units, ends, strict=False)]
    if None in said or len(set(said)) < len(said):
        said = [_counted(n) for n in range(len(units))]
    return {n: f"{label}, {words}" for n, words in zip(units, said, strict=True)}


def _counted(n: int) -> str:
    return f"{ORDINALS[n]} table" if n < len(ORDINALS) else f"table {n + 1}"


def _over(grid: Grid, blocks: Sequence[Block], after: int) -> str | None:
    """What the nearest line over a table, or across its top, says that it is for."""
    for line in _lines(grid, blocks, after):
        if len(line) > _LONGEST:
            continue
        if found := _RECOMMENDATION.match(line):
            return f"recommendation {_figures(found['number'])}"
        if found := _APPENDIX.match(line):
            return f"{found['kind'].lower()} {found['number'].upper()}"
    return None


def _lines(grid: Grid, blocks: Sequence[Block], after: int) -> Iterator[str]:
    """The row across its top, then what stands in the cells around it, then the lines over it from
    the nearest."""
    top = [cell for cell in grid.rows[0].cells if cell.text]
    if len(top) == 1:
        yield top[0].text
    around = blocks[grid.position]
    if grid.inner and isinstance(around, Row):
        yield from (p.text for cell in around.cells for p in reversed(cell.paragraphs) if p.text)
    over = (b.text for b in reversed(blocks[after : grid.position]) if isinstance(b, Paragraph))
    yield from [text.strip() for text in over if text.strip()][:_NEAREST]


def _figures(number: str) -> str:
    spelt = number.lower()
    return str(_SPELT.index(spelt) + 1) if spelt in _SPELT else number
