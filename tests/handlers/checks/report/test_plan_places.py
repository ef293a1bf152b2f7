"""What a place in the action plan is called: the plan is named, and which table of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from outbox.writing.places import group_into_changes
from tests.handlers.checks.report.conftest import KIND, PLAN_HEADINGS, PLAN_ROW, table

BLANK = (*PLAN_ROW[:3], "", *PLAN_ROW[4:])


def printed(draft) -> list[str]:
    return [change.place for change in group_into_changes(draft.judged().findings, draft.kind)]


def plan(number: int, *rows: tuple[str, ...]) -> list[Block]:
    return table(number, PLAN_HEADINGS, *rows)


def inside(number: int, blocks: list[Block], *lines: str) -> list[Block]:
    """Lines and a table in one cell of a table."""
    rows = tuple(b for b in blocks if isinstance(b, Row))
    cell = Cell(tuple(map(Paragraph, lines)), 0, tables=(rows,))
    return [Row(number, 1, (cell,)), TableEnd(number)]


def test_the_only_table_is_called_the_action_plan(draft):
    draft.bodies["recommendations"] = plan(1, PLAN_ROW, BLANK)
    assert printed(draft) == ["Action Plan, row 3, By Whom"]
    (found,) = draft.judged().findings
    assert (found.where.table, found.where.row, found.where.column) == (1, 3, "By Whom")


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        ("Recommendation 1: look twice.", "Recommendation 2: ask again.", "recommendation 2"),
        ("Recommendation One", "Recommendation Two", "recommendation 2"),
        ("8.1 Rec. 1.1 Look twice", "8.2 Rec. 1.2 Ask again", "recommendation 1.2"),
        ("Appendix A: for doctors", "Appendix B: for nurses", "appendix B"),
        ("For doctors", "For nurses", "second table"),
        ("Recommendation 1", "For nurses", "second table"),
        ("Recommendation 1", "Recommendation 1, continued", "second table"),
    ],
)
def test_of_several_tables_the_one_is_named_by_what_stands_over_it(draft, one, two, said):
    draft.bodies["recommendations"] = [
        Paragraph(one), *plan(4, PLAN_ROW), Paragraph(two), *plan(5, BLANK),
    ]  # fmt: skip
    assert printed(draft) == [f"Action Plan, {said}, row 2, By Whom"]


def test_a_plan_that_goes_on_in_a_table_without_headings_is_two_tables(draft):
    draft.bodies["recommendations"] = [*plan(4, PLAN_ROW), Paragraph(""), *table(5, BLANK)]
    assert printed(draft) == ["Action Plan, second table, row 1, By Whom"]


def test_rows_of_a_plan_inside_a_table_of_sections_are_counted_in_the_plan(draft):
    """Whatever stands before it in the table around it."""
    draft.bodies["recommendations"] = [
        *inside(7, plan(7, PLAN_ROW), "Recommendation 1"),
        *inside(7, plan(7, PLAN_ROW, BLANK), "Recommendation 2"),
    ]
    assert printed(draft) == ["Action Plan, recommendation 2, row 3, By Whom"]


def test_a_column_that_one_table_of_several_lacks_is_told_of_that_table(draft):
    short = table(5, PLAN_HEADINGS[:5], PLAN_ROW[:5])
    draft.bodies["recommendations"] = [
        Paragraph("Recommendation 1"), *plan(4, PLAN_ROW), Paragraph("Recommendation 2"), *short,
    ]  # fmt: skip
    assert printed(draft) == ["Action Plan, recommendation 2"]


def test_what_else_is_told_of_a_row_of_the_plan_is_placed_in_the_same_way(draft):
    for text in ("[Insert name]", "Staff need to be reminded"):
        spoiled = (PLAN_ROW[0], f"Ask again. {text}", *PLAN_ROW[2:])
        draft.bodies["recommendations"] = plan(3, PLAN_ROW, spoiled)
        assert printed(draft) == ["Action Plan, row 3"], text


def test_what_is_so_in_every_row_of_several_tables_is_told_of_the_plan(draft):
    draft.bodies["recommendations"] = [
        b for n in range(1, 5) for b in (Paragraph(f"Recommendation {n}"), *plan(n, BLANK))
    ]
    assert printed(draft) == ["Action Plan, By Whom"]


def test_a_fault_in_the_plan_takes_only_the_plan_off_the_list(draft):
    draft.bodies["recommendations"] = [
        *draft.bodies["recommendations"][:1],
        *plan(2, PLAN_ROW, (PLAN_ROW[0], "[Insert recommendation] today", *PLAN_ROW[2:])),
    ]
    passed = draft.judged().passed
    assert "the action plan" not in passed
    assert "the signing off" in passed


def test_a_board_that_calls_its_plan_otherwise_is_told_of_that(draft):
    shape = KIND.shape
    other = replace(shape, plan=replace(shape.plan, label="Improvement Plan"))
    draft.kind = replace(KIND, shape=other)
    draft.bodies["recommendations"] = plan(3, BLANK)
    assert printed(draft) == ["Improvement Plan, row 2, By Whom"]
