"""How a form is signed, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.checks.form.judge import judge_form
from handlers.document import Paragraph, Traits
from intake.signatures.signature import SIGNATURE_DOUBTS
from tests.handlers.checks.form.specimen import (
    AGENCY,
    CONTEXT,
    judged,
    kind,
    qa_form,
    rules,
    statement,
    told,
)

ID = "evaluation_statement"
SIGNED = Paragraph("Signed: ", picture=True)
ALTERED = Traits(digital_signature=True, signature_doubt="altered")


def signed_by(*names: str) -> Traits:
    return Traits(digital_signature=True, signature_doubt="", signers=names)


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


def test_a_digital_signature_that_counts_signs_a_form_whose_blank_is_empty():
    judgement = judged(ID, statement(signed="Signed....."), traits=signed_by("Commissioner One"))
    (finding,) = judgement.findings
    assert (finding.rule, judgement.verdict) == ("signed-digitally", "accept")
    assert finding.message == "The statement is signed digitally, by Commissioner One."


def test_a_digital_signature_that_nobody_checked_proves_nothing_and_is_for_a_person():
    """A field that only looks like one would otherwise be taken for the officer's hand."""
    judgement = judged(ID, statement(signed="Signed....."), traits=Traits(digital_signature=True))
    (finding,) = judgement.findings
    assert (finding.rule, judgement.verdict) == ("signed-unproven", "refer")
    assert "no program here that checks signatures" in finding.message


@pytest.mark.parametrize("doubt", sorted(SIGNATURE_DOUBTS.keys() - {"altered"}))
def test_each_doubt_about_a_digital_signature_is_told_in_its_own_words(doubt):
    traits = Traits(digital_signature=True, signature_doubt=doubt)
    (finding,) = judged(ID, statement(), traits=traits).findings
    assert (finding.rule, SIGNATURE_DOUBTS[doubt] in finding.message) == ("signed-unproven", True)


def test_a_digital_signature_that_does_not_hold_is_a_fault_and_nothing_else_is_said_of_it():
    judgement = judged(ID, statement(signed="Signed....."), traits=ALTERED)
    assert rules(judgement) == ["signature-altered"]
    assert judgement.verdict == "reject"


def test_a_signer_who_is_not_the_officer_named_is_a_question():
    judgement = judged(ID, statement(), traits=signed_by("Somebody Else"))
    (finding,) = told(judgement, "signed-by-another")
    assert (finding.severity, finding.where.section) == ("question", "Name")
    assert not told(judged(ID, statement(), traits=signed_by("C. One")), "signed-by-another")
    both = signed_by("Somebody Else", "Commissioner One")
    assert rules(judged(ID, statement(), traits=both)) == ["signed-digitally"]


def test_where_a_kind_has_nothing_to_say_of_a_doubtful_signature_the_blank_has_to_be_filled():
    quiet = dict(kind(ID).rules)
    del quiet["signed-unproven"]
    own = replace(kind(ID), rules=quiet)
    traits = Traits(digital_signature=True)
    blank = judge_form(statement(signed="Signed....."), traits, own, CONTEXT)
    assert rules(blank) == ["signed-missing"]
    assert rules(judge_form(statement(), traits, own, CONTEXT)) == ["signed-typed"]


def test_a_qa_form_may_be_signed_with_a_typed_name_a_picture_or_digitally():
    assert judged("qa_form", qa_form()).findings == ()
    assert judged("qa_form", qa_form(signed=Paragraph("", picture=True))).findings == ()
    assert judged("qa_form", qa_form(signed=""), traits=signed_by("A. One")).findings == ()


def test_a_qa_form_whose_digital_signature_proves_nothing_is_for_a_person():
    traits = Traits(digital_signature=True)
    assert rules(judged("qa_form", qa_form(signed=""), traits=traits)) == ["signed-unproven"]
    assert rules(judged("qa_form", qa_form(), traits=ALTERED)) == ["signature-altered"]


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
        "Assistant Chief Constable",
        "T/Deputy Chief Constable (Crime)",
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
        "Deputy Chief Executive",
        "Staff Officer to the Assistant Chief Constable",
        "Assistant to the Deputy Chief Constable",
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
    "typed", ["Yes", "Done", "electronically", "pp C. Hext", "For and on behalf of A"]
)
def test_a_signature_that_names_nobody_who_signed_is_asked_about(typed):
    judgement = judged("evaluation_statement", statement(signed=f"Signed: {typed}"))
    (finding,) = judgement.findings
    assert (finding.rule, finding.severity) == ("handwriting", "question")
    assert ("signed for" in finding.message) == (len(typed.split()) > 1)
    assert judged("evaluation_statement", statement(signed="Signed: PP Green")).verdict == "refer"
    assert judged("evaluation_statement", statement(signed="Signed: P. Yes")).verdict == "accept"


def test_a_choice_of_titles_left_to_delete_is_asked_about():
    for title, verdict in (
        ("Director/Commissioner (delete as appropriate)", "refer"),
        ("Commissioner (delete as appropriate)", "accept"),
        ("Chief Officer/Director", "accept"),
    ):
        assert judged("evaluation_statement", statement(title=f"Title: {title}")).verdict == verdict


def test_a_name_after_a_space_may_stand_on_a_dotted_line():
    found = judged("evaluation_statement", statement(name="Name BRIAN NANCE......"))
    assert found.verdict == "accept"
    found = judged("evaluation_statement", statement(name="Name Of Officer......"))
    assert found.verdict != "accept"
