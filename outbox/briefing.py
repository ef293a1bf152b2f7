"""What the administrator has to be told today, gathered.

Does: reads the matrix, what only a person can settle, and what came and went.
Trusts: the register, the queue.
Never touches: findings, documents.
Known limits: an entry is named by its number; commands that settle it are still to come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from config.kind import Kinds
from handlers.register.matrix import CaseRow
from handlers.register.register import Register
from intake.ledger import Ledger
from intake.strays import Strays
from outbox.apart import told
from outbox.digest import Day
from outbox.not_sent import not_sent
from outbox.not_taken import not_taken
from outbox.noted import Noted
from outbox.queue import Queue
from outbox.returned import late


class Briefing:
    """Gathers the day."""

    def __init__(
        self, ledger: Ledger, register: Register, queue: Queue, strays: Strays, kinds: Kinds
    ) -> None:
        self._ledger = ledger
        self._strays = strays
        self._register = register
        self._queue = queue
        self._kinds = kinds
        self._noted = Noted(ledger, register, kinds)

    def day(self, now: datetime) -> Day:
        cases = self._register.matrix(now.date())
        since = self._queue.last_digest(now.date())
        return Day(
            now=now,
            began=self._register.record.began(),
            cases=cases,
            needs=(
                *self._needs(cases),
                *not_sent(self._ledger, now),
                *late(self._ledger, self._queue.last_digest_written(before=now.date())),
                *self._not_taken(now),
            ),
            notes=tuple(self._noted.since(self._queue.last_digest_written(before=now.date()))),
            arrived=self._count("deliveries", "received", since),
            sent=self._count("letters", "sent", since),
            since=since,
            record=self._register.record.head(),
        )

    def _count(self, table: str, column: str, since: date | None) -> int:
        sql = f"SELECT count(*) AS n FROM {table} WHERE {column} >= ?"  # noqa: S608  our own words
        row = self._ledger.row(sql, since.isoformat() if since else "")
        return int(row["n"]) if row else 0

    def _needs(self, cases: Sequence[CaseRow]) -> Iterator[str]:
        """What only a person can settle, worst first."""
        yield from self._entries_for_a_person()
        for row in self._ledger.rows("SELECT id FROM deliveries WHERE state = 'set aside'"):
            yield f"Delivery {row['id']} could not be judged after three tries. Ask the operator."
        for case in cases:
            for agency in case.agencies if case.state == "open" else ():
                if not self._register.people.contacts_of(agency.id):
                    yield f"{case.reference}, {agency.name}: nobody is registered to write to."

    def _not_taken(self, now: datetime) -> Iterator[str]:
        """What was found in the drop folder since the last digest and cannot be taken."""
        codes = {a.code for case in self._register.matrix(now.date()) for a in case.agencies}
        references = frozenset(self._register.cases.references())
        since = self._queue.last_digest_written(before=now.date())
        for stray in self._strays.noticed(since):
            yield not_taken(stray, codes, references, now)

    def _entries_for_a_person(self) -> Iterator[str]:
        sql = (
            "SELECT e.id, e.verdict, e.reason, e.kind, c.reference, a.name FROM entries e"
            " LEFT JOIN cases c ON c.id = e.case_id LEFT JOIN agencies a ON a.id = e.agency_id"
            " LEFT JOIN returns r ON r.id = e.return_id"
            " WHERE e.verdict = 'hold' OR (e.verdict = 'refer'"
            "   AND (r.id IS NULL OR r.state = 'referred' OR e.id ="
            "     (SELECT max(id) FROM entries WHERE return_id = e.return_id)))"
            " ORDER BY e.verdict, e.id"
        )
        for row in self._ledger.rows(sql):
            entry = self._register.entries.get(row["id"])
            assert entry is not None  # it was just listed
            what = told(entry, self._kinds.get(row["kind"]))
            whose = f"{row['reference']}, {row['name']}: " if row["reference"] else ""
            held = "held, not answered" if row["verdict"] == "hold" else "waits for you to look"
            yield f"{whose}{what}; {held} (entry {row['id']})."
