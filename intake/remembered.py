"""What was opened once and would be opened again: kept by the very bytes it was opened from.

Does: keeps so many values, those last asked for; makes what it does not have.
Trusts: its caller, that the same key always comes to the same value, which nobody changes.
Never touches: the ledger; what was sealed anew has other bytes, and so is opened anew.
Known limits: what is kept stays in memory until others take its place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Remembered(Generic[_Value]):
    """At most `most` values."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, _Value] = {}

    def get(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """The value that was kept under this key, or else the one made now. Raises what `make`
        raises, and keeps nothing then."""
        value = self._kept.pop(key) if key in self._kept else make()
        self._kept[key] = value
        if len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
        return value
