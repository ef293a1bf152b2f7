"""The caps, said aloud."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbox.sending.gate import (
    A_PROGRAM,
    FULL_DAY,
    FULL_DAYS,
    FULL_HOUR,
    FULL_OF_THANKS,
    JOINED,
    SAID,
    Answers,
    Caps,
    Gone,
    HeldBack,
    Spared,
    Waits,
    stopped,
)
from outbox.writing.letter import LetterKind
from tests.outbox.conftest import NOW

CAPS = Caps(a_person_a_day=4, in_all_an_hour=5)
HOUR_ENDS, TOMORROW = NOW + timedelta(minutes=20), NOW + timedelta(hours=14)
HourFull, ThanksFull = Waits(FULL_HOUR, HOUR_ENDS), Waits(FULL_OF_THANKS, TOMORROW)


@pytest.mark.parametrize(
    ("kind", "today", "hour", "comes_to"),
    [
        ("rejection", 0, 0, None),
        ("rejection", 3, 4, None),
        ("rejection", 4, 0, Waits(FULL_DAY, TOMORROW)),
        ("rejection", 0, 5, HourFull),
        ("rejection", 4, 5, Waits(FULL_DAY, TOMORROW)),
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
    """Both pass. Thanks leave half of the day's letters to what somebody must act on."""
    gone = Gone(today, hour, joined=False, hour_ends=HOUR_ENDS, tomorrow=TOMORROW)
    assert stopped(CAPS, kind, gone) == comes_to


def test_of_acknowledgements_that_wait_the_latest_says_it_all() -> None:
    gone = Gone(2, 0, joined=True, hour_ends=HOUR_ENDS, tomorrow=TOMORROW)
    assert stopped(CAPS, "acknowledgement", gone) == Spared(JOINED)


@pytest.mark.parametrize(
    ("today", "answers", "full_before", "stopped_since", "comes_to"),
    [
        (3, "words", True, "", None),
        (4, "words", False, "", HeldBack(A_PROGRAM)),
        (4, "document", False, "", Waits(FULL_DAY, TOMORROW)),
        (4, "document", True, "", HeldBack(FULL_DAYS)),
        (4, "", True, "", Waits(FULL_DAY, TOMORROW)),
        (0, "words", False, A_PROGRAM, HeldBack(A_PROGRAM)),
        (0, "document", False, A_PROGRAM, None),
        (0, "document", False, FULL_DAYS, HeldBack(FULL_DAYS)),
        (0, "", False, FULL_DAYS, None),
    ],
)
def test_a_conversation_that_a_program_may_hold_is_stopped_until_a_person_acts(
    today: int,
    answers: Answers,
    full_before: bool,
    stopped_since: str,
    comes_to: HeldBack | Waits | None,
) -> None:
    """Failure mode 65: it does not go on from day to day, ten letters each."""
    gone = Gone(
        today,
        0,
        joined=False,
        hour_ends=HOUR_ENDS,
        tomorrow=TOMORROW,
        answers=answers,
        full_before=full_before,
        stopped=stopped_since,
    )
    assert stopped(CAPS, "referral", gone) == comes_to
