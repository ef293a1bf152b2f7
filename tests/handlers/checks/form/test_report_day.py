"""The day that a statement gives for its report."""

from __future__ import annotations

from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.checks.form.judge import judge_form
from handlers.checks.form.report_day import stated_days
from handlers.context import CaseFacts, Context
from handlers.document import Paragraph, Traits
from handlers.readers.word.document import open_word
from tests import builders as build

PERIOD = (date(2008, 3, 1), date(2011, 3, 31))
CONTEXT = Context(date(2011, 7, 1), CaseFacts("K31", period=PERIOD))
STATED = (
    "This statement goes with our IMR for review K31, which is dated 9 June 2011.",
    "The IMR dated 9 June 2011 has been quality assured.",
    "I have read the report, which was signed off on 9 June 2011.",
    "Report date: 9/6/2011",
    "Date of IMR: 9th June 2011",
    "Date of the report - 09.06.2011",
    "Our Individual Management Review (version 1.2, 9 June 2011)".replace("(version", "version"),
    "The management review was completed on 2011-06-09.",
    "I am responsible for the quality assurance of our IMR dated 9 June 2011.",
    "This covers our IMR of 9 June 2011.",
)
OTHERS = (
    "I have read this report and confirm that I have approved it.",
    "The IMR was asked for in your letter dated 9 June 2011.",
    "The report to the panel meeting dated 9 June 2011",
    "The IMR is due on 9 June 2011.",
    "The overview report dated 9 June 2011 is not ours.",
    "An earlier draft of the report dated 9 June 2011 was withdrawn.",
    "The report covers the period to 9 June 2011.",
    "Date: 9 June 2011",
    "The IMR chronology dated 9 June 2011",
    "The report will be approved on 9 June 2011 by the board.",
    "We enclose the Ofsted report dated 9 June 2011.",
)


@pytest.mark.parametrize("text", STATED)
def test_the_day_that_a_sentence_gives_for_the_report_is_read(text: str) -> None:
    assert list(stated_days([text], CONTEXT))[:1] == [date(2011, 6, 9)]


@pytest.mark.parametrize("text", OTHERS)
def test_other_days_beside_a_report_are_not_its_own(text: str) -> None:
    assert list(stated_days([text], CONTEXT)) == []


@pytest.mark.parametrize(("signed", "asked"), [("2 June 2011", True), ("9 June 2011", False)])
def test_a_statement_signed_before_the_day_of_its_own_report_is_asked_about(
    signed: str, asked: bool
) -> None:
    blocks = tuple(open_word(build.make_statement(dated=signed)).iter_blocks())
    said = (*blocks[:1], Paragraph(STATED[0]), *blocks[1:])
    judged = judge_form(said, Traits(), load_kinds()["evaluation_statement"], CONTEXT)
    found = [f for f in judged.findings if f.rule == "date-before-report"]
    assert [(f.severity, f.where.section) for f in found] == [("question", "Date")] * asked
    assert ("the date" in judged.passed) is not asked
