"""A nil return by what it means, not by its phrases. Failure mode 94."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.document import Paragraph
from handlers.findings import Judgement
from tests.each_case import each_case
from tests.handlers.checks.form.nil_statements import (
    BESIDES,
    FAULTY,
    GOOD,
    IN_OTHER_WORDS,
    MORE_GOOD,
    SEEMING,
)
from tests.handlers.checks.form.specimen import CONTEXT, judged

SAYS = "statement-"


def letter(*body: str) -> list[Paragraph]:
    lines = ["Meadow Lane Surgery", "20 May 2010", "Dear Administrator", "Nil return"]
    lines += [
        *body,
        "We searched all our records.",
        "Yours sincerely",
        "Jane Holt",
        "Practice Manager",
    ]
    return [Paragraph(line) for line in lines]


def said(judgement: Judgement) -> list[str]:
    return [f.rule for f in judgement.findings if f.severity != "advice"]


@pytest.mark.parametrize("statement", (*GOOD, *MORE_GOOD))
def test_a_statement_of_all_the_family_is_accepted(statement: str) -> None:
    expected = ["statement-unsure"] if statement in IN_OTHER_WORDS else []
    assert said(judged("nil_return", letter(statement))) == expected


@pytest.mark.parametrize("statement", GOOD)
def test_a_good_statement_is_accepted_without_a_register_too(statement: str) -> None:
    nobody = replace(CONTEXT, case=None)
    expected = ["statement-unsure"] if statement in IN_OTHER_WORDS else []
    assert said(judged("nil_return", letter(statement), nobody)) == expected


@pytest.mark.parametrize("beside", BESIDES)
def test_what_stands_beside_a_good_statement_takes_nothing_back(beside: str) -> None:
    assert said(judged("nil_return", letter(beside, GOOD[0]))) == []
    assert said(judged("nil_return", letter(GOOD[16], beside))) == []


@pytest.mark.parametrize(("statement", "rule"), FAULTY)
def test_a_statement_that_takes_something_back_is_a_question_that_says_what(
    statement: str, rule: str
) -> None:
    judgement = judged("nil_return", letter(statement))
    assert judgement.verdict == "refer", said(judgement)
    assert not rule or f"{SAYS}{rule}" in said(judgement)


@each_case(("statement", "rule"), FAULTY)
def test_a_good_statement_does_not_cover_for_one_that_takes_it_back(
    statement: str, rule: str
) -> None:
    """But for one person named alone, whom the statement of all of them includes."""
    if rule != "some":
        judgement = judged("nil_return", letter(GOOD[0], statement))
        assert judgement.verdict == "refer", said(judgement)


@each_case("statement", SEEMING)
def test_what_only_seems_to_be_such_a_statement_is_a_question(statement: str) -> None:
    assert judged("nil_return", letter(statement)).verdict == "refer"


def test_more_than_a_letter_has_is_for_a_person_to_read() -> None:
    """And no more of it is read than that, however long it is."""
    assert said(judged("nil_return", letter(GOOD[0], "It is so. " * 2_000))) == ["statement-unsure"]


NOBODY = "No member of the family is or has been known to this practice."


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("We searched all our records, on paper and electronic.", True),
        ("We searched our records under the names and dates of birth which you gave us.", True),
        ("We searched our records for some of the names which you gave us.", False),
        ("We searched our records, on paper only.", False),
    ],
)
def test_what_was_searched_may_be_said_plainly_and_not_in_part(search: str, expected: bool) -> None:
    found = said(judged("nil_return", letter(NOBODY, search)))
    assert (found == []) is expected
