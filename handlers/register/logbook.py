"""The logbook: every submission and what it came to, written once.

Does: logs a judged delivery whole: its origin, its entries or repeats, the returns they move, and
the record of it all. Call inside the transaction that settles the delivery in the spool.
Trusts: the worker's judgements, already checked against their types.
Never touches: documents; it stores their keyed hashes.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from config.kind import Kinds
from handlers.findings import Clues, Judgement
from handlers.register.audit_log import Record
from handlers.register.entries import SEALED, TOLD
from handlers.register.returns import Moved, Owed
from handlers.register.submissions import Docket, EntryVerdict, Line, Submission, Told
from intake.database import Ledger
from intake.vault import Vault


class Logbook:
    """The writer of `origins`, `entries` and `repeats`."""

    def __init__(
        self, ledger: Ledger, vault: Vault, record: Record, owed: Owed, kinds: Kinds
    ) -> None:
        self._ledger = ledger
        self._vault = vault
        self._record = record
        self._owed = owed
        self._kinds = kinds

    def log(self, docket: Docket) -> None:
        """Log a whole delivery."""
        self._origin(docket)
        self.add(docket)

    def add(self, docket: Docket) -> None:
        """Log documents of a delivery that was logged: a person has said where they belong."""
        for submission in docket.submissions:
            if submission.verdict is not None:
                self._set_apart(docket, submission, submission.verdict)
            elif not submission.judgements:
                self._repeat(docket, submission)
            first = 1 + self._parts(docket, submission)
            for part, judgement in enumerate(submission.judgements, first):
                self._entry(docket, submission, part, judgement)

    def _origin(self, docket: Docket) -> None:
        origin = docket.origin
        thread = self._vault.seal(origin.thread.encode(), "thread") if origin.thread else None
        self._ledger.write(
            "INSERT INTO origins (delivery_id, agency_id, contact_id, thread, automatic, says_more)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(docket.delivery.id, origin.agency_id, origin.contact_id, thread, origin.automatic),
            int(origin.says_more),
        )

    def place(self, delivery_id: int, agency_id: int, contact_id: int | None = None) -> None:
        """An agency that a delivery is of, now that a person has said so; of its sender only where
        they are proven to be the agency's."""
        self._ledger.write(
            "INSERT INTO origins (delivery_id, agency_id, contact_id, automatic)"
            " SELECT delivery_id, ?, ?, automatic FROM origins WHERE delivery_id = ? LIMIT 1"
            " ON CONFLICT DO NOTHING",
            *(agency_id, contact_id, delivery_id),
        )

    def _parts(self, docket: Docket, submission: Submission) -> int:
        """How many parts of this document are logged already. A person's decision adds to them;
        the clerk logs a document once."""
        if docket.decision_id is None:
            return 0
        sql = "SELECT count(*) AS n FROM entries WHERE delivery_id = ? AND position = ?"
        row = self._ledger.row(sql, docket.delivery.id, submission.position)
        return int(row["n"]) if row else 0

    def _set_apart(self, docket: Docket, submission: Submission, verdict: EntryVerdict) -> None:
        domain = docket.origin.domain
        told = Told(
            candidates=submission.candidates,
            clues=Clues(asks=submission.asks),
            names=submission.names,
            domain=domain,
            places=submission.places,
            leaving=submission.leaving,
        )
        part = 1 + self._parts(docket, submission)
        self._record.append(
            docket.now,
            "set apart",
            entry=self._write(docket, Line(submission, verdict, told, part, submission.kind)),
            delivery=docket.delivery.id,
            verdict=verdict,
            why=submission.reason,
            told=self._vault.mark(TOLD.dump_json(told)),
        )

    def _repeat(self, docket: Docket, submission: Submission) -> None:
        """The same bytes again: no new entry, but it is remembered that they came."""
        delivery = docket.delivery.id
        sql = (
            "SELECT id FROM entries WHERE agency_id = ? AND content = ? AND reason <> 'not-judged'"
        )
        for row in self._ledger.rows(sql, docket.origin.agency_id, submission.content):
            self._ledger.write(
                "INSERT INTO repeats (delivery_id, entry_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                *(delivery, row["id"]),
            )
            self._record.append(docket.now, "came again", entry=row["id"], delivery=delivery)

    def _entry(
        self, docket: Docket, submission: Submission, part: int, judgement: Judgement
    ) -> None:
        kind, verdict, agency = judgement.kind, judgement.verdict, docket.origin.agency_id
        moved = self._owed.move(agency, kind, verdict, docket.day)
        told = Told(
            judgement.findings, judgement.passed, clues=judgement.clues, names=submission.names
        )
        line = Line(submission, verdict, told, part, kind, moved.id if moved else None)
        entry = self._write(docket, line)
        self._record.append(
            docket.now,
            "logged",
            entry=entry,
            delivery=docket.delivery.id,
            case=docket.origin.reference,
            agency=docket.origin.code,
            kind=kind,
            verdict=verdict,
            owed=moved.id if moved else None,
            state=moved.state if moved else None,
            told=self._vault.mark(TOLD.dump_json(told)),
        )
        law = self._kinds.get(kind)
        if law is not None and law.settles_pack and verdict == "accept":
            owed = self._owed.kinds(agency) - {law.id} if agency is not None else ()
            self._record_settled(docket, entry, self._owed.settle(agency, sorted(owed)))

    def _record_settled(self, docket: Docket, entry: int, settled: Iterable[Moved]) -> None:
        for moved in settled:
            self._record.append(
                docket.now, "settled", entry=entry, owed=moved.id, state=moved.state
            )

    def _write(self, docket: Docket, line: Line) -> int:
        """One row of `entries`; returns its id."""
        origin, submission = docket.origin, line.submission
        return self._ledger.write(
            "INSERT INTO entries (delivery_id, position, part, content, case_id, agency_id, kind,"
            " return_id, verdict, reason, sealed, judged, decision_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(docket.delivery.id, submission.position, line.part, submission.content),
            *(origin.case_id, origin.agency_id, line.kind, line.return_id),
            *(line.verdict, submission.reason, self._vault.seal(TOLD.dump_json(line.told), SEALED)),
            *(docket.now.astimezone(UTC).isoformat(), docket.decision_id),
        )
