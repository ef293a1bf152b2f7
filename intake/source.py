"""Where deliveries come from: what every mailbox and folder must be able to do.

Does: states the contract that `tests/intake/test_sources.py` holds every source to.
Trusts: nothing that a source brings.
Never touches: anything; this module only says what there is.
Known limits: one process works a source at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

Outcome = Literal["taken", "set aside"]
LARGEST = 50 * 1024 * 1024  # bytes; a toolkit return is a hundredth of this


class Vanished(Exception):
    """It was there a moment ago and is not there now."""


class Unreadable(Exception):
    """It is there and cannot be read; it may be open in another program."""


class TooLarge(Exception):
    """It is larger than anything the toolkit asks for."""


class NotThere(Exception):
    """The source, or a part of it, is away: a share not mounted, a folder that cannot be opened."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a source has, settled and ready to be read.

    `place` is the source's own key for it, made of ids and keyed hashes: no file name and no
    address. `agency` and `case` are what the place itself proves about who sent it (a folder
    that only that agency can write), or None; `name` is the file's own, for what is answered
    beside it. What `stays` is never taken away: the same content there is the same arrival.
    """

    place: str
    agency: str | None = None
    case: str | None = None
    name: str | None = None
    stays: bool = False


class Source(Protocol):
    """A place that deliveries come from. `name` is stored with each: "drop", "mail-1"."""

    @property
    def name(self) -> str: ...

    def offers(self) -> Iterable[Offer]:
        """Everything there and ready, also what was there before the service started.

        Raises NotThere, when only a part is away after everything else was offered.
        """
        ...

    def read(self, offer: Offer) -> bytes:
        """Its raw bytes; the source keeps it. Raises Vanished, Unreadable or TooLarge."""
        ...

    def release(self, place: str, content: str, outcome: Outcome) -> None:
        """The spool holds what was at `place` with the mark `content`: it need not stay.

        Doing it twice, or for something that has gone, is harmless. What now lies there with
        other content is left alone and will be offered. Raises NotThere, Unreadable, TooLarge or
        OSError; it may then be asked again.
        """
        ...
