"""What the administrator has to be told today, gathered.

Does: reads the matrix, what only a person can settle, and what came and went.
Trusts: the register, the queue.
Never touches: findings, documents.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from config.kind import Kinds
from handlers.register.entry import Entry
from handlers.register.matrix import CaseRow
from handlers.register.register import Register
from intake.ledger import Ledger
from intake.strays import Strays
from outbox.apart import told
from outbox.chasing import Chasing
from outbox.digest import Day
from outbox.facts import Need
from outbox.loop import unanswered_programs
from outbox.not_sent import not_sent
from outbox.not_taken import not_taken
from outbox.noted import Noted
from outbox.queue import Queue
from outbox.returned import late

# What waits for a person, worst first, and what has been done about it so far.
_ENDS: tuple[tuple[Literal["hold", "refer"], str], ...] = (
    ("hold", "held, not answered"),
    ("refer", "waits for you to look"),
)


class Briefing:
    """Gathers the day."""

    def __init__(
        self,
        ledger: Ledger,
        register: Register,
        queue: Queue,
        strays: Strays,
        chasing: Chasing,
        kinds: Kinds,
    ) -> None:
        self._ledger = ledger
        self._strays = strays
        self._register = register
        self._queue = queue
        self._chasing = chasing
        self._kinds = kinds
        self._noted = Noted(ledger, register, kinds)

    def day(self, now: datetime) -> Day:
        cases = self._register.matrix(now.date())
        since = self._queue.last_digest(now.date())
        last = self._queue.last_digest_written(before=now.date())
        return Day(
            now=now,
            began=self._register.record.began(),
            cases=cases,
            needs=(
                *self._needs(cases),
                *map(Need, not_sent(self._ledger, now)),
                *map(Need, late(self._ledger, last)),
                *self._not_taken(now),
            ),
            notes=(*self._noted.since(last), *unanswered_programs(self._ledger, last)),
            suppressed=self._chasing.suppressed(now, last),
            arrived=self._count("deliveries", "received", since),
            sent=self._count("letters", "sent", since),
            since=since,
            record=self._register.record.head(),
        )

    def _count(self, table: str, column: str, since: date | None) -> int:
        sql = f"SELECT count(*) AS n FROM {table} WHERE {column} >= ?"  # noqa: S608  our own words
        row = self._ledger.row(sql, since.isoformat() if since else "")
        return int(row["n"]) if row else 0

    def _needs(self, cases: Sequence[CaseRow]) -> Iterator[Need]:
        """What only a person can settle, worst first."""
        names = {agency.id: f"{c.reference}, {agency.name}" for c in cases for agency in c.agencies}
        for verdict, ends in _ENDS:
            for entry in self._register.entries.waiting(verdict):
                yield self._entry(entry, names, ends)
        for row in self._ledger.rows("SELECT id FROM deliveries WHERE state = 'set aside'"):
            yield Need(
                f"Delivery {row['id']} could not be judged after three tries. Ask the operator."
            )
        for case in cases:
            for agency in case.agencies if case.state == "open" else ():
                if not self._register.people.contacts_of(agency.id):
                    says = f"{case.reference}, {agency.name}: nobody is registered to write to."
                    yield Need(says, f"scr-intake contact add {case.reference} {agency.code}")

    def _not_taken(self, now: datetime) -> Iterator[Need]:
        """What was found in the drop folder since the last digest and cannot be taken."""
        codes = {a.code for case in self._register.matrix(now.date()) for a in case.agencies}
        references = frozenset(self._register.cases.references())
        since = self._queue.last_digest_written(before=now.date())
        for stray in self._strays.noticed(since):
            yield Need(not_taken(stray, codes, references, now))

    def _entry(self, entry: Entry, names: Mapping[int, str], ends: str) -> Need:
        """One line about an entry, and the command that shows it."""
        what = told(entry, self._kinds.get(entry.kind))
        whose = f"{names[entry.agency_id]}: " if entry.agency_id is not None else ""
        says = f"{whose}{what}; {ends}."
        return Need(says[:1].upper() + says[1:], f"scr-intake show {entry.id}")
