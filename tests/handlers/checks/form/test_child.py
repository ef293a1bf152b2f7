"""The Child Identifier, held against the case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.values.case_reference import looks_like_identifier, match_identifier
from tests.handlers.checks.form.specimen import CASE, CONTEXT, judged, qa_form, rules


@pytest.mark.parametrize(
    "text", ["N12/A", "n12 a", "N12A", "N 12 / A", "N12", "Child N", "N12/A (Child N)"]
)
def test_the_cases_own_identifier_passes_however_it_is_typed(text):
    judgement = judged("qa_form", qa_form(child=text))
    assert judgement.findings == ()
    assert judgement.clues.child_identifier == "N12/A"


@pytest.mark.parametrize("text", ["N13/A", "n13 a", "N21/A", "SCR-14", "M7"])
def test_another_cases_identifier_is_a_danger(text):
    judgement = judged("qa_form", qa_form(child=text))
    (finding,) = judgement.findings
    assert (finding.rule, finding.severity) == ("child-other", "danger")
    assert judgement.clues.identifier_place == "Child Identifier"
    assert judgement.verdict == "hold"


@pytest.mark.parametrize("text", ["N12/B", "J.S.", "Male child", "boy 2", "May 2009", "9/5/2007"])
def test_what_cannot_be_told_is_a_question_and_gives_no_name_away(text):
    judgement = judged("qa_form", qa_form(child=text))
    assert rules(judgement) == ["child-unclear"]
    assert judgement.clues.child_identifier in (None, "N12/B")


def test_a_blank_identifier_is_advice_where_the_case_is_known():
    judgement = judged("qa_form", qa_form(child=""))
    (finding,) = judgement.findings
    assert (finding.rule, finding.severity, finding.where.section) == (
        "child-missing",
        "advice",
        "Child Identifier",
    )
    assert judgement.clues.child_identifier is None


def test_a_blank_identifier_is_a_question_where_nothing_else_settles_the_case():
    judgement = judged("qa_form", qa_form(child=""), replace(CONTEXT, case=None))
    assert rules(judgement) == ["child-missing"]
    assert judgement.verdict == "refer"


def test_an_identifier_is_not_judged_where_no_case_is_known():
    assert judged("qa_form", qa_form(child="N13/A"), replace(CONTEXT, case=None)).findings == ()


def test_the_reference_of_a_case_is_not_the_beginning_of_a_longer_number():
    assert match_identifier("N123/A", CASE) == "other"
    assert match_identifier("N12/C", CASE) == "unclear"


@pytest.mark.parametrize(
    "text", ["SAR26-2/K", "RR26-05/B", "DARDR26-1", "LCSPR26-1/A", "SCR/2010/4"]
)
def test_a_reference_of_another_shape_is_another_case_s_too(text):
    """D3: as "N13/B" is."""
    assert match_identifier(text, CASE) == "other"


@pytest.mark.parametrize("text", ["Rowan", "Maple 7 of the list", "Child A2 (Rowan 3)"])
def test_what_a_case_of_the_board_goes_by_is_another_case_s_whatever_its_shape(text):
    others = replace(CASE, elsewhere=("Rowan", "Maple 7", "Rowan 3"))
    assert match_identifier(text, others) == "other"
    assert match_identifier(text, CASE) == "unclear"


@pytest.mark.parametrize(
    "text", ["Child 2", "CHILD 2", "Adult 1", "Sibling 3", "3 May 2009", "aged 3"]
)
def test_a_person_counted_is_no_reference(text):
    assert match_identifier(text, CASE) == "unclear"


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("N13/A", True),
        ("SCR 14", True),
        ("943 476 5919", False),
        ("Zebedee", False),
        ("aged 3", False),
        ("", False),
        ("N13/A and a long story beside it", False),
    ],
)
def test_an_identifier_is_told_by_its_looks(text, looks):
    assert looks_like_identifier(text) is looks
