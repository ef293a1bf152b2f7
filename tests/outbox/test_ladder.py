"""The ladder: which rung a return has reached, on working days only."""

from __future__ import annotations

from datetime import date

import pytest

from config.calendar import Calendar
from handlers.register.matrix import AgencyRow
from outbox.due.ladder_steps import covered_reminders, reached_rung
from outbox.writing.letter import LetterRung
from tests.outbox.climbing import DUE, LADDER, row

ENGLAND = Calendar.for_subdivision("ENG")


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2010, 3, 30), None),
        (date(2010, 3, 31), -10),  # Good Friday and Easter Monday are not counted
        (date(2010, 4, 12), -10),
        (date(2010, 4, 13), -3),
        (date(2010, 4, 16), 0),
        (date(2010, 4, 18), 0),  # a Sunday
        (date(2010, 4, 19), 1),
        (date(2010, 4, 21), 3),
        (date(2010, 4, 23), 5),
        (date(2010, 9, 1), 5),
    ],
)
def test_only_the_latest_rung_that_was_reached_counts(today: date, days: int | None) -> None:
    """Failure mode 80c: after a long stop the rungs in between are never sent late."""
    rung = reached_rung(DUE, LADDER.standard, ENGLAND, today)
    assert (rung.days if rung else None) == days


def test_days_on_which_the_office_is_closed_are_not_counted() -> None:
    closed = Calendar.for_subdivision("ENG", [date(2010, 4, 19), date(2010, 4, 20)])
    rung = reached_rung(DUE, LADDER.standard, closed, date(2010, 4, 21))
    assert rung is not None
    assert rung.days == 1


def owed(state: str, due: date = DUE) -> AgencyRow:
    return AgencyRow(1, "GP", "Meadow Lane Surgery", (row(5, "chronology", due, state, 2),))


def test_an_answer_stands_for_the_reminder_its_checklist_makes_needless() -> None:
    told = covered_reminders(owed("rejected"), LADDER, ENGLAND, date(2010, 4, 1))
    assert told == (LetterRung(5, 2, -10),)


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (8, -10),
        (9, -3),  # which would come on 13 April, two working days later
        (13, -3),
        (15, -3),  # on the day itself they are reminded all the same
        (16, 0),
    ],
)
def test_a_letter_that_says_what_is_due_stands_for_the_reminder_of_the_next_days(
    day: int, days: int
) -> None:
    told = covered_reminders(owed("awaited"), LADDER, ENGLAND, date(2010, 4, day))
    assert told == (LetterRung(5, 2, days),)


def test_an_answer_never_stands_for_a_chaser() -> None:
    assert covered_reminders(owed("rejected"), LADDER, ENGLAND, date(2010, 4, 19)) == ()


def test_what_is_settled_or_waits_for_a_person_has_no_rungs() -> None:
    for state in ("accepted", "referred", "nil", "waived"):
        assert covered_reminders(owed(state), LADDER, ENGLAND, date(2010, 4, 1)) == ()
