"""How a return moves: every state against every verdict, and against the schema's own list."""

from __future__ import annotations

from typing import get_args

import pytest

from handlers.register.returns import (
    CHASED_STATES,
    NEXT_STATES,
    SETTLED_STATES,
    ReturnState,
    state_after,
)
from handlers.verdict import VERDICTS_BY_WEIGHT, Verdict

STATES: tuple[ReturnState, ...] = get_args(ReturnState)

# accept, refer, reject, hold
TABLE: dict[ReturnState, tuple[ReturnState, ReturnState, ReturnState, ReturnState]] = {
    "awaited": ("accepted", "referred", "rejected", "awaited"),
    "rejected": ("accepted", "referred", "rejected", "rejected"),
    "referred": ("accepted", "referred", "referred", "referred"),
    "accepted": ("accepted", "accepted", "accepted", "accepted"),
    "nil": ("nil", "referred", "nil", "nil"),
    "outside": ("accepted", "outside", "outside", "outside"),
    "waived": ("waived", "waived", "waived", "waived"),
}


@pytest.mark.parametrize("state", STATES)
def test_where_every_verdict_takes_a_return(state: ReturnState) -> None:
    assert tuple(state_after(state, verdict) for verdict in VERDICTS_BY_WEIGHT) == TABLE[state]


def test_accept_and_refer_stop_the_chaser_and_reject_does_not() -> None:
    """Principle 3 of the toolkit's rules."""
    for state in CHASED_STATES:
        assert state_after(state, "accept") not in CHASED_STATES
        assert state_after(state, "refer") not in CHASED_STATES
        assert state_after(state, "reject") in CHASED_STATES


@pytest.mark.parametrize("verdict", VERDICTS_BY_WEIGHT)
def test_what_was_accepted_is_undone_by_no_document(verdict: Verdict) -> None:
    assert state_after("accepted", verdict) == "accepted"


def test_a_held_document_moves_nothing() -> None:
    assert all(state_after(state, "hold") == state for state in STATES)


def test_every_state_is_chased_settled_or_with_a_person() -> None:
    assert CHASED_STATES | SETTLED_STATES | {"referred"} == set(STATES)
    assert not CHASED_STATES & SETTLED_STATES


def test_the_table_holds_no_move_to_where_a_return_is_already() -> None:
    assert all(state != to for (state, _), to in NEXT_STATES.items())
