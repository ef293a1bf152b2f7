"""The caps, said aloud."""

from __future__ import annotations

import pytest

from outbox.caps import FULL_DAY, FULL_HOUR, Caps, HeldBack, Waits, stopped

CAPS = Caps(a_person_a_day=3, in_all_an_hour=5)


@pytest.mark.parametrize(
    ("today", "hour", "comes_to"),
    [
        (0, 0, None),
        (2, 4, None),
        (3, 0, HeldBack(FULL_DAY)),
        (0, 5, Waits(FULL_HOUR)),
        (3, 5, HeldBack(FULL_DAY)),
    ],
)
def test_a_reader_s_day_and_everybody_s_hour(
    today: int, hour: int, comes_to: HeldBack | Waits | None
) -> None:
    """Failure mode 65: the first looks like a loop, so a person decides; the second passes."""
    assert stopped(CAPS, today, hour) == comes_to
