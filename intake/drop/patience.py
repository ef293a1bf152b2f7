"""How long to wait for a file, and when the administrator should hear of it.

Does: remembers since when each file has not settled or could not be read, and says which have
had their time.
Trusts: the clock it is given.
Never touches: files.
Known limits: kept in memory: a service that starts again waits again.
"""

from __future__ import annotations

from intake.drop.found import Found
from intake.source import StrayKind, TooLarge

UNSETTLED = 3600.0  # seconds a file may be written on before it is told
LOCK = 4 * 3600.0  # seconds after which the lock file of a program is taken for left behind


class Patience:
    """What is being waited for."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}
        self._refused: dict[str, StrayKind] = {}

    def waits(self, place: str, now: float) -> None:
        """It was not ready at this look."""
        self._since.setdefault(place, now)

    def refused(self, place: str, why: Exception) -> None:
        """It was ready and could not be read."""
        self._refused[place] = "too large" if isinstance(why, TooLarge) else "unreadable"

    def settled(self, place: str) -> None:
        self._since.pop(place, None)
        self._refused.pop(place, None)

    def exhausted(self, now: float) -> dict[str, StrayKind]:
        """What has been waited for in vain, and why."""
        told: dict[str, StrayKind] = {
            place: "unsettled" for place, since in self._since.items() if now - since > UNSETTLED
        }
        return told | self._refused

    def keep(self, places: set[str]) -> None:
        """Forget what is no longer there."""
        self._since = {p: since for p, since in self._since.items() if p in places}
        self._refused = {p: kind for p, kind in self._refused.items() if p in places}


def lock_holds(found: Found, now: float) -> bool:
    """Whether the lock file beside it means that somebody has it open."""
    return found.locked is not None and now - max(found.locked, found.stamp[1] / 1e9) < LOCK
