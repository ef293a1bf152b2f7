"""Each spoiled table, opened with python-docx, is spoiled in that way and no other."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.table import Table

from tests.builders import (
    STORIES,
    merged_across,
    merged_down,
    reversed_rows,
    split_in_two,
    swap_rows,
    with_blank_row,
    with_cell,
    with_column,
    with_first_column,
    with_heading,
    with_nested_table,
    with_repeated_heading,
    without_heading,
    without_rows,
)
from tests.papers.chronology_paper import CHRONOLOGY_HEADINGS, make_chronology
from tests.papers.qa_paper import make_qa_form

GOOD = make_chronology(STORIES["SCH"])


def tables(docx: bytes) -> list[Table]:
    return Document(io.BytesIO(docx)).tables


def texts(docx: bytes, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in tables(docx)[table].rows]


def test_a_cell_is_replaced_and_all_else_stays() -> None:
    before, after = texts(GOOD), texts(with_cell(GOOD, 3, "Date", "31/02/2009"))
    assert after[2][0] == "31/02/2009"
    before[2][0] = "31/02/2009"
    assert after == before


def test_a_cell_can_be_emptied_or_hold_two_lines() -> None:
    assert texts(with_cell(GOOD, 2, "Event", ""))[1][7] == ""
    assert texts(with_cell(GOOD, 2, 8, "one\ntwo"))[1][7] == "one\ntwo"


def test_a_cell_of_another_table_can_be_replaced() -> None:
    assert texts(with_cell(make_qa_form(), 3, "Yes", "X", table=2), 1)[2][1] == "X"


def test_a_heading_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="Nonesuch"):
        with_cell(GOOD, 2, "Nonesuch", "text")


def test_a_heading_is_reworded() -> None:
    assert texts(with_heading(GOOD, "Source of Information", "Source"))[0][6] == "Source"


def test_a_column_is_taken_out_whole() -> None:
    rows = texts(without_heading(GOOD, "Source of Information"))
    assert rows[0] == [h for h in CHRONOLOGY_HEADINGS if h != "Source of Information"]
    assert rows == [row[:6] + row[7:] for row in texts(GOOD)]


def test_a_column_is_added() -> None:
    rows = texts(with_column(GOOD, "Risk", "high"))
    assert [row[-1] for row in rows[:3]] == ["Risk", "high", "high"]
    assert [row[:-1] for row in rows] == texts(GOOD)


def test_a_first_column_counts_the_rows() -> None:
    rows = texts(with_first_column(GOOD))
    assert [row[0] for row in rows[:3]] == ["No.", "1", "2"]
    assert [row[1:] for row in rows] == texts(GOOD)


def test_no_rows_leaves_the_headings() -> None:
    assert texts(without_rows(GOOD)) == [list(CHRONOLOGY_HEADINGS)]


def test_two_rows_change_places() -> None:
    before, after = texts(GOOD), texts(swap_rows(GOOD, 3, 7))
    before[2], before[6] = before[6], before[2]
    assert after == before


def test_neighbouring_rows_change_places() -> None:
    before, after = texts(GOOD), texts(swap_rows(GOOD, 4, 3))
    before[2], before[3] = before[3], before[2]
    assert after == before


def test_rows_are_reversed_under_their_heading() -> None:
    before = texts(GOOD)
    assert texts(reversed_rows(GOOD)) == [before[0], *reversed(before[1:])]


def test_a_blank_row_is_put_in() -> None:
    before, after = texts(GOOD), texts(with_blank_row(GOOD, 5))
    assert after.pop(4) == [""] * 9
    assert after == before


def test_the_heading_row_is_repeated() -> None:
    before, after = texts(GOOD), texts(with_repeated_heading(GOOD, 5))
    assert after.pop(4) == list(CHRONOLOGY_HEADINGS)
    assert after == before


def test_cells_are_merged_across() -> None:
    row = tables(merged_across(GOOD, 4, "Event", "Authors Comment"))[0].rows[3]
    assert [cell.grid_span for cell in row._tr.tc_lst] == [1] * 7 + [2]
    assert row.cells[7].text == row.cells[8].text == STORIES["SCH"][2].event


def test_cells_are_merged_down() -> None:
    rows = tables(merged_down(GOOD, "Date", 3, 5))[0].rows
    assert [rows[n]._tr.tc_lst[0].vMerge for n in (1, 2, 3, 4, 5)] == [
        None,
        "restart",
        "continue",
        "continue",
        None,
    ]
    assert ["".join(rows[n]._tr.tc_lst[0].xpath(".//w:t/text()")) for n in (2, 3, 4)] == [
        STORIES["SCH"][1].date,
        "",
        "",
    ]


def test_a_table_stands_inside_a_cell() -> None:
    cell = tables(with_nested_table(GOOD, 2, "Event", "Deep"))[0].rows[1].cells[7]
    assert cell.text.startswith(STORIES["SCH"][0].event)
    assert [c.text for c in cell.tables[0].rows[0].cells] == ["Deep", "Deep"]


@pytest.mark.parametrize("headed", [True, False])
def test_a_table_is_split_in_two(headed: bool) -> None:
    before, docx = texts(GOOD), split_in_two(GOOD, 6, headed=headed)
    assert len(tables(docx)) == 2
    assert texts(docx) == before[:5]
    assert texts(docx, 1) == ([before[0]] if headed else []) + before[5:]
