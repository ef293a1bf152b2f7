"""What is agreed about a return, and about a case as a whole, without touching the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.register.decision import (
    Decision,
    DecisionRefused,
    change_case_state,
    extend_return,
    waive_return,
)
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.returns import SETTLED_STATES, ReturnState
from tests.handlers.register.test_ruling import WHY, moved, row

TODAY = date(2010, 4, 20)
CASE = CaseRow(1, "N12", "open", date(2010, 9, 1), (AgencyRow(1, "GP", "The Surgery", (row(),)),))


@pytest.mark.parametrize("state", ["awaited", "rejected", "referred"])
def test_a_return_that_is_open_can_be_waived(state: ReturnState) -> None:
    decision = waive_return(CASE, CASE.agencies[0], row(state), WHY)
    assert moved(decision) == [("imr", state, "waived")]


@pytest.mark.parametrize("state", sorted(SETTLED_STATES))
def test_a_return_that_is_settled_needs_neither_time_nor_waiving(state: ReturnState) -> None:
    settled = row(state)
    assert isinstance(waive_return(CASE, CASE.agencies[0], settled, WHY), DecisionRefused)
    later = date(2010, 6, 11)
    assert isinstance(
        extend_return(CASE, CASE.agencies[0], settled, later, TODAY, WHY), DecisionRefused
    )


@pytest.mark.parametrize(
    ("until", "words"),
    [(date(2010, 5, 28), "more time ends after that"), (date(2010, 5, 27), "more time ends after")],
)
def test_more_time_ends_later_than_the_due_date(until: date, words: str) -> None:
    refused = extend_return(CASE, CASE.agencies[0], row("awaited"), until, TODAY, WHY)
    assert isinstance(refused, DecisionRefused) and words in refused.why


def test_more_time_does_not_end_in_the_past() -> None:
    until, today = date(2010, 6, 1), date(2010, 6, 10)
    refused = extend_return(CASE, CASE.agencies[0], row("awaited"), until, today, WHY)
    assert refused == DecisionRefused("Tuesday 1 June 2010 is past.")


def test_a_closed_case_is_reopened_before_it_is_put_on_hold() -> None:
    closed = replace(CASE, state="closed")
    assert isinstance(change_case_state(closed, "hold", WHY), DecisionRefused)
    assert isinstance(change_case_state(closed, "reopen", WHY), Decision)
    assert change_case_state(closed, "close", WHY) == DecisionRefused("N12 is closed already.")


def test_nothing_is_agreed_about_a_return_of_a_closed_case() -> None:
    """Its agency would be written to about a review that is over."""
    closed, later = replace(CASE, state="closed"), date(2010, 6, 11)
    refused = DecisionRefused("N12 is closed. Reopen it first.")
    assert waive_return(closed, closed.agencies[0], row("awaited"), WHY) == refused
    assert extend_return(closed, closed.agencies[0], row("awaited"), later, TODAY, WHY) == refused
