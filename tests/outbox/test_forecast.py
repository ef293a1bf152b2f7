"""The forecast: each rung once, on the day it will come, and nothing written."""

from __future__ import annotations

from datetime import date, datetime

from outbox.chasers import chasers
from outbox.forecast import Foreseen, forecast
from outbox.letter import Rungs
from tests.outbox.test_chasers import (
    KINDS,
    LADDER,
    LONDON,
    PEOPLE,
    AgencyRow,
    Calendar,
    CaseRow,
    row,
)

AGENCY = AgencyRow(1, "GP", "Meadow Lane Surgery", (row(1, "chronology"),))
CASE = CaseRow(1, "N12", "open", date(2010, 9, 1), (AGENCY,))


def foreseen(first: int, last: int, told: tuple[Rungs, ...] = ()) -> list[Foreseen]:
    start, end = (datetime(2010, 4, day, 9, tzinfo=LONDON) for day in (first, last))

    def derive(now: datetime, known: object) -> list[object]:
        return chasers([CASE], (), lambda _: PEOPLE, known, KINDS, LADDER, Calendar.of("ENG"), now)  # type: ignore[arg-type, return-value]

    return list(forecast(derive, told, start, end))  # type: ignore[arg-type]


def test_each_rung_is_foreseen_once_on_its_day_and_never_at_a_weekend() -> None:
    """Due on Friday 16 April: a reminder three working days before, one on the day, a chaser on
    the Monday, an escalation on the Wednesday."""
    days = [(one.when.day, one.draft.kind) for one in foreseen(13, 30)]
    assert days == [
        (13, "reminder"),
        (16, "reminder"),
        (19, "chaser"),
        (19, "chaser"),
        (21, "escalation"),
    ]


def test_what_was_told_already_is_not_foreseen() -> None:
    assert [one.when.day for one in foreseen(16, 17, (Rungs(1, 1, 0),))] == []


def test_days_that_have_gone_by_come_as_their_latest_rung() -> None:
    assert [(one.when.day, one.draft.kind) for one in foreseen(20, 20)] == [
        (20, "chaser"),
        (20, "chaser"),
    ]
