"""What only a person can settle, worst first, each with the one command that settles it.

Does: reads what was held or referred, what could not be judged or taken, who is missing and which
letters are to be released, and puts each into a line; what is the same and many into one.
Trusts: the register, the spool, the strays.
Never touches: documents: a line says which entry to look at, and why it waits.
Known limits: what has to be looked at first gets the command that shows it, and `show` says the
rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from types import MappingProxyType

from config.calendar import Calendar, moment
from config.kind import Kinds
from handlers.register.matrix import CaseRow
from handlers.register.register import Register
from intake.ledger import Ledger
from intake.strays import Strays
from outbox import remedies
from outbox.asks import Asks
from outbox.drafted import drafted
from outbox.facts import Need
from outbox.groups import HANDFUL, group, together
from outbox.not_taken import folder, not_taken
from outbox.undecided import Asked
from outbox.words import listed

# The latest of its kind that came, unless a person has decided about it.
_TO_MEND_FROM_MACHINES = (
    "SELECT e.id, e.kind, e.agency_id FROM entries e JOIN origins o"
    " ON o.delivery_id = e.delivery_id AND o.agency_id = e.agency_id"
    " WHERE o.automatic <> '' AND e.verdict = 'reject' AND e.decision_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.entry_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM entries later WHERE later.agency_id = e.agency_id"
    "   AND later.id > e.id AND later.kind IS e.kind) ORDER BY e.id"
)


class Needs:
    """Reads them."""

    def __init__(
        self,
        ledger: Ledger,
        register: Register,
        strays: Strays,
        kinds: Kinds,
        may_say: Callable[[str], bool],
        calendar: Calendar,
    ) -> None:
        self._ledger = ledger
        self._register = register
        self._strays = strays
        self._kinds = kinds
        self._asks = Asks(register, kinds, may_say, self._arrived, calendar)

    def first(
        self, cases: Sequence[CaseRow], asked: Mapping[int, Asked], zone: tzinfo | None
    ) -> Iterator[Need]:
        """What is urgent, and what has waited too long: told before all else."""
        return self._asks.first(cases, asked, zone)

    def all(
        self,
        cases: Sequence[CaseRow],
        last: datetime | None,
        now: datetime,
        asked: Mapping[int, Asked] = MappingProxyType({}),
        silencing: Mapping[int, Asked] = MappingProxyType({}),
    ) -> Iterator[Need]:
        """`last` is when the last digest was written: what lies in a source and cannot be taken
        is told once. What is `asked` for, by its entry's number, is told before all this,
        what is `silencing` returns with which; what strangers sent comes last, since it can be very
        much."""
        of_agencies, of_strangers = self._asks.waiting(cases, asked, silencing, now.tzinfo)
        yield from of_agencies
        yield from self._untold(cases)
        yield from self._nobody(cases)
        yield from self._not_taken(cases, last, now)
        yield from drafted(self._ledger)
        yield from of_strangers

    def _arrived(self, delivery_id: int, zone: tzinfo | None) -> str:
        """ "put into the drop folder at 9:15am on Monday 3 May 2010"."""
        sql = "SELECT source, received FROM deliveries WHERE id = ?"
        for row in self._ledger.rows(sql, delivery_id):
            way = "put into the drop folder" if row["source"] == "drop" else "sent by mail"
            at = datetime.fromisoformat(row["received"]).astimezone(zone)
            return f"{way}, here since {moment(at)}"
        return ""

    def _untold(self, cases: Sequence[CaseRow]) -> Iterator[Need]:
        """What needs changes and came from a machine, which is never answered (failure mode 66):
        whoever made it does not know."""
        names = {agency.id: f"{c.reference}, {agency.name}" for c in cases for agency in c.agencies}
        rows = self._ledger.rows(_TO_MEND_FROM_MACHINES)
        of_cases = [row for row in rows if row["agency_id"] in names]
        for same in together(of_cases, lambda row: (row["agency_id"], row["kind"])):
            kind = self._kinds.get(same[0]["kind"])
            what = kind.noun if kind else "a document not recognised"
            ends = "needs changes; its sender is a machine, so nobody was told."
            whose, ids = names[same[0]["agency_id"]], [row["id"] for row in same]
            if len(same) == 1:
                yield Need(f"{whose}: {what} {ends}", remedies.show(ids[0]))
            else:
                many = group("entries", ids)
                says = f"{whose}, {len(ids):,} times: {what} {ends}"
                yield Need(says, remedies.show_group(many.name), group=many)

    def _nobody(self, cases: Sequence[CaseRow]) -> Iterator[Need]:
        for case in cases:
            alone = [
                agency
                for agency in (case.agencies if case.state == "open" else ())
                if not self._register.people.contacts_of(agency.id)
            ]
            if len(alone) > HANDFUL:
                yield Need(
                    f"{case.reference}: nobody is registered to write to at"
                    f" {listed([agency.name for agency in alone])}. Put people into its case file,"
                    " and load it:",
                    "scr-intake case load FILE",
                )
                continue
            for agency in alone:
                says = f"{case.reference}, {agency.name}: nobody is registered to write to."
                yield Need(says, remedies.register(case.reference, agency.code, "author"))

    def _not_taken(
        self, cases: Sequence[CaseRow], last: datetime | None, now: datetime
    ) -> Iterator[Need]:
        codes = {agency.code for case in cases for agency in case.agencies}
        references = frozenset(case.reference for case in cases)
        places = [(stray, folder(stray, codes, references)) for stray in self._strays.noticed(last)]
        for same in together(places, lambda each: (each[0].kind, each[1])):
            yield Need(not_taken([stray for stray, _ in same], same[0][1], now))
