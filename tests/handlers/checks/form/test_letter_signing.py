"""A statement written as a letter: who signed stands under its close, its day there or above."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph
from handlers.findings import Judgement
from tests.handlers.checks.form.specimen import STATEMENTS, judged, rules

GREETING = ("Dear Sir or Madam", "Evaluation Statement on behalf of agency")
SIGNED = ("R Maddox", "Rhiannon Maddox", "Assistant Chief Constable (Protective Services)")
DAY = "19 May 2010"


def letter(*under: str, head: tuple[str, ...] = (DAY,)) -> Judgement:
    lines = (*head, *GREETING, *STATEMENTS, "Yours faithfully,", *under)
    return judged("evaluation_statement", [Paragraph(line) for line in lines])


def test_the_day_of_a_letter_is_the_day_of_signing() -> None:
    for judgement in (
        letter(*SIGNED),
        letter(*SIGNED, "cc Head of Public Protection"),
        letter(*SIGNED, DAY, head=()),
        letter("", *SIGNED, head=("Calder Constabulary", f"Wednesday {DAY}")),
        letter(*SIGNED, head=(f"Date: {DAY}",)),
    ):
        assert (judgement.verdict, rules(judgement)) == ("accept", ["signed-typed"])


def test_a_day_that_is_still_ahead_is_told_there_too() -> None:
    assert "date-future" in rules(letter(*SIGNED, head=("19 May 2011",)))


def test_a_letter_that_lacks_any_of_it_is_a_question_and_no_fault() -> None:
    for under, head in (
        (SIGNED[1:], (DAY,)),  # no signature
        (SIGNED[:2], (DAY,)),  # no title
        (SIGNED, ()),  # no day
        (SIGNED, ("Our report of 12 May 2010 is sent with this",)),
    ):
        assert letter(*under, head=head).verdict == "refer"


def test_a_title_that_does_not_say_who_may_sign_is_asked_about() -> None:
    assert "title-junior" in rules(letter(*SIGNED[:2], "Team Manager"))


def test_a_letter_signed_for_another_is_asked_who_signed() -> None:
    judgement = letter("p.p. A. Noke", *SIGNED[1:])
    assert judgement.verdict == "refer" and "handwriting" in rules(judgement)


OFFICE = "Detective Superintendent, Head of Public Protection"
COMMISSIONS = "(commissioner responsible for quality assurance and sign off of the IMR)"


def test_a_letter_without_a_greeting_is_read_the_same() -> None:
    """The day stands among its first lines, and a job is told in brackets under the rank."""
    for under, top in (
        ((*SIGNED[:2], OFFICE, COMMISSIONS), DAY),
        ((*SIGNED[:2], OFFICE, COMMISSIONS, "19th May 2010"), "Our ref: ACC/10/447"),
        ((SIGNED[0], SIGNED[1], DAY, SIGNED[2]), "Calder Constabulary"),
    ):
        lines = (
            "CALDER CONSTABULARY",
            top,
            "Evaluation Statement on behalf of agency",
            *STATEMENTS,
        )
        blocks = [Paragraph(line) for line in (*lines, "Yours faithfully", *under)]
        judgement = judged("evaluation_statement", blocks)
        assert (judgement.verdict, rules(judgement)) == ("accept", ["signed-typed"])


def test_of_two_days_above_the_close_neither_is_the_day_of_signing() -> None:
    assert letter(*SIGNED, head=(DAY, "12 May 2010")).verdict == "refer"


def test_a_picture_between_the_close_and_the_name_is_the_signature() -> None:
    lines = [Paragraph(line) for line in (DAY, *GREETING, *STATEMENTS, "Yours faithfully")]
    for drawn in (True, False):
        foot = [Paragraph("", picture=drawn), *(Paragraph(line) for line in SIGNED[1:])]
        judgement = judged("evaluation_statement", [*lines, *foot])
        assert (rules(judgement) == ["signed-image"]) is drawn
        assert judgement.verdict == "refer"


def test_what_the_form_prints_in_brackets_is_nobodys_title() -> None:
    printed = "(Chief Officer/Chief Executive/Director/Commissioner responsible for sign off)"
    assert "title-junior" in rules(letter(*SIGNED[:2], "Team Manager", printed))


NAMED = (f"Name: {SIGNED[1]}", f"Title: {SIGNED[2]}", f"Date: {DAY}")


@pytest.mark.parametrize("close", ["Yours sincerely", "Kind regards,", "Yn gywir"])
@pytest.mark.parametrize(
    "line", ["Signed\t", "Signed", "Signed: \t", "Signature", "Signed ........", "________\nSigned"]
)
def test_a_closing_and_a_printed_name_do_not_sign_a_line_left_blank(close: str, line: str) -> None:
    for gap in ((), ("",)):
        lines = (*GREETING, *STATEMENTS, close, *gap, *line.split("\n"), *NAMED)
        judgement = judged("evaluation_statement", [Paragraph(one) for one in lines])
        assert (judgement.verdict, rules(judgement)) == ("reject", ["signed-missing"])


def test_a_closing_beside_the_label_is_no_signature_either() -> None:
    for line in ("Signed: Yours sincerely", "Signed\nYours sincerely"):
        lines = (*GREETING, *STATEMENTS, *line.split("\n"), *NAMED)
        judgement = judged("evaluation_statement", [Paragraph(one) for one in lines])
        assert rules(judgement) == ["signed-missing"]


def test_a_name_typed_over_or_beside_the_label_under_a_closing_signs() -> None:
    for line in (f"{SIGNED[0]}\nSigned", f"Signed: {SIGNED[0]}"):
        lines = (*GREETING, *STATEMENTS, "Yours sincerely", *line.split("\n"), *NAMED)
        judgement = judged("evaluation_statement", [Paragraph(one) for one in lines])
        assert (judgement.verdict, rules(judgement)) == ("accept", ["signed-typed"])


LABELLED = (f"Signed: {SIGNED[0]}", f"Name: {SIGNED[1]}", f"Title: {SIGNED[2]}")


def labelled(*lines: str) -> Judgement:
    return judged("evaluation_statement", [Paragraph(one) for one in (*lines, *LABELLED)])


def test_the_day_at_the_head_of_a_labelled_letter_is_the_day_of_signing() -> None:
    for top in ((DAY,), ("Calder Constabulary", f"Wednesday {DAY}")):
        for close in ((), ("Yours faithfully",)):
            judgement = labelled(*top, *GREETING, *STATEMENTS, *close)
            assert (judgement.verdict, rules(judgement)) == ("accept", ["signed-typed"])
    assert "date-future" in rules(labelled("19 May 2011", *GREETING, *STATEMENTS))


@pytest.mark.parametrize(
    "head",
    [
        ("Calder Constabulary", DAY, GREETING[1]),
        (GREETING[1], DAY),
        (f"Calder Constabulary, {DAY}", GREETING[1]),
        (DAY, "12 May 2010", *GREETING),
    ],
)
def test_a_day_at_the_head_of_what_may_be_no_letter_is_asked_about(head: tuple[str, ...]) -> None:
    judgement = labelled(*head, *STATEMENTS)
    assert judgement.verdict == "refer" and "handwriting" in rules(judgement)
    (asked,) = [f for f in judgement.findings if f.rule == "handwriting"]
    assert asked.where.section == "Date" and "further up" in asked.message


def test_a_labelled_statement_with_no_day_or_an_empty_line_for_it_is_sent_back() -> None:
    assert "date-missing" in rules(labelled(*GREETING, *STATEMENTS))
    assert "date-missing" in rules(labelled("Your letter of 12 May 2010", *GREETING, *STATEMENTS))
    assert "date-missing" in rules(labelled(DAY, *GREETING, *STATEMENTS, "Date:"))
