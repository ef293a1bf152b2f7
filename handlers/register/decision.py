"""A decision: what a person settles or agrees and why, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.calendar import in_words
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import SETTLED, Move

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


def waive(case: CaseRow, agency: AgencyRow, row: ReturnRow, because: Because) -> Decision | Cannot:
    """The board does without this return."""
    if refused := _not_open(case, row):
        return refused
    move = Move(row.id, row.kind, row.state, "waived", row.received, row.accepted)
    return Decision("waive", because, case.id, agency.id, return_id=row.id, moves=(move,))


def extend(
    case: CaseRow, agency: AgencyRow, row: ReturnRow, until: date, today: date, because: Because
) -> Decision | Cannot:
    """A return is due later. What is chased of it starts anew from that day."""
    if refused := _not_open(case, row):
        return refused
    if until <= row.due:
        return Cannot(f"It is due on {in_words(row.due)}; more time ends after that.")
    if until < today:
        return Cannot(f"{in_words(until)} is past.")
    return Decision("extend", because, case.id, agency.id, return_id=row.id, until=until)


def prolong(case: CaseRow, to: date, today: date, because: Because) -> Decision | Cannot:
    """The review as a whole may take longer, as somebody has agreed in writing."""
    if case.state == "closed":
        return closed(case.reference)
    if to <= case.complete_by:
        day = in_words(case.complete_by)
        return Cannot(f"It is to be complete by {day}; an extension ends after that.")
    if to < today:
        return Cannot(f"{in_words(to)} is past.")
    return Decision("prolong", because, case.id, until=to)


def put(
    case: CaseRow, what: Literal["hold", "reopen", "close"], because: Because
) -> Decision | Cannot:
    """The case as a whole: on hold, going on, closed."""
    if case.state == CASE_STATES[what]:
        return Cannot(f"{case.reference} is {case.state} already.")
    if what == "hold" and case.state == "closed":
        return closed(case.reference)
    return Decision(what, because, case.id)


def _not_open(case: CaseRow, row: ReturnRow) -> Cannot | None:
    if case.state == "closed":
        return closed(case.reference)
    return Cannot(f"It is settled already: {row.state}.") if row.state in SETTLED else None
