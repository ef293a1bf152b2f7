"""Whoever signs for somebody else is asked who signed, however they say it."""

from __future__ import annotations

import pytest

from handlers.document import Block, Paragraph
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import (
    STATEMENTS,
    judged,
    qa_form,
    rules,
    statement,
    table,
    told,
)

FOR_ANOTHER = (
    "p.p. A. Noke", "pp A Noke", "P.P. Alan Noke", "per pro A. Noke", "A. Noke p.p. Dr Croft",
    "for and on behalf of Dr Croft", "signed in the absence of Dr Croft",
    "A. Noke (in Dr Croft's absence)", "A. Noke, in her absence", "A. Noke pp Dr I. Croft",
)  # fmt: skip
THEMSELVES = ("A. Noke", "Philip P. Noke", "P. Noke", "Dr A. Pope-Noke")
SOMEBODY_ELSE = "Somebody seems to have signed for the officer named, so a person will look at it."


def said(kind: str, blocks: list[Block]) -> list[tuple[str | None, str]]:
    judgement = judged(kind, blocks)
    assert "signed-typed" not in rules(judgement), "it will not do as it is"
    return [(f.where.section, f.message) for f in told(judgement, "handwriting")]


@each_case("typed", FOR_ANOTHER)
def test_a_form_signed_for_another_is_asked_who_signed(typed: str) -> None:
    asked = [("Signed", SOMEBODY_ELSE)]
    assert said("evaluation_statement", statement(signed=f"Signed: {typed}")) == asked
    assert said("qa_form", qa_form(signed=typed)) == asked


@each_case("typed", FOR_ANOTHER)
def test_no_other_part_of_the_form_is_asked_about(typed: str) -> None:
    judgement = judged("evaluation_statement", statement(signed=f"Signed: {typed}"))
    assert [f.rule for f in judgement.findings] == ["handwriting"]


@pytest.mark.parametrize("typed", THEMSELVES)
def test_a_name_with_a_p_in_it_is_whoever_signs(typed: str) -> None:
    for kind, blocks in (
        ("evaluation_statement", statement(signed=f"Signed: {typed}")),
        ("qa_form", qa_form(signed=typed)),
    ):
        assert "handwriting" not in rules(judged(kind, blocks))


def test_a_signature_above_its_label_is_no_answer_to_the_declaration() -> None:
    """The first "p." may be taken for a number, and the second for "Partially"."""
    rows = table(
        1,
        (Paragraph("p.p. A. Noke\nSigned"), Paragraph("13 May 2010\nDate")),
        (Paragraph("Dr Imelda Croft\nName"), Paragraph("Chief Executive\nTitle")),
    )
    blocks = [Paragraph("Evaluation Statement"), *map(Paragraph, STATEMENTS), *rows]
    assert "statement-reworded" not in rules(judged("evaluation_statement", blocks))
    assert said("evaluation_statement", blocks) == [("Signed", SOMEBODY_ELSE)]
