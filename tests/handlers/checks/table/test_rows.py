"""Which rows are entries, and what is told of cells that were merged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.document import Paragraph, Row
from handlers.findings import FindingPlace
from tests.chronologies import (
    cell,
    entry,
    judge,
    only,
    row,
    rules,
    table,
)
from tests.each_case import each_case


def test_cells_merged_across_are_told_once_and_their_columns_left_alone() -> None:
    texts = entry()
    cells = (
        cell("01/02/2009 17:45", 0, span=2),
        *(cell(t, i) for i, t in enumerate(texts) if i > 1),
    )
    merged = Row(1, 3, cells)
    blocks = table(entry())
    finding = only(judge([*blocks[:-1], merged, blocks[-1]]), "merged-across")
    assert finding.where == FindingPlace(1, 3, "Date")


TITLES = (
    "2009", "February 2009", "Feb", "2008 - 2009", "Ante-natal period",
    "Section 2: January to June",
    "Child N moves to Shireshire (May 2008)", "12/02/2009", "Monday 12 February 2009", "No contact",
    "END OF CHRONOLOGY - completed by Dr A. Green, Named GP, 12/04/2010",
    "No further entries after 12/04/2010",
    "Before the birth (01/01/2007 - 08/05/2007)", "No contact from 4 March 2009 to 18 June 2009",
)  # fmt: skip


@each_case("title", TITLES)
@each_case("span", [9, 7, 5])
def test_a_row_that_only_parts_the_entries_is_left_out_with_advice(title: str, span: int) -> None:
    blocks = table(entry())
    rest = (cell("", span, 9 - span),) if span < 9 else ()
    parting = Row(1, 3, (cell(title, 0, span), *rest))
    judgement = judge([*blocks[:-1], parting, row(4, entry()), blocks[-1]])
    finding = only(judgement, "separator-row")
    assert (finding.severity, finding.where) == ("advice", FindingPlace(1, 3))
    assert judgement.clues.rows == 2


@pytest.mark.parametrize("title", ["2009", "Feb 2009", "February", "Ante-natal period"])
def test_a_title_alone_under_date_parts_the_entries_too(title: str) -> None:
    blank = dict.fromkeys(("agency", "subject", "age", "seen", "source", "event", "time"), "")
    only(judge(table(entry(), entry(title, **blank), entry())), "separator-row")


@pytest.mark.parametrize("text", ["12/02/2009", "w/c 2/2/09", "N/K", "12 Feb", "31/02/2009"])
def test_a_row_with_no_more_than_a_day_is_an_entry(text: str) -> None:
    blank = dict.fromkeys(("agency", "subject", "age", "seen", "source", "event", "time"), "")
    assert judge(table(entry(), entry(text, **blank), entry())).verdict == "reject"


@pytest.mark.parametrize(
    "text",
    [
        "12/02/2009 Seen by the GP with Mother",
        "GP: seen on 12 Feb 2009 at home",
        "12/02/2009 - 14/02/2009 in hospital",
        "GP: seen on 12/02/2009, and on 14/02/2009 at home",
        "x" * 200,
    ],
)
def test_an_entry_across_the_whole_table_is_merged(text: str) -> None:
    blocks = table(entry())
    across = Row(1, 3, (cell(text, 0, span=9),))
    assert rules(judge([*blocks[:-1], across, blocks[-1]])) == ["merged-across"]


def test_a_row_that_only_goes_on_from_the_one_above_is_told_in_one_sentence() -> None:
    blank = dict.fromkeys(
        ("date", "agency", "subject", "age", "seen", "source", "event", "time"), ""
    )
    for heading, words in (
        ("Event", {"event": "And more."}),
        ("Authors Comment", {"comment": "And."}),
    ):
        judgement = judge(table(entry(), entry(**{**blank, **words}), entry()))
        finding = only(judgement, "row-continues")
        assert (finding.where, finding.severity) == (FindingPlace(1, 3), "fault")
        assert heading in finding.message
        assert judgement.clues.rows == 2
    first = judge(table(entry(**{**blank, "event": "Seen."}), entry()))
    assert {"date-missing", "source-missing"} <= set(rules(first))


TOTALS = (
    {"date": "Total", "event": "12 entries"}, {"date": "TOTAL", "agency": "GP", "seen": "7"},
    {"event": "Total: 12"}, {"date": "Sub-total 2009", "event": "4 contacts"},
    {"agency": "Grand total", "event": "12"}, {"date": "Number of entries", "comment": "12"},
)  # fmt: skip
NO_TOTALS = (
    {"event": "Total hysterectomy discussed with Mother, who was referred again"},
    {"event": "Total: 12", "source": "GP records"}, {"date": "12/02/2009", "event": "Total: 12"},
    {"date": "N/K", "event": "Total: 12"},
)  # fmt: skip


def test_a_row_that_adds_the_entries_up_is_none_of_them() -> None:
    blank = dict.fromkeys(
        ("date", "agency", "subject", "age", "seen", "source", "event", "time"), ""
    )
    for words in TOTALS:
        judgement = judge(table(entry(), entry(**{**blank, **words})))
        assert only(judgement, "separator-row").where == FindingPlace(1, 3)
    for words in NO_TOTALS:
        assert judge(table(entry(), entry(**{**blank, **words}))).verdict == "reject"


def test_wide_cells_that_are_all_there_are_not_merged() -> None:
    """Word leaves odd spans behind where somebody dragged a border in a few rows."""
    dragged = tuple(cell(text, 2 * i, span=2) for i, text in enumerate(entry("02/02/2009")))
    blocks = table(entry())
    assert judge([*blocks[:-1], Row(1, 3, dragged), blocks[-1]]).findings == ()


def test_cells_merged_down_are_told_once_a_row_and_not_as_blank() -> None:
    below = list(row(3, entry("")).cells)
    below[0] = cell("", 0, continued=True)
    blocks = table(entry())
    finding = only(judge([*blocks[:-1], Row(1, 3, tuple(below)), blocks[-1]]), "merged-down")
    assert finding.where == FindingPlace(1, 3)


def test_a_picture_or_a_table_in_a_cell_is_not_a_blank_cell() -> None:
    cells = list(row(2, entry(event="")).cells)
    cells[7] = replace(cells[7], paragraphs=(Paragraph("", picture=True),))
    blocks = table(entry("02/02/2009"))
    assert judge([blocks[0], Row(1, 2, tuple(cells)), *blocks[1:]]).findings == ()
    cells[7] = replace(cell("", 7), tables=((row(1, ("a", "b")),),))
    assert judge([blocks[0], Row(1, 2, tuple(cells)), *blocks[1:]]).findings == ()


def test_click_here_to_enter_text_is_a_blank_cell() -> None:
    cells = list(row(2, entry()).cells)
    cells[6] = replace(cells[6], paragraphs=(Paragraph("Click here", placeholder=True),))
    blocks = table()
    only(judge([blocks[0], Row(1, 2, tuple(cells)), blocks[1]]), "source-missing")


def test_a_row_of_the_template_with_the_agency_alone_in_it_is_blank() -> None:
    unused = ("", "", "GP", "", "", "", "", "", "")
    judgement = judge(table(entry(), unused, unused, entry()))
    assert judgement.findings == ()
    assert judgement.clues.rows == 2


def test_headings_over_two_rows_may_stand_again_further_down() -> None:
    upper = ("Date", "Time", "Agency", "Name of", "Age", "Child", "Source of", "Event", "Authors")
    lower = ("", "", "", "subject", "", "seen", "Information", "", "Comment")
    assert judge(table(lower, entry(), upper, lower, entry(), headings=upper)).findings == ()


HINTS = (
    ("dd/mm/yyyy", "hh:mm", "", "", "", "Y/N", "", "", ""),
    ("Mandatory", "24 hour clock", "Mandatory", "", "", "Y/N", "Mandatory", "Summary", "Optional"),
    tuple("123456789"),
    tuple("ABCDEFGHI"),
    ("dd/mm/yyyy", "24 hr", "(abbreviate)", "who the entry is about", "if under 18", "Y / N",
     "e.g. GP records", "Summary of the record", "If applicable"),
    ("dd/mm/yyyy", "", "(abbreviate)", "", "if under 18", "Y / N", "see guidance", "", "see notes"),
)  # fmt: skip


def test_a_row_of_hints_under_the_headings_is_no_entry() -> None:
    for hints in HINTS:
        judgement = judge(table(hints, entry(), entry()))
        assert rules(judgement) == ["separator-row"], hints
        assert judgement.clues.rows == 2, hints


@pytest.mark.parametrize("begins", ["0", "2"])
def test_numbers_that_do_not_begin_with_one_number_no_columns(begins: str) -> None:
    counted = [str(int(begins) + at) for at in range(9)]
    assert "separator-row" not in rules(judge(table(counted, entry())))


def test_a_hint_left_in_an_entry_is_no_row_of_hints() -> None:
    for left in (entry("dd/mm/yyyy"), entry("Mandatory", time="hh:mm")):
        assert "separator-row" not in rules(judge(table(left, entry())))


def test_an_example_row_of_the_template_is_to_be_deleted_wherever_it_stands() -> None:
    """One sentence, and not a fault for each of its cells."""
    shown = ("dd/mm/yyyy", "hh:mm", "", "", "", "", "", "", "")
    for rows in ((shown, entry()), (entry(), shown), (entry(), shown, entry("03/02/2009"))):
        (found,) = judge(table(*rows)).findings
        assert (found.rule, found.severity) == ("separator-row", "advice")
        assert "example row" in found.message and found.fix.startswith("Delete the row")
