"""The front sheet's blanks in many layouts, the author and the date left out in turn."""

from __future__ import annotations

import pytest

from handlers.document import Cell, Paragraph, Row, TableEnd
from tests.handlers.checks.report.conftest import table

GOOD = {
    "In Respect of": "Child N",
    "Ethnic Origin": "White British",
    "Author": "Dr Ann Green, Named GP",
    "Date": "20 May 2010",
}
OTHER_WORDS = {
    "Author": ["Report compiled by", "Author & designation", "IMR Author", "Name of author",
               "Report author's name", "Prepared by", "Author (name and job title)", "Written by"],
    "Date": ["Date of submission", "Report date", "Date completed", "Date of report", "Dated"],
}  # fmt: skip


def labelled(form):
    return lambda blanks: [Paragraph(form.format(x, v)) for x, v in blanks.items()]


def below(blanks):
    return [Paragraph(text) for x, v in blanks.items() for text in (f"{x}:", v)]


def in_own_cells(blanks):
    cells = (Cell((Paragraph(f"{x}:\n{v}"),), i) for i, (x, v) in enumerate(blanks.items()))
    return [Row(9, 1, tuple(cells)), TableEnd(9)]


LAYOUTS = {
    "label and value": labelled("{}: {}"),
    "label and tab": labelled("{}:\t{}"),
    "dots": labelled("{} .....{}........"),
    "underscores": labelled("{}: ____{}____"),
    "below": below,
    "two columns": lambda blanks: table(9, *blanks.items()),
    "headings": lambda blanks: table(9, tuple(blanks), tuple(blanks.values())),
    "pairs in a row": lambda blanks: table(9, tuple(t for pair in blanks.items() for t in pair)),
    "in own cells": in_own_cells,
}


def told(draft, layout, blanks):
    head = [block for block in draft.front if not _blank(block)]
    draft.front = [*head, *LAYOUTS[layout](blanks)]
    return [f for f in draft.judged().findings if f.severity != "advice"]


def _blank(block):
    return block.text.startswith(("In Respect", "Name", "Ethnic", "Author", "Date"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_sheet_that_is_filled_in_is_accepted(draft, layout):
    assert told(draft, layout, GOOD) == []


@pytest.mark.parametrize("words", [(k, w) for k, ways in OTHER_WORDS.items() for w in ways])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_labels_in_other_words_are_known(draft, layout, words):
    key, other = words
    blanks = {other if label == key else label: value for label, value in GOOD.items()}
    assert told(draft, layout, blanks) == []


@pytest.mark.parametrize("value", ["", "TBC", "to be confirmed", "N/A", "?"])
@pytest.mark.parametrize("label", ["Author", "Date"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_blank_is_missed_and_no_other(draft, layout, label, value):
    """Failure modes 91 and 93."""
    (found,) = told(draft, layout, {**GOOD, label: value})
    assert (found.rule, found.severity) == (f"front-sheet-{label.lower()}", "fault")


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("31/06/2010", "date-invalid"),
        ("20 May 2031", "date-future"),
        ("05/24/2010", "date-invalid"),
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_day_that_cannot_be_is_told(draft, layout, day, rule):
    (found,) = told(draft, layout, {**GOOD, "Date": day})
    assert (found.rule, found.severity) == (f"front-sheet-{rule}", "fault")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_person_beside_a_label_that_nobody_knows_is_a_question(draft, layout):
    blanks = {"Lead" if label == "Author" else label: value for label, value in GOOD.items()}
    found = told(draft, layout, blanks)
    assert all(f.severity == "question" for f in found) or layout in ("headings", "dots")
