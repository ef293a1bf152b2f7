"""The time it is, or the time a rehearsal says it is.

Does: gives "now" to those who act; those who decide are given it.
Trusts: the machine's clock.
Never touches: anything else.
Known limits: under `--at` time stands still for a single command and runs on for the service.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def clock(zone: ZoneInfo, at: datetime | None, *, running: bool = False) -> Clock:
    """A function that tells the time in `zone`. `at` without a zone is in that zone."""
    if at is None:
        return lambda: datetime.now(zone)
    start = at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
    if not running:
        return lambda: start
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)
