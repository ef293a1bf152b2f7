"""Rows and cells: merged, skipped, tracked, nested, in content controls."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph, Row, TableEnd
from tests.handlers.readers.word.parts import blocks, cells, docx, p, rows, run, sdt, tbl, tc, tr

START = '<w:vMerge w:val="restart"/>'
MORE = "<w:vMerge/>"


def shape(row: Row) -> list[tuple[int, int, str]]:
    return [(cell.column, cell.span, cell.text) for cell in row.cells]


def test_rows_and_tables_are_counted_from_one_and_tables_end() -> None:
    found = blocks(docx(tbl(tr("a"), tr("b")) + p("between") + tbl(tr("c"))))
    told = [
        (b.table, b.number) if isinstance(b, Row) else b if isinstance(b, TableEnd) else b.text
        for b in found
    ]
    assert told == [(1, 1), (1, 2), TableEnd(1), "between", (2, 1), TableEnd(2)]


def test_cells_merged_across_count_their_columns() -> None:
    (row,) = rows(tbl(tr(tc("a", '<w:gridSpan w:val="3"/>'), "b")))
    assert shape(row) == [(0, 3, "a"), (3, 1, "b")]


def test_the_older_merge_across_is_one_cell_too() -> None:
    first = tc("a", '<w:hMerge w:val="restart"/>')
    (row,) = rows(tbl(tr(first, tc("", "<w:hMerge/>"), "b")))
    assert shape(row) == [(0, 2, "a"), (2, 1, "b")]


@pytest.mark.parametrize("span", ["0", "-4", "many", "9" * 5000, "٣", ""])
def test_a_span_that_makes_no_sense_is_bounded(span: str) -> None:
    (row,) = rows(tbl(tr(tc("a", f'<w:gridSpan w:val="{span}"/>'))))
    assert 1 <= row.cells[0].span <= 63


def test_cells_merged_down_are_continued_and_empty() -> None:
    found = rows(tbl(tr(tc("a", START), "1"), tr(tc("hidden", MORE), "2"), tr("b", "3")))
    assert [(r.cells[0].text, r.cells[0].continued) for r in found] == [
        ("a", False),
        ("", True),
        ("b", False),
    ]
    assert found[1].cells[0].paragraphs == ()


def test_a_merge_down_with_nothing_above_is_an_ordinary_cell() -> None:
    found = rows(tbl(tr(tc("seen", MORE)), tr(tc("merged", MORE))))
    assert [r.cells[0].text for r in found] == ["seen", "merged"]


def test_columns_skipped_before_a_row_shift_its_cells() -> None:
    (row,) = rows(tbl(tr("a", "b", properties='<w:gridBefore w:val="2"/>')))
    assert [cell.column for cell in row.cells] == [2, 3]


def test_a_row_deleted_but_not_accepted_is_out_and_not_counted() -> None:
    found = rows(tbl(tr("a"), tr("gone", properties="<w:del/>"), tr("b", properties="<w:ins/>")))
    assert [(r.number, r.text) for r in found] == [(1, "a"), (2, "b")]


def test_a_cell_deleted_but_not_accepted_is_out() -> None:
    (row,) = rows(tbl(tr("a", tc("gone", "<w:cellDel/>"), "b")))
    assert shape(row) == [(0, 1, "a"), (1, 1, "b")]


def test_a_hidden_row_is_not_there() -> None:
    found = rows(tbl(tr("a", properties="<w:hidden/>"), tr("b")))
    assert [(r.number, r.text) for r in found] == [(1, "b")]


def test_a_repeated_heading_row_is_marked() -> None:
    heading, body = rows(tbl(tr("Date", properties="<w:tblHeader/>"), tr("1/2/09")))
    assert (heading.heading, body.heading) == (True, False)


def test_a_nested_table_is_in_its_cell_and_not_counted() -> None:
    inner = tbl(tr("x", "y"), tr("z", "w"))
    (row,) = rows(tbl(tr(tc(p("before") + inner + p("after")), "b")))
    first = row.cells[0]
    assert first.text == "before\nafter"
    assert [[inner_row.text for inner_row in table] for table in first.tables] == [["x\ty", "z\tw"]]
    assert [inner_row.number for inner_row in first.tables[0]] == [1, 2]


def test_a_nested_merge_does_not_touch_the_table_around() -> None:
    inner = tbl(tr(tc("x", START)), tr(tc("", MORE)))
    found = rows(tbl(tr(tc("a", START), tc(inner + p())), tr(tc("", MORE), "b")))
    assert [r.cells[0].continued for r in found] == [False, True]


def test_controls_around_cells_rows_and_tables_are_looked_through() -> None:
    cell = f"<w:tr>{sdt(tc('a'))}{tc('b')}</w:tr>"
    body = sdt(tbl(cell, sdt(tr("c", "d")), sdt(sdt(tr("e", "f")))))
    assert [(r.number, r.text) for r in rows(body)] == [(1, "a\tb"), (2, "c\td"), (3, "e\tf")]


def test_controls_around_tables_in_cells_are_looked_through() -> None:
    (row,) = rows(tbl(tr(tc(sdt(tbl(tr("x"))) + p("end")))))
    assert row.cells[0].tables[0][0].text == "x"


def test_several_paragraphs_in_a_cell_stay_apart() -> None:
    (cell,) = cells(tbl(tr(tc(p("one") + p("two")))))
    assert [held.text for held in cell.paragraphs] == ["one", "two"]
    assert cell.text == "one\ntwo"


def test_a_table_with_no_row_left_still_counts() -> None:
    found = blocks(docx(tbl(tr("gone", properties="<w:del/>")) + tbl(tr("a"))))
    assert [b for b in found if not isinstance(b, Paragraph)][:1] == [TableEnd(1)]
    assert [b.table for b in found if isinstance(b, Row)] == [2]


def test_marks_in_cells_are_read() -> None:
    (cell,) = cells(tbl(tr(tc(p(run("x", "<w:b/><w:strike/>"))))))
    assert (cell.paragraphs[0].bold, cell.paragraphs[0].struck) == (True, True)
