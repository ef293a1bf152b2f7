"""One cause is told as one finding, not four hundred."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.findings import FindingPlace
from tests.chronologies import HEADINGS, entry, judge, only, rules, table

DAYS = [date(2008, 1, 1) + timedelta(days=3 * index) for index in range(120)]


def rows(style: str = "%d/%m/%Y", **more: str) -> list[tuple[str, ...]]:
    return [entry(f"{day:{style}}", subject="Mother", age="", **more) for day in DAYS]


def test_the_rows_these_tests_spoil_are_right() -> None:
    assert judge(table(*rows())).findings == ()


def test_dates_under_time_from_top_to_bottom_are_one_finding() -> None:
    shifted = [("", *texts[:8]) for texts in rows()]
    judgement = judge(table(*shifted))
    finding = only(judgement, "columns-shifted")
    assert finding.where == FindingPlace(table=1)
    assert finding.message == (
        "The entries are under the wrong headings: the dates are under Time."
    )
    assert judgement.passed == ("the headings",)
    assert judgement.clues.agency is None


def test_date_and_time_exchanged_are_one_finding() -> None:
    exchanged = [(texts[1], texts[0], *texts[2:]) for texts in rows()]
    only(judge(table(*exchanged)), "columns-shifted")


def test_a_column_left_out_half_way_is_one_finding_and_the_columns_before_it_are_judged() -> None:
    shifted = [(*texts[:4], *texts[5:], "") for texts in rows()]
    judgement = judge(table(*shifted, ("31/02/2009", *shifted[-1][1:])))
    assert rules(judgement) == ["columns-shifted", "date-invalid"]
    assert "the answers Y or N are under Age" in judgement.findings[0].message


def test_times_under_agency_are_one_finding() -> None:
    shifted = [(texts[0], "", *texts[1:8]) for texts in rows()]
    judgement = judge(table(*shifted))
    assert "the times are under Agency" in only(judgement, "columns-shifted").message


def test_one_row_that_has_slipped_is_located_and_told_once() -> None:
    good = rows()
    judgement = judge(table(*good[:50], ("", *good[50][:8]), *good[51:]))
    finding = only(judgement, "columns-shifted")
    assert finding.where == FindingPlace(1, 52, "Date")


def test_a_missing_date_beside_a_time_is_only_a_missing_date() -> None:
    good = rows()
    only(judge(table(*good[:50], entry("", subject="Mother", age=""), *good[51:])), "date-missing")


def test_dates_written_month_first_throughout_are_one_finding() -> None:
    judgement = judge(table(*rows("%m/%d/%Y")))
    finding = only(judgement, "date-invalid")
    assert finding.where == FindingPlace(1, None, "Date")
    certain = sum(day.day > 12 for day in DAYS)
    assert f": {certain} can be read in no other way." in finding.message
    assert "the order of events" not in judgement.passed
    assert "the headings" in judgement.passed


def test_other_faults_are_still_told_beside_month_first_dates() -> None:
    wrong = rows("%m/%d/%Y")
    wrong[7] = (*wrong[7][:6], "", *wrong[7][7:])
    assert rules(judge(table(*wrong))) == ["date-invalid", "source-missing"]


def test_a_few_month_first_dates_among_others_are_each_located() -> None:
    good = rows()
    for index in (20, 50, 80):
        good[index] = entry("02/13/2008", subject="Mother", age="")
    judgement = judge(table(*good))
    found = [f for f in judgement.findings if f.rule == "date-invalid"]
    assert {*rules(judgement)} == {"date-invalid", "order"}
    assert [f.where.row for f in found] == [22, 52, 82]
    assert found[0].message == "02/13/2008 puts the month before the day."


def test_month_first_dates_among_written_out_months_are_each_located() -> None:
    good = rows("%d %B %Y")
    for index in (20, 50, 80):
        good[index] = entry("02/13/2008", subject="Mother", age="")
    assert rules(judge(table(*good))).count("date-invalid") == 3


def test_four_hundred_different_impossible_dates_are_listed_to_ten_and_counted() -> None:
    wrong = [entry(f"{day}/02/20{year:02}") for year in range(10, 60) for day in (30, 31)]
    judgement = judge(table(entry(), *wrong))
    assert len(judgement.findings) == 11
    assert "90 more rows" in judgement.findings[-1].message


def test_a_column_nearly_nobody_filled_is_listed_to_ten_and_counted() -> None:
    judgement = judge(table(*rows(source="")[1:], entry("13/02/2010", subject="Mother", age="")))
    assert len(judgement.findings) == 11
    assert judgement.findings[-1].message == (
        "Nothing is entered. The same is so in 109 more rows, the last being row 120."
    )


@pytest.mark.parametrize("column", ["source", "event", "agency", "date"])
def test_a_column_nobody_filled_is_one_question(column: str) -> None:
    """Failure mode 91: what stands in no row may stand where we do not look."""
    blank: dict[str, str] = {column: ""}
    one = only(judge(table(*[entry(**blank) for _ in range(9)])), f"{column}-missing")
    assert one.severity == "question"
    assert (one.where.row, one.where.column is None) == (None, False)
    assert "all 9 rows" in one.message


def test_a_column_taken_out_is_not_also_missing_in_every_row() -> None:
    narrow = [texts[:6] + texts[7:] for texts in rows()]
    only(judge(table(*narrow, headings=HEADINGS[:6] + HEADINGS[7:])), "heading-missing")


def test_two_rows_that_have_slipped_do_not_speak_for_the_table() -> None:
    spoilt = rows()
    for index in (20, 50):
        spoilt[index] = ("", *spoilt[index][:8])
    judgement = judge(table(*spoilt))
    assert rules(judgement) == ["columns-shifted"] * 2
    assert [f.where.row for f in judgement.findings] == [22, 52]
