"""Granting: the commands by which a request for more time is given what it asks for.

Does: finds the returns that a request is about and the day it names, and writes a command for each,
to be pasted. Pure.
Trusts: the register for what the agency owes.
Never touches: what is owed; a person decides.
Known limits: a day that was not read stands there as DATE, and of a request that names no return
every one that is owed has its command.
"""

from __future__ import annotations

from config.kind import Kinds
from handlers.register.entry import Entry
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.more_time import wanted
from handlers.register.returns import REQUEST, SETTLED
from outbox import remedies


def grants(entry: Entry, case: CaseRow, agency: AgencyRow, kinds: Kinds) -> tuple[str, ...]:
    """The commands, in the order of the checklist; none for what asks for no more time."""
    if entry.kind != REQUEST:
        return ()
    asked = wanted(entry.told.clues.asks, kinds)
    owed = [row for row in agency.returns if row.state not in SETTLED and kinds[row.kind].chased]
    named = [row for row in owed if row.kind in (asked.kinds or entry.told.names)] or owed
    return tuple(
        remedies.extend(
            case.reference,
            agency.code,
            row.kind,
            asked.until if asked.until and asked.until > row.due else None,
        )
        for row in named
    )
