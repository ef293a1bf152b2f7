"""What was done to a wording that is no longer the board's, and how its author is told."""

from __future__ import annotations

import pytest

from handlers.checks.form.wording import CHANGE_PHRASES
from handlers.checks.form.wording import describe_change as done
from handlers.document import Paragraph
from tests.handlers.checks.form.specimen import (
    STATEMENTS,
    answered,
    answers,
    criterion,
    judged,
    qa_form,
    statement,
    told,
)

SHORTENED = {
    1: "The IMR meets the Terms of Reference.",
    2: "A suitably Independent Author completed the IMR.",
    3: "Access to legal advice",
    5: "Report includes genogram",
    7: "Report identifies the records accessed.",
    11: "Report reflects a critical examination of the facts",
    12: "Practice is analysed openly and critically",
    14: "The report reaches well founded conclusions",
    15: "Report contains an action plan",
    16: "Action plan agreed",
}


@pytest.mark.parametrize("also_gone", [(), (8,)], ids=["alone", "and another gone"])
def test_a_criterion_cut_short_is_on_the_form_and_is_told_with_what_is_left_out(also_gone):
    """Failure mode 91: "not on the form" is untrue of it, and its author looks in vain."""
    for number, text in SHORTENED.items():
        changed = {f"c{number}": answered("Yes", text), **{f"c{gone}": [] for gone in also_gone}}
        judgement = judged("qa_form", qa_form(answers(**changed)))
        (finding,) = told(judgement, "criterion-reworded")
        assert (finding.where.criterion, finding.severity) == (number, "fault"), text
        assert "left out" in finding.message
        gone = [f.where.criterion for f in told(judgement, "criterion-missing")]
        assert gone == list(also_gone), text


def test_every_criterion_cut_short_is_told_of_itself():
    grid = [answered("Yes", SHORTENED.get(n, criterion(n))) for n in range(1, 18)]
    judgement = judged("qa_form", qa_form(grid))
    assert {f.where.criterion for f in told(judgement, "criterion-reworded")} == set(SHORTENED)
    assert {f.rule for f in judgement.findings} == {"criterion-reworded"}


def test_a_criterion_with_an_explanation_run_on_is_told_as_added_to():
    longer = f"{criterion(10)} {' '.join(['Say where the child is spoken of.'] * 4)}"
    (finding,) = judged("qa_form", qa_form(answers(c10=answered("Yes", longer)))).findings
    assert CHANGE_PHRASES["added"] in finding.message


@pytest.mark.parametrize(
    ("theirs", "says"),
    [
        ("Access to legal advice", '"available for critical aspects" is left out'),
        ("Access to advice for critical aspects.", '"legal" and "available" are left out'),
        ("Access to good legal advice available for critical aspects.", CHANGE_PHRASES["added"]),
        ("Access to legal help available for critical aspects.", 'in place of "advice"'),
        ("Access to legal help for every critical matter", CHANGE_PHRASES["changed"]),
    ],
)
def test_what_was_done_to_a_wording_is_told_in_the_boards_own_words(theirs, says):
    assert says in done("Access to legal advice available for critical aspects.", theirs)


@pytest.mark.parametrize(
    "text",
    [
        "I have read this report and confirm that I have approved it.",
        "I have read and approved this report.",
        STATEMENTS[4].replace("my agency's", "the surgery's"),
    ],
)
def test_the_declaration_in_other_words_is_a_fault_that_says_so(text):
    """Another wording of what is exact is evidence (principle 5), and it is not missing."""
    judgement = judged("evaluation_statement", statement({5: Paragraph(text)}))
    assert [(f.rule, f.where.section) for f in judgement.findings if f.severity == "fault"] == [
        ("declaration-reworded", "the declaration")
    ]


@pytest.mark.parametrize("text", ["The IMR has recommendations", "IMR checked by Ofsted grade"])
def test_a_statement_cut_short_is_for_a_person_and_is_not_missing(text):
    number = 4 if "recommendations" in text else 3
    judgement = judged("evaluation_statement", statement({number: Paragraph(text)}))
    (finding,) = told(judgement, "statement-reworded")
    assert finding.where.section == f"statement {number}"
    assert not told(judgement, "statement-missing")


def test_a_line_about_the_terms_of_reference_is_no_statement_of_them():
    blocks = [*statement({2: None}), Paragraph("Terms of Reference")]
    (finding,) = told(judged("evaluation_statement", blocks), "statement-missing")
    assert finding.where.section == "statement 2"


@pytest.mark.parametrize("mark", ["(x) ", "☒ ", "1. ", "Yes: ", "[x] ", "✓ ", "Y\t"])
@pytest.mark.parametrize("gone", [(2,), (1, 3)])
def test_statements_that_stand_behind_a_mark_are_in_order_beside_one_that_is_missing(mark, gone):
    lines = {n: None if n in gone else Paragraph(mark + STATEMENTS[n - 1]) for n in range(1, 5)}
    judgement = judged("evaluation_statement", statement(lines))
    found = [(f.rule, f.where.section) for f in judgement.findings if f.severity != "advice"]
    assert found == [("statement-missing", f"statement {n}") for n in gone]
