"""Calling back: a letter of the ladder that has not left and need not go any more.

Does: decides, for each return that a letter asks for, whether it may still be asked for. Pure.
Trusts: the register, as it stands once the sources were looked at again.
Never touches: letters that may have gone.
Known limits: a letter that asks for two things is called back when one of them has come; what is
still due is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import CHASED
from outbox.letter import Rungs
from outbox.silence import silence
from outbox.waiting import WaitingOf

HAS_COME = "what it asked for has come"
NOT_OWED = "what it asked for is not owed any more"
SAID_WITH_MORE = "another draft says it, with what has become as late since"
OTHER_DAY = "what it asked for is due on another day"

Owed = tuple[CaseRow, AgencyRow, ReturnRow]


def owed_in(cases: Iterable[CaseRow]) -> dict[int, Owed]:
    """Every return by its id, with whose it is."""
    return {
        row.id: (case, agency, row)
        for case in cases
        for agency in case.agencies
        for row in agency.returns
    }


def called_back(
    rungs: Sequence[Rungs], owed: Mapping[int, Owed], waiting_of: WaitingOf
) -> str | None:
    """Why a letter for these rungs is not to go, or None."""
    return next(
        (why for rung in rungs if (why := _why(rung, owed.get(rung.return_id), waiting_of))), None
    )


def _why(rung: Rungs, owed: Owed | None, waiting_of: WaitingOf) -> str | None:
    if owed is None:
        return NOT_OWED
    case, agency, row = owed
    if row.state not in CHASED:
        return NOT_OWED if row.state == "waived" else HAS_COME
    if row.due_version != rung.due_version:
        return OTHER_DAY
    if case.state == "closed":
        return NOT_OWED
    silent = silence(case, waiting_of(agency.id, row.kind))
    return silent[0] if silent else None
