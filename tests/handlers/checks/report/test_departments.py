"""A department behind a job is nobody who signed: "Detective Superintendent, Public Protection"."""

from __future__ import annotations

import pytest

from handlers.checks.form.judge import judge_form
from handlers.document import Block, Traits
from tests.handlers.checks.form.specimen import CONTEXT, kind, qa_form, statement

DEPARTMENTS = (
    "Detective Superintendent, Public Protection",
    "Detective Superintendent - Public Protection",
    "Detective Chief Inspector (Protecting Vulnerable People)",
    "D/Supt, Major Crime",
    "Commander, Specialist Operations",
    "Assistant Chief Constable, Territorial Policing",
    "Director of Nursing, Quality and Safety",
    "Named Nurse, Child Protection",
    "Designated Nurse (Children)",
    "Medical Director / Primary Care",
    "Head of Midwifery, Maternity",
    "Deputy Head, Pastoral Care",
    "Head of School, Key Stage Two",
    "Designated Teacher - Inclusion",
    "Assistant Director, Adult Social Care",
    "Head of Service, Housing Options",
    "Corporate Director (People)",
    "Senior Probation Officer, Sex Offender Unit",
    "Chief Officer, Home Start",
    "Chief Executive, Women's Aid",
    "Operations Manager, Turning Point",
    "Chair of Governors, Holy Trinity",
)


def told(id: str, blocks: list[Block], part: str) -> set[tuple[str, str]]:
    findings = judge_form(blocks, Traits(), kind(id), CONTEXT).findings
    return {(f.rule, f.severity) for f in findings if f.where.section == part}


@pytest.mark.parametrize("role", DEPARTMENTS)
def test_a_form_with_an_empty_blank_to_sign_in_is_not_signed(role):
    unsigned = {("signed-missing", "fault")}
    assert told("qa_form", qa_form(signed="", role=role), "Signed") == unsigned
    blocks = statement(signed="Signed:", title=f"Title: {role}")
    assert told("evaluation_statement", blocks, "Signed") == unsigned
    blocks = statement(name="Name:", title=f"Title: {role}")
    assert told("evaluation_statement", blocks, "Name") == {("name-missing", "fault")}


@pytest.mark.parametrize("role", DEPARTMENTS)
def test_a_report_that_its_author_did_not_sign_is_not_signed(role, draft, line):
    """Whether the job has a label or stands beside the name."""
    for texts in (
        (
            "Report author",
            "Name: Alex Green",
            f"Job designation: {role}",
            "Signed:",
            "Date: 28 May 2010",
        ),
        ("Report author", f"Name: Alex Green, {role}", "Signed:", "Date: 28 May 2010"),
        (f"Report author: Alex Green, {role}, 28 May 2010", "Signed:"),
    ):
        commissioner = draft.bodies["signing-off"][-4:]
        draft.bodies["signing-off"] = [*map(line, texts), *commissioner]
        (found,) = draft.found("sign-off-missing")
        assert "report author's signature" in found.message, texts


@pytest.mark.parametrize("role", ["Head Teacher, Mrs J Green", "Headteacher - A. Green"])
def test_a_name_in_the_blank_for_the_job_is_still_asked_about(role):
    blocks = statement(name="Name:", title=f"Title: {role}")
    assert told("evaluation_statement", blocks, "Name") == {("handwriting", "question")}
