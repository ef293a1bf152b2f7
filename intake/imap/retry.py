"""How long to wait before trying again: longer each time, and never all at the same moment.

Does: gives the waits between tries of a connection, and of a message that cannot be read.
Trusts: the random numbers and the clock it is given.
Never touches: time itself.
Known limits: kept in memory: a service that starts again begins anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

FIRST, LONGEST = 1.0, 300.0  # seconds between tries of a server that does not answer
FIRST_REFUSED, LONGEST_REFUSED = 60.0, 900.0  # of one that refuses: more tries could lock us out
PATIENT = 3  # tries of a message at once, before waits begin
MESSAGE_FIRST, MESSAGE_LONGEST = 60.0, 3600.0  # seconds between tries after those


@dataclass(slots=True)
class BackOff:
    """The waits for one connection. `chance` gives numbers from 0 up to 1."""

    chance: Callable[[], float]
    tries: int = 0

    def wait(self, *, refused: bool = False) -> float:
        """How long, after one more try in vain: half of it certain, half by chance."""
        first, longest = (FIRST_REFUSED, LONGEST_REFUSED) if refused else (FIRST, LONGEST)
        whole: float = min(longest, first * 2 ** min(self.tries, 20))
        self.tries += 1
        return whole * (0.5 + 0.5 * self.chance())

    def over(self) -> None:
        """It answers."""
        self.tries = 0


@dataclass(slots=True)
class Spoilt:
    """Messages that could not be read: one that breaks the connection each time must not keep
    others from being read."""

    clock: Callable[[], float]
    _tries: dict[str, int] = field(default_factory=dict)
    _not_before: dict[str, float] = field(default_factory=dict)
    _why: dict[str, type[Exception]] = field(default_factory=dict)

    def rests(self, place: str) -> type[Exception] | None:
        """Why it is not to be asked for now; None when it is."""
        return self._why[place] if self.clock() < self._not_before.get(place, 0.0) else None

    def again(self, place: str, why: type[Exception]) -> None:
        """It went wrong once more."""
        self._why[place] = why
        tries = self._tries[place] = self._tries.get(place, 0) + 1
        if tries >= PATIENT:
            wait = min(MESSAGE_LONGEST, MESSAGE_FIRST * 2 ** min(tries - PATIENT, 20))
            self._not_before[place] = self.clock() + wait

    def well(self, place: str) -> None:
        """It was read."""
        self._tries.pop(place, None)
        self._not_before.pop(place, None)
        self._why.pop(place, None)
