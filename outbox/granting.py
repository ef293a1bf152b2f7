"""Granting: the commands by which a request for more time is given what it asks for.

Does: finds the returns that a request is about and the day it names, and writes a command for those
that are to have the same day, to be pasted; says of which of them something was agreed since. Pure.
Trusts: the register for what the agency owes.
Never touches: what is owed; a person decides.
Known limits: a day that was not read stands there as DATE, and of a request that names no return
every one that is owed stands in the command. Of several days of which it is not plain which is for
which each has a command, with KIND in it where several returns are owed; where one day may be read
as two, each of them has one, the earliest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from config.calendar import Calendar, in_words
from config.kind import Kinds
from handlers.register.answered import MESSAGE
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
    calendar: Calendar,
    agreed: Collection[str] = (),
    *,
    any_message: bool = False,
) -> tuple[str, ...]:
    """The commands, the earliest day first, and then in the order of the checklist; none for what
    asks for no more time. `agreed` are the kinds that were agreed about since. With
    `any_message` one that only names returns has them too."""
    if not (asks_for_time(entry) or (any_message and is_message(entry) and entry.told.names)):
        return ()
    ask, open = wanted(entry.told.clues.asks, kinds), left(entry, agency, kinds, agreed)
    if ask.several and len(open) > 1:
        return tuple(
            remedies.extend(case.reference, agency.code, ["KIND"], day)
            for day in sorted(ask.several)
        )
    by_days = defaultdict[tuple[date, ...], list[str]](list)
    for row in open:
        by_days[ask.days_of(row.kind, row.due, calendar)].append(row.kind)
    return tuple(
        remedies.extend(case.reference, agency.code, of_days, day)
        for day, of_days in sorted(
            ((day, of_days) for days, of_days in by_days.items() for day in days or (None,)),
            key=lambda each: each[0] or date.max,
        )
    )


def asks_for_time(entry: Entry) -> bool:
    """A request; or a message that answers a reminder and asks something, kept as one is."""
    return entry.kind == REQUEST or (is_message(entry) and bool(entry.told.clues.asks))


def is_message(entry: Entry) -> bool:
    """Whether it is a message without a document, and no return of itself."""
    return entry.reason == MESSAGE and entry.kind is None and entry.agency_id is not None


def days_off(
    entry: Entry, agency: AgencyRow, kinds: Kinds, calendar: Calendar, agreed: Collection[str] = ()
) -> tuple[str, ...]:
    """ "Monday 31 May 2010 is no working day; the next is Tuesday 1 June 2010."."""
    ask = wanted(entry.told.clues.asks, kinds)
    open = left(entry, agency, kinds, agreed)
    days = {day for row in open for day in ask.days_of(row.kind, row.due, calendar)}
    return tuple(
        f"{in_words(day)} is no working day; the next is {in_words(calendar.shift(day, 0))}."
        for day in sorted(days.union(ask.several))
        if not calendar.works(day)
    )


def left(entry: Entry, agency: AgencyRow, kinds: Kinds, agreed: Collection[str]) -> list[ReturnRow]:
    """The returns that it asks about and that nothing was agreed about since."""
    ask = wanted(entry.told.clues.asks, kinds)
    asked = () if ask.whole else ask.kinds or entry.told.names
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
