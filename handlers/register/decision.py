"""A decision: what a person settles and why, as plain values.

Does: names what is decided, or that it cannot be.
Trusts: `ruling.py` and `agreement.py`, which decide.
Never touches: the register; `handlers/register/decisions.py` writes what is decided.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.register.owed import Move

What = Literal[
    "accept",
    "reject",
    "assign",
    "keep",
    "extend",
    "waive",
    "prolong",
    "hold",
    "reopen",
    "close",
    "add",
    "remove",
    "pause",
    "back",
]

# Where a decision about a case leaves it.
CASE_STATES: dict[str, str] = {"hold": "on hold", "reopen": "open", "close": "closed"}


@dataclass(frozen=True, slots=True)
class Because:
    """Why, in people's own words, which the register seals.

    `by` is who decided, `agreed_by` who agreed to more time, `tell` what the agency is told.
    """

    reason: str
    by: str
    agreed_by: str = ""
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be written: one row, and the returns it moves."""

    what: What
    because: Because
    case_id: int | None = None
    agency_id: int | None = None
    entry_id: int | None = None
    return_id: int | None = None
    contact_id: int | None = None
    until: date | None = None
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Cannot:
    """It cannot be decided, and what could be done instead: a sentence or two."""

    why: str


def closed(reference: str) -> Cannot:
    """Why nothing is decided in a case that is closed."""
    return Cannot(f"{reference} is closed. Reopen it first.")
