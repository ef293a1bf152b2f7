"""Entries: each submission and what it came to, logged once.

Does: logs a judged delivery whole (origin, entries, returns moved, record) in one transaction,
and reads entries back for letters and for people.
Trusts: the worker's judgements, already checked against their types.
Never touches: documents; it stores their keyed hashes.
Known limits: a document that was judged before is not judged again, even when the case's dates
have changed since; a person can ask for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from pydantic import TypeAdapter

from handlers import returns
from handlers.finding import Judgement, Verdict
from handlers.register.entry import Entry, EntryVerdict, Origin, Submission, Told
from handlers.register.record import Record
from intake.delivery import Delivery
from intake.ledger import Ledger, Row
from intake.vault import Vault

_TOLD = TypeAdapter(Told)
_SEALED = "entry"


class Entries:
    """The writer of `origins`, `entries`, `repeats` and of where returns stand."""

    def __init__(self, ledger: Ledger, vault: Vault, record: Record) -> None:
        self._ledger = ledger
        self._vault = vault
        self._record = record

    def known(self, agency_id: int, content: str) -> bool:
        """Whether this agency has sent these very bytes before."""
        sql = "SELECT 1 FROM entries WHERE agency_id = ? AND content = ?"
        return self._ledger.row(sql, agency_id, content) is not None

    def log(
        self,
        delivery: Delivery,
        origin: Origin,
        submissions: Sequence[Submission],
        day: date,
        now: datetime,
    ) -> None:
        """Log a whole delivery. Call inside the transaction that settles it in the spool.

        `day` is the day it reached us, by the board's clock: what `received` remembers.
        """
        self._origin(delivery, origin)
        for submission in submissions:
            if submission.verdict is not None:
                self._set_apart(delivery, origin, submission, now)
            elif not submission.judgements:
                self._repeat(delivery, origin, submission, now)
            for part, judgement in enumerate(submission.judgements, 1):
                self._entry(delivery, origin, submission, part, judgement, day, now)

    def of_delivery(self, delivery_id: int) -> list[Entry]:
        sql = "SELECT * FROM entries WHERE delivery_id = ? ORDER BY position, part"
        return [self._read(row) for row in self._ledger.rows(sql, delivery_id)]

    def repeated_in(self, delivery_id: int) -> list[Entry]:
        """The earlier entries whose very bytes came again in this delivery."""
        sql = (
            "SELECT e.* FROM entries e JOIN repeats r ON r.entry_id = e.id"
            " WHERE r.delivery_id = ? ORDER BY e.id"
        )
        return [self._read(row) for row in self._ledger.rows(sql, delivery_id)]

    def latest_for(self, return_id: int) -> Entry | None:
        sql = "SELECT * FROM entries WHERE return_id = ? ORDER BY id DESC LIMIT 1"
        row = self._ledger.row(sql, return_id)
        return self._read(row) if row else None

    def _origin(self, delivery: Delivery, origin: Origin) -> None:
        thread = self._vault.seal(origin.thread.encode(), "thread") if origin.thread else None
        self._ledger.write(
            "INSERT INTO origins (delivery_id, agency_id, contact_id, thread, automatic)"
            " VALUES (?, ?, ?, ?, ?)",
            *(delivery.id, origin.agency_id, origin.contact_id, thread, origin.automatic),
        )

    def _set_apart(
        self, delivery: Delivery, origin: Origin, submission: Submission, now: datetime
    ) -> None:
        told = Told(candidates=submission.candidates)
        verdict = submission.verdict
        assert verdict is not None
        id = self._insert(delivery, origin, submission, 1, None, None, verdict, told, now)
        self._record.append(
            now, "set apart", entry=id, delivery=delivery.id, verdict=verdict, why=submission.reason
        )

    def _repeat(
        self, delivery: Delivery, origin: Origin, submission: Submission, now: datetime
    ) -> None:
        sql = "SELECT id FROM entries WHERE agency_id = ? AND content = ?"
        for row in self._ledger.rows(sql, origin.agency_id, submission.content):
            self._ledger.write(
                "INSERT INTO repeats (delivery_id, entry_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                *(delivery.id, row["id"]),
            )
            self._record.append(now, "came again", entry=row["id"], delivery=delivery.id)

    def _entry(
        self,
        delivery: Delivery,
        origin: Origin,
        submission: Submission,
        part: int,
        judgement: Judgement,
        day: date,
        now: datetime,
    ) -> None:
        owed = self._ledger.row(
            "SELECT * FROM returns WHERE agency_id = ? AND kind = ?",
            *(origin.agency_id, judgement.kind),
        )
        told = Told(judgement.findings, judgement.passed)
        id = self._insert(
            delivery,
            origin,
            submission,
            part,
            judgement.kind,
            owed["id"] if owed else None,
            judgement.verdict,
            told,
            now,
        )
        state = self._move(owed, judgement.verdict, day) if owed else None
        self._record.append(
            now,
            "logged",
            entry=id,
            delivery=delivery.id,
            case=origin.reference,
            agency=origin.code,
            kind=judgement.kind,
            verdict=judgement.verdict,
            state=state,
        )

    def _insert(
        self,
        delivery: Delivery,
        origin: Origin,
        submission: Submission,
        part: int,
        kind: str | None,
        return_id: int | None,
        verdict: EntryVerdict,
        told: Told,
        now: datetime,
    ) -> int:
        return self._ledger.write(
            "INSERT INTO entries (delivery_id, position, part, content, case_id, agency_id, kind,"
            " return_id, verdict, reason, sealed, judged)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(delivery.id, submission.position, part, submission.content),
            *(origin.case_id, origin.agency_id, kind, return_id, verdict, submission.reason),
            self._vault.seal(_TOLD.dump_json(told), _SEALED),
            now.astimezone(UTC).isoformat(),
        )

    def _move(self, owed: Row, verdict: Verdict, day: date) -> str:
        """Move the return along, and remember the two dates: first received, and accepted.

        What is held is not received: nobody is told of it until a person decides.
        """
        state = returns.after(owed["state"], verdict)
        received = owed["received"] or (day.isoformat() if verdict != "hold" else None)
        newly = state == "accepted" and owed["state"] != "accepted"
        accepted = day.isoformat() if newly else owed["accepted"]
        self._ledger.change(
            "UPDATE returns SET state = ?, received = ?, accepted = ? WHERE id = ?",
            *(state, received, accepted, owed["id"]),
        )
        return state

    def _read(self, row: Row) -> Entry:
        return Entry(
            id=row["id"],
            delivery_id=row["delivery_id"],
            position=row["position"],
            kind=row["kind"],
            agency_id=row["agency_id"],
            verdict=row["verdict"],
            reason=row["reason"],
            told=_TOLD.validate_json(self._vault.unseal(row["sealed"], _SEALED)),
            judged=datetime.fromisoformat(row["judged"]),
        )
