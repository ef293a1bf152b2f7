"""Each spoiled report or form, opened with python-docx, is spoiled in that way and no other."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.document import Document as Word

from tests.builders import (
    CRITERIA,
    STATEMENTS,
    blanks,
    combined,
    emptied_section,
    moved_section,
    picture,
    signed_with_picture,
    struck,
    with_bold_headings,
    with_comment,
    with_paragraph,
    with_text,
    without_section,
)
from tests.papers.imr_paper import make_imr
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement

GOOD = make_imr()


def opened(docx: bytes) -> Word:
    return Document(io.BytesIO(docx))


def headings(docx: bytes) -> list[str]:
    return [p.text for p in opened(docx).paragraphs if p.style and p.style.name == "Heading 1"]


def under(docx: bytes, heading: str) -> list[str]:
    """The styles of the paragraphs of one section."""
    found: list[str] = []
    inside = False
    for paragraph in opened(docx).paragraphs:
        style = str(paragraph.style.name) if paragraph.style else ""
        if style == "Heading 1":
            inside = paragraph.text == heading
        elif inside:
            found.append(style)
    return found


def test_a_section_is_taken_out() -> None:
    assert headings(without_section(GOOD, "Analysis")) == [
        h for h in headings(GOOD) if h != "Analysis"
    ]


def test_a_section_is_emptied() -> None:
    docx = emptied_section(GOOD, "Analysis")
    assert headings(docx) == headings(GOOD)
    assert under(GOOD, "Analysis")
    assert under(docx, "Analysis") == []


def test_a_section_is_moved() -> None:
    names = headings(moved_section(GOOD, "Genogram", before="Introduction"))
    assert names[:2] == ["Genogram", "Introduction"]
    assert sorted(names) == sorted(headings(GOOD))


def test_a_section_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no such section"):
        emptied_section(GOOD, "Nonesuch")


def test_a_paragraph_is_reworded_or_emptied() -> None:
    assert "Family Tree" in headings(with_text(GOOD, "Genogram", "Family Tree"))
    for new in ("Author:\t", "Author:\tAnother Author", ""):
        text = [p.text for p in opened(with_text(GOOD, "Author:\tAuthor One", new)).paragraphs]
        assert new in text
        assert "Author:\tAuthor One" not in text
    with pytest.raises(ValueError, match="no such paragraph"):
        with_text(GOOD, "Nonesuch", "x")


def test_a_paragraph_is_added_under_a_heading() -> None:
    docx = with_paragraph(GOOD, "Analysis", "One thing more.")
    paragraphs = opened(docx).paragraphs
    at = [p.text for p in paragraphs].index("One thing more.")
    assert paragraphs[at - 1].text == "Analysis"


def test_headings_become_numbered_bold_lines() -> None:
    docx = with_bold_headings(GOOD)
    assert headings(docx) == []
    line = next(p for p in opened(docx).paragraphs if p.text == "6. Analysis")
    assert [run.bold for run in line.runs] == [True]


def test_a_statement_is_struck_out() -> None:
    docx = struck(make_statement(), STATEMENTS[1])
    lines = {p.text: [r.font.strike for r in p.runs] for p in opened(docx).paragraphs}
    assert lines[STATEMENTS[1]] == [True]
    assert lines[STATEMENTS[0]] == [None]


def test_a_comment_is_left_in() -> None:
    assert len(list(opened(with_comment(GOOD)).comments)) == 1


@pytest.mark.parametrize(
    ("make", "signatures"), [(make_statement, 1), (make_qa_form, 1), (make_imr, 2)]
)
def test_a_signature_is_a_picture(make, signatures: int) -> None:  # type: ignore[no-untyped-def]
    before, after = opened(make()), opened(signed_with_picture(make()))
    assert len(before.element.xpath("//pic:pic")) == 0
    assert len(after.element.xpath("//pic:pic")) == signatures


def test_the_picture_is_a_png() -> None:
    assert picture().startswith(b"\x89PNG\r\n\x1a\n")


def test_several_documents_are_one_file() -> None:
    word = opened(combined(GOOD, make_qa_form(), make_statement()))
    text = [p.text for p in word.paragraphs]
    assert "Signing Off" in text
    assert STATEMENTS[0] in text
    assert any(t.rows[1].cells[0].text == CRITERIA[0] for t in word.tables)
    assert len(word.element.xpath("//w:body/w:sectPr")) == 1


def test_a_blank_template_has_nothing_filled_in() -> None:
    for kind, docx in blanks().items():
        words = " ".join(opened(docx).element.xpath("//w:t/text()"))
        assert "Author One" not in words, kind
        assert "Commissioner One" not in words, kind
        assert "Meadow Lane" not in words, kind
    assert "[Insert Name Of Agency]" in [p.text for p in opened(blanks()["imr"]).paragraphs]


def test_a_blank_imr_keeps_its_headings_and_its_tables() -> None:
    word = opened(blanks()["imr"])
    assert headings(blanks()["imr"]) == headings(GOOD)
    plan = next(t for t in word.tables if t.rows[0].cells[0].text == "Outcome")
    assert {c.text for row in list(plan.rows)[1:] for c in row.cells} == {""}
    assert not word.element.xpath("//w:drawing")
