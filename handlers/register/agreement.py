"""An agreement: more time for a return or a review, doing without a return, a case put on hold or
to an end.

Does: decides, pure, what that comes to, or why it cannot be.
Trusts: the register for where case and return stand.
Never touches: the register; `handlers/register/decisions.py` writes what is decided here.
Known limits: none.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from config.calendar import in_words
from handlers.register.decision import CASE_STATES, Because, Cannot, Decision, closed
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.owed import Move
from handlers.register.returns import SETTLED


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
