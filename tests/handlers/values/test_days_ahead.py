"""A comment beside "Yes" that speaks of a day to come says that the answer is not so yet."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.values.days_ahead import is_due_ahead
from tests.each_case import each_case

TODAY = date(2013, 10, 1)


@pytest.mark.parametrize(
    "comment",
    [
        "Due at board 5 November",
        "Board meeting 5th November",
        "Decision 5 Nov",
        "5 November",
        "In November",
        "Sign-off meeting 14/10/2013",
        "Trustees to see it in December",
        "Executive team 22.10.13",
        "Listed for 4 November 2013. Genogram at page 5.",
        "Interview of HV2 on 3 January 2014",
    ],
)
def test_a_day_that_is_still_to_come(comment: str) -> None:
    assert is_due_ahead(comment, TODAY)


@each_case(
    "comment",
    [
        "Board 12 September",
        "Board meeting of 5 November 2012",
        "Agreed at board on 12 September, sent out 5 November",
        "5",
        "",
        "Section 5, November entries",
        "Actions due from November are in the plan",
        "All by 31 January 2014",
        "Audit to board in March 2014",
        "Timescales run to March 2014",
        "Inquest is on 12 November",
        "Agreed by the board, which meets again on 5 November",
        "May",
        "The board may ask for more in the autumn and we shall be ready for that on 5 November",
    ],
)
def test_a_day_that_is_past_or_is_the_plans_or_anothers(comment: str) -> None:
    assert not is_due_ahead(comment, TODAY)


def test_the_same_words_are_of_the_past_once_the_day_is_over() -> None:
    assert not is_due_ahead("Board meeting 5 November", date(2013, 11, 6))
    assert is_due_ahead("Board meeting 5 January", date(2013, 12, 30))
