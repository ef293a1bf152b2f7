"""An action plan in a table with the labels before their values.

Does: reads one recommendation to a table, several side by side, several one under another, and
labels in pairs ("By whom", its value, "Timescale", its value).
Trusts: `handlers/report/plan_columns.py` for what a label asks for.
Never touches: findings.
Known limits: a label is in a cell of its own; those in a cell with their values are read as lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from config.shape import Plan
from handlers.document.block import Cell, Row
from handlers.report.grid import Grid
from handlers.report.plan_columns import Keys, is_beside, keys_in
from handlers.report.plan_item import (
    KNOWN_BY,
    KNOWN_HERE,
    KNOWN_WITHOUT,
    RECOMMENDATION,
    TEXT,
    Entered,
    Item,
    PlanTable,
    cell_there,
    from_cell,
)


def read_turned(grid: Grid, plan: Plan, here: bool) -> PlanTable | None:
    """A table with labels before their values: one recommendation, or several side by side or one
    under another."""
    paired = any(_in_pairs(row, plan) for row in grid.rows)
    segments = [(row, segment) for row in grid.rows for segment in _segments(row, paired)]
    marks = [(k, row, s[1:]) for row, s in segments if (k := keys_in(s[0].text, plan))]
    keys = {key for label, _, _ in marks for key in label}
    least = KNOWN_HERE + 1 if here else KNOWN_WITHOUT
    if len(keys) < (KNOWN_BY if RECOMMENDATION in keys else least):
        return None
    items = [item for item in _gathered(marks, plan) if any(e.there for e in item.entered.values())]
    return PlanTable(
        frozenset(keys),
        tuple(items),
        sum(1 for _, segment in segments if _unknown_label(segment, plan)),
        False,
        range(grid.position, grid.end),
        frozenset(row.table for row in grid.rows),
    )


_Mark = tuple[Keys, Row, tuple[Cell, ...]]


def _segments(row: Row, paired: bool) -> Iterator[tuple[Cell, ...]]:
    """A row's label and what follows it; in a table of pairs, each label and its value."""
    cells = tuple(cell for cell in row.cells if not cell.continued)
    if len(cells) > 1 and not cells[0].text.strip(" .()").isdigit():
        size = 2 if paired and len(cells) % 2 == 0 else len(cells)
        yield from (cells[at : at + size] for at in range(0, len(cells), size))
    elif len(cells) > 2:
        yield cells[1:]


def _in_pairs(row: Row, plan: Plan) -> bool:
    cells = [cell for cell in row.cells if not cell.continued]
    return len(cells) > 3 and all(keys_in(cells[at].text, plan) for at in (0, 2))


def _unknown_label(segment: tuple[Cell, ...], plan: Plan) -> bool:
    label = segment[0].text
    told = bool(label) and len(label) <= TEXT and any(map(cell_there, segment[1:]))
    return told and not keys_in(label, plan) and not is_beside(label, plan)


def _gathered(marks: Sequence[_Mark], plan: Plan) -> Iterator[Item]:
    """Items out of marks: each value of a label is another item's, and a label that comes again
    begins the next."""
    headings = {column.key: column.heading for column in plan.columns}
    columns: dict[int, dict[str, Entered]] = {}
    for keys, row, values in marks:
        if any(keys[0] in found for found in columns.values()):
            yield from _side_by_side(columns)
            columns = {}
        for n, cell in enumerate(values):
            for key in keys:
                columns.setdefault(n, {})[key] = from_cell(cell, row, headings[key])
    yield from _side_by_side(columns)


def _side_by_side(columns: Mapping[int, Mapping[str, Entered]]) -> Iterator[Item]:
    for n, entered in columns.items():
        yield Item(entered, beside=n + 1 if len(columns) > 1 else 0)
