"""Calling back: what has not left and need not go any more."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.register.matrix import AgencyRow, CaseRow
from outbox.chasing.chasing import HAS_COME, NOT_OWED, OTHER_DAY, called_back, owed_in
from outbox.chasing.suppression import Waiting
from outbox.writing.letter import Rungs
from tests.outbox.climbing import row

RUNG = Rungs(1, 1, 1)


def why(
    state: str = "awaited",
    version: int = 1,
    case: str = "open",
    waiting: Waiting = Waiting(),  # noqa: B008  a frozen value
    rungs: tuple[Rungs, ...] = (RUNG,),
) -> str | None:
    rows = (row(1, "chronology", state=state, version=version), row(2, "imr"))
    agency = AgencyRow(1, "GP", "Meadow Lane Surgery", rows)
    cases = [CaseRow(1, "N12", case, date(2010, 9, 1), (agency,))]
    return called_back(rungs, owed_in(cases), lambda *_: waiting)


def test_what_is_still_late_is_still_asked_for() -> None:
    assert why() is None
    assert why("rejected") is None


@pytest.mark.parametrize("state", ["accepted", "referred", "nil"])
def test_what_has_come_is_not_asked_for(state: str) -> None:
    assert why(state) == HAS_COME


def test_what_is_not_owed_or_due_on_another_day_is_not_asked_for() -> None:
    assert why("waived") == NOT_OWED
    assert why(case="closed") == NOT_OWED
    assert why(version=2) == OTHER_DAY
    assert why(rungs=(Rungs(99, 1, 1),)) == NOT_OWED


def test_a_letter_about_two_things_is_called_back_when_one_has_come() -> None:
    assert why("accepted", rungs=(Rungs(2, 1, 1), RUNG)) == HAS_COME


def test_what_silences_a_chaser_calls_it_back() -> None:
    assert why(case="on hold") == "the case is on hold"
    assert why(waiting=Waiting(requests=(4,))) == "they ask for more time, and you have not decided"
