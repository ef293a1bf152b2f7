"""A statement in its author's own words is told once, as reworded (principle 5)."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph
from handlers.findings import Judgement
from tests.handlers.checks.form.specimen import judged, rules, statement
from tests.handlers.checks.form.specimen import told as findings_of

STATEMENTS = (
    "The IMR conforms to the NCSCB IMR report template",
    "The IMR follows the specific Terms of Reference for the SCR",
    "The IMR has been checked against Ofsted grade descriptors",
    "The IMR has sound and SMART recommendations",
)
DECLARATION = (
    "I have read this report and confirm that I have approved it as my agency's IMR report to the "
    "Serious Case Review Panel."
)


def returned(statements: tuple[str, ...] = STATEMENTS, declared: str = DECLARATION) -> Judgement:
    signed = (
        "Signed: A Sykes",
        "Date: 30/04/2010",
        "Name: Annette Sykes",
        "Title: Chief Executive",
    )
    lines = ("Evaluation Statement on behalf of agency", *statements, declared, *signed)
    return judged("evaluation_statement", [Paragraph(line) for line in lines if line])


def told(judgement: Judgement) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in judgement.findings if f.severity != "advice"]


@pytest.mark.parametrize(
    "declared",
    [
        "I have read this report and am content for it to go to the Serious Case Review Panel.",
        "I confirm that I have read and approved this report on behalf of Brookvale Homes.",
        "I have read the report and I am happy to approve it as Brookvale's IMR.",
        "This report has been read and approved by me for submission to the Panel.",
        "The report has been approved by the Board of Brookvale Homes.",
        "I have seen this report and agree to it going to the Serious Case Review Panel.",
    ],
)
def test_a_declaration_in_other_words_is_told_once_as_reworded(declared: str) -> None:
    assert told(returned(declared=declared)) == [("declaration-reworded", "fault")]


@pytest.mark.parametrize(
    "at, said",
    [
        (0, "The IMR keeps to the report template of the Board"),
        (1, "The IMR follows what the panel asked for"),
        (1, "The IMR addresses all the Terms of Reference set by the SCR"),
        (3, "Recommendations are SMART"),
    ],
)
def test_a_statement_in_other_words_is_a_question(at: int, said: str) -> None:
    statements = (*STATEMENTS[:at], said, *STATEMENTS[at + 1 :])
    assert told(returned(statements)) == [("statement-reworded", "question")]


@pytest.mark.parametrize("declared", ["", "Please contact me if you need anything else."])
def test_a_declaration_that_is_not_there_is_missing(declared: str) -> None:
    assert ("statement-missing", "fault") in told(returned(declared=declared))


def test_a_statement_that_is_left_out_is_missing_and_its_neighbours_are_not_taken_for_it() -> None:
    for at in range(len(STATEMENTS)):
        statements = (*STATEMENTS[:at], *STATEMENTS[at + 1 :])
        assert told(returned(statements)) == [("statement-missing", "fault")], at


def test_a_sentence_in_its_place_that_denies_it_is_a_fault() -> None:
    assert told(returned(declared="I have not read this report.")) == [
        ("statement-missing", "fault")
    ]


@pytest.mark.parametrize(
    "own",
    [
        "I confirm that the author is independent.",
        "This is the agency's report.",
        "The report is sent to the Panel.",
        "The agency's IMR report has been sent to the Panel.",
    ],
)
def test_a_line_hardly_like_the_declaration_is_not_called_the_declaration_reworded(
    own: str,
) -> None:
    judgement = judged("evaluation_statement", statement({5: Paragraph(own)}))
    (found,) = findings_of(judgement, "declaration-reworded")
    assert (found.severity, found.message) == ("fault", "We could not find it here.")
    assert "I have read this report" in found.fix


def test_a_declaration_that_is_not_there_is_missing_and_one_nearly_so_is_reworded() -> None:
    absent = judged("evaluation_statement", statement({5: None}))
    assert rules(absent)[0] == "statement-missing"
    near = "I have read this report and confirm that I approve it as my agency's report."
    (found,) = findings_of(
        judged("evaluation_statement", statement({5: Paragraph(near)})), "declaration-reworded"
    )
    assert "not that of the form" in found.message
