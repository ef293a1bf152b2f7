"""The action plan: there, with its columns, and filled in for every recommendation."""

from __future__ import annotations

import pytest

from config.kind_loading import load_kinds
from handlers.document import Cell, Paragraph, Row, TableEnd
from handlers.findings import Judgement
from handlers.judging.vocabulary import Vocabulary
from tests.handlers.checks.report.conftest import PLAN_ROW

GOOD = ("Fewer missed injuries", "A second opinion", "Add a prompt", "Manager", "30/9/10", "Audit")
HEADINGS = (
    "Outcome",
    "Recommendation",
    "Action",
    "By Whom",
    "Timescale",
    "Evidence of Implementation (Including Method of Audit)",
)


def without(n: int, row: tuple[str, ...] = GOOD) -> tuple[str, ...]:
    return tuple("" if i == n else cell for i, cell in enumerate(row))


def test_no_plan_at_all_is_a_fault(draft, line):
    draft.bodies["recommendations"] = [line("8.1 The surgery should ask for a second opinion.")]
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("plan-missing", "fault")
    assert found.where.section == "Recommendations and Action Plan"


def test_a_plan_with_no_recommendation_in_it_is_no_plan(draft):
    draft.plan(("", "", "•", "", "", ""), ("", "", "•", "", "", ""))
    assert draft.rules() == {"plan-missing"}


@pytest.mark.parametrize("n", range(6))
def test_a_column_left_out_is_a_fault_that_names_it(draft, n):
    keep = [i for i in range(6) if i != n]
    draft.plan(tuple(GOOD[i] for i in keep), headings=tuple(HEADINGS[i] for i in keep))
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("plan-column-missing", "fault")
    assert HEADINGS[n] in found.message


@pytest.mark.parametrize(
    ("n", "rule", "severity"),
    [
        (0, "plan-outcome-missing", "advice"),
        (2, "plan-action-missing", "fault"),
        (3, "plan-by-whom-missing", "fault"),
        (4, "plan-timescale-missing", "fault"),
        (5, "plan-evidence-missing", "fault"),
    ],
)
def test_a_blank_in_a_row_with_a_recommendation_is_located(draft, n, rule, severity):
    draft.plan(GOOD, without(n))
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == (rule, severity)
    assert (found.where.table, found.where.row, found.where.column) == (2, 3, HEADINGS[n])


def test_a_row_without_a_recommendation_is_not_asked_for_more(draft):
    draft.plan(GOOD, ("", "", "Write to all staff", "", "", ""), ("", "", "", "", "", ""))
    assert draft.rules() == set()


@pytest.mark.parametrize("timescale", ["Ongoing", "ASAP", "a.s.a.p.", "As soon as possible"])
def test_a_timescale_without_a_date_is_advice(draft, timescale):
    draft.plan((*GOOD[:4], timescale, GOOD[5]))
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("plan-timescale-vague", "advice")
    assert (found.where.row, found.where.column) == (2, "Timescale")


@pytest.mark.parametrize("timescale", ["Ongoing, first audit 1 June 2010", "Three months", "Done"])
def test_a_timescale_that_says_when_is_in_order(draft, timescale):
    draft.plan((*GOOD[:4], timescale, GOOD[5]))
    assert draft.rules() == set()


def test_headings_may_be_shortened_and_reordered(draft):
    headings = ("Recommendations", "Actions", "Lead", "By when", "Evidence", "Outcomes")
    draft.plan(tuple(GOOD[i] for i in (1, 2, 3, 4, 5, 0)), headings=headings)
    assert draft.rules() == set()


def test_a_recommendation_merged_over_several_rows_belongs_to_each(draft):
    def row(n: int, cells: tuple[str, ...], continued: tuple[int, ...] = ()) -> Row:
        made = (
            Cell(() if i in continued else (Paragraph(text),), i, continued=i in continued)
            for i, text in enumerate(cells)
        )
        return Row(2, n, tuple(made))

    draft.plan()
    draft.bodies["recommendations"][-1:] = [
        row(2, GOOD),
        row(3, ("", "", "Train all staff", "", "31/12/10", "Register"), (0, 1)),
        row(4, ("", "", "", "", "", ""), (0, 1)),
        TableEnd(2),
    ]
    (found,) = draft.judged().findings
    assert (found.rule, found.where.row) == ("plan-by-whom-missing", 3)


def test_a_plan_over_two_tables_is_one_plan(draft, rows):
    draft.bodies["recommendations"] += rows(4, HEADINGS, without(3))
    (found,) = draft.judged().findings
    assert (found.rule, found.where.table, found.where.row) == ("plan-by-whom-missing", 4, 2)


def test_a_plan_in_an_appendix_counts(draft, rows, line):
    draft.plan()
    draft.bodies["recommendations"] = draft.bodies["recommendations"][:1]
    draft.appendix += [line("Appendix 3: Action Plan", heading=1), *rows(4, HEADINGS, GOOD)]
    assert draft.rules() == set()


def test_a_plan_inside_a_layout_cell_counts(draft):
    inner = tuple(
        Row(2, n, tuple(Cell((Paragraph(text),), i) for i, text in enumerate(cells)))
        for n, cells in enumerate((HEADINGS, without(3)), 1)
    )
    boxed = Cell((Paragraph("8.1 One recommendation follows."),), 0, tables=(inner,))
    draft.bodies["recommendations"] = [Row(2, 1, (boxed,)), TableEnd(2)]
    assert draft.rules() == {"plan-by-whom-missing"}


def test_a_table_of_actions_already_taken_is_not_the_plan(draft, rows):
    draft.bodies["introduction"] += rows(1, ("Action", "By Whom", "Timescale"), ("Letter", "", ""))
    assert draft.rules() == set()


def test_of_columns_that_may_be_the_one_not_found_it_is_said_which(draft):
    """Letters alone, such as those of SMART, may each be any column."""
    plan = (*HEADINGS[:3], *HEADINGS[4:])
    row = (*GOOD[:3], *GOOD[4:])
    for headings, which in (
        ((*plan, *"SMART"), "sixth, seventh, eighth, ninth and tenth columns from the left have"),
        ((plan[0], "Post it falls to", *plan[1:]), "second column from the left has"),
    ):
        filled = (*row, *"yyyyy") if len(headings) > 6 else (row[0], "Named GP", *row[1:])
        draft.plan(filled, headings=headings)
        (found,) = draft.found("plan-column-unclear")
        assert f'find "By Whom" in the action plan. The {which} a heading' in found.message
        assert Vocabulary(load_kinds()).contains_judgement(Judgement("imr", 1.0, (found,)))


def test_a_row_with_an_outcome_and_an_action_and_no_recommendation_is_asked_about(draft):
    own = ("Maps are used", "", "Print body maps", "Named nurse", "1/9/10", "Audit")
    on = ("", "", "Print body maps", "Named nurse", "1/9/10", "Audit")
    draft.plan(PLAN_ROW, own)
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("plan-unclear", "question")
    assert (found.where.row, found.where.column) == (3, "Recommendation")
    draft.plan(PLAN_ROW, on)
    assert draft.rules() == set()
