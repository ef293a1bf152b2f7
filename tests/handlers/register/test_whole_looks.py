"""When a look through all that is kept is due."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.register.whole_looks import WholeLook, is_look_due, next_night

ZONE = ZoneInfo("Europe/London")
BEGAN = "2010-03-01T09:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2010-04-02T03:00", True),
        ("2010-04-01T04:00", "2010-04-02T02:59", False),
        ("2010-04-01T04:00", "2010-04-02T03:00", True),
        ("2010-04-01T04:00", "2010-04-03T02:00", True),  # the night before had none
        ("2010-04-01T17:59", "2010-04-02T03:00", True),
        ("2010-04-01T18:00", "2010-04-02T03:00", False),  # the backup of that night
        ("2010-04-02T01:30", "2010-04-02T23:59", False),
        ("2010-04-02T03:00", "2010-04-03T02:59", False),
        ("2010-03-27T23:00", "2010-03-28T03:00", False),  # the clocks go forward
    ],
)
def test_a_look_is_due_where_the_night_had_none(last: str | None, now: str, due: bool) -> None:
    before = WholeLook(at(last), faults=0) if last else None
    assert is_look_due(before, at(BEGAN), at(now)) is due


def test_a_register_of_today_has_its_first_night_before_it() -> None:
    assert not is_look_due(None, None, at("2010-04-02T10:00"))
    assert not is_look_due(None, at("2010-04-02T03:00"), at("2010-04-03T02:59"))
    assert is_look_due(None, at("2010-04-02T02:59"), at("2010-04-02T03:00"))


def test_the_night_begins_at_three() -> None:
    assert next_night(at("2010-04-02T02:59")) == at("2010-04-02T03:00")
    assert next_night(at("2010-04-02T03:00")) == at("2010-04-03T03:00")
