"""Things to fill in: both kinds of check box, lists, text, prompts."""

from __future__ import annotations

import pytest

from tests.handlers.readers.word.parts import (
    cells,
    only,
    p,
    paragraphs,
    rows,
    run,
    sdt,
    tbl,
    tc,
    tr,
)

PROMPT = "<w:showingPlcHdr/>"


def box(value: str, glyph: str = "☒") -> str:
    return sdt(run(glyph), f'<w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox>')


def legacy(inner: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(("value", "ticked"), [("1", True), ("true", True), ("0", False)])
def test_a_check_box_control_counts_once(value: str, ticked: bool) -> None:
    assert only(p(box(value))).ticks == (ticked,)


def test_a_check_box_control_is_what_it_says_whatever_character_it_shows() -> None:
    found = only(p(box("1", glyph="Y") + box("0", glyph="☒")))
    assert (found.ticks, found.text) == ((True, False), "Y☒")


@pytest.mark.parametrize(
    ("inner", "ticked"),
    [
        ("<w:checkBox><w:checked/></w:checkBox>", True),
        ('<w:checkBox><w:default w:val="0"/><w:checked w:val="1"/></w:checkBox>', True),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', True),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', False),
        ("<w:checkBox/>", False),
    ],
)
def test_a_legacy_check_box_is_ticked_as_it_says_or_as_its_default_does(
    inner: str, ticked: bool
) -> None:
    found = only(p(run("Yes ") + legacy(inner)))
    assert (found.ticks, found.text) == ((ticked,), "Yes ☒" if ticked else "Yes ☐")


def test_a_legacy_list_shows_its_choice() -> None:
    entries = '<w:listEntry w:val="Yes"/><w:listEntry w:val="No"/>'
    assert only(p(legacy(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>'))).text == "No"
    assert only(p(legacy(f"<w:ddList>{entries}</w:ddList>"))).text == "Yes"
    assert only(p(legacy('<w:ddList><w:result w:val="99"/></w:ddList>'))).text == ""


def test_a_drop_down_control_shows_its_text() -> None:
    assert only(p(sdt(run("Partially"), "<w:dropDownList/>"))).text == "Partially"


def test_a_prompt_is_no_text() -> None:
    found = only(p(sdt(run("Click here to enter text"), PROMPT)))
    assert (found.text, found.placeholder) == ("", True)


def test_a_prompt_beside_text_leaves_the_text() -> None:
    found = only(p(run("Agency: ") + sdt(run("Choose an item"), PROMPT)))
    assert (found.text, found.placeholder) == ("Agency: ", False)


def test_prompts_are_known_around_paragraphs_cells_rows_and_tables() -> None:
    around_paragraph = paragraphs(sdt(p("Click here"), PROMPT))
    around_cell = rows(tbl(f"<w:tr>{sdt(tc('Click here'), PROMPT)}{tc('b')}</w:tr>"))
    around_row = rows(tbl(sdt(tr("Click here"), PROMPT)))
    around_table = rows(sdt(tbl(tr("Click here")), PROMPT))
    assert [f.placeholder for f in around_paragraph] == [True]
    for found in (around_cell, around_row, around_table):
        first = found[0].cells[0]
        assert (first.text, first.paragraphs[0].placeholder) == ("", True)


def test_a_check_box_control_around_a_cell_counts_once() -> None:
    mark = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    body = tbl(f"<w:tr>{sdt(tc('☒'), mark)}{tc('b')}</w:tr>")
    assert [cell.ticks for cell in cells(body)] == [(True,), ()]


def test_a_control_inside_a_check_box_does_not_uncheck_it() -> None:
    mark = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    assert only(p(sdt(sdt(run("☒")), mark))).ticks == (True,)
