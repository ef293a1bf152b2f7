"""The forecast: each rung once, on the day it will come, and nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from outbox.chasing.chasing import ForecastLetter, forecast_letters
from outbox.due.ladder_steps import ToldStep, ToldSteps
from outbox.writing.letter import Draft, LetterRung
from tests.outbox.climbing import LONDON, climb, row


def foreseen(first: int, last: int, told: ToldSteps | None = None) -> list[ForecastLetter]:
    start, end = (datetime(2010, 4, day, 9, tzinfo=LONDON) for day in (first, last))

    def derive(now: datetime, known: ToldSteps) -> Sequence[Draft]:
        return climb([row(1, "chronology")], now.day, told=known).drafts

    return list(forecast_letters(derive, told or ToldSteps(), start, end))


def test_each_rung_is_foreseen_once_on_its_day_and_never_at_a_weekend() -> None:
    """Due on Friday 16 April: a reminder three working days before, one on the day, a chaser on
    the Monday, an escalation on the Wednesday, a draft to the chair's office on the Friday, and the
    escalation again a week after it."""
    days = [(one.when.day, one.draft.kind) for one in foreseen(13, 30)]
    assert days == [
        (13, "reminder"),
        (16, "reminder"),
        (19, "chaser"),
        (19, "chaser"),
        (21, "escalation"),
        (21, "escalation"),
        (23, "to-chair"),
        (28, "escalation"),
        (28, "escalation"),
    ]


def test_what_was_told_already_is_not_foreseen() -> None:
    assert [
        one.when.day
        for one in foreseen(
            16, 17, ToldSteps([ToldStep(LetterRung(1, 1, 0), 1, date(2010, 4, 16))])
        )
    ] == []


def test_days_that_have_gone_by_come_as_their_latest_rung() -> None:
    assert [(one.when.day, one.draft.kind) for one in foreseen(20, 20)] == [
        (20, "chaser"),
        (20, "chaser"),
    ]
