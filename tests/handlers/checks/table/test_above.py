"""What a cell takes over from the one above it."""

from __future__ import annotations

import pytest

from handlers.document import Row, TableEnd
from tests.chronologies import HEADINGS, cell, entry, judge, only, row, rules, table
from tests.each_case import each_case

MARKS = (
    '"', "''", "\u201d", "\u3003", "\u2033", '-"-', '- " -', '--"--', '\u2014 " \u2014', '" "',
    ",,",
    "do", "do.", "Do.", "ditto", "Ditto", "DITTO", "ditto.", "(ditto)", "as above", "As above",
    "As Above", "AS ABOVE", "(as above)", "same as above", "Same",
)  # fmt: skip
NOTHING_ABOVE = (
    "A ditto mark, or words for one, stands here, and nothing is entered above it that we could"
    " read."
)


@each_case("mark", MARKS)
@each_case("column", ["date", "time", "agency", "subject", "source", "event"])
def test_a_ditto_mark_is_read_as_the_cell_above(column: str, mark: str) -> None:
    blank: dict[str, str] = {column: mark}
    finding = only(judge(table(entry(), entry(**blank))), "ditto")
    assert (finding.severity, finding.where.row) == ("advice", 3)


def test_marks_run_down_over_many_rows_and_each_is_told() -> None:
    judgement = judge(table(entry(), *(entry('"', source="do.") for _ in range(3))))
    assert judgement.verdict == "accept"
    assert rules(judgement) == ["ditto"] * 6


def test_the_marks_of_a_long_column_are_listed_to_ten_and_counted() -> None:
    judgement = judge(table(entry(), *(entry(source='"') for _ in range(400))))
    assert rules(judgement) == ["ditto"] * 11


@each_case("mark", MARKS)
def test_in_the_first_row_it_is_blank(mark: str) -> None:
    judgement = judge(table(entry(source=mark), entry(), entry()))
    assert rules(judgement) == ["source-missing"]
    assert judgement.verdict == "reject"


def test_under_a_blank_it_is_blank() -> None:
    judgement = judge(table(entry(), entry(source=""), entry(source="ditto"), entry(source='"')))
    told = [f.where.row for f in judgement.findings if f.rule == "source-missing"]
    assert told == [3, 4, 5]


def test_a_mark_with_nothing_above_it_is_told_in_one_sentence_that_says_so() -> None:
    """Whichever column it stands in: as what is missing there, or else as a mark."""
    for column, heading in enumerate(HEADINGS):
        marked = tuple('"' if at == column else text for at, text in enumerate(entry()))
        (finding,) = judge(table(marked, entry())).findings
        assert (finding.where.row, finding.where.column) == (2, heading)
        assert (finding.rule == "ditto") == (heading == "Authors Comment")
        assert finding.message == NOTHING_ABOVE
    of_an_adult = table(entry(subject="Mother", age='"'), entry())
    finding = only(judge(of_an_adult), "ditto")
    assert (finding.severity, finding.message) == ("advice", NOTHING_ABOVE)


def test_under_a_wrong_date_it_is_that_wrong_date_which_is_told_once() -> None:
    judgement = judge(table(entry(), entry("31/02/2009"), entry('"')))
    assert [f.where.row for f in judgement.findings if f.rule == "date-invalid"] == [3]


def test_what_is_above_may_stand_in_the_table_before() -> None:
    blocks = [*table(entry()), *table(entry(source='"'), number=2)]
    finding = only(judge(blocks), "ditto")
    assert (finding.where.table, finding.where.row) == (2, 2)


def test_repeated_headings_are_not_what_is_above() -> None:
    only(judge(table(entry(), HEADINGS, entry(source='"'))), "ditto")


@pytest.mark.parametrize("words", ["Doctor seen", "Ditto to all", "Same day review", "do not call"])
def test_words_that_only_begin_so_are_words(words: str) -> None:
    assert judge(table(entry(), entry(event=words))).findings == ()


@pytest.mark.parametrize("column", range(9))
def test_a_cell_merged_down_is_read_as_the_one_above(column: int) -> None:
    below = list(row(3, entry()).cells)
    below[column] = cell("", column, continued=True)
    blocks = [*table(entry())[:-1], Row(1, 3, tuple(below)), TableEnd(1)]
    judgement = judge(blocks)
    assert judgement.verdict == "accept"
    assert rules(judgement) == ["merged-down"]


def test_a_date_merged_down_over_three_rows_is_the_date_of_each() -> None:
    def continued(number: int) -> Row:
        return Row(1, number, (cell("", 0, continued=True), *row(number, entry()).cells[1:]))

    judgement = judge([*table(entry())[:-1], continued(3), continued(4), TableEnd(1)])
    assert rules(judgement) == ["merged-down"] * 2
    assert judgement.clues.rows == 3
