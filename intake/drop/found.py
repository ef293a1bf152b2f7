"""What a look at the drop folder finds: files that may be returns.

Does: names them as plain values.
Trusts: nothing.
Never touches: anything.
Known limits: none.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from intake.opened import Stamp


@dataclass(frozen=True, slots=True)
class Found:
    """A file seen by one look: the folders on the way to it, its name, and what must not change
    until the next look. `locked` is since when a lock file beside it says that it is open
    (seconds), or None."""

    way: tuple[str, ...]
    name: str
    stamp: Stamp
    locked: float | None = None

    @property
    def agency(self) -> str:
        """The folder's name, where it can be an agency's code at all; codes are ASCII."""
        return self.way[0] if self.way[0].isascii() else ""

    @property
    def case(self) -> str | None:
        """The folders below the agency's, one of which may be called after a case."""
        return "/".join(self.way[1:]) or None

    @property
    def path(self) -> bytes:
        """By the names' bytes: what differs in case or in Unicode form does not collide."""
        return path(self.way, self.name)


def path(way: tuple[str, ...], name: str) -> bytes:
    return os.fsencode("/".join((*way, name)))
