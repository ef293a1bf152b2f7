"""Calling back: what has not left and need not go any more."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.register.matrix import AgencyRow, CaseRow
from outbox.chasing.chasing import (
    REASON_DUE_DAY_MOVED,
    REASON_NOT_OWED,
    REASON_PART_CAME,
    REASON_RETURN_CAME,
    call_back_reason,
    returns_by_id,
)
from outbox.chasing.suppression import WaitingMatters
from outbox.writing.letter import LetterRung
from tests.outbox.climbing import row

RUNG = LetterRung(1, 1, 1)


def why(
    state: str = "awaited",
    version: int = 1,
    case: str = "open",
    waiting: WaitingMatters = WaitingMatters(),  # noqa: B008  a frozen value
    rungs: tuple[LetterRung, ...] = (RUNG,),
) -> str | None:
    rows = (row(1, "chronology", state=state, version=version), row(2, "imr"))
    agency = AgencyRow(1, "GP", "Meadow Lane Surgery", rows)
    cases = [CaseRow(1, "N12", case, date(2010, 9, 1), (agency,))]
    return call_back_reason(rungs, returns_by_id(cases), lambda *_: waiting)


def test_what_is_still_late_is_still_asked_for() -> None:
    assert why() is None
    assert why("rejected") is None


@pytest.mark.parametrize("state", ["accepted", "referred", "nil"])
def test_what_has_come_is_not_asked_for(state: str) -> None:
    assert why(state) == REASON_RETURN_CAME


def test_what_is_not_owed_or_due_on_another_day_is_not_asked_for() -> None:
    assert why("waived") == REASON_NOT_OWED
    assert why(case="closed") == REASON_NOT_OWED
    assert why(version=2) == REASON_DUE_DAY_MOVED
    assert why(rungs=(LetterRung(99, 1, 1),)) == REASON_NOT_OWED


def test_a_letter_about_two_things_is_called_back_when_one_has_come() -> None:
    assert why("accepted", rungs=(LetterRung(2, 1, 1), RUNG)) == REASON_PART_CAME


def test_what_silences_a_chaser_calls_it_back() -> None:
    assert why(case="on hold") == "the case is on hold"
    assert (
        why(waiting=WaitingMatters(requests=(4,)))
        == "they ask for more time, and you have not decided"
    )
