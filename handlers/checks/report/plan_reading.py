"""Reads the action plan as it stands: its columns, and what each recommendation has.

A heading row has three headings that we know, the recommendation's among them, or four; two are
enough where the plan must stand. `plan_layouts.py` knows what a heading asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from config.kind_shape import Plan
from handlers.checks.report.plan_items import (
    MAX_PLAIN_HEADING,
    MIN_HEADINGS_IN_PLACE,
    MIN_KNOWN_HEADINGS,
    MIN_OTHER_HEADINGS,
    RECOMMENDATION,
    PlanCell,
    PlanItem,
    PlanTable,
    is_cell_filled,
    read_plan_cell,
    text_of_cell,
)
from handlers.checks.report.plan_layouts import (
    find_column_keys,
    is_added_heading,
    is_number_heading,
    is_toolkit_heading,
    read_turned_table,
)
from handlers.checks.report.report_tables import ReportTable, find_tables
from handlers.document import Block, Cell, Paragraph, Row

MIN_HEADING_CELLS = 4  # cells of a row that may be such a table's heading row

_DITTO = frozenset(['"', "''", "”", "“", "〃", "„", "″"])


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading row: which column each key stands over."""

    columns: Mapping[str, Cell]
    unknown: tuple[Cell, ...] = ()
    counted: bool = False
    rows: int = 1
    strange: tuple[int, ...] = ()


@dataclass(slots=True)
class _Making:
    """A table while its rows are read."""

    heading: _Heading
    width: int
    rows: list[_Line] = field(default_factory=list)
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    """A row, the number of its table among all there are, and its block."""

    row: Row
    grid: int
    block: int


def _lines(grid: ReportTable, number: int) -> list[_Line]:
    return [_Line(row, number, grid.block_of_row(n)) for n, row in enumerate(grid.rows)]


def read_plan_tables(
    blocks: Sequence[Block], plan: Plan, places: Sequence[range], lists: Collection[int] = ()
) -> list[PlanTable]:
    """Every table that is the action plan or part of it. `lists` are tables that are none of it,
    by where they begin."""
    out: list[PlanTable] = []
    open_: _Making | None = None
    for number, grid in enumerate(find_tables(blocks)):
        if grid.position in lists:
            continue
        here = any(grid.position in place for place in places)
        turned = read_turned_table(grid, plan, here)
        made = _headed(grid, number, plan, here and turned is None)
        if not made and open_ and _goes_on(open_, grid, blocks):
            open_.rows += _lines(grid, number)
            open_.end = grid.end
            continue
        if open_ is not None and (made or grid.position >= open_.end):
            out.append(_table(open_, plan))
            open_ = None
        if made:
            out += [_table(one, plan) for one in made[:-1]]
            open_ = made[-1]
        elif turned is not None:
            items = tuple(replace(item, grid=number) for item in turned.items)
            out.append(replace(turned, items=items))
    return [*out, *([_table(open_, plan)] if open_ else [])]


def _headed(grid: ReportTable, number: int, plan: Plan, here: bool) -> list[_Making]:
    """The parts of a table, each under a heading row."""
    made: list[_Making] = []
    skip = 0
    for at, line in enumerate(_lines(grid, number)):
        row = line.row
        if skip:
            skip -= 1
            continue
        heading = _heading(row, grid.rows[at + 1 :], plan, here and not made)
        if heading is not None:
            made.append(_Making(heading, _width(row), [], grid.position, grid.end))
            skip = heading.rows - 1
        elif made:
            made[-1].rows.append(line)
    return made


def _heading(row: Row, after: Sequence[Row], plan: Plan, here: bool) -> _Heading | None:
    found = _keyed(row, plan)
    second = _keyed(after[0], plan) if found and after else {}
    if second and _completes(after[0], second, found, plan) and _enough({**second, **found}):
        over = [cell for cell in _unknown(row, plan) if not _covered(cell, second)]
        unknown = (*over, *_unknown(after[0], plan))
        return _Heading({**second, **found}, unknown, _counts(row), 2)
    told = [cell for cell in row.cells if cell.text]
    heads = (
        here
        and len(found) >= MIN_HEADINGS_IN_PLACE
        and len(told) >= MIN_HEADING_CELLS
        and _short(told)
    )
    if not heads and not _enough(found):
        return None
    unknown = tuple(_unknown(row, plan))
    strange = tuple(n for n, cell in enumerate(row.cells, 1) if cell in unknown)
    return _Heading(found, unknown, _counts(row), strange=strange)


def _enough(found: Mapping[str, Cell]) -> bool:
    return len(found) >= (MIN_KNOWN_HEADINGS if RECOMMENDATION in found else MIN_OTHER_HEADINGS)


def _keyed(row: Row, plan: Plan) -> dict[str, Cell]:
    """The cell that heads each key; of two, the one in the toolkit's own words."""
    out: dict[str, Cell] = {}
    for cell in row.cells:
        for key in find_column_keys(cell.text, plan):
            if key not in out or is_toolkit_heading(cell.text, key, plan):
                out[key] = cell
    return out


def _completes(row: Row, second: Mapping[str, Cell], first: Mapping[str, Cell], plan: Plan) -> bool:
    """Whether a row under headings has the rest of them: nothing but headings is in it."""
    told = [cell for cell in row.cells if cell.text]
    known = all(
        find_column_keys(cell.text, plan) or is_added_heading(cell.text, plan) for cell in told
    )
    return known and bool(second.keys() - first.keys())


def _covered(cell: Cell, second: Mapping[str, Cell]) -> bool:
    return any(cell.column <= c.column < cell.column + cell.span for c in second.values())


def _unknown(row: Row, plan: Plan) -> Iterator[Cell]:
    for cell in row.cells:
        if (
            cell.text
            and not find_column_keys(cell.text, plan)
            and not is_added_heading(cell.text, plan)
        ):
            yield cell


def _counts(row: Row) -> bool:
    return any(is_number_heading(cell.text) for cell in row.cells)


def _short(cells: Iterable[Cell]) -> bool:
    return all(len(cell.text) <= MAX_PLAIN_HEADING for cell in cells)


def _width(row: Row) -> int:
    return max((cell.column + cell.span for cell in row.cells), default=0)


def _goes_on(made: _Making, grid: ReportTable, blocks: Sequence[Block]) -> bool:
    """A table without headings straight under the plan, with as many columns."""
    between = blocks[made.end : grid.position]
    parted = any(
        isinstance(b, Paragraph) and (len(b.text) > MAX_PLAIN_HEADING or b.heading) for b in between
    )
    width = max((_width(row) for row in grid.rows), default=0)
    return made.end <= grid.position and not parted and made.width == width >= MIN_OTHER_HEADINGS


def _table(made: _Making, plan: Plan) -> PlanTable:
    columns = {key: cell.column for key, cell in made.heading.columns.items()}
    items: list[PlanItem] = []
    above: dict[str, Cell] = {}
    band: PlanCell | None = None
    for line in made.rows:
        row = line.row
        if (across := _across(row)) is not None:
            band = across
            continue
        above = _values(columns, above, row)
        item = _item(plan, line, above)
        if band is not None and RECOMMENDATION not in columns:
            item = replace(item, entered={RECOMMENDATION: band, **item.entered})
        if any(map(is_cell_filled, row.cells)) and not _only_counts(row):
            items.append(item)
    given = {RECOMMENDATION} if band is not None else set()
    nameless = _nameless(made)
    return PlanTable(
        frozenset(columns) | given,
        tuple(items),
        len(made.heading.unknown) + nameless,
        made.heading.counted,
        range(made.start, made.end),
        frozenset(line.row.table for line in made.rows),
        () if nameless else made.heading.strange,
    )


def _nameless(made: _Making) -> int:
    """Columns without a heading that have something in them besides numbers."""
    headed = {c for cell in (*made.heading.columns.values(), *made.heading.unknown)
              for c in range(cell.column, cell.column + cell.span)}  # fmt: skip
    loose = {
        cell.column
        for line in made.rows
        for cell in line.row.cells
        if cell.column >= made.width and any(c.isalpha() for c in cell.text)
    }
    return len(loose - headed)


def _across(row: Row) -> PlanCell | None:
    """A row with one cell over all columns: a title, or the recommendation that rows under it
    belong to."""
    told = [cell for cell in row.cells if cell.text]
    if len(row.cells) == 1 and told and told[0].span > 1:
        return read_plan_cell(told[0], row, "")
    return None


def _values(columns: Mapping[str, int], above: Mapping[str, Cell], row: Row) -> dict[str, Cell]:
    """The cell under each heading; one merged with the row above, or with ditto marks, has that
    row's cell."""
    out: dict[str, Cell] = {}
    for key, column in columns.items():
        cell = next((c for c in row.cells if c.column <= column < c.column + c.span), None)
        if cell is not None and key in above and (cell.continued or cell.text in _DITTO):
            cell = above[key]
        if cell is not None:
            out[key] = cell
    return out


def _item(plan: Plan, line: _Line, cells: Mapping[str, Cell]) -> PlanItem:
    headings = {column.key: column.heading for column in plan.columns}
    row = line.row
    found = {key: read_plan_cell(cell, row, headings[key]) for key, cell in cells.items()}
    return PlanItem(found, (row.table, row.number), grid=line.grid, block=line.block)


def _only_counts(row: Row) -> bool:
    """ "3." and nothing else: a row printed to be filled in."""
    told = [text_of_cell(cell) for cell in row.cells if is_cell_filled(cell)]
    return all(text and not any(c.isalpha() for c in text) and len(text) < 6 for text in told)
