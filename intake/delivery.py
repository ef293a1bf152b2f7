"""A Delivery: one message or one dropped file, safe in the spool.

Does: names what the spool hands to judging.
Trusts: the spool that made it.
Never touches: anything; it is a plain value.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from intake.source import Outcome

State = Literal["spooled", "judged", "set aside"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """`content` is the keyed hash under which the vault holds the raw bytes; `received` is UTC.
    `name` is what a dropped file was called: never shown, only answered beside it. Of a message
    that is `oversize` the content is its header block: the rest was never fetched. `outcome` is
    what it came to, once it is judged."""

    id: int
    source: str
    place: str
    agency: str | None
    case: str | None
    content: str
    received: datetime
    state: State
    tries: int
    name: str | None = None
    oversize: bool = False
    outcome: Outcome | None = None

    @property
    def dropped(self) -> bool:
        """Whether it came through the drop folder, whose permissions prove the agency."""
        return self.source == "drop"
