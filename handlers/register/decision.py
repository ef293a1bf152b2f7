"""A decision: what a person settles or agrees and why, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.calendar import date_in_words
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import SETTLED_STATES, ReturnMove, ReturnState

DecisionKind = Literal[
    "accept",
    "reject",
    "assign",
    "keep",
    "unplace",
    "withdraw",
    "extend",
    "waive",
    "outside",
    "prolong",
    "hold",
    "reopen",
    "close",
    "add",
    "remove",
    "pause",
    "back",
    "undo",
]

WITHDRAW: DecisionKind = "withdraw"  # an entry that should never have come is destroyed

# Where a decision about a case leaves it.
CASE_STATES: dict[str, str] = {"hold": "on hold", "reopen": "open", "close": "closed"}


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """Why, in people's own words, which the register seals.

    `by` is who decided, `agreed_by` who agreed to more time, `tell` what the agency is told, and
    `typed_by` the login at which it was typed; `mail` is the Message-ID of the mail that said it,
    "" for a command.
    """

    reason: str
    by: str
    agreed_by: str = ""
    tell: str = ""
    typed_by: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """All that may be changed of a case as a whole."""

    case_id: int
    state: str
    complete_by: date


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be written: one row, and the returns it moves. `undoes` is the number of a
    decision that stands no more."""

    what: DecisionKind
    because: DecisionReason
    case_id: int | None = None
    agency_id: int | None = None
    entry_id: int | None = None
    return_id: int | None = None
    contact_id: int | None = None
    until: date | None = None
    undoes: int | None = None
    case_was: CaseStanding | None = None  # undo: how its case stands again
    moves: tuple[ReturnMove, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionRefused:
    """It cannot be decided, and what could be done instead: a sentence or two."""

    why: str


def refuse_closed_case(reference: str) -> DecisionRefused:
    """Why nothing is decided in a case that is closed."""
    return DecisionRefused(f"{reference} is closed. Reopen it first.")


def waive_return(
    case: CaseRow, agency: AgencyRow, row: ReturnRow, because: DecisionReason
) -> Decision | DecisionRefused:
    """The board does without this return."""
    if refused := _not_open(case, row):
        return refused
    move = ReturnMove(row.id, row.kind, row.state, "waived", row.received, row.accepted)
    return Decision("waive", because, case.id, agency.id, return_id=row.id, moves=(move,))


def settle_outside(
    case: CaseRow,
    agency: AgencyRow,
    row: ReturnRow,
    seen: date,
    today: date,
    because: DecisionReason,
) -> Decision | DecisionRefused:
    """The board has seen this return itself, on a day, and this service has not."""
    if refused := _not_open(case, row):
        return refused
    if seen > today:
        return DecisionRefused(f"{date_in_words(seen)} is still to come.")
    move = ReturnMove(row.id, row.kind, row.state, "outside", row.received, seen)
    place = (case.id, agency.id)
    return Decision("outside", because, *place, return_id=row.id, until=seen, moves=(move,))


def extend_return(
    case: CaseRow,
    agency: AgencyRow,
    row: ReturnRow,
    until: date,
    today: date,
    because: DecisionReason,
) -> Decision | DecisionRefused:
    """A return is due later. What is chased of it starts anew from that day."""
    if refused := _not_open(case, row):
        return refused
    if until < row.due or (until == row.due and not row.is_with_report):
        return DecisionRefused(f"It is due on {date_in_words(row.due)}; more time ends after that.")
    if until < today:
        return DecisionRefused(f"{date_in_words(until)} is past.")
    return Decision("extend", because, case.id, agency.id, return_id=row.id, until=until)


def prolong_case(
    case: CaseRow, to: date, today: date, because: DecisionReason
) -> Decision | DecisionRefused:
    """The review as a whole may take longer, as somebody has agreed in writing."""
    if case.state == "closed":
        return refuse_closed_case(case.reference)
    if to <= case.complete_by:
        day = date_in_words(case.complete_by)
        return DecisionRefused(f"It is to be complete by {day}; an extension ends after that.")
    if to < today:
        return DecisionRefused(f"{date_in_words(to)} is past.")
    return Decision("prolong", because, case.id, until=to)


def change_case_state(
    case: CaseRow, what: Literal["hold", "reopen", "close"], because: DecisionReason
) -> Decision | DecisionRefused:
    """The case as a whole: on hold, going on, closed."""
    if case.state == CASE_STATES[what]:
        return DecisionRefused(f"{case.reference} is {case.state} already.")
    if what == "hold" and case.state == "closed":
        return refuse_closed_case(case.reference)
    return Decision(what, because, case.id)


_SETTLED: dict[ReturnState, str] = {
    "accepted": "It is accepted already: nothing more is asked for.",
    "nil": "It is settled already, by a nil return.",
    "outside": "It is settled already: the board has seen it outside this service.",
    "waived": "It is settled already: waived.",
}


def _not_open(case: CaseRow, row: ReturnRow) -> DecisionRefused | None:
    if case.state == "closed":
        return refuse_closed_case(case.reference)
    return DecisionRefused(_SETTLED[row.state]) if row.state in SETTLED_STATES else None
