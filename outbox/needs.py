"""What only a person can settle, worst first, each with the one command that settles it.

Does: reads what was held or referred, what could not be judged or taken, and who is missing, and
puts each into a line.
Trusts: the register, the spool, the strays.
Never touches: documents: a line says which entry to look at, and why it waits.
Known limits: what has to be looked at first gets the command that shows it, and `show` says the
rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from config.calendar import briefly
from config.kind import Kinds
from handlers.register.entry import Entry
from handlers.register.matrix import CaseRow
from handlers.register.register import Register
from handlers.register.returns import REQUEST
from intake.ledger import Ledger
from intake.strays import Strays
from outbox import remedies
from outbox.apart import told
from outbox.facts import Need
from outbox.not_taken import not_taken
from outbox.reasons import reasons
from outbox.undecided import Asked

# What waits for a person, worst first, and what has been done about it so far.
_ENDS: tuple[tuple[Literal["hold", "refer"], str], ...] = (
    ("hold", "held, not answered"),
    ("refer", "waits for you to look"),
)
# The latest of its kind that came, unless a person has decided about it.
_TO_MEND_FROM_MACHINES = (
    "SELECT e.id, e.kind, e.agency_id FROM entries e JOIN origins o"
    " ON o.delivery_id = e.delivery_id AND o.agency_id = e.agency_id"
    " WHERE o.automatic <> '' AND e.verdict = 'reject' AND e.decision_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.entry_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM entries later WHERE later.agency_id = e.agency_id"
    "   AND later.id > e.id AND later.kind IS e.kind) ORDER BY e.id"
)
_PAUSED = "nothing is chased until you decide"


class Needs:
    """Reads them."""

    def __init__(self, ledger: Ledger, register: Register, strays: Strays, kinds: Kinds) -> None:
        self._ledger = ledger
        self._register = register
        self._strays = strays
        self._kinds = kinds

    def all(
        self,
        cases: Sequence[CaseRow],
        last: datetime | None,
        now: datetime,
        asked: Mapping[int, Asked] = MappingProxyType({}),
    ) -> Iterator[Need]:
        """`last` is when the last digest was written: what lies in the drop folder and cannot be
        taken is told once. What is `asked` for, by its entry's number, is told before all this."""
        yield from self._set_aside()
        yield from self._waiting(cases, asked)
        yield from self._untold(cases)
        yield from self._nobody(cases)
        yield from self._not_taken(cases, last, now)

    def _set_aside(self) -> Iterator[Need]:
        for row in self._ledger.rows("SELECT id FROM deliveries WHERE state = 'set aside'"):
            yield Need(
                f"Delivery {row['id']} could not be judged after three tries. Ask the operator."
            )

    def asked(self, cases: Sequence[CaseRow], asked: Mapping[int, Asked]) -> Iterator[Need]:
        """What has waited too long, with since when and what is not chased for it."""
        names = _names(cases)
        for id, each in asked.items():
            entry = self._register.entries.get(id)
            if entry is not None:
                ends = (
                    f"has waited for you since {briefly(each.since)}, and the {each.nouns}"
                    f" {'is' if ' and ' not in each.nouns else 'are'} not chased meanwhile"
                )
                yield self._entry(entry, names, ends)

    def _waiting(self, cases: Sequence[CaseRow], asked: Mapping[int, Asked]) -> Iterator[Need]:
        names = _names(cases)
        for verdict, ends in _ENDS:
            for entry in self._register.entries.waiting(verdict):
                if entry.id in asked:
                    continue
                paused = entry.kind == REQUEST and verdict == "refer"
                yield self._entry(entry, names, _PAUSED if paused else ends)

    def _entry(self, entry: Entry, names: Mapping[int, str], ends: str) -> Need:
        what = told(entry, self._kinds.get(entry.kind))
        whose = f"{names[entry.agency_id]}: " if entry.agency_id is not None else ""
        if not whose and what.startswith("it "):
            whose = f"Entry {entry.id}: "
        says = f"{whose}{what}; {ends}."
        because = reasons(entry, self._kinds.get(entry.kind))
        return Need(says[:1].upper() + says[1:], remedies.show(entry.id), because)

    def _untold(self, cases: Sequence[CaseRow]) -> Iterator[Need]:
        """What needs changes and came from a machine, which is never answered (failure mode 66):
        whoever made it does not know."""
        names = {agency.id: f"{c.reference}, {agency.name}" for c in cases for agency in c.agencies}
        for row in self._ledger.rows(_TO_MEND_FROM_MACHINES):
            kind = self._kinds.get(row["kind"])
            what = kind.noun if kind else "a document not recognised"
            if row["agency_id"] in names:
                yield Need(
                    f"{names[row['agency_id']]}: {what} needs changes; its sender is a machine, so"
                    " nobody was told.",
                    remedies.show(row["id"]),
                )

    def _nobody(self, cases: Sequence[CaseRow]) -> Iterator[Need]:
        for case in cases:
            for agency in case.agencies if case.state == "open" else ():
                if not self._register.people.contacts_of(agency.id):
                    says = f"{case.reference}, {agency.name}: nobody is registered to write to."
                    yield Need(says, remedies.register(case.reference, agency.code, "author"))

    def _not_taken(
        self, cases: Sequence[CaseRow], last: datetime | None, now: datetime
    ) -> Iterator[Need]:
        codes = {agency.code for case in cases for agency in case.agencies}
        references = frozenset(case.reference for case in cases)
        for stray in self._strays.noticed(last):
            yield Need(not_taken(stray, codes, references, now))


def _names(cases: Sequence[CaseRow]) -> dict[int, str]:
    return {agency.id: f"{c.reference}, {agency.name}" for c in cases for agency in c.agencies}
