"""The wake-up: what ends the service's rest early. Anyone may nudge, from any thread.

Does: rests between two rounds until the time is up, somebody nudged, or it is told to stop.
Trusts: nothing: a nudge carries no news, it only brings the next round forward. Every source's
thread (the drop folder's events, a mailbox's IDLE) is given `nudge` and may do no more than
call it.
Never touches: sources.
Known limits: nudges that come together are one; a round is at least a second from the next, so
that a long copy does not keep the service busy with looking.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

SLICE = 0.25  # seconds; a signal does not shorten a blocking wait (failure mode 81)
BREATH = 1.0  # seconds between two rounds, however often we are nudged


class Wake:
    """One service's rest."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        # Its `put` may be called from a signal handler that interrupts another `put`.
        self._nudges: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._clock = clock

    def nudge(self) -> None:
        """Bring the next round forward. Never blocks, never raises."""
        if self._nudges.empty():
            self._nudges.put(None)

    def rest(self, seconds: float, stopping: threading.Event) -> bool:
        """Rest for so long; True when it was ended by a nudge."""
        began = self._clock()
        nudged = False
        while not stopping.is_set():
            rested = self._clock() - began
            if rested >= seconds or (nudged and rested >= BREATH):
                return nudged
            nudged = self._nudged(nudged) or nudged
        return nudged

    def _nudged(self, already: bool) -> bool:
        if already:
            time.sleep(SLICE)
            return True
        try:
            self._nudges.get(timeout=SLICE)
        except queue.Empty:
            return False
        return True
