"""What is told of a document that was not recognised, by the return it is most like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.context import CaseFacts, Context
from handlers.findings import Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from tests.handlers.checks.recognition.test_recognition import paper

KINDS = load_kinds()
CASE = CaseFacts("K47", "K47/C", elsewhere=("k74", "k74/c"))
OWN_WORDS = (
    "We say that our IMR keeps to your template.",
    "It follows what you asked for.",
    "I have read it and I approve it.",
)
BLANKS = ("Signed: R. Ellery", "Date: ", "Name: Ruth Ellery", "Title: Chief Executive")


def judged(docx: bytes) -> Judgement:
    request = JudgingRequest(Context(date(2013, 10, 1), CASE))
    (judgement,) = judge_document(docx, request, KINDS)
    return judgement


def told(docx: bytes) -> list[tuple[str, str | None]]:
    found = judged(docx)
    assert found.kind is None
    return [(finding.rule, finding.where.section) for finding in found.findings]


def test_what_it_lacks_if_it_is_the_nearest_is_told_with_the_question_what_it_is() -> None:
    docx = paper("# Evaluation Statement of behalf of agency", *OWN_WORDS, *BLANKS)
    assert told(docx) == [("not-recognised-near", None), ("if-nearest", "Date")]
    assert judged(docx).verdict == "refer"
    assert judged(docx).findings[1].fix.startswith("If it is the evaluation statement: enter")


def test_a_statement_that_is_missing_is_called_what_is_printed() -> None:
    statements = KINDS["evaluation_statement"].shape.statements  # type: ignore[union-attr]
    docx = paper(statements[0], statements[1], statements[4], *BLANKS)
    assert ("if-nearest", "the statement about Ofsted's grade descriptors") in told(docx)


def test_a_document_that_is_hardly_like_any_return_is_asked_about_and_no_more() -> None:
    docx = paper("# Minutes", "# Background Information", "We met.", "# Next", "We talked.")
    assert [rule for rule, _ in told(docx)] == ["not-recognised"]
    assert judged(docx).clues.likely == ()


def test_what_it_is_likely_to_be_is_kept_for_whoever_chases() -> None:
    docx = paper("# Evaluation Statement of behalf of agency", *OWN_WORDS, *BLANKS)
    assert judged(docx).clues.likely == ("evaluation_statement",)


CRITERIA: Sequence[Sequence[str]] = (
    ("Question", "Yes", "No"),
    *((f"Is point {n} met?", "X", "") for n in range(8)),
)


@pytest.mark.parametrize(("identifier", "verdict"), [("K74/C", "hold"), ("K47/C", "refer")])
def test_another_reviews_identifier_is_danger_in_it_too(identifier: str, verdict: str) -> None:
    lines = ("# Quality Assurance Form", f"Child Identifier: {identifier}", "Signed: ")
    assert judged(paper(*lines, table=CRITERIA)).verdict == verdict
