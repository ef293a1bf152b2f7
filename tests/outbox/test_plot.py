"""Where things stand in the picture of a timeline."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from outbox.digest.timeline import Timeline, TimelineLane, TimelineMark
from outbox.digest.timeline_picture import MARK_PITCH, PICTURE_WIDTH, TimelinePlot, plot_timeline
from outbox.samples.days import TODAY


def plot(*days: int, name: str = "Housing") -> TimelinePlot:
    """One agency with something due so many days from now."""
    marks = tuple(TimelineMark(TODAY + timedelta(days=n), "due") for n in days)
    return plot_timeline(Timeline("In words.", TODAY, (TimelineLane(name, "HOU", marks),)))


def test_time_runs_from_left_to_right() -> None:
    found = plot(-20, -4, 9)
    places = [mark.x for mark in found.marks]
    assert places == sorted(places)
    assert places[1] < found.today < places[2]


@pytest.mark.parametrize("days", [(5, 5, 5, 5), (5, 6), (-90, 38, 38, 38), (0, 0, 1, 1, 2)])
def test_no_mark_lies_on_another_or_outside(days: tuple[int, ...]) -> None:
    places = [mark.x for mark in plot(*days).marks]
    assert all(b - a >= MARK_PITCH - 0.01 for a, b in pairwise(places))
    assert all(0 < x < PICTURE_WIDTH - 6 for x in places)


def test_days_are_named_where_there_is_room() -> None:
    named = [day.text for day in plot(*range(60)).days]
    assert named[0] == "20 Apr"
    assert 3 < len(named) < 12


def test_the_key_explains_each_look_that_is_there_and_no_other() -> None:
    assert [shape.look for shape in plot(4).key] == ["due"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Children\u2019s Services", "Children's Services"),
        ("Ll\u0177n Surgery", "Llyn Surgery"),
        ("\u0417\u0434\u0440", "HOU"),
        ("A Name That Is Longer Than There Is Room For", "HOU"),
    ],
)
def test_an_agency_is_named_in_letters_that_the_font_has(name: str, shown: str) -> None:
    assert [word.text for word in plot(4, name=name).names] == [shown]


def test_a_lone_day_stands_within_some_weeks() -> None:
    assert 200 < plot(0).today < PICTURE_WIDTH
    assert plot_timeline(Timeline("", TODAY, ())).lanes == 0
