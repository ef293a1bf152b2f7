"""Whether the four statements and the declaration still stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.document import Cell, Paragraph, Row, Stretch, Traits
from tests.handlers.checks.form.specimen import STATEMENTS, judged, rules, statement, told


def missing(blocks):
    judgement = judged("evaluation_statement", blocks)
    return judgement, [(f.where.section, f.message) for f in told(judgement, "statement-missing")]


@pytest.mark.parametrize(
    ("number", "name"),
    [(1, "statement 1"), (2, "statement 2"), (4, "statement 4"), (5, "the declaration")],
)
def test_a_statement_that_is_not_there_is_a_fault_that_says_which(number, name):
    judgement, found = missing(statement({number: None}))
    assert found == [(name, "The wording is missing.")]
    assert judgement.verdict == "reject"
    assert "the statements" not in judgement.passed


def test_a_statement_struck_out_is_a_fault_that_says_so():
    struck = Paragraph(STATEMENTS[2], struck=True)
    _, found = missing(statement({3: struck}))
    assert found == [("statement 3", "The wording is struck out.")]


def test_a_statement_struck_out_and_typed_again_stands():
    struck = Paragraph(STATEMENTS[2], struck=True)
    _, found = missing([struck, *statement()])
    assert found == []


def test_a_statement_in_other_words_is_for_a_person():
    other = Paragraph("The IMR has been compared with Ofsted grade descriptors")
    judgement, found = missing(statement({3: other}))
    assert found == []
    (finding,) = told(judgement, "statement-reworded")
    assert (finding.where.section, finding.severity) == ("statement 3", "question")


@pytest.mark.parametrize(
    "wording",
    [
        "the IMR conforms to the NCSCB IMR report template.",
        "1. The IMR conforms to the SCB IMR report template",
        "☑ The IMR conforms to the S.C.B. IMR report template;",
        "The IMR conforms to the SCB IMR\nreport template",
        "The IMR conforms to the NCSCB IMR\nreport\ntemplate",
    ],
)
def test_initials_numbers_ticks_and_line_breaks_make_no_difference(wording):
    judgement = judged("evaluation_statement", statement({1: Paragraph(wording)}))
    assert rules(judgement) == ["signed-typed"]


def test_no_ticks_are_asked_for():
    boxed = {n: Paragraph(STATEMENTS[n - 1], ticks=(False,)) for n in range(1, 5)}
    assert rules(judged("evaluation_statement", statement(boxed))) == ["signed-typed"]


def test_statements_run_together_in_one_paragraph_stand():
    together = Paragraph(". ".join(STATEMENTS[:4]))
    blocks = statement({1: together, 2: None, 3: None, 4: None})
    assert rules(judged("evaluation_statement", blocks)) == ["signed-typed"]


def test_a_declaration_broken_over_three_lines_stands():
    words = STATEMENTS[4].split()
    lines = [Paragraph(" ".join(words[i : i + 8])) for i in range(0, len(words), 8)]
    blocks = statement()
    at = next(i for i, b in enumerate(blocks) if isinstance(b, Paragraph) and "I have" in b.text)
    blocks[at : at + 1] = lines
    assert rules(judged("evaluation_statement", blocks)) == ["signed-typed"]


def test_a_statement_that_a_scan_does_not_show_is_a_question():
    judgement = judged("evaluation_statement", statement({2: None}), traits=Traits(on_paper=True))
    assert rules(judgement) == ["handwriting", "signed-image"]
    assert "the statements" not in judgement.passed


def test_a_statement_struck_out_on_a_scan_is_still_a_fault():
    struck = Paragraph(STATEMENTS[1], struck=True)
    judgement = judged("evaluation_statement", statement({2: struck}), traits=Traits(on_paper=True))
    assert "statement-missing" in rules(judgement)


def test_the_front_sheets_name_and_date_above_the_statements_are_not_the_signatorys():
    front = [Paragraph("Name: Child N"), Paragraph("Date: 1 April 2010")]
    blocks = statement(name="Name.....", date="Date.....")
    judgement = judged("evaluation_statement", [*front, *blocks])
    assert rules(judgement) == ["date-missing", "name-missing", "signed-typed"]
    assert judgement.clues.dated is None


def test_a_bold_statement_is_the_same_statement():
    bold = {n: replace(Paragraph(STATEMENTS[n - 1]), bold=True) for n in range(1, 6)}
    assert rules(judged("evaluation_statement", statement(bold))) == ["signed-typed"]


def test_statements_in_a_table_inside_a_cell_stand():
    inner = tuple(Row(0, i, (Cell((Paragraph(s),), 0),)) for i, s in enumerate(STATEMENTS, 1))
    blocks = [
        Row(1, 1, (Cell((), 0, tables=(inner,)),)),
        *statement(dict.fromkeys(range(1, 6))),
    ]
    assert rules(judged("evaluation_statement", blocks)) == ["signed-typed"]


def with_evidence(said: str = "Evidence: section 2 of the report.") -> dict[int, Paragraph | None]:
    return {n: Paragraph(f"{n}. {STATEMENTS[n - 1]}. {said}") for n in range(1, 5)}


def test_statements_stand_with_their_evidence_behind_them():
    assert rules(judged("evaluation_statement", statement(with_evidence()))) == ["signed-typed"]
    spelt = STATEMENTS[0].replace("SCB", "NCSCB")
    other = {**with_evidence(), 1: Paragraph(f"(a) {spelt} (Comment: see paragraph 4.2)")}
    assert rules(judged("evaluation_statement", statement(other))) == ["signed-typed"]


def test_one_that_is_not_there_beside_the_evidence_of_others_is_told():
    _, found = missing(statement({**with_evidence(), 3: None}))
    assert found == [("statement 3", "The wording is missing.")]


def test_what_is_said_under_evidence_takes_nothing_back_and_is_for_a_person():
    for said in ("Evidence: not yet checked by anybody.", "Comment: section 6 does not."):
        judgement, found = missing(statement({2: Paragraph(f"{STATEMENTS[1]}. {said}")}))
        assert found == []
        assert [f.where.section for f in told(judgement, "statement-reworded")] == ["statement 2"]
    _, found = missing(statement({2: Paragraph(f"{STATEMENTS[1]}, not. Evidence: section 6")}))
    assert [where for where, _ in found] == ["statement 2"]


def test_an_initial_above_the_line_it_signs_is_no_answer_to_the_declaration():
    for name in ("P. Okafor", "N. Green", "Y Shah", "P.J. Okafor"):
        above = {"signed": name, "date": "Signed", "name": "24 May 2010", "title": "Date"}
        last = Paragraph("Name: Paul Okafor, Title: Director of Nursing")
        judgement = judged("evaluation_statement", [*statement(**above), last])
        assert told(judgement, "statement-reworded") == []


def test_a_struck_statement_is_struck_out_whatever_box_was_left_beside_it():
    text = f"☐ {STATEMENTS[1]}"
    boxed = Paragraph(text, stretches=(Stretch(2, len(text), struck=True),))
    _, found = missing(statement({2: boxed}))
    assert found == [("statement 2", "The wording is struck out.")]
