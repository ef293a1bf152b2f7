"""A row with a cell too few or too many: its cells may be under any heading (failure mode 90)."""

from __future__ import annotations

import pytest

from config.kind_loading import load_kinds
from handlers.document import Row
from handlers.findings import FindingPlace, Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from tests.builders import merged_across, with_more_cells, without_cell
from tests.builders_tables import Column
from tests.chronologies import CONTEXT, cell, entry, judge, row, rules, table
from tests.handlers.rules.chronologies import SOUND
from tests.papers.chronology_paper import make_chronology

KINDS = load_kinds()
HEADINGS: tuple[Column, ...] = (
    "Date", "Time", "Agency", "Name of subject", "Age", "Child seen", "Source of Information",
    "Event", "Authors Comment",
)  # fmt: skip


def judged(data: bytes) -> Judgement:
    (judgement,) = judge_document(data, JudgingRequest(CONTEXT, "docx", "docx"), KINDS)
    return judgement


@pytest.mark.parametrize("gone", HEADINGS)
@pytest.mark.parametrize("row", [2, 4, 5])
def test_a_row_with_a_cell_too_few_is_a_question_and_nothing_else(gone: Column, row: int) -> None:
    judgement = judged(without_cell(SOUND, gone, row))
    assert judgement.verdict == "refer"
    assert rules(judgement) == ["row-cells"]
    assert judgement.findings[0].where == FindingPlace(1, row)


@pytest.mark.parametrize("before", [None, *HEADINGS])
@pytest.mark.parametrize("texts", [("Bruise seen.",), ("", "Bruise seen."), ("One.", "Two.")])
def test_a_row_with_cells_too_many_is_a_question(
    before: Column | None, texts: tuple[str, ...]
) -> None:
    judgement = judged(with_more_cells(SOUND, 3, *texts, before=before))
    assert rules(judgement) == ["row-cells"]
    assert judgement.findings[0].where == FindingPlace(1, 3)


def test_blank_cells_beyond_the_last_heading_hide_nothing() -> None:
    assert judged(with_more_cells(SOUND, 3, "", "")).findings == ()


def test_a_blank_cell_beyond_a_filled_comment_may_have_been_pushed_out() -> None:
    cells = [cell(text, i) for i, text in enumerate((*entry(comment="Noted."), ""))]
    assert rules(judge([table()[0], Row(1, 2, tuple(cells))])) == ["row-cells"]


def test_a_row_out_of_its_places_hides_no_fault_of_another() -> None:
    judgement = judge(
        [*table(entry())[:-1], Row(1, 3, row(3, entry()).cells[:-1]), *_blank_source()]
    )
    assert sorted(rules(judgement)) == ["row-cells", "source-missing"]


def _blank_source() -> list[Row]:
    return [row(4, entry(source=""))]


def test_a_date_in_its_place_is_judged_though_the_rest_of_the_row_is_not() -> None:
    short = Row(1, 3, row(3, entry("31/01/2001")).cells[:-1])
    judgement = judge([*table(entry("01/02/2009"))[:-1], short, row(4, entry("03/02/2009"))])
    assert {"row-cells", "order", "date-outside-period"} == set(rules(judgement))


def test_a_ditto_mark_below_such_a_row_means_the_last_row_that_was_read() -> None:
    short = Row(1, 3, row(3, entry()).cells[:-1])
    judgement = judge([*table(entry())[:-1], short, row(4, entry(source='"'))])
    assert sorted(rules(judgement)) == ["ditto", "row-cells"]


def test_every_row_short_is_one_question() -> None:
    short = [Row(1, n, row(n, entry()).cells[:-1]) for n in range(2, 9)]
    judgement = judge([table()[0], *short])
    assert rules(judgement) == ["row-cells"]
    assert judgement.findings[0].where == FindingPlace(1)


def test_merged_and_split_cells_keep_their_own_rules() -> None:
    assert rules(judged(merged_across(SOUND, 3, "Source of Information", "Event"))) == [
        "merged-across"
    ]
    split = [cell(text, i) for i, text in enumerate((*entry()[:8], "A", "B"))]
    heads = [cell(h, i, span=2 if i == 8 else 1) for i, h in enumerate(HEADINGS)]
    assert judge([Row(1, 1, tuple(heads)), Row(1, 2, tuple(split))]).findings == ()


def test_an_ordinary_chronology_says_nothing_of_its_cells() -> None:
    assert judged(make_chronology([])).findings[0].rule == "no-rows"
