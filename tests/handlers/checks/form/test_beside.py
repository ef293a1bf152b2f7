"""What stands beside a statement, in its line or in its row, confirms it or takes it back."""

from __future__ import annotations

import pytest

from handlers.checks.form.form_text import form_passages
from handlers.checks.form.statements import match_statement_rows, read_statements
from handlers.document import Block, Cell, Paragraph, Row
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import kind

STATEMENTS = kind("evaluation_statement").shape.statements
ODD = 2

NO = ("No", "N", "No - section 5 is absent", "False", "Not met", "Unable to confirm", "✗",
      "Cannot be confirmed")  # fmt: skip
NOT_YET = ("Not yet", "TBC", "Pending", "In progress", "?", "Awaiting the grade", "Outstanding",
           "To be confirmed", "to follow", "Still to be done")  # fmt: skip
DOUBT = ("Partially", "N/A", "Subject to review", "Mostly", "not applicable")
YES = ("Yes", "Y", "✓", "√", "Confirmed", "Agreed", "Done", "Yes - see 8", "[x]", "X", "ü")


def beside(words: str, others: str = "Yes") -> list[Block]:
    """A table of the statements, each with a word in the cell beside it."""
    rows = [("Statement", "Confirmed")]
    rows += [(s, words if i == ODD else others) for i, s in enumerate(STATEMENTS)]
    return [
        Row(1, n, tuple(Cell((Paragraph(text),), i) for i, text in enumerate(row)))
        for n, row in enumerate(rows, 1)
    ]


def before(words: str, others: str = "") -> list[Block]:
    return [
        Paragraph(f"{words if i == ODD else others} {s}".strip()) for i, s in enumerate(STATEMENTS)
    ]


def behind(words: str, others: str = "") -> list[Block]:
    return [
        Paragraph(f"{s} – {words if i == ODD else others}".strip(" –"))
        for i, s in enumerate(STATEMENTS)
    ]


LAYOUTS = (beside, before, behind)


def states(blocks: list[Block]) -> list[str]:
    rows = match_statement_rows(blocks, STATEMENTS, ())
    found = read_statements(rows, tuple(form_passages(blocks)), STATEMENTS)
    return [one.state for one in found]


def told(blocks: list[Block]) -> dict[int, str]:
    return {i: state for i, state in enumerate(states(blocks)) if state != "stands"}


@each_case("layout", LAYOUTS)
@each_case("words", [*NO, *NOT_YET, *DOUBT])
def test_words_that_take_a_statement_back_are_told_of_that_one(layout, words):
    """A statement answered "Not yet" is not made, wherever the words stand."""
    assert set(told(layout(words))) == {ODD}


@each_case("words", [*NO, *NOT_YET, "û"])
def test_no_and_not_yet_in_the_cell_are_a_statement_not_made(words):
    state = told(beside(words))[ODD]
    assert state in ("answered with No", "not confirmed yet", "contradicted by what was added")


@each_case("layout", LAYOUTS)
@each_case("words", YES)
def test_words_that_confirm_every_statement_leave_it_standing(layout, words):
    assert not told(layout(words, words))


def test_a_cross_among_ticks_is_no_and_crosses_everywhere_are_ticks():
    assert told(beside("✗", "✓")) == {ODD: "answered with No"}
    assert not told(beside("✗", "✗"))


@pytest.mark.parametrize("layout", [beside, before])
def test_one_left_empty_among_ticks_is_for_a_person(layout):
    assert told(layout("☐", "☒")) == {ODD: "left unticked"}
    assert not told(layout("☐", "☐"))


@pytest.mark.parametrize(
    "words", ["No concerns", "No further comments", "None", "No issues outstanding", "See QA form"]
)
def test_a_comment_that_finds_nothing_wrong_takes_nothing_back(words):
    rows = [
        Row(1, n, tuple(Cell((Paragraph(t),), i) for i, t in enumerate((s, "✓", "", words))))
        for n, s in enumerate(STATEMENTS, 2)
    ]
    heads = ("Statement", "Yes", "No", "Comments")
    head = Row(1, 1, tuple(Cell((Paragraph(t),), i) for i, t in enumerate(heads)))
    assert not told([head, *rows])
