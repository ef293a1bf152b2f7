"""The ladder: which rung a return has reached, on working days only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.calendar import Calendar
from config.ladder import Ladder, Rung
from handlers.register.matrix import AgencyRow
from outbox.ladder import again_and_again, reached, steps, told_by
from outbox.letter import Rungs
from tests.outbox.climbing import DUE, LADDER, row

ENGLAND = Calendar.of("ENG")


def once_more(kind: str, ladder: Ladder, today: date) -> Rung | None:
    """Of a return that is owed alone."""
    return again_and_again([row(1, kind)], ladder, ENGLAND, today).get(1)


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
    rung = reached(DUE, LADDER.standard, ENGLAND, today)
    assert (rung.days if rung else None) == days


def test_days_on_which_the_office_is_closed_are_not_counted() -> None:
    closed = Calendar.of("ENG", [date(2010, 4, 19), date(2010, 4, 20)])
    rung = reached(DUE, LADDER.standard, closed, date(2010, 4, 21))
    assert rung is not None
    assert rung.days == 1


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2010, 4, 27), None),
        (date(2010, 4, 28), 8),  # the Wednesday after the Wednesday of the escalation
        (date(2010, 5, 4), 8),
        (date(2010, 5, 6), 13),  # May Day is not counted
        (date(2010, 9, 1), 93),  # only the latest, after a long stop
    ],
)
def test_the_last_step_that_goes_by_itself_is_taken_again_every_week(
    today: date, days: int | None
) -> None:
    """Failure mode 107: a draft that nobody releases ends no chasing."""
    rung = once_more("chronology", LADDER, today)
    assert (rung.days if rung else None) == days
    if rung is not None:
        assert (rung.letter, rung.to) == ("escalation", ("commissioner", "panel representative"))


def test_a_kind_with_a_ladder_of_its_own_has_its_own_last_step_taken_again() -> None:
    rung = once_more("panel_representative", LADDER, date(2010, 4, 26))
    assert rung is not None
    assert (rung.days, rung.to) == (6, ("author", "commissioner"))


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2010, 4, 28), [8]),  # the chronology's week; the IMR has only come to its last step
        (date(2010, 4, 29), [8]),
        (date(2010, 5, 6), [13, 9]),  # and from then on they go together, on the chronology's day
        (date(2010, 5, 12), [13, 9]),
        (date(2010, 5, 13), [18, 14]),
    ],
)
def test_what_an_agency_owes_is_asked_for_again_on_one_day_of_the_week(
    today: date, days: list[int]
) -> None:
    """Nobody is reminded of one return on Mondays and of another on Wednesdays."""
    rows = (row(1, "chronology"), row(2, "imr", date(2010, 4, 22)))
    agency = AgencyRow(1, "GP", "Meadow Lane Surgery", rows)
    found = [rung.days for _, rung in steps(agency, LADDER, ENGLAND, today) if rung.again]
    assert found == days


def test_a_board_may_have_no_step_taken_again() -> None:
    never = replace(LADDER, again=0)
    assert once_more("chronology", never, date(2010, 9, 1)) is None


def test_the_draft_to_the_chairs_office_is_still_made_after_a_long_stop() -> None:
    found = [rung for _, rung in steps(owed("awaited"), LADDER, ENGLAND, date(2010, 5, 7))]
    assert [(rung.letter, rung.days) for rung in found] == [("to-chair", 5), ("escalation", 13)]


def owed(state: str, due: date = DUE) -> AgencyRow:
    return AgencyRow(1, "GP", "Meadow Lane Surgery", (row(5, "chronology", due, state, 2),))


def test_an_answer_stands_for_the_reminder_its_checklist_makes_needless() -> None:
    told = told_by(owed("rejected"), LADDER, ENGLAND, date(2010, 4, 1))
    assert told == (Rungs(5, 2, -10),)


def test_an_answer_never_stands_for_a_chaser() -> None:
    assert told_by(owed("rejected"), LADDER, ENGLAND, date(2010, 4, 19)) == ()


def test_what_is_settled_or_waits_for_a_person_has_no_rungs() -> None:
    for state in ("accepted", "referred", "nil", "waived"):
        assert told_by(owed(state), LADDER, ENGLAND, date(2010, 4, 1)) == ()
