"""The time it is, or the time that `--at` says it is.

Under `--at` time stands still for a single command and runs on for the service.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
DEFAULT_ZONE = ZoneInfo("Europe/London")  # where no settings name another


def make_clock(zone: ZoneInfo, at: datetime | None, *, running: bool = False) -> Clock:
    """A function that tells the time in `zone`. `at` without a zone is in that zone."""
    if at is None:
        return lambda: datetime.now(zone)
    start = at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
    if not running:
        return lambda: start
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)
