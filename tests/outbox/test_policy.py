"""The policy: when the office is open."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.outbox.climbing import LONDON, POLICY


@pytest.mark.parametrize(
    ("moment", "open_", "at_work"),
    [
        (datetime(2010, 4, 1, 7, 59, tzinfo=LONDON), False, False),
        (datetime(2010, 4, 1, 8, 0, tzinfo=LONDON), True, True),
        (datetime(2010, 4, 1, 18, 0, tzinfo=LONDON), False, False),
        (datetime(2010, 4, 2, 10, 0, tzinfo=LONDON), True, False),  # Good Friday
        (datetime(2010, 4, 3, 10, 0, tzinfo=LONDON), True, False),  # a Saturday
    ],
)
def test_hours_are_every_days_and_work_is_a_working_days(
    moment: datetime, open_: bool, at_work: bool
) -> None:
    assert (POLICY.is_office_open(moment), POLICY.is_at_work(moment)) == (open_, at_work)
