"""A form that stands word for word, with a sentence beside it that takes it back."""

from __future__ import annotations

import pytest

from handlers.checks.form.judge import judge_form
from handlers.document import Block, Paragraph, Row, TableEnd, Traits
from handlers.findings import Finding, Judgement
from outbox.writing.places import group_into_changes
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import (
    CONTEXT,
    STATEMENTS,
    kind,
    qa_form,
    row,
    statement,
    told,
)

NOT_YET = "I have not yet approved the report."
LIMITS = (
    "in the main",
    "by and large",
    "for the most part",
    "broadly",
    "on the whole",
    "more or less",
    "in essence",
    "to a great extent",
    "up to a point",
    "as a rule",
    "in most respects",
    "for now",
    "overall",
    "generally",
    "mainly",
)
TAKEN_BACK = (
    "Recommendation 3 is for others to answer; we shall not carry it out.",
    "My colleague Dr Lindqvist dissents.",
    "We do not share the author's view of recommendation 2.",
    "The partnership dissociates itself from chapter 6.",
    "I speak in a personal capacity.",
    "Recommendation 4 is not ours to carry out.",
    "We will not implement recommendation 5.",
    "The trustees take issue with paragraph 6.3.",
)
DENIED_IN_MARGINS = (
    "Not to be regarded as the view of the partnership.",
    "Not to be taken as the opinion of the Trust",
    "This document does not represent the position of the council.",
    "Personal view of the author, not binding on the surgery",
)
HONEST_IN_MARGINS = (
    "Meadow Lane Surgery is a partnership of four doctors.",
    "Registered office: 12 Meadow Lane, Shireton. Not for onward circulation.",
    "Once printed this document is uncontrolled.",
    "Strictly Confidential - Page 1 of 2",
)


def judged(blocks: list[Block], id: str = "evaluation_statement", **traits: object) -> Judgement:
    return judge_form(blocks, Traits(**traits), kind(id), CONTEXT)  # type: ignore[arg-type]


def beside(at: int, text: str) -> list[Block]:
    """A good statement with a line more."""
    blocks = statement()
    return [*blocks[:at], Paragraph(text), *blocks[at:]]


def found(judgement: Judgement) -> Finding:
    (finding,) = told(judgement, "not-final")
    return finding


@each_case("at", range(len(statement()) + 1))
def test_a_sentence_that_takes_it_back_is_a_question_wherever_it_stands(at):
    judgement = judged(beside(at, NOT_YET))
    assert judgement.verdict == "refer"
    assert found(judgement).severity == "question"
    assert "the statements" not in judgement.passed


@each_case("at", range(len(statement()) + 1))
def test_an_honest_sentence_is_accepted_wherever_it_stands(at):
    assert judged(beside(at, "Approved by the Board on 3 May 2010.")).verdict == "accept"


@pytest.mark.parametrize("text", ["DRAFT", "Draft Evaluation Statement", "Status: Draft v2"])
def test_a_draft_by_its_first_line_or_its_margin_is_a_question(text):
    assert judged(beside(0, text)).verdict == "refer"
    assert found(judged(statement(), margins=[text])).where.section == "Page header or footer"


@pytest.mark.parametrize(
    "text",
    [
        "DRAFT - not yet agreed",
        "Draft, not yet signed off by the board.",
        "Not yet agreed by the board.",
        "Status: not yet approved",
        "To be agreed by the Chief Executive",
    ],
)
@pytest.mark.parametrize("last", [False, True])
def test_a_line_of_its_own_that_puts_the_form_off_is_a_question(last, text):
    """Such a line was taken for a blank that is still to come, and no blank was told."""
    for form, id in ((statement(), "evaluation_statement"), (qa_form(), "qa_form")):
        blocks = [*form, Paragraph(text)] if last else [Paragraph(text), *form]
        assert found(judged(blocks, id)).severity == "question"


def test_a_history_of_versions_that_ends_with_the_final_one_is_none():
    rows: list[Row] = [
        row(1, 1, "Version", "Date", "Status"),
        row(1, 2, "0.1", "1 May 2010", "Draft"),
        row(1, 3, "1.0", "18 May 2010", "Final"),
    ]
    assert judged([*statement(), *rows, TableEnd(1)]).verdict == "accept"
    assert judged([*statement(), *rows[:2], TableEnd(1)]).verdict == "refer"


@pytest.mark.parametrize(
    "text",
    [
        f"When the trustees have met, {STATEMENTS[4]}",
        f"Provisionally, {STATEMENTS[4]}",
        f"This is a draft for comment. {STATEMENTS[4]}",
        f"{STATEMENTS[4][:-1]}, subject to the trustees' agreement.",
        f"{STATEMENTS[4][:-1]}, subject to the trustees' agreement. Yes",
    ],
)
def test_what_was_added_to_the_declaration_is_to_be_taken_out(text):
    (finding,) = told(judged(statement({5: Paragraph(text)})), "statement-reworded")
    assert "take out what was added" in finding.fix
    assert "answer Yes" not in finding.fix


def test_a_quality_assurance_form_that_says_it_is_a_draft_is_a_question():
    blocks = [*qa_form(), Paragraph("This form is a draft and will be signed off by the board.")]
    assert found(judged(blocks, "qa_form")).severity == "question"
    assert judged(
        [*qa_form(), Paragraph("Approved by the Board on 3 May.")], "qa_form"
    ).verdict == ("accept")


@pytest.mark.parametrize("at", range(7, len(statement()) + 1))
def test_a_sentence_of_no_ordinary_kind_is_a_question_and_is_not_quoted(at):
    text = "Our two partners see this in different ways."
    judgement = judged(beside(at, text))
    assert judgement.verdict == "refer"
    assert "partners" not in f"{found(judgement)}"


DECLARED = 'the declaration that begins "I have read this report"'


@pytest.mark.parametrize(
    ("blocks", "place"),
    [
        (beside(0, NOT_YET), "above the heading"),
        (beside(1, NOT_YET), "the line between the heading and the statement about the IMR report"
         " template"),
        (beside(2, NOT_YET), "the line below the statement about the IMR report template"),
        (beside(6, NOT_YET), f"the line below {DECLARED}"),
        ([*beside(6, NOT_YET)[:6], Paragraph("Thank you."), *beside(6, NOT_YET)[6:]],
         f"the second line below {DECLARED}"),
        ([*beside(1, NOT_YET)[:1], Paragraph("Child N"), *beside(1, NOT_YET)[1:]],
         "the second line below the heading"),
        ([Paragraph("Meadow Lane Surgery\n1 Mill Road"), *beside(1, NOT_YET)],
         "the line between the heading and the statement about the IMR report template"),
        (beside(len(statement()), NOT_YET), "beside the signature"),
    ],
)  # fmt: skip
def test_the_line_that_is_asked_about_is_told_by_what_is_printed_next_to_it(blocks, place):
    """A letter said "something above the statement", and three lines stand there."""
    assert found(judged(blocks)).where.section == place


def test_two_lines_are_two_places_of_one_question():
    twice = beside(1, NOT_YET)
    judgement = judged([*twice[:7], Paragraph("The partners see this in two ways."), *twice[7:]])
    findings = told(judgement, "not-final")
    (change,) = group_into_changes(findings, kind("evaluation_statement"))
    assert len(findings) == 2
    assert change.place == (
        "The line between the heading and the statement about the IMR report template and the"
        f" line below {DECLARED}"
    )


@pytest.mark.parametrize(
    "text",
    ["Will Hope, Chief Executive", "12 Meadow Lane, Shireton, Shireshire SH1 2AB", "May 2010"],
)
def test_names_addresses_and_months_are_no_doubts(text):
    assert judged(beside(0, text)).verdict == "accept"
    assert judged(statement(), margins=[text]).verdict == "accept"


@pytest.mark.parametrize(
    "text",
    [
        "If you are not the intended recipient please destroy this copy.",
        "This document is uncontrolled when printed.",
        "Not to be copied without permission.",
    ],
)
def test_what_is_printed_in_the_margin_of_each_page_is_no_doubt(text):
    assert judged(statement(), margins=[text]).verdict == "accept"


def test_what_the_form_itself_prints_is_no_doubt_also_with_other_initials():
    sentence = (
        "It should be used by the Commissioner of the IMR to check the content of the report, and"
        " any issues arising should be addressed before the IMR is submitted to NCSCB."
    )
    blocks = qa_form()
    assert judged([*blocks[:2], Paragraph(sentence), *blocks[2:]], "qa_form").verdict == "accept"


@pytest.mark.parametrize(
    ("id", "blocks"), [("evaluation_statement", statement), ("qa_form", qa_form)]
)
def test_a_comment_on_what_is_signed_is_a_question_and_is_not_quoted(id, blocks):
    """A comment that says "We have not approved this yet" would be passed over."""
    judgement = judged(blocks(), id, comments=1, remarks=["We have not approved this yet."])
    (left,) = told(judgement, "comments-left")
    assert (judgement.verdict, left.severity) == ("refer", "question")
    assert "There is 1 comment left" in left.message
    assert "approved" not in left.message
    assert judgement.passed == ()
    (left,) = told(judged(blocks(), id, comments=3), "comments-left")
    assert "There are 3 comments left" in left.message
    assert told(judged(blocks(), id), "comments-left") == []


@each_case("words", LIMITS)
@each_case("n", range(4))
def test_words_that_limit_a_statement_in_its_own_line_are_a_question(words, n):
    text = f"{STATEMENTS[n]} {words}"
    assert judged(statement({n + 1: Paragraph(text)})).verdict == "refer"


@each_case("at", range(1, len(statement()) + 1))
@each_case("text", TAKEN_BACK)
def test_a_sentence_that_takes_back_a_part_is_a_question(text, at):
    assert judged(beside(at, text)).verdict == "refer"


@pytest.mark.parametrize("text", DENIED_IN_MARGINS)
def test_a_margin_that_denies_what_is_signed_is_a_question(text):
    assert found(judged(statement(), margins=[text])).where.section == "Page header or footer"


@pytest.mark.parametrize("text", HONEST_IN_MARGINS)
def test_a_margin_that_is_printed_on_every_letter_is_none(text):
    assert judged(statement(), margins=[text]).verdict == "accept"


@pytest.mark.parametrize(
    "words", ["next Tuesday", "tomorrow", "once approved", "soon", "before Friday", "May or June"]
)
def test_what_is_no_day_is_told_once_of_the_blank_for_a_day(words):
    for found in (
        judged(statement(date=f"Date: {words}")).findings,
        judged(qa_form(date=words), "qa_form").findings,
    ):
        heavy = [f.rule for f in found if f.severity != "advice"]
        assert heavy == ["date-invalid"]


def test_what_is_said_of_a_day_is_asked_about_all_the_same():
    found = judged(qa_form(date="20/05/2010 (subject to approval)"), "qa_form").findings
    assert "not-final" in [f.rule for f in found]
