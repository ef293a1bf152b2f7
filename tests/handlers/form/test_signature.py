"""How a form is signed, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.block import Paragraph, Traits
from handlers.form.signature import same_person
from tests.handlers.form.specimen import (
    AGENCY,
    CONTEXT,
    judged,
    qa_form,
    rules,
    statement,
    told,
)

ID = "evaluation_statement"
SIGNED = Paragraph("Signed: ", picture=True)


def test_a_typed_signature_is_advice():
    judgement = judged(ID, statement())
    (finding,) = told(judgement, "signed-typed")
    assert (finding.severity, finding.where.section) == ("advice", "Signed")
    assert judgement.verdict == "accept"


def test_a_picture_for_a_signature_is_for_a_person():
    judgement = judged(ID, statement(signed=SIGNED))
    assert rules(judgement) == ["signed-image"]
    assert judgement.verdict == "refer"


@pytest.mark.parametrize("blank", ["Signed", "Signed.....", "Signed: ______", "Signed: ………"])
def test_a_statement_with_dots_for_a_signature_is_not_signed(blank):
    judgement = judged(ID, statement(signed=blank))
    assert rules(judgement) == ["signed-missing"]
    assert judgement.verdict == "reject"


def test_a_digital_signature_signs_a_form_whose_blank_is_empty():
    judgement = judged(ID, statement(signed="Signed....."), traits=Traits(digital_signature=True))
    assert rules(judgement) == ["signed-digitally"]
    assert judgement.verdict == "accept"


def test_a_digital_signature_that_does_not_hold_is_a_fault():
    traits = Traits(digital_signature=True, signature_altered=True)
    judgement = judged(ID, statement(), traits=traits)
    assert rules(judgement) == ["signature-altered", "signed-digitally"]
    assert judgement.verdict == "reject"


def test_a_qa_form_may_be_signed_with_a_typed_name_a_picture_or_digitally():
    assert judged("qa_form", qa_form()).findings == ()
    assert judged("qa_form", qa_form(signed=Paragraph("", picture=True))).findings == ()
    digital = Traits(digital_signature=True)
    assert judged("qa_form", qa_form(signed=""), traits=digital).findings == ()


def test_a_qa_form_that_nobody_signed_is_a_fault():
    judgement = judged("qa_form", qa_form(signed="........"))
    assert rules(judgement) == ["signed-missing"]
    assert judgement.findings[0].where.section == "Signed"


def test_a_qa_form_on_paper_leaves_its_signature_to_a_person():
    judgement = judged("qa_form", qa_form(), traits=Traits(on_paper=True))
    assert rules(judgement) == ["signed-scan"]


@pytest.mark.parametrize(
    "title",
    [
        "Chief Executive",
        "CEO",
        "Acting Chief Executive",
        "Chief Constable",
        "Director of Nursing",
        "Corporate Director, Children's Services",
        "Commissioner",
        "chief officer",
    ],
)
def test_the_titles_that_the_form_asks_for_are_plain(title):
    assert rules(judged(ID, statement(title=f"Title: {title}"))) == ["signed-typed"]


@pytest.mark.parametrize(
    "title",
    [
        "Team Manager",
        "Assistant Director",
        "Deputy Chief Constable",
        "Head of Safeguarding",
        "Chief Inspector",
        "PA to the Director",
        "pp Chief Executive",
        "Commissioning Manager",
    ],
)
def test_any_other_title_is_a_question_and_never_a_fault(title):
    judgement = judged(ID, statement(title=f"Title: {title}"))
    (finding,) = told(judgement, "title-junior")
    assert (finding.severity, finding.where.section) == ("question", "Title")
    assert judgement.verdict == "refer"


def test_a_signatory_who_wrote_the_report_is_a_question():
    judgement = judged(ID, statement(name="Name: Dr A. One", signed=SIGNED))
    (finding,) = told(judgement, "signatory-is-author")
    assert (finding.severity, finding.where.section) == ("question", "Name")


def test_an_author_who_signs_under_another_name_line_is_seen_by_the_signature():
    judgement = judged(ID, statement(signed="Signed: Author One"))
    (finding,) = told(judgement, "signatory-is-author")
    assert finding.where.section == "Signed"


def test_where_no_author_is_known_nobody_is_taken_for_one():
    context = replace(CONTEXT, agency=replace(AGENCY, author_names=()))
    assert rules(judged(ID, statement(name="Name: Author One"), context)) == ["signed-typed"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Author One", "author one", True),
        ("Dr A. One", "Author One", True),
        ("Mrs Author B. One", "Author One", True),
        ("Commissioner One", "Author One", False),
        ("Author Two", "Author One", False),
        ("One", "Author One", False),
        ("", "Author One", False),
        ("", "", False),
    ],
)
def test_people_are_told_apart_by_surname_and_first_initial(one, other, same):
    assert same_person(one, other) is same
