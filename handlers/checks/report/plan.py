"""Checks the action plan: who, what, when and how it will be shown, for each recommendation.

What may be the plan, or a column of it, and is not known as such is a question. A recommendation
merged over several rows belongs to each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from config.english import join_with_and
from config.kind import Kind
from config.kind_shape import Column, Plan
from config.rules import VALUE_REFUSALS
from handlers.checks.report.headings import closes_report, is_field_label, looks_like_heading
from handlers.checks.report.plan_items import (
    ORDINALS,
    RECOMMENDATION,
    PlanItem,
    PlanTable,
    name_plan_places,
)
from handlers.checks.report.plan_layouts import (
    find_column_keys,
    is_added_heading,
    read_labelled_lines,
    split_labelled_text,
)
from handlers.checks.report.plan_reading import read_plan_tables
from handlers.checks.report.report import (
    ReportDocument,
    ReportPassage,
    read_once,
    report_passages,
)
from handlers.checks.report.report_tables import ReportTable, find_tables
from handlers.document import Paragraph
from handlers.fields.front_matter import front_matter_sort
from handlers.findings import CheckedTotal, FindingPlace, Findings
from handlers.values.blanks_not_filled import NoValue, read_no_value
from handlers.values.normalise import fold_text

UNCLEAR_RULE, COLUMN_UNCLEAR_RULE = "plan-unclear", "plan-column-unclear"
# Of `config/not_yet_in_blanks.toml`: what these say fills no cell. An answer in a cell may well be
# a word that marks a place elsewhere ("Sign off by the board"), or point to another row ("See
# above").
PARAGRAPH_NUMBER = r"(?:para(?:graph)?\s*)?\(?\d+(?:\.\d+)*[.)]?"
NOTHING_ENTERED_SENTENCE = "Nothing is entered."
NOTHING_KINDS = ("to-come", "draft", "not-applicable", "unknown", "nothing", "template")


def check_plan(report: ReportDocument, findings: Findings) -> None:
    """plan-missing, plan-unclear: none. plan-column-missing, plan-column-unclear: `{column}`.
    plan-KEY-missing, plan-timescale-vague: none; the place names the column."""
    plan = report.shape.plan
    if plan is None:
        return
    section, tables = FindingPlace(section=_section(report)), find_plan_tables(report)
    unread = list(_unread(report, plan, tables))
    _check_there(report, plan, tables, unread, findings)
    _check_columns(report, plan, tables, section, findings)
    for item in _counted(tables):
        _check_item(plan, item, findings)
    for place in _without_recommendation(tables):
        words = VALUE_REFUSALS["plan"]["no-recommendation"]
        findings.add(UNCLEAR_RULE, place, instead=words.says, instead_fix=words.fix)


def _without_recommendation(tables: Sequence[PlanTable]) -> Iterator[FindingPlace]:
    """Rows that begin a line of their own, with an outcome and an action, and recommend nothing. A
    row with neither outcome goes on from the one above."""
    for table in tables:
        if not any(item.has_entered(RECOMMENDATION) for item in table.items):
            continue
        for item in table.items:
            blank = item.entered.get(RECOMMENDATION)
            own = item.has_entered("outcome") and item.has_entered("action")
            if blank is not None and own and not item.has_entered(RECOMMENDATION):
                yield blank.where


@read_once
def find_plan_tables(report: ReportDocument) -> tuple[PlanTable, ...]:
    """Every table, part of one, or list of labelled lines that is the action plan."""
    plan = report.shape.plan
    if plan is None:
        return ()
    places = _places(report, plan)
    tables = read_plan_tables(report.blocks, plan, places, _lists(report, plan))
    with_it = [table for table in tables if RECOMMENDATION in table.keys]
    here = [t for t in tables if any(t.positions.start in place for place in places)]
    if with_it or here:
        tables = [t for t in tables if t in with_it or t in here]
    if tables:
        return tuple(name_plan_places(tables, report.blocks, plan.label))
    lines = read_labelled_lines(report.blocks, plan, places, plan.label)
    return (lines,) if lines else ()


@read_once
def place_finder(report: ReportDocument) -> Callable[[ReportPassage], FindingPlace]:
    """Where a passage is: as `ReportDocument.place` says, and in a row of the plan, which."""
    rows = {
        (item.block, *item.row): one.where.section
        for table in find_plan_tables(report)
        for item in table.items
        if item.row is not None
        for one in item.entered.values()
    }

    def place(passage: ReportPassage) -> FindingPlace:
        where = report.place_of_passage(passage)
        name = rows.get((passage.position, where.table or 0, where.row or 0))
        return replace(where, section=name) if name else where

    return place


def count_plan_rows(report: ReportDocument, kind: Kind) -> CheckedTotal:
    """How many rows of the plan were asked about. Other rules are told wherever they are so."""
    rows = [item for item in _counted(find_plan_tables(report)) if item.row is not None]
    others = frozenset(rule for rule in kind.rules if not rule.startswith("plan-"))
    return CheckedTotal(len(rows), "rows", others)


def _section(report: ReportDocument) -> str:
    key = report.shape.recommendations_section
    return next((s.heading for s in report.shape.sections if s.key == key), "")


def _places(report: ReportDocument, plan: Plan) -> list[range]:
    """Where the plan should stand: its section, and what an appendix called so holds."""
    found = report.outline.section_or_likely(report.shape.recommendations_section)
    end = min(found.end, _end(report, found.position)) if found else report.outline.front
    places = [range(found.position, end)] if found else []
    for at in range(end, len(report.blocks)):
        block = report.blocks[at]
        if isinstance(block, Paragraph) and _titles(block, plan):
            places.append(range(at, _end(report, at)))
    return places


def _titles(paragraph: Paragraph, plan: Plan) -> bool:
    named = f" {fold_text(plan.label)} " in f" {fold_text(paragraph.text)} "
    return named and looks_like_heading(paragraph) and not paragraph.text.rstrip().endswith(".")


def _end(report: ReportDocument, start: int) -> int:
    """Where the next section or appendix begins."""
    heads = {f.position for f in report.outline.found}
    for at in range(start + 1, len(report.blocks)):
        block = report.blocks[at]
        if at in heads or (isinstance(block, Paragraph) and closes_report(block, report.shape)):
            return at
    return len(report.blocks)


def _counted(tables: Sequence[PlanTable]) -> Iterator[PlanItem]:
    """The items that have a recommendation, or stand in a table that has none of its own."""
    for table in tables:
        for item in table.items:
            if RECOMMENDATION not in table.keys or item.has_entered(RECOMMENDATION):
                yield item


def _check_there(
    report: ReportDocument,
    plan: Plan,
    tables: Sequence[PlanTable],
    unread: Sequence[FindingPlace],
    findings: Findings,
) -> None:
    section = FindingPlace(section=_section(report))
    asks = findings.includes_rule(UNCLEAR_RULE)
    for place in unread if asks else ():
        findings.add(UNCLEAR_RULE, place)
    if any(True for _ in _counted(tables)) or (unread and asks):
        return
    if asks and not tables and _may_stand(report, plan):
        findings.add(UNCLEAR_RULE, section)
    else:
        findings.add("plan-missing", section)


def _may_stand(report: ReportDocument, plan: Plan) -> bool:
    """A picture where the plan should be, or lines with some of its labels."""
    keys: set[str] = set()
    for place in _places(report, plan):
        for passage in report_passages(report.blocks, place.start, place.stop):
            if passage.paragraph.picture:
                return True
            keys |= {
                key for found, _ in split_labelled_text(passage.text, plan) for key in found[:1]
            }
    return len(keys - {RECOMMENDATION}) > 1


def _unread(
    report: ReportDocument, plan: Plan, tables: Sequence[PlanTable]
) -> Iterator[FindingPlace]:
    """Tables where the plan should stand that are no part of what was read. Beside a plan that was,
    paragraphs with their numbers in a column of their own are text."""
    places = _places(report, plan)
    known = {at for table in tables for at in table.positions} | _lists(report, plan)
    has_plan = any(True for _ in _counted(tables))
    for grid in find_tables(report.blocks):
        here = any(grid.position in place for place in places) and grid.position not in known
        if here and has_plan and _numbers_paragraphs(grid):
            continue
        if here and _may_be_plan(grid, report, plan):
            yield FindingPlace(table=grid.rows[0].table, section=_section(report))


def _lists(report: ReportDocument, plan: Plan) -> frozenset[int]:
    """Where a list of versions, of staff and the like begins, which nothing makes a plan."""
    return frozenset(
        grid.position
        for grid in find_tables(report.blocks)
        if front_matter_sort(grid.rows, report.review_period) is not None
        and not _recommends(grid, plan)
    )


def _recommends(grid: ReportTable, plan: Plan) -> bool:
    return any(
        RECOMMENDATION in find_column_keys(cell.text, plan)
        for row in grid.rows[:3]
        for cell in row.cells
    )


def _numbers_paragraphs(grid: ReportTable) -> bool:
    """Whether each row is a number and one text beside it, as reports lay out their paragraphs."""
    told = [[cell for cell in row.cells if cell.text or cell.tables] for row in grid.rows]
    return all(
        len(row) == 2 and not row[1].tables and re.fullmatch(PARAGRAPH_NUMBER, row[0].text.strip())
        for row in told
        if row
    )


def _may_be_plan(grid: ReportTable, report: ReportDocument, plan: Plan) -> bool:
    told = [[c.text for c in row.cells if c.text or c.picture] for row in grid.rows]
    told = [row for row in told if row]
    inner = any(cell.tables for row in grid.rows for cell in row.cells)
    if inner or max(map(len, told), default=0) < 2:
        return False
    if any(
        is_field_label(row[0], report.shape) and not find_column_keys(row[0], plan) for row in told
    ):
        return False  # a signing block, or the organisation's name
    listed_only = all(
        find_column_keys(t, plan) == (RECOMMENDATION,) or is_added_heading(t, plan) for t in told[0]
    )
    return not listed_only  # the recommendations by themselves, before their plan


def _check_columns(
    report: ReportDocument,
    plan: Plan,
    tables: Sequence[PlanTable],
    section: FindingPlace,
    findings: Findings,
) -> None:
    """Columns that none of the plan's tables has, and no label over or in them; then those that one
    of them lacks."""
    if not tables:
        return
    given = _given(report, plan)
    have = {key for table in tables for key in table.keys} | given
    absent = [column for column in plan.columns if column.key not in have]
    _lacks(absent, tables, section, findings)
    for table in tables:
        lacking = {c.key for c in plan.columns} - table.keys - given - {c.key for c in absent}
        if RECOMMENDATION in table.keys and any(table.items):
            lacking -= {key for other in tables if _completes(other, table) for key in other.keys}
            missing = [column for column in plan.columns if column.key in lacking]
            _lacks(missing, [table], _of_one(table, tables) or section, findings)


def _of_one(table: PlanTable, tables: Sequence[PlanTable]) -> FindingPlace | None:
    """Which of several tables it is."""
    if len(tables) < 2:
        return None
    names = (one.where.section for item in table.items for one in item.entered.values())
    return FindingPlace(table=min(table.numbers, default=None), section=next(names, None))


def _completes(other: PlanTable, table: PlanTable) -> bool:
    """Whether two tables are the left and the right half of one plan."""
    return not (other.keys & table.keys) - {RECOMMENDATION, "outcome"}


def _lacks(
    missing: Sequence[Column],
    tables: Sequence[PlanTable],
    section: FindingPlace,
    findings: Findings,
) -> None:
    unknown = sum(table.unknown for table in tables)
    counted = any(table.counted for table in tables)
    unclear = [
        column
        for column in missing
        if findings.includes_rule(COLUMN_UNCLEAR_RULE)
        and (unknown or (counted and column.key == RECOMMENDATION))
    ]
    if unclear:
        named = join_with_and([f'"{column.heading}"' for column in unclear])
        findings.add(COLUMN_UNCLEAR_RULE, section, column=named, instead=_perhaps(named, tables))
    for column in missing:
        if column not in unclear:
            findings.add("plan-column-missing", section, column=column.heading)


def _perhaps(named: str, tables: Sequence[PlanTable]) -> str:
    """Which columns may be those that were not found; "" where no heading says."""
    counts = tables[0].strange if len(tables) == 1 else ()
    if not counts or counts[-1] > len(ORDINALS):
        return ""
    which = join_with_and([ORDINALS[n - 1] for n in counts])
    column, have = ("column", "has") if len(counts) == 1 else ("columns", "have")
    said = f"The {which} {column} from the left {have} a heading that we do not know, which may be"
    return f"We could not find {named} in the action plan. {said} that. A person will look."


def _given(report: ReportDocument, plan: Plan) -> set[str]:
    """What labelled lines over or between the tables say: "Recommendation 1: ..."."""
    return {
        key
        for place in _places(report, plan)
        for block in report.blocks[place.start : place.stop]
        if isinstance(block, Paragraph)
        for keys, value in split_labelled_text(block.text, plan)
        if value.strip()
        for key in keys
    }


def _check_item(plan: Plan, item: PlanItem, findings: Findings) -> None:
    for column in plan.columns:
        entered = item.entered.get(column.key)
        if entered is None:
            continue
        told = _nothing(entered.text, column.key) if entered.there else None
        if not entered.there or told:
            if column.key in (*plan.must_fill, *plan.should_fill):
                instead = told.says if told else ""
                if item.beside:
                    instead = f"{instead or NOTHING_ENTERED_SENTENCE} {_which(item.beside)}"
                findings.add(f"plan-{column.key}-missing", entered.where, instead=instead)
        elif column.key == "timescale" and _is_vague(entered.text, plan):
            findings.add("plan-timescale-vague", entered.where)


def _which(beside: int) -> str:
    """Of several recommendations side by side a row does not say which."""
    return f"This is for recommendation {beside}, counted from the left."


def _nothing(text: str, key: str) -> NoValue | None:
    """An action may be to draft something ("Draft it"); "Draft" alone is none."""
    told = read_no_value(text)
    if told is None or told.kind not in NOTHING_KINDS:
        return None
    is_order = told.kind == "draft" and key == "action" and len(text.split()) > 1
    return None if is_order else told


def _is_vague(text: str, plan: Plan) -> bool:
    """ "Ongoing" and "ASAP" are vague; "ongoing, reviewed 1 June" is not."""
    plain = fold_text(text)
    if re.search(r"\d", plain):
        return False
    return any(
        plain == words or plain.startswith(words + " ")
        for words in map(fold_text, plan.vague_timescales)
    )
