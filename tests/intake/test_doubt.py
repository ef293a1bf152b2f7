"""Whether the clock is believed: too far ahead of the last round, or behind it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from intake.source_health import find_clock_doubt

LAST = datetime(2010, 4, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
IDLE = timedelta(days=365)


def test_a_clock_far_from_the_last_round_is_doubted_whichever_way() -> None:
    for days in (-1, 0, 0.5, 100, 365):
        assert find_clock_doubt(LAST + timedelta(days=days), LAST, IDLE) is None
    for days in (-365, -1.01, 365.1, 4_000):
        assert find_clock_doubt(LAST + timedelta(days=days), LAST, IDLE) is not None
    assert find_clock_doubt(LAST, None, IDLE) is None, (
        "where nothing ever was there is nothing to go by"
    )


def test_it_says_by_how_much_and_what_to_do() -> None:
    why = find_clock_doubt(LAST - timedelta(days=3), LAST, IDLE)
    assert why is not None
    assert why.sentence.startswith(
        "The clock says 10:00am on Monday 29 March 2010, 3 days before the last round."
    )
    assert "scr-intake clock accept" in why.fix
