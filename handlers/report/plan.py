"""The action plan: a table of recommendations, each with who, what, when and how it will be shown.

Does: finds the plan, its columns, and the blanks in rows that have a recommendation.
Trusts: the shape's headings.
Never touches: whether a recommendation is a good one.
Known limits: the plan is known by three of its headings. A recommendation merged over several
rows belongs to each of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from config.shape import Column, Plan
from handlers.document.block import Cell, Row
from handlers.document.label import entered
from handlers.finding import Where
from handlers.findings import Findings
from handlers.report.grid import Headed, grids, headed
from handlers.report.report import Report
from handlers.typed.fold import fold, likeness, squash

RECOMMENDATION = "recommendation"  # the key of the column that makes a row count
KNOWN_BY = 3  # headings, the recommendation's own among them
KNOWN_WITHOUT = 4  # headings, where that one is not there; fewer may be another table
ALIKE = 0.85


def check_plan(report: Report, findings: Findings) -> None:
    """plan-missing: none. plan-column-missing: `{column}`. plan-KEY-missing, plan-timescale-vague:
    none; the place names the column."""
    plan = report.shape.plan
    if plan is None:
        return
    section = _section(report)
    tables = list(plan_tables(report))
    if not any(RECOMMENDATION not in t.columns or _recommended(t) for t in tables):
        findings.add("plan-missing", section)
    for column in _columns_missing(plan, tables):
        findings.add("plan-column-missing", section, column=column.heading)
    for table in tables:
        for row, cells in _recommended(table):
            _check_row(plan, row, cells, findings)


def plan_tables(report: Report) -> tuple[Headed, ...]:
    """Every table, or part of one, that is the action plan."""
    plan = report.shape.plan
    if plan is None:
        return ()
    tables = [
        table
        for grid in grids(report.blocks)
        for table in headed(grid, lambda cell: _column(plan, cell), KNOWN_BY)
    ]
    with_it = tuple(table for table in tables if RECOMMENDATION in table.columns)
    return with_it or tuple(t for t in tables if len(t.columns) >= KNOWN_WITHOUT)


def _section(report: Report) -> Where:
    key = report.shape.recommendations_section
    heading = next((s.heading for s in report.shape.sections if s.key == key), None)
    return Where(section=heading)


def _column(plan: Plan, cell: Cell) -> str | None:
    whole, plain = squash(cell.text), fold(cell.text)
    if not plain or len(plain) > 80:
        return None
    for column in plan.columns:
        if whole in {squash(words) for words in (column.heading, *column.also)}:
            return column.key
    near = (c for c in plan.columns if likeness(plain, c.heading) >= ALIKE)
    return next((column.key for column in near), None)


def _columns_missing(plan: Plan, tables: list[Headed]) -> list[Column]:
    """Missing from the plan's widest table: others may carry on with fewer."""
    if not tables:
        return []
    widest = max(tables, key=lambda table: len(table.columns))
    return [column for column in plan.columns if column.key not in widest.columns]


def _recommended(table: Headed) -> list[tuple[Row, Mapping[str, Cell]]]:
    """The rows that have a recommendation, or share one merged from above."""
    out: list[tuple[Row, Mapping[str, Cell]]] = []
    above: dict[str, Cell] = {}
    for row in table.rows:
        above = table.values(above, row)
        if _has(above.get(RECOMMENDATION)) and any(map(_has, row.cells)):
            out.append((row, above))
    return out


def _has(cell: Cell | None) -> bool:
    if cell is None:
        return False
    text = "\n".join(p.text for p in cell.paragraphs if not p.placeholder)
    inner = any(not row.blank for table in cell.tables for row in table)
    return bool(entered(text)) or cell.picture or inner


def _check_row(plan: Plan, row: Row, cells: Mapping[str, Cell], findings: Findings) -> None:
    for column in plan.columns:
        place = Where(table=row.table, row=row.number, column=column.heading)
        if column.key not in cells:
            continue
        if not _has(cells[column.key]):
            if column.key in (*plan.must_fill, *plan.should_fill):
                findings.add(f"plan-{column.key}-missing", place)
        elif column.key == "timescale" and _is_vague(cells[column.key].text, plan):
            findings.add("plan-timescale-vague", place)


def _is_vague(text: str, plan: Plan) -> bool:
    """ "Ongoing" and "ASAP" are vague; "ongoing, reviewed 1 June" is not."""
    plain = fold(text)
    if re.search(r"\d", plain):
        return False
    return any(
        plain == words or plain.startswith(words + " ")
        for words in map(fold, plan.vague_timescales)
    )
