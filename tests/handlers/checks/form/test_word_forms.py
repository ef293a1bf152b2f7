"""Forms as Word really writes them, read by the Word reader and judged."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document
from docx.shared import Cm

from handlers.checks.form.judge import judge_form
from handlers.findings import Judgement
from handlers.readers.word.document import open_word
from tests.builders import (
    blank_qa_form,
    blank_statement,
    legacy_check_box,
    picture,
    placeholder,
    signed_with_picture,
    split_in_two,
    split_runs,
    struck,
    symbol,
    through_libreoffice,
    tracked_insertion,
    with_cell,
    with_first_column,
    with_text,
)
from tests.builders_office import needs_office
from tests.handlers.checks.form.specimen import CONTEXT, STATEMENTS, criterion, kind, rules, told
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement

GRID, BLANKS = 2, 3  # the tables of the QA form; the first holds who and for which child


def judged(id: str, docx: bytes) -> Judgement:
    reading = open_word(docx)
    blocks = list(reading.iter_blocks())
    return judge_form(blocks, reading.traits, kind(id), CONTEXT)


def qa(docx: bytes) -> Judgement:
    return judged("qa_form", docx)


def answer(judgement: Judgement, number: int) -> str | None:
    return dict(judgement.clues.answers).get(number)


def test_a_form_ticked_with_words_own_check_boxes_is_accepted():
    judgement = qa(make_qa_form())
    assert judgement.findings == ()
    assert judgement.clues.dated == date(2010, 5, 24)
    assert judgement.clues.agency == "own"
    assert [said for _, said in judgement.clues.answers] == ["yes"] * 17


def test_check_boxes_left_empty_and_ticked_twice_are_told_apart():
    docx = make_qa_form(answers={n: "Yes" for n in range(1, 18) if n != 4})
    docx = with_cell(docx, 7, "No", "X", table=GRID)
    judgement = qa(docx)
    assert [(f.rule, f.where.criterion) for f in judgement.findings] == [
        ("answer-missing", 4),
        ("answer-double", 6),
    ]


def test_older_form_fields_are_ticks_too():
    docx = make_qa_form(answers={n: "Yes" for n in range(2, 18)})
    docx = legacy_check_box(docx, 2, "Yes", table=GRID, ticked=False)
    docx = legacy_check_box(docx, 2, "No", table=GRID, ticked=True)
    docx = legacy_check_box(docx, 2, "Partially", table=GRID, ticked=False)
    assert answer(qa(docx), 1) == "no"


@pytest.mark.parametrize(
    ("char", "font"), [("F0FE", "Wingdings"), ("F0FC", "Wingdings"), ("F052", "Wingdings 2")]
)
def test_wingdings_symbols_are_ticks(char, font):
    docx = make_qa_form(answers={n: "Yes" for n in range(1, 18) if n != 9})
    docx = symbol(docx, 10, "Yes", table=GRID, char="F0A8")
    docx = symbol(docx, 10, "Partially", table=GRID, char=char, font=font)
    assert answer(qa(docx), 9) == "partially"


def test_a_tick_in_a_tracked_insertion_is_read_as_if_accepted():
    """Failure mode 54: a reader that skips insertions finds this answer missing."""
    docx = make_qa_form(answers={n: "Yes" for n in range(1, 18) if n != 5})
    docx = tracked_insertion(with_cell(docx, 6, "No", "X", table=GRID), 6, "No", table=GRID)
    assert answer(qa(docx), 5) == "no"


def test_a_criterion_split_into_letters_and_one_with_corrected_spelling_pass():
    docx = with_text(make_qa_form(), criterion(6), criterion(6).replace("inden", "iden"))
    assert qa(split_runs(docx, 5, "Criteria", table=GRID)).findings == ()


def test_a_grid_that_goes_on_in_a_second_table_is_one_grid():
    assert qa(split_in_two_at_grid(make_qa_form(), headed=False)).findings == ()
    assert qa(split_in_two_at_grid(make_qa_form(), headed=True)).findings == ()


def split_in_two_at_grid(docx: bytes, *, headed: bool) -> bytes:
    """`split_in_two` cuts a document's first table, so the blanks above are set as lines."""
    word = Document(io.BytesIO(docx))
    first = word.tables[0]._tbl
    for row in word.tables[0].rows:
        label, value = (cell.text for cell in row.cells)
        line = word.add_paragraph(f"{label}: {value}")
        first.addprevious(line._p)
    first.getparent().remove(first)
    out = io.BytesIO()
    word.save(out)
    return split_in_two(out.getvalue(), 9, headed=headed)


def test_answer_cells_merged_and_filled_with_a_word_are_read():
    docx = merged_at_grid(make_qa_form(answers={n: "Yes" for n in range(1, 18) if n != 3}))
    assert answer(qa(docx), 3) == "partially"


def merged_at_grid(docx: bytes) -> bytes:
    word = Document(io.BytesIO(docx))
    cells = word.tables[1].rows[3].cells
    for paragraph in [p for cell in cells[1:4] for p in cell.paragraphs]:
        for child in list(paragraph._p):
            paragraph._p.remove(child)
    cells[1].merge(cells[3]).paragraphs[0].add_run("Partially")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def test_the_form_as_it_is_issued_gets_one_finding():
    judgement = qa(blank_qa_form())
    assert [f.rule for f in judgement.findings] == ["blank-template"]
    assert judgement.verdict == "reject"


def test_a_prompt_left_in_a_content_control_is_an_empty_blank():
    judgement = qa(placeholder(make_qa_form(), 2, 2, table=BLANKS))
    assert rules(judgement) == ["role-missing"]


def test_a_signature_in_a_picture_will_do_on_a_qa_form():
    assert qa(signed_with_picture(make_qa_form())).findings == ()


def test_a_good_statement_is_accepted():
    judgement = judged("evaluation_statement", make_statement())
    assert rules(judgement) == ["signed-typed"]
    assert judgement.clues.dated == date(2010, 5, 24)


def test_a_statement_struck_out_in_word_is_told():
    docx = struck(make_statement(), STATEMENTS[1])
    (finding,) = told(judged("evaluation_statement", docx), "statement-missing")
    assert (finding.where.section, finding.message) == ("statement 2", "The wording is struck out.")


def test_a_signature_in_a_picture_is_for_a_person_to_look_at():
    judgement = judged("evaluation_statement", signed_with_picture(make_statement()))
    assert rules(judgement) == ["signed-image"]


def test_a_signature_picture_on_the_line_below_its_label_is_seen():
    word = Document(io.BytesIO(make_statement(signed="")))
    line = next(p for p in word.paragraphs if p.text.startswith("Signed"))
    line.text = "Signed:"
    below = line.insert_paragraph_before("")
    line._p.addprevious(below._p)
    line._p.addnext(below._p)
    below.add_run().add_picture(io.BytesIO(picture()), width=Cm(4))
    out = io.BytesIO()
    word.save(out)
    assert rules(judged("evaluation_statement", out.getvalue())) == ["signed-image"]


def test_the_statement_as_it_is_issued_gets_one_finding():
    assert rules(judged("evaluation_statement", blank_statement())) == ["blank-template"]


def test_a_first_column_of_numbers_makes_no_difference():
    word = Document(io.BytesIO(make_qa_form()))
    word.tables[0]._tbl.getparent().remove(word.tables[0]._tbl)
    out = io.BytesIO()
    word.save(out)
    judgement = qa(with_first_column(out.getvalue()))
    assert set(rules(judgement)) == {"agency-missing", "completed_by-missing", "child-missing"}
    assert len(judgement.clues.answers) == 17


def test_forms_saved_by_libreoffice_are_the_same_forms():
    needs_office()
    assert qa(through_libreoffice(make_qa_form())).findings == ()
    again = through_libreoffice(make_statement())
    assert rules(judged("evaluation_statement", again)) == ["signed-typed"]
