"""Headings out of the tables and lines they share with other text."""

from __future__ import annotations

import pytest

from handlers.checks.report.judge import judge_report
from handlers.checks.report.text_flow import flatten_layout
from handlers.document import Block, Cell, Paragraph, Row, TableEnd


def texts(blocks, draft):
    laid = flatten_layout(blocks, draft.kind.shape)
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
    heading, below = flatten_layout([line(words, picture=True)], draft.kind.shape)
    assert (heading.picture, below.picture) == (False, True)
    draft.headings["genogram"], draft.bodies["genogram"] = line(words, picture=True), []
    assert draft.rules() == set()


def framed(blocks: list[Block], beside: tuple[str, ...] = ()) -> list[Block]:
    """The blocks in one cell, perhaps between margins, in the order in which they stood."""
    paragraphs: list[Paragraph] = []
    tables: list[tuple[Row, ...]] = []
    before: list[int] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block)
        elif isinstance(block, Row) and block.number == 1:
            tables.append((block,))
            before.append(len(paragraphs))
        elif isinstance(block, Row):
            tables[-1] = (*tables[-1], block)
    cell = Cell(tuple(paragraphs), len(beside), tables=tuple(tables), before=tuple(before))
    margins = tuple(Cell((Paragraph(text),), n) for n, text in enumerate(beside))
    return [Row(1, 1, (*margins, cell)), TableEnd(1)]


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("beside", [(), ("",)])
def test_a_report_in_a_frame_reads_like_any_other(draft, rows, line, depth, beside):
    """Its tables stay where they are among its text, and what is wrong with it is told the same."""
    signed = rows(
        4, ("", "Name", "Job title", "Signature", "Date"),
        ("Report author", "Author One", "Named GP", "A. One", "28 May 2010"),
        ("Agency commissioner", "Commissioner One", "Partner", "C. One", "29 May 2010"),
    )  # fmt: skip
    draft.headings = {key: line(h.text, bold=True) for key, h in draft.headings.items()}
    draft.bodies["signing-off"] = signed
    blocks = draft.blocks()
    for _ in range(depth):
        blocks = framed(blocks, beside)
    assert judged(draft, blocks) == set()
    draft.headings.pop("conclusions")
    draft.replace_front("Author: Author One", "Author:")
    unsigned = draft.blocks()
    expected = judged(draft, unsigned)
    for _ in range(depth):
        unsigned = framed(unsigned, beside)
    assert judged(draft, unsigned) == expected
    assert "section-missing" in expected or "section-empty" in expected


def judged(draft, blocks) -> set[str]:
    judgement = judge_report(blocks, draft.traits, draft.kind, draft.context)
    return {finding.rule for finding in judgement.findings}


def test_a_front_sheet_in_a_frame_of_its_own_is_read(draft):
    draft.front = framed(draft.front)
    assert draft.rules() == set()


def test_paragraph_numbers_in_a_column_of_their_own_are_numbers(draft, rows, line):
    told = [b.text.split(" ", 1) for b in draft.bodies["summary"] if isinstance(b, Paragraph)]
    many = [(f"4.{n}", text) for n, (_, text) in enumerate(told * 6, 1)]
    draft.bodies["summary"] = rows(5, *many)
    assert draft.rules() == set()
    draft.bodies["summary"] = [line(text) for pair in many for text in pair]
    assert draft.rules() == set()


@pytest.mark.parametrize(
    ("below", "opened"),
    [
        ([("6.1", "To be completed")], True),
        ([("6.1", "[Author to complete]"), ("6.2", "What happened, and why")], True),
        ([("Version", "Final")], False),
        ([("6.1", "What happened", "Why")], False),
    ],
)
def test_below_a_heading_numbered_text_is_text_whatever_it_says(draft, rows, below, opened):
    laid = texts(rows(1, ("6", "Analysis"), *below), draft)
    assert ("Row" not in laid) == opened
    assert "Analysis" in laid


def test_what_is_merely_counted_stays_a_table(draft, rows):
    assert texts(rows(1, ("0.1", "First draft"), ("1.0", "Issued")), draft)[:2] == ["Row", "Row"]
    records = rows(1, ("1", "Health visiting record"), ("2", "The ledger of the nursery"))
    assert texts(records, draft)[:2] == ["Row", "Row"]
