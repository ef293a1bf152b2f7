"""The service's own judges find nothing to mend in what the demonstration's agencies send."""

from __future__ import annotations

from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.context import AgencyFacts, CaseFacts, Context, Subject
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from tests.papers.chronology_paper import make_chronology
from tests.papers.imr_paper import KEY_ISSUES, make_imr
from tests.papers.papers import AGENCIES, CODES, STORIES
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement

KINDS = load_kinds()
CASE = CaseFacts(
    reference="N12",
    child_identifier="N12/A",
    period=(date(2007, 1, 1), date(2010, 2, 14)),
    key_issues=KEY_ISSUES,
    subjects=(Subject("Child N", date(2007, 5, 9)), Subject("Mother", date(1986, 11, 2))),
)


def rules(docx: bytes, kind: str, code: str = "GP") -> list[str]:
    """The rules a document breaks, once it has been taken for what it is."""
    words = {event.agency for event in STORIES[code]}
    agency = AgencyFacts(code, AGENCIES[code], tuple(words))
    context = Context(date(2010, 5, 28), CASE, agency)
    (judgement,) = judge_document(docx, JudgingRequest(context, "docx"), KINDS)
    assert judgement.kind == kind
    return [finding.rule for finding in judgement.findings]


@pytest.mark.parametrize("code", CODES)
def test_a_chronology_is_in_order(code: str) -> None:
    docx = make_chronology(STORIES[code], agency=AGENCIES[code])
    assert rules(docx, "chronology", code) == []


@pytest.mark.parametrize("code", CODES)
def test_an_imr_is_in_order(code: str) -> None:
    assert rules(make_imr(code=code), "imr", code) == []


def test_a_form_is_in_order() -> None:
    assert rules(make_qa_form(), "qa_form") == []


def test_a_statement_earns_one_word_of_advice_for_its_typed_name() -> None:
    assert rules(make_statement(), "evaluation_statement") == ["signed-typed"]
