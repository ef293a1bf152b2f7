"""Pictures, shapes, text boxes, and what stands for what."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph, Row
from tests.handlers.readers.word.parts import (
    blocks,
    cells,
    docx,
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


def drawing(inner: str) -> str:
    return f"<w:drawing><wp:inline><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing>"  # noqa: E501


def shape(content: str, mark: str = 'txBox="1"') -> str:
    return drawing(
        f"<wps:wsp><wps:cNvSpPr {mark}/><wps:spPr/>"
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
    )


def vml(content: str) -> str:
    return (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict>"
    )


def either(choice: str, fallback: str, requires: str = "wps") -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def r(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


PICTURE = drawing("<pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic>")
VML_PICTURE = "<w:pict><v:shapetype/><v:shape><v:imagedata/></v:shape></w:pict>"


@pytest.mark.parametrize(
    "inner",
    [
        PICTURE,
        VML_PICTURE,
        "<w:object><v:shape><v:imagedata/></v:shape></w:object>",
        drawing("<wps:wsp><wps:cNvSpPr/><wps:spPr/></wps:wsp>"),
        drawing("<x:contentPart/>"),
        "<w:pict><v:line/></w:pict>",
        "<w:pict><v:group><v:shape/></v:group></w:pict>",
        either(drawing("<x:contentPart/>"), "", "w14"),
    ],
    ids=["picture", "vml", "object", "shape", "ink", "line", "group", "alternate"],
)
def test_pictures_drawings_and_ink_are_pictures(inner: str) -> None:
    assert only(p(r(inner))).picture


@pytest.mark.parametrize(
    "inner",
    [
        shape("<w:p/>"),
        vml("<w:p/>"),
        either(shape("<w:p/>"), vml("<w:p/>")),
        "<w:pict><v:shapetype/></w:pict>",
        '<w:pict><v:rect o:hr="t"/></w:pict>',
    ],
    ids=["drawingml", "vml", "both", "definition", "rule"],
)
def test_an_empty_text_box_or_a_ruled_line_is_no_picture(inner: str) -> None:
    assert not any(found.picture for found in paragraphs(p(r(inner))))


def test_a_shape_with_an_outline_of_its_own_is_a_picture_and_its_text_is_read() -> None:
    circle = drawing(
        "<wps:wsp><wps:cNvSpPr/><wps:spPr><a:prstGeom prst='ellipse'/></wps:spPr>"
        f"<wps:txbx><w:txbxContent>{p('Mother')}</w:txbxContent></wps:txbx></wps:wsp>"
    )
    host, inner = paragraphs(p(r(circle)))
    assert (host.picture, inner.text) == (True, "Mother")


def test_a_text_box_follows_the_paragraph_it_is_anchored_in() -> None:
    body = p(run("Signed:") + r(shape(p("A. Person") + p("Manager")))) + p("next")
    assert [found.text for found in paragraphs(body)] == ["Signed:", "A. Person", "Manager", "next"]


def test_of_two_ways_to_draw_a_text_box_one_is_read() -> None:
    body = p(r(either(shape(p("box")), vml(p("box")))))
    assert [found.text for found in paragraphs(body)] == ["", "box"]


def test_a_choice_no_word_understands_leaves_the_fallback() -> None:
    body = p(r(either(shape(p("new")), vml(p("old")), requires="x")))
    assert [found.text for found in paragraphs(body)] == ["", "old"]


def test_a_text_box_in_a_cell_belongs_to_the_cell() -> None:
    boxed = either(shape(p("box") + tbl(tr("x"))), vml(p("box") + tbl(tr("x"))))
    (cell,) = cells(tbl(tr(tc(p(run("host") + r(boxed))))))
    assert cell.text == "host\nbox"
    assert [[row.text for row in table] for table in cell.tables] == [["x"]]


def test_a_table_in_a_text_box_streams_once_after_what_comes_before_it() -> None:
    content = p("Name of Organisation:") + tbl(tr("a"), tr("b")) + p("after")
    body = p(run("host") + r(either(shape(content), vml(content)))) + p("next")
    told = [
        b.text if isinstance(b, Paragraph) else (b.table, b.number) if isinstance(b, Row) else "end"
        for b in blocks(docx(body))
    ]
    assert told == ["Name of Organisation:", (1, 1), (1, 2), "end", "host", "after", "next"]


def test_a_heading_in_a_control_before_a_boxed_table_is_kept() -> None:
    content = sdt(p("label")) + tbl(tr("a"))
    found = blocks(docx(p(r(shape(content)))))
    assert isinstance(found[0], Paragraph)
    assert found[0].text == "label"


def test_a_field_around_a_text_box_goes_on_after_it() -> None:
    begin = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>X</w:instrText>")
    separate, end = (r(f'<w:fldChar w:fldCharType="{k}"/>') for k in ("separate", "end"))
    body = p(begin + r(shape(p("box"))) + run("hidden") + separate + run("shown") + end)
    assert [found.text for found in paragraphs(body)] == ["shown", "box"]


def test_a_hidden_drawing_is_not_seen() -> None:
    assert not only(p(f"<w:r><w:rPr><w:vanish/></w:rPr>{PICTURE}</w:r>")).picture


def test_a_picture_in_a_cell_makes_its_row_not_blank() -> None:
    (row,) = rows(tbl(tr(tc(p(r(PICTURE))))))
    assert row.cells[0].picture
    assert not row.is_blank
