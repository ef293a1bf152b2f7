"""How a return moves: every state against every verdict, and against the schema's own list."""

from __future__ import annotations

from typing import get_args

import pytest

from handlers.findings import VERDICTS, Verdict
from handlers.register.returns import CHASED, NEXT, SETTLED, State, after

STATES: tuple[State, ...] = get_args(State)

# accept, refer, reject, hold
TABLE: dict[State, tuple[State, State, State, State]] = {
    "awaited": ("accepted", "referred", "rejected", "awaited"),
    "rejected": ("accepted", "referred", "rejected", "rejected"),
    "referred": ("accepted", "referred", "referred", "referred"),
    "accepted": ("accepted", "accepted", "accepted", "accepted"),
    "nil": ("nil", "referred", "nil", "nil"),
    "waived": ("waived", "waived", "waived", "waived"),
}


@pytest.mark.parametrize("state", STATES)
def test_where_every_verdict_takes_a_return(state: State) -> None:
    assert tuple(after(state, verdict) for verdict in VERDICTS) == TABLE[state]


def test_accept_and_refer_stop_the_chaser_and_reject_does_not() -> None:
    """Principle 3 of the toolkit's rules."""
    for state in CHASED:
        assert after(state, "accept") not in CHASED
        assert after(state, "refer") not in CHASED
        assert after(state, "reject") in CHASED


@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_was_accepted_is_undone_by_no_document(verdict: Verdict) -> None:
    assert after("accepted", verdict) == "accepted"


def test_a_held_document_moves_nothing() -> None:
    assert all(after(state, "hold") == state for state in STATES)


def test_every_state_is_chased_settled_or_with_a_person() -> None:
    assert CHASED | SETTLED | {"referred"} == set(STATES)
    assert not CHASED & SETTLED


def test_the_table_holds_no_move_to_where_a_return_is_already() -> None:
    assert all(state != to for (state, _), to in NEXT.items())
