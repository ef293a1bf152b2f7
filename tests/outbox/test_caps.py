"""The caps, said aloud."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbox.caps import (
    FULL_DAY,
    FULL_HOUR,
    FULL_OF_THANKS,
    JOINED,
    SAID,
    Caps,
    Gone,
    HeldBack,
    Spared,
    Waits,
    stopped,
)
from outbox.letter import LetterKind
from tests.outbox.conftest import NOW

CAPS = Caps(a_person_a_day=4, in_all_an_hour=5)
HOUR_ENDS, TOMORROW = NOW + timedelta(minutes=20), NOW + timedelta(hours=14)
HourFull, ThanksFull = Waits(FULL_HOUR, HOUR_ENDS), Waits(FULL_OF_THANKS, TOMORROW)


@pytest.mark.parametrize(
    ("kind", "today", "hour", "comes_to"),
    [
        ("rejection", 0, 0, None),
        ("rejection", 3, 4, None),
        ("rejection", 4, 0, HeldBack(FULL_DAY)),
        ("rejection", 0, 5, HourFull),
        ("rejection", 4, 5, HeldBack(FULL_DAY)),
        ("to-chair", 4, 0, Waits(FULL_DAY, TOMORROW)),
        ("acknowledgement", 1, 0, None),
        ("acknowledgement", 2, 0, ThanksFull),
        ("acknowledgement", 4, 5, ThanksFull),
        ("duplicate", 1, 0, None),
        ("duplicate", 2, 0, Spared(SAID)),
    ],
)
def test_a_reader_s_day_and_everybody_s_hour(
    kind: LetterKind, today: int, hour: int, comes_to: HeldBack | Waits | Spared | None
) -> None:
    """Failure mode 65: the first looks like a loop, so a person decides; the second passes. Thanks
    leave half of the day's letters to what somebody must act on."""
    gone = Gone(today, hour, joined=False, hour_ends=HOUR_ENDS, tomorrow=TOMORROW)
    assert stopped(CAPS, kind, gone) == comes_to


def test_of_acknowledgements_that_wait_the_latest_says_it_all() -> None:
    gone = Gone(2, 0, joined=True, hour_ends=HOUR_ENDS, tomorrow=TOMORROW)
    assert stopped(CAPS, "acknowledgement", gone) == Spared(JOINED)
