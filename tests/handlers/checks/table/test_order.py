"""Which rows are out of place: the fewest, and no row for another's fault."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.checks.table.row_order import find_out_of_place
from handlers.findings import FindingPlace
from handlers.values.dates import likely_date_span
from tests.chronologies import entry, judge, rules, table
from tests.each_case import each_case

spans = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from([0, 0, 0, 2, 5])).map(lambda s: (s[0], sum(s))),
    max_size=8,
)


def runs_upwards(chosen: list[tuple[int, int]]) -> bool:
    return all(a[0] <= b[1] for a, b in combinations(chosen, 2))


@given(spans)
def test_the_fewest_spans_are_taken_out_and_the_rest_run_upwards(
    all_spans: list[tuple[int, int]],
) -> None:
    out = find_out_of_place([low for low, _ in all_spans], [high for _, high in all_spans])
    rest = [span for index, span in enumerate(all_spans) if index not in out]
    assert runs_upwards(rest)
    for fewer in combinations(all_spans, len(rest) + 1):
        assert not runs_upwards(list(fewer))


def dated(*texts: str, **more: str) -> list[tuple[str, ...]]:
    return [entry(text, age="1", **more) for text in texts]


def misplaced(*entries: tuple[str, ...]) -> dict[int | None, str]:
    judgement = judge(table(*entries))
    return {f.where.row: f.message for f in judgement.findings if f.rule == "order"}


def test_rows_in_order_pass_and_the_same_time_twice_is_in_order() -> None:
    assert misplaced(*dated("01/02/2009", "01/02/2009", "02/02/2009")) == {}


def test_wholly_descending_is_in_order_too() -> None:
    judgement = judge(table(*dated("03/02/2009", "02/02/2009", "02/02/2009", "01/02/2009")))
    assert judgement.findings == ()
    assert "the order of events" in judgement.passed


def test_one_wrong_date_is_one_row_out_of_order() -> None:
    rows = dated("01/02/2009", "02/02/2009", "28/12/2009", "03/02/2009", "04/02/2009")
    assert misplaced(*rows) == {4: "Out of order: by date and time this belongs below row 6."}


def test_a_row_that_is_too_low_is_sent_above_the_first_that_follows_it() -> None:
    rows = dated("03/02/2009", "04/02/2009", "05/02/2009", "01/02/2009", "06/02/2009")
    assert misplaced(*rows) == {5: "Out of order: by date and time this belongs above row 2."}


def test_in_a_descending_table_too_the_place_is_where_it_belongs() -> None:
    rows = dated("06/02/2009", "05/02/2009", "01/02/2009", "04/02/2009", "03/02/2009")
    assert misplaced(*rows) == {4: "Out of order: by date and time this belongs below row 6."}


def test_times_of_one_day_count() -> None:
    rows = [entry(time="10:00"), entry(time="12:00"), entry(time="11:00"), entry(time="13:00")]
    assert list(misplaced(*rows)) == [4]


def test_untimed_rows_of_one_day_tie_wherever_they_stand() -> None:
    timed = [entry(time="10:00"), entry(time="12:00")]
    untimed = entry(time="")
    assert misplaced(untimed, *timed) == misplaced(*timed, untimed) == {}
    assert misplaced(timed[0], untimed, timed[1], untimed) == {}
    assert misplaced(timed[1], untimed, timed[0], entry("02/02/2009")) == {
        4: "Out of order: by date and time this belongs above row 2."
    }


def test_a_date_that_cannot_be_read_or_is_to_come_puts_nothing_out_of_order() -> None:
    rows = dated("01/02/2009", "31/02/2009", "01/02/2011", "", "02/02/2009")
    assert misplaced(*rows) == {}


def test_a_date_out_of_order_is_also_told_as_outside_the_period() -> None:
    judgement = judge(table(*dated("01/02/2009", "02/02/2009", "03/02/2001", "04/02/2009")))
    assert rules(judgement).count("date-outside-period") == 1
    assert rules(judgement).count("order") == 1


def test_a_table_in_no_order_is_one_finding_not_four_hundred() -> None:
    first = date(2008, 1, 1)
    shuffled = [first + timedelta(days=(index * 197) % 401) for index in range(400)]
    judgement = judge(table(*dated(*(f"{day:%d/%m/%Y}" for day in shuffled), subject="Mother")))
    (finding,) = judgement.findings
    assert finding.rule == "order-throughout"
    assert finding.where == FindingPlace(table=1)
    assert "of the 400" in finding.message


def test_a_block_pasted_into_the_wrong_place_is_listed_to_ten_and_counted() -> None:
    first = date(2008, 1, 1)
    days = [*range(100), *range(20, 40), *range(100, 200)]
    texts = [f"{first + timedelta(days=d):%d/%m/%Y}" for d in days]
    judgement = judge(table(*dated(*texts, subject="Mother")))
    assert set(rules(judgement)) == {"order"}
    assert len(judgement.findings) == 11
    assert judgement.findings[0].message.endswith("belongs higher up the table.")


@pytest.mark.parametrize(
    ("misplaced_rows", "others", "rule"),
    [(11, 21, "order-throughout"), (11, 22, "order"), (10, 11, "order")],
)
def test_rows_are_named_to_ten_and_beyond_while_two_thirds_are_in_order(
    misplaced_rows: int, others: int, rule: str
) -> None:
    """More than ten that are more than a third of the table are told as one."""
    first = date(2008, 1, 1)
    falling = [first + timedelta(days=300 - d) for d in range(misplaced_rows)]
    days = [*(first + timedelta(days=400 + d) for d in range(others)), *falling]
    judgement = judge(table(*dated(*(f"{day:%d/%m/%Y}" for day in days), subject="Mother")))
    assert set(rules(judgement)) == {rule}


def test_order_runs_on_through_several_tables_and_names_the_other() -> None:
    blocks = [*table(*dated("05/02/2009")), *table(*dated("01/02/2009", "06/02/2009"), number=2)]
    (finding,) = (f for f in judge(blocks).findings if f.rule == "order")
    assert finding.where.table == 2
    assert finding.message.endswith("belongs above row 2 of table 1.")


def test_a_date_that_is_refused_is_told_of_its_order_and_period_at_once() -> None:
    """What is certain at the first reading is not kept for the second."""
    judgement = judge(table(*dated("01/02/2008", "31/04/2008", "09/03/2008")))
    (told,) = (f for f in judgement.findings if f.rule == "order")
    assert told.where.row == 4 and "above row 3" in told.message
    for refused in ("12/13/2008", "12/2008-01/2009", "w/c 1/9/2008"):
        judgement = judge(table(*dated("01/02/2008", refused, "09/03/2008", "10/03/2008")))
        told = [f for f in judgement.findings if f.rule == "order"]
        assert [f.where.row for f in told] == [3], refused
        assert "may be out of order too" in told[0].message
        assert "below row 5" in told[0].message
        judgement = judge(table(*dated("01/02/2008", refused, "09/03/2009", "01/04/2009")))
        assert "order" not in rules(judgement), refused
    judgement = judge(table(*dated("12/2006-01/2007", "09/03/2008", "01/04/2008")))
    (told,) = (f for f in judgement.findings if f.rule == "date-outside-period")
    assert "outside the period of the review too" in told.message and told.where.row == 2


BOUNDED = (
    "Feb 2009", "early Feb 2009", "approx Feb 09", "Feb '09", "02/2009", "2009-02", "30/02/2009",
    "30 Feb 2009", "29th February 2009", "00/02/2009", "w/c 6 Feb 2009", "2-5 February 2009",
    "Feb - April 2009", "Jan or Feb 2009", "Dec/Jan 2009", "2008", "during 2008", "2007/08",
    "Winter 2008", "Christmas 2008",
)  # fmt: skip


@each_case("refused", BOUNDED)
def test_a_date_that_bounds_the_day_is_told_of_its_order_at_once(refused: str) -> None:
    """Whatever day it stands for, its row is out of place: the second letter must not be the
    first to say so."""
    judgement = judge(table(*dated("01/02/2008", "22/05/2009", refused, "23/05/2009")))
    told = [f for f in judgement.findings if f.rule == "order"]
    assert [f.where.row for f in told] == [4], refused
    assert "may be out of order too" in told[0].message and "above row 3" in told[0].message


@each_case(
    "refused",
    ("May 2009", "late May 2009", "31/04/2009", "31/06/2009", "2009", "Spring 2009", "Easter 2009",
     "Summer 2009", "2008/09", "April or May 2009", "Spring/Summer 2009", "after Feb 2009",
     "before Feb 2009", "by 2/2/2009", "February", "7 Feb", "00/00/2009", "not known"),
)  # fmt: skip
def test_a_date_that_may_be_in_its_place_is_not_told_of_its_order(refused: str) -> None:
    rows = dated("01/02/2008", "02/05/2009", refused, "23/06/2009")
    assert "order" not in rules(judge(table(*rows))), refused


@given(st.text(alphabet="0123456789/-. 'FebJanDcMyWintrSpg", max_size=24))
def test_no_date_however_odd_stops_the_reading(text: str) -> None:
    span = likely_date_span(text, (date(2008, 1, 1), date(2010, 1, 1)))
    assert span is None or span[0] <= span[1]


def test_a_day_that_fits_in_one_other_year_only_is_told_as_a_slip_of_the_year() -> None:
    """An author who moves the row, as the order alone would have it, is asked again about its
    period."""
    for slip in ("03/02/2001", "03/02/2003"):
        judgement = judge(table(*dated("01/02/2009", "02/02/2009", slip, "04/02/2009")))
        own = ("date-outside-period", "order")
        told = {f.rule: f for f in judgement.findings if f.where.row == 4 and f.rule in own}
        assert set(told) == set(own)
        assert "in 2009 would be inside it, and in its place" in told["date-outside-period"].message
        assert all("if it should be 2009, enter that" in f.fix for f in told.values())
    mended = judge(table(*dated("01/02/2009", "02/02/2009", "03/02/2009", "04/02/2009")))
    assert not {"order", "date-outside-period"} & set(rules(mended))


def test_where_no_other_year_or_several_would_do_none_is_named() -> None:
    for days in (
        ("01/02/2009", "20/12/2001", "04/02/2009"),
        ("01/02/2008", "03/06/2001", "04/10/2009"),
        ("29/02/2004", "01/02/2008", "02/02/2008"),
    ):
        told = [f for f in judge(table(*dated(*days))).findings if f.rule == "date-outside-period"]
        assert told and all("same day in" not in f.message for f in told), days


def test_in_a_descending_table_the_year_meant_is_named_too() -> None:
    days = ("06/02/2009", "05/02/2009", "04/02/2001", "03/02/2009", "02/02/2009")
    told = [f for f in judge(table(*dated(*days))).findings if f.rule == "date-outside-period"]
    assert ["same day in 2009" in f.message for f in told] == [True]


@pytest.mark.parametrize(
    "refused",
    ("May 2009", "2009", "Spring 2009", "summer", "7 Feb", "not known", "-", "", "c. May 2009",
     "May/June 2009", "3 or 4 May 2009"),
)  # fmt: skip
def test_where_the_day_is_left_to_its_author_the_row_is_to_be_in_its_place_by_it(
    refused: str,
) -> None:
    """The first day of the month was entered, as the letter asked, and sent back as out of
    order."""
    rows = dated("13/05/2009", "15/05/2009", refused, "23/06/2009")
    own = ("date-invalid", "date-missing")
    (told,) = (f for f in judge(table(*rows)).findings if f.rule in own)
    assert told.fix.endswith("move the row to its place.") or told.fix.endswith("move the row.")
