"""Granting: the commands by which a request for more time is given what it asks for.

Does: finds the returns that a request is about and the day it names, and writes a command for those
that are to have the same day, to be pasted; says of which of them something was agreed since. Pure.
Trusts: the register for what the agency owes.
Never touches: what is owed; a person decides.
Known limits: a day that was not read stands there as DATE, and of a request that names no return
every one that is owed stands in the command.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from config.kind import Kinds
from handlers.register.entry import Entry
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.more_time import wanted
from handlers.register.returns import REQUEST, SETTLED
from outbox import remedies
from outbox.words import listed


def grants(
    entry: Entry,
    case: CaseRow,
    agency: AgencyRow,
    kinds: Kinds,
    agreed: Collection[str] = (),
) -> tuple[str, ...]:
    """The commands, in the order of the checklist; none for what asks for no more time. `agreed`
    are the kinds that were agreed about since."""
    if entry.kind != REQUEST:
        return ()
    until = wanted(entry.told.clues.asks, kinds).until
    by_day = defaultdict[date | None, list[str]](list)
    for row in left(entry, agency, kinds, agreed):
        later = until is not None and until > row.due
        by_day[until if later else None].append(row.kind)
    return tuple(
        remedies.extend(case.reference, agency.code, of_day, day) for day, of_day in by_day.items()
    )


def left(entry: Entry, agency: AgencyRow, kinds: Kinds, agreed: Collection[str]) -> list[ReturnRow]:
    """The returns that it asks about and that nothing was agreed about since."""
    asked = wanted(entry.told.clues.asks, kinds).kinds or entry.told.names
    owed = [row for row in agency.returns if row.state not in SETTLED and kinds[row.kind].chased]
    named = [row for row in owed if row.kind in asked] or owed
    return [row for row in named if row.kind not in agreed]


def agreed_in_part(agreed: Collection[str], kinds: Kinds) -> tuple[str, ...]:
    """ "Of what it asks, the chronology was decided since; the rest waits." """
    nouns = [kind.noun for kind in kinds.all if kind.id in agreed]
    if not nouns:
        return ()
    was = "was" if len(nouns) == 1 else "were"
    return (f"What it asks about the {listed(nouns)} {was} decided since; the rest waits.",)
