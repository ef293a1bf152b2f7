"""What fields show, and the table of contents."""

from __future__ import annotations

from handlers.document import Paragraph, Row
from tests.handlers.readers.word.parts import (
    blocks,
    docx,
    field,
    only,
    p,
    paragraphs,
    run,
    sdt,
    tbl,
    tr,
    traits,
)

HEADING = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C1"><w:name w:val="toc 1"/></w:style>'
)
BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def texts(body: str) -> list[str]:
    return [found.text for found in paragraphs(body, HEADING)]


def test_a_table_of_contents_is_noted_and_its_lines_are_left_out() -> None:
    body = (
        p(BEGIN + run("1 Introduction 3"))
        + p("2 Genogram 4")
        + p(END)
        + p("Introduction", '<w:pStyle w:val="H1"/>')
    )
    assert texts(body) == ["Introduction"]
    assert traits(docx(body, styles=HEADING)).contents


def test_a_table_of_contents_in_one_paragraph_is_left_out_too() -> None:
    assert texts(p(BEGIN + run("1 Introduction 3") + END) + p("after")) == ["after"]


def test_text_after_the_end_of_a_table_of_contents_is_the_documents_own() -> None:
    assert texts(p(BEGIN + run("1 Intro 3")) + p(END + run("Dear all"))) == ["Dear all"]


def test_a_table_of_contents_without_its_field_is_told_by_its_styles() -> None:
    body = p("1 Introduction 3", '<w:pStyle w:val="C1"/>') + p("here")
    assert texts(body) == ["here"]
    assert traits(docx(body, styles=HEADING)).contents


def test_a_table_of_contents_gallery_is_left_out_with_its_title() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = sdt(p("Contents", '<w:pStyle w:val="H1"/>') + p("1 Introduction"), gallery) + p("here")
    assert texts(body) == ["here"]
    assert traits(docx(body)).contents


def test_a_table_of_contents_not_yet_made_is_one_all_the_same() -> None:
    instruction = "<w:r><w:instrText>TOC</w:instrText></w:r>"
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert traits(docx(p(begin + instruction + END))).contents


def test_a_table_of_figures_is_not_a_table_of_contents() -> None:
    body = p(field(' TOC \\h \\c "Figure" ', run("Figure 1"))) + p("here")
    assert texts(body) == ["here"]
    assert not traits(docx(body)).contents


def test_a_table_of_contents_that_never_ends_hides_no_report() -> None:
    body = p(BEGIN + run("1 Intro")) + p("Introduction", '<w:pStyle w:val="H1"/>') + p("text")
    assert texts(body) == ["Introduction", "text"]


def test_a_table_of_contents_that_never_ends_hides_no_table() -> None:
    found = blocks(docx(p(BEGIN + run("1 Intro")) + tbl(tr("a", "b"))))
    assert [row.text for row in found if isinstance(row, Row)] == ["a\tb"]


def test_a_field_that_never_begins_showing_hides_only_its_own_paragraph() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(p(begin + run("hidden")) + p("shown")) == ["", "shown"]


def test_stray_field_characters_do_no_harm() -> None:
    stray = END + '<w:r><w:fldChar w:fldCharType="separate"/><w:fldChar/></w:r>'
    assert only(p(stray + run("text"))).text == "text"


def test_a_field_in_a_fields_instruction_is_not_seen() -> None:
    inner = field(" MERGEFIELD x ", run("inner"))
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        f'{inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("outer")}{END}'
    )
    assert only(p(outer)).text == "outer"


def test_a_field_may_show_a_result_of_several_paragraphs() -> None:
    body = p(BEGIN.replace("TOC", "INCLUDE") + run("one")) + p("two") + p(run("three") + END)
    assert texts(body) == ["one", "two", "three"]


def test_the_words_of_a_heading_are_a_paragraph_not_a_field() -> None:
    assert isinstance(only(p("TOC")), Paragraph)
