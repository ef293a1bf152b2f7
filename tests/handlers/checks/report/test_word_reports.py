"""Reports as they arrive: real Word files, written by python-docx, read by our own reader."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from handlers.checks.report.judge import judge_report
from handlers.document import Paragraph, Row
from handlers.readers.word.document import open_word
from tests.papers.paper import blank_word

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def field(paragraph, instruction):
    """A Word field, such as PAGE, as Word writes it."""
    for kind, text in (("begin", ""), ("", instruction), ("end", "")):
        run = paragraph.add_run()._r
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run.append(element)


def add_rows(document, rows):
    table = document.add_table(rows=0, cols=len(rows[0]))
    for cells in rows:
        for cell, block in zip(table.add_row().cells, cells, strict=True):
            cell.text = block
    return table


def cells_of(blocks):
    return [[cell.text for cell in block.cells] for block in blocks if isinstance(block, Row)]


def write(draft, *, styled=True):
    """The draft as a Word file: headings by style, or else only in bold."""
    document = blank_word()
    for block in draft.front:
        document.add_paragraph(block.text)
    field(document.sections[0].footer.paragraphs[0], " PAGE ")
    document.add_paragraph("Contents")
    for number, heading in enumerate(draft.headings.values(), 2):
        document.add_paragraph(f"{heading.text}\t{number}")
    for key, heading in draft.headings.items():
        if styled:
            document.add_heading(heading.text, 1)
        else:
            document.add_paragraph().add_run(heading.text).bold = True
        add_body(document, draft.bodies[key])
    document.add_heading("Appendix 1: Key to personnel", 1)
    add_rows(document, [("GP1", "General practitioner"), ("HV1", "Health visitor")])
    return document


def add_body(document, blocks):
    for block in blocks:
        if isinstance(block, Paragraph) and block.picture:
            document.add_paragraph(block.text).add_run().add_picture(BytesIO(PICTURE))
        elif isinstance(block, Paragraph):
            document.add_paragraph(block.text, style="Heading 2" if block.heading else None)
    if rows := cells_of(blocks):
        add_rows(document, rows)


@pytest.fixture
def judged(draft):
    def judge(document):
        out = BytesIO()
        document.save(out)
        reading = open_word(out.getvalue())
        blocks = list(reading.iter_blocks())
        return judge_report(blocks, reading.traits, draft.kind, draft.context)

    return judge


def rules(judgement):
    return {f.rule for f in judgement.findings}


@pytest.mark.parametrize("styled", [True, False])
def test_a_good_word_report_is_accepted_without_a_word(draft, judged, styled):
    judgement = judged(write(draft, styled=styled))
    assert judgement.findings == ()
    assert judgement.passed[0] == "all nine sections"
    assert judgement.confidence == 1.0


def test_a_word_report_is_told_every_fault_at_once(draft, judged):
    draft.replace_front("Author: Author One", "Author:")
    draft.headings.pop("conclusions")
    draft.plan(("Better", "Ask twice", "", "Manager", "ASAP", "Audit"))
    draft.bodies["signing-off"].pop()
    judgement = judged(write(draft))
    assert judgement.verdict == "reject"
    assert [(f.rule, f.where.row) for f in judgement.findings] == [
        ("section-missing", None),
        ("front-sheet-author", None),
        ("plan-action-missing", 2),
        ("plan-timescale-vague", 2),
        ("sign-off-missing", None),
    ]


def test_a_front_sheet_in_a_word_table_is_read(draft, judged):
    document = write(draft)
    for paragraph in document.paragraphs[4:9]:
        paragraph._p.getparent().remove(paragraph._p)
    labels = ("In Respect of", "Ethnic Origin", "Author", "Date")
    values = ("Child N", "White British", "", "28.05.10")
    table = add_rows(document, list(zip(labels, values, strict=True)))
    document.paragraphs[3]._p.addnext(table._tbl)
    assert rules(judged(document)) == {"front-sheet-author"}
    table.rows[2].cells[1].text = "Author One"
    assert rules(judged(document)) == set()


def test_a_pasted_signature_in_word_is_for_a_person_to_look_at(draft, judged, line):
    draft.bodies["signing-off"][3] = line("Date: 28 May 2010")
    draft.bodies["signing-off"].insert(3, line("Signed:", picture=True))
    (found,) = judged(write(draft)).findings
    assert (found.rule, found.severity) == ("sign-off-image", "question")


def test_an_untouched_word_template_is_one_fault(draft, judged, line):
    for section in draft.kind.shape.sections:
        draft.bodies[section.key] = [line(text) for text in section.guidance]
    draft.plan(("", "", "", "", "", ""))
    draft.replace_front("Author: Author One", "Author:")
    document = write(draft)
    assert [f.rule for f in judged(document).findings] == ["blank-template"]


def test_comments_and_tracked_changes_in_word_are_questions(draft, judged):
    document = write(draft)
    paragraph = next(p for p in document.paragraphs if p.text.startswith("7.1"))
    document.add_comment(paragraph.runs, "Is this right?", "A Reader", "AR")
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:id"), "901")
    inserted.set(qn("w:author"), "A Reader")
    inserted.append(paragraph.add_run(" Perhaps.")._r)
    paragraph._p.append(inserted)
    judgement = judged(document)
    assert rules(judgement) == {"comments-left", "tracked-changes"}
    assert judgement.verdict == "refer"


def test_a_recommendation_merged_down_in_word_belongs_to_each_row(draft, judged):
    good = ("Better", "Ask twice", "Prompt", "Manager", "1/9/10", "Audit")
    draft.plan(good, ("", "", "Train staff", "", "1/9/10", "Register"))
    document = write(draft)
    plan = document.tables[0]
    plan.cell(1, 1).merge(plan.cell(2, 1))
    plan.cell(1, 0).merge(plan.cell(2, 0))
    found = judged(document).findings
    assert [(f.rule, f.where.table, f.where.row) for f in found] == [("plan-by-whom-missing", 1, 3)]


def test_a_word_report_laid_out_in_one_table_is_read(draft, judged):
    document = write(draft)
    boxed = blank_word()
    for block in draft.front:
        boxed.add_paragraph(block.text)
    field(boxed.sections[0].footer.paragraphs[0], " PAGE ")
    boxed.add_paragraph("Contents")
    table = boxed.add_table(rows=0, cols=1)
    for key, heading in draft.headings.items():
        table.add_row().cells[0].paragraphs[0].add_run(heading.text).bold = True
        add_boxed(table.add_row().cells[0], draft.bodies[key])
    boxed.add_paragraph("Key to personnel:")
    assert rules(judged(document)) == set()
    assert rules(judged(boxed)) == set()


def add_boxed(cell, blocks):
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraph = cell.add_paragraph(block.text)
            if block.picture:
                paragraph.add_run().add_picture(BytesIO(PICTURE))
    if rows := cells_of(blocks):
        table = cell.add_table(rows=0, cols=len(rows[0]))
        for texts in rows:
            for inner, text in zip(table.add_row().cells, texts, strict=True):
                inner.text = text
