"""Headings out of the tables and lines they share with other text."""

from __future__ import annotations

import pytest

from handlers.document.block import Paragraph
from handlers.report.flow import flow


def texts(blocks, draft):
    laid = flow(blocks, draft.kind.shape)
    return [b.text if isinstance(b, Paragraph) else type(b).__name__ for b in laid]


@pytest.mark.parametrize(
    ("row", "opened"),
    [
        (("Analysis",), ["Analysis"]),
        (("6", "Analysis"), ["6", "Analysis"]),
        (("Analysis", "What happened."), ["Analysis", "What happened."]),
        (("Analysis|What happened.",), ["Analysis", "What happened."]),
        (("Recommendations",), ["Recommendations"]),
        (("Recommendations", "Ask twice."), ["Row"]),
        (("What happened", "Analysis", "Outcome"), ["Row"]),
        (("Name", "Date"), ["Row"]),
    ],
)
def test_a_row_is_opened_only_where_it_is_a_boxed_heading(draft, rows, row, opened):
    assert texts(rows(1, row), draft) == [*opened, "TableEnd"]


def test_a_heading_is_parted_from_the_text_on_its_line(draft, line):
    assert texts([line("2. Genogram: see Appendix 2")], draft) == ["2. Genogram", "see Appendix 2"]
    assert texts([line("Analysis\nWhat happened.")], draft) == ["Analysis", "What happened."]
    assert texts([line("Sources: the GP record")], draft) == ["Sources: the GP record"]


@pytest.mark.parametrize("words", ["Genogram", "2. Genogram\n ", "Genogram:\nas drawn"])
def test_a_picture_in_the_headings_paragraph_is_under_the_heading(draft, line, words):
    heading, below = flow([line(words, picture=True)], draft.kind.shape)
    assert (heading.picture, below.picture) == (False, True)
    draft.headings["genogram"], draft.bodies["genogram"] = line(words, picture=True), []
    assert draft.rules() == set()
