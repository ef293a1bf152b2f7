"""What waits for us, return by return: read once, for all that is derived at one time.

Does: reads from the spool, the register and the outages what silences the chasers.
Trusts: their rows.
Never touches: what is in an entry.
Known limits: a message that a mailbox has and that cannot be read silences nobody: whose it is
cannot be known, and the operator was told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Literal

from config.kind import Kinds
from handlers.register.entries import SEALED_AWAY, Unsettled
from handlers.register.entry import NOT_JUDGED
from handlers.register.matrix import CaseRow
from handlers.register.register import Register
from intake.drop.share import NAME as DROP
from intake.outages import Outages
from intake.spool import Spool
from intake.strays import Strays
from outbox.matter import asks_for_time, matter
from outbox.silence import Waiting

Sort = Literal["requests", "sealed", "referred"]
WaitingOf = Callable[[int, str], Waiting]  # by the agency's id and the kind of return


class Waits:
    """Reads what waits."""

    def __init__(
        self, register: Register, spool: Spool, outages: Outages, strays: Strays, kinds: Kinds
    ) -> None:
        self._kinds = kinds
        self._register = register
        self._spool = spool
        self._outages = outages
        self._strays = strays

    def now(self, cases: Iterable[CaseRow], now: datetime) -> WaitingOf:
        """What waits of each agency's that one of its returns is the matter of, as things
        stand."""
        cases = list(cases)
        outages = self._outages.recent(now)
        unseen = any(outage.source_away for outage in outages)
        unjudged = self._spool.counts()["spooled"] > 0
        set_aside = self._set_aside()
        unread = self._unread(cases)
        entries = self._entries(cases)

        def of(agency_id: int, kind: str) -> Waiting:
            of_theirs = entries[agency_id, kind]
            return Waiting(
                unseen=unseen,
                unjudged=unjudged,
                set_aside=agency_id in set_aside,
                unread=agency_id in unread,
                requests=tuple(of_theirs["requests"]),
                sealed=tuple(of_theirs["sealed"]),
                referred=tuple(of_theirs["referred"]),
            )

        return of

    def _set_aside(self) -> frozenset[int]:
        """Whose waits for a person since it could not be judged: it may be any of their returns."""
        waits = self._register.entries.unsettled()
        return frozenset(entry.agency_id for entry in waits if entry.reason == NOT_JUDGED)

    def _unread(self, cases: Sequence[CaseRow]) -> frozenset[int]:
        """Whose folder has a file that was not taken and may be any of their returns; in a folder
        of one case, of those there."""
        found = set[int]()
        references = {case.reference for case in cases}
        for stray in self._strays.perhaps_returns():
            code, below = (*stray.way, "", "")[:2]
            for case in cases if stray.source == DROP else ():
                if below not in references or below == case.reference:
                    found.update(agency.id for agency in case.agencies if agency.code == code)
        return frozenset(found)

    def _entries(
        self, cases: Iterable[CaseRow]
    ) -> defaultdict[tuple[int, str], defaultdict[Sort, list[int]]]:
        """The numbers of the entries that wait, by agency, by kind of return and by what waits."""
        found: defaultdict[tuple[int, str], defaultdict[Sort, list[int]]]
        found = defaultdict(lambda: defaultdict(list))
        owed = {a.id: {r.kind for r in a.returns} for case in cases for a in case.agencies}
        for entry in self._register.entries.unsettled():
            if entry.reason == NOT_JUDGED:
                continue
            for kind in matter(entry, owed.get(entry.agency_id, ()), self._kinds):
                found[entry.agency_id, kind][_sort(entry)].append(entry.id)
        return found


def _sort(entry: Unsettled) -> Sort:
    if entry.reason in SEALED_AWAY:
        return "sealed"
    return "requests" if asks_for_time(entry) else "referred"
