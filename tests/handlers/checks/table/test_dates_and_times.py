"""The dates and times of entries: which pass, and what each wrong one is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.chronologies import (
    CONTEXT,
    entry,
    judge,
    only,
    rules,
    table,
    without_case,
)

# Dates


@pytest.mark.parametrize(
    "text", ["01.02.09", "1/2/2009", "01.02/09", "1st Feb 09", "1 February 2009", "2009-02-01"]
)
def test_dates_in_the_accepted_styles_pass(text: str) -> None:
    assert judge(table(entry(text))).findings == ()


def test_each_sort_of_wrong_date_has_its_own_advice() -> None:
    wrong = [
        "31/02/2009",
        "02/13/2009",
        "Feb 2009",
        "2009",
        "w/c 2/2/09",
        "2-5/2/09",
        "approx 3/2/09",
    ]
    judgement = judge(table(*(entry(text) for text in wrong), entry("13/02/2009", age="1")))
    found = [finding for finding in judgement.findings if finding.rule == "date-invalid"]
    assert len(found) == len({finding.message for finding in found}) == len(wrong)


def test_a_range_is_told_where_its_end_goes() -> None:
    finding = only(judge(table(entry("2-5/2/09"))), "date-invalid")
    assert finding.fix == (
        "Enter the start date only, in figures, day first (dd/mm/yyyy); put the end date in "
        "Authors Comment. If the row does not stand in its place by it, move the row."
    )


def test_a_dash_or_a_zero_width_space_is_a_missing_date() -> None:
    only(judge(table(entry("-"))), "date-missing")
    only(judge(table(entry("\u200b"))), "date-missing")


def test_today_is_not_the_future_and_both_ends_of_the_period_are_in_it() -> None:
    today = replace(CONTEXT, today=date(2009, 2, 1))
    assert judge(table(entry("01/02/2009")), today).findings == ()
    ends = judge(
        table(entry("01/01/2007", age="unborn"), entry("14/02/2010", age="2y 9m")), CONTEXT
    )
    assert ends.findings == ()


def test_without_a_case_the_period_the_subjects_and_the_agency_are_not_judged() -> None:
    judgement = judge(table(entry("01/02/1999", agency="Anyone", subject="Anyone")), without_case())
    assert judgement.findings == ()


def test_the_words_name_the_period() -> None:
    finding = only(judge(table(entry("15/02/2010", age="2y 9m"))), "date-outside-period")
    assert "from 1 January 2007 to 14 February 2010" in finding.message


# Times


def test_each_sort_of_wrong_time_has_its_own_advice() -> None:
    wrong = ["am", "before noon", "17:00-18:00", "25:10", "24:00"]
    judgement = judge(table(entry(), *(entry(time=text) for text in wrong)))
    assert rules(judgement) == ["time-invalid"] * len(wrong)
    assert len({finding.message for finding in judgement.findings}) == len(wrong)


@pytest.mark.parametrize("text", ["N/K", "n/a", "not known", "unknown", "?", "-", "\u2013"])
def test_a_time_that_is_not_known_is_as_blank(text: str) -> None:
    assert judge(table(entry(time=text))).verdict == "accept"
    found = only(judge(table(entry(time=text))), "time-missing")
    says_so = text in ("N/K", "n/a", "not known", "unknown", "?")
    assert (found.message == "This gives no time.") == says_so


@pytest.mark.parametrize("text", ["?17:45", "approx 17:45", "c. 17:45", "~17:45", "17:45 (est)"])
def test_a_time_marked_as_an_estimate_is_a_time_with_advice(text: str) -> None:
    judgement = judge(table(entry(time=text)))
    assert only(judgement, "time-estimated").severity == "advice"
    assert "the time" not in judgement.passed


@pytest.mark.parametrize("text", ["17.45", "1745hrs", "5.45pm", "1745"])
def test_a_clear_time_in_another_style_is_accepted_with_advice(text: str) -> None:
    judgement = judge(table(entry(time=text)))
    only(judgement, "time-style")
    assert judgement.verdict == "accept"
    assert "all" not in " ".join(judgement.passed)


def test_a_time_beside_the_date_is_moved_from_there_and_never_asked_for_twice() -> None:
    blank = judge(table(entry("03/02/2009 17:45", time="")))
    date, time = blank.findings
    assert (date.rule, time.rule) == ("date-invalid", "time-missing")
    assert "move the time that stands beside it" in date.fix
    assert time.message == "No time is entered here, and one stands under Date."
    given = only(judge(table(entry("03/02/2009 17:45", time="17:45"))), "date-invalid")
    assert given.fix.endswith("the time stands in its own cell already.")


def test_a_time_in_the_event_is_named_where_the_cell_for_it_is_blank() -> None:
    for said in ("Seen at 17:45 by HV1.", "Rang at 5.45pm.", "At 1745hrs he left.", "Came at 5 pm"):
        found = only(judge(table(entry(time="", event=said))), "time-missing")
        assert found.message == "No time is entered here, and one is named under Event.", said
        assert judge(table(entry(time="09:00", event=said))).findings == ()
    for said in ("Fined 12.50 at court.", "Ratio 1:2:30.", "Seen 3/2/2009.", "Seen by HV1."):
        found = only(judge(table(entry(time="", event=said))), "time-missing")
        assert found.message == "No time is entered.", said
