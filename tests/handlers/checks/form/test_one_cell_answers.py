"""What one cell says in words: one answer, two of them, or one that holds on a condition."""

from __future__ import annotations

import pytest

from handlers.checks.form.criteria_answers import parse_single_answer
from handlers.checks.form.form_text import FormPiece
from handlers.document import Cell, Paragraph, Row
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import criterion, judged

CHOICES = ("Yes", "No", "Partially")

TWO = (
    "Yes and No", "Yes & No", "Yes + No", "Yes and/or No", "Yes but partially",
    "Yes but only partially", "Yes (partly)", "Y and N", "Yes, no", "Yes (No)", "No and yes",
    "Yes for the eldest; no for the baby", "Yes to the first part, no to the second",
    "yes no", "No - yes in part", "Yes for child A. No for child B.",
)  # fmt: skip
ON_A_CONDITION = (
    "Yes, once the action plan is agreed", "Yes subject to approval", "Yes (TBC)", "Yes?",
    "Yes - to be confirmed", "Yes, if needed", "Yes apart from paragraph 3", "Yes, but not fully",
    "Yes, in the main", "Yes when the panel has met", "Yes - pending", "Mostly yes",
)  # fmt: skip
ONE = (
    "Yes", "Yes.", "Yes - no issues", "Yes. No comment", "Yes, no concerns", "Yes - see 4",
    "Yes, but see paragraph 4", "Yes; partly in section 4", "Yes and the panel agreed",
    "Yes; none outstanding", "Yes; there is no action plan beyond section 6", "Yes, in section 4",
    "Yes - although partly reliant on memory",
)  # fmt: skip


@each_case("text", TWO)
def test_two_answers_in_one_cell_are_two(text):
    """Failure mode 91: "Yes and No" is no Yes."""
    answer = parse_single_answer(FormPiece(text), CHOICES)
    assert answer.state == "read"
    assert len(answer.given) == 2


@each_case("text", ON_A_CONDITION)
def test_an_answer_on_a_condition_is_for_a_person(text):
    assert parse_single_answer(FormPiece(text), CHOICES).state == "unclear"


@each_case("text", ONE)
def test_an_answer_with_a_note_is_that_answer(text):
    assert parse_single_answer(FormPiece(text), CHOICES).single_choice == "Yes"


def test_what_is_said_of_each_part_explains_partially():
    answer = parse_single_answer(FormPiece("Partially - yes for one, no for the other"), CHOICES)
    assert answer.single_choice == "Partially"


@pytest.mark.parametrize(("second", "rule"), [("No", "answer-double"), ("Yes", ""), ("", "")])
def test_a_criterion_that_stands_twice_has_both_its_answers(second, rule):
    """A row pasted in again at the end with another answer is no second opinion to pass over."""
    rows = [(criterion(n), "Yes") for n in range(1, 18)] + [(criterion(5), second)]
    grid = [
        Row(1, n, (Cell((Paragraph(text),), 0), Cell((Paragraph(said),), 1)))
        for n, (text, said) in enumerate([("Criteria", "Answer"), *rows], 1)
    ]
    found = {
        (f.rule, f.where.criterion) for f in judged("qa_form", grid).findings if f.where.criterion
    }
    assert found == ({(rule, 5)} if rule else set())


def test_where_one_column_holds_the_answer_it_is_to_be_entered_and_not_ticked():
    given = {3: "✓", 5: "", 7: "Yes and No"}
    rows = [(criterion(n), given.get(n, "Yes")) for n in range(1, 18)]
    grid = [
        Row(1, n, (Cell((Paragraph(text),), 0), Cell((Paragraph(said),), 1)))
        for n, (text, said) in enumerate([("Criteria", "Answer"), *rows], 1)
    ]
    told = {f.rule: f for f in judged("qa_form", grid).findings if f.where.criterion}
    assert set(told) == {"answer-unclear", "answer-missing", "answer-double"}
    for finding in told.values():
        assert "Yes, No or Partially" in finding.fix
        assert not finding.fix.startswith("Tick") and "ticked" not in finding.message
