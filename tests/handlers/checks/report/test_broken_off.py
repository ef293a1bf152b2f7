"""A paragraph that breaks off in the midst of a sentence is asked about at its place."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph, Traits
from tests.each_case import each_case
from tests.handlers.checks.report.conftest import para, table

NEXT = "No injury was seen by the service, and the worker knew what to look for."
WHOLE = "Mother was seen at home in March."


def asked(draft, *blocks) -> list[str]:
    draft.bodies["analysis"] = [para(b) if isinstance(b, str) else b for b in blocks]
    return [f.message for f in draft.judged().findings if "break off" in f.message]


BROKEN = (
    "What was said was not passed on. The worker did not share this because",
    "The first letter was prompt and the second was late although",
    "The health visitor spoke to the mother and",
    "The health visitor wrote to the surgery about a",
    "The surgery was told of this by the",
    "The mother had said to the worker that",
    "6.2 The letter was sent to the surgery, which",
)


@each_case("text", BROKEN)
def test_it_is_asked_about_at_its_place(draft, text: str) -> None:
    below = f"6.3 {NEXT}" if text[0].isdigit() else NEXT
    above = f"6.1 {WHOLE}" if text[0].isdigit() else WHOLE
    assert asked(draft, above, text, below) == [
        "A sentence seems to break off, in paragraph 2 of this part, in the midst of it. "
        "A person will look."
    ]


@pytest.mark.parametrize("text", BROKEN[:5])
def test_it_is_asked_about_at_the_end_of_its_part(draft, text: str) -> None:
    assert len(asked(draft, WHOLE, text)) == 1


def test_it_is_asked_about_over_a_line_that_can_only_be_a_heading(draft) -> None:
    assert len(asked(draft, WHOLE, BROKEN[0], "Response to injuries", NEXT)) == 1
    assert asked(draft, WHOLE, BROKEN[4], "Caldermouth surgery", "Priory Road School", NEXT) == []


LEADS = (
    ("It is clear from the records that the following were seen by", "GP", "The health visitor"),
    ("The agency has to make sure in its own way that", "• staff are told of it.", NEXT),
    ("The agency has to make sure in its own way that", "(a) Staff are told of it.", NEXT),
    ("The worker did not share this with the surgery because", "mother had asked her not to."),
    ("The worker did not share this with the surgery because:", NEXT),
    ("The worker did not share this, because the mother was there", NEXT),
    ("Flat 3 in the house by the Bull and", "Gate, Caldermouth CM1 4ZZ", NEXT),
    ("This is the chair that she sat on", NEXT),
    ("Who knew of it and", NEXT),
)  # fmt: skip


@each_case("texts", LEADS)
def test_what_leads_in_a_list_or_goes_on_below_is_not(draft, texts: tuple[str, ...]) -> None:
    assert asked(draft, WHOLE, *texts) == []


def test_what_leads_to_a_numbered_list_a_table_or_a_picture_is_not(draft) -> None:
    lead = "The family at that time was made up of the"
    assert asked(draft, WHOLE, lead, Paragraph(NEXT, numbered=True)) == []
    assert asked(draft, WHOLE, lead, *table(7, ("Mother", "Aged 24"))) == []
    assert asked(draft, WHOLE, lead, Paragraph("", picture=True), NEXT) == []


def test_a_heading_a_cell_and_a_struck_paragraph_are_not(draft) -> None:
    text = BROKEN[0]
    assert (
        asked(draft, WHOLE, Paragraph("What we know of the child and the", bold=True), NEXT) == []
    )
    assert asked(draft, WHOLE, *table(7, (text, text)), NEXT) == []
    assert asked(draft, WHOLE, Paragraph(text, struck=True), NEXT) == []


def test_lines_that_are_paragraphs_each_are_not(draft) -> None:
    wrapped = ("The worker went to the flat because", "nobody had been seen there for weeks") * 3
    assert asked(draft, *wrapped, BROKEN[0], NEXT) == []


def test_a_page_of_a_pdf_is_not(draft) -> None:
    draft.traits = Traits(on_paper=True, all_typed=True)
    assert asked(draft, WHOLE, BROKEN[0], NEXT) == []
