"""Logs every submission and what it came to, once; documents are stored as keyed hashes.

Call it inside the transaction that settles the delivery in the spool.
"""

from __future__ import annotations

from collections.abc import Iterable

from config.calendar import utc_text
from config.kind import Kinds
from handlers.findings import Clues, Judgement
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.register.document_owners import DocumentOwners
from handlers.register.entries import (
    ENTRY_DETAILS_ADAPTER,
    ENTRY_SEAL_CONTEXT,
    LATEST_OF_CONTENT_SQL,
)
from handlers.register.left_contacts import is_departure
from handlers.register.returns import MovedReturn, Returns
from handlers.register.submissions import (
    EntryDetails,
    EntryRow,
    EntryVerdict,
    LeavingNotice,
    LoggedDelivery,
    Origin,
    Submission,
)
from intake.database import RegisterDatabase
from intake.vault import Vault

HANDED_BY_CONTEXT = "handed in by"  # what the sealed name of whoever handed something in is about


class Logbook:
    """The writer of `origins`, `entries` and `repeats`."""

    def __init__(
        self,
        database: RegisterDatabase,
        vault: Vault,
        record: AuditLog,
        owed: Returns,
        kinds: Kinds,
        owners: DocumentOwners,
    ) -> None:
        self._database = database
        self._vault = vault
        self._record = record
        self._owed = owed
        self._kinds = kinds
        self._owners = owners

    def log_delivery(self, logged: LoggedDelivery) -> None:
        """Log everything that a delivery brought, one entry each."""
        self._origin(logged)
        self.add_entries(logged)
        self._owners.place_documents([logged.delivery.content])

    def add_entries(self, logged: LoggedDelivery) -> None:
        """Log documents of a delivery that was logged: a person has said where they belong."""
        for submission in logged.submissions:
            if submission.verdict is not None:
                self._set_apart(logged, submission, submission.verdict)
            elif not submission.judgements:
                self._repeat(logged, submission)
            first = 1 + self._parts(logged, submission)
            for part, judgement in enumerate(submission.judgements, first):
                self._entry(logged, submission, part, judgement)
        self._owners.place_documents({one.content for one in logged.submissions})

    def _origin(self, logged: LoggedDelivery) -> None:
        origin = logged.origin
        thread = (
            self._vault.seal_bytes(origin.thread.encode(), "thread", origin.case_id)
            if origin.thread
            else None
        )
        self._database.execute_insert(
            "INSERT INTO origins (delivery_id, agency_id, contact_id, thread, automatic, handed_by,"
            " says_more) VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(logged.delivery.id, origin.agency_id, origin.contact_id, thread, origin.automatic),
            *(self._sealed_name(origin), int(origin.says_more)),
        )

    def opened_name(self, sealed: bytes | None) -> str:
        """Who of the board handed something in, "" where the agency sent it itself."""
        return self._vault.unseal_bytes(sealed, HANDED_BY_CONTEXT).decode() if sealed else ""

    def _sealed_name(self, origin: Origin) -> bytes | None:
        name = origin.handed_by.encode()
        return self._vault.seal_bytes(name, HANDED_BY_CONTEXT, origin.case_id) if name else None

    def place_delivery(
        self, delivery_id: int, agency_id: int, contact_id: int | None = None
    ) -> None:
        """An agency that a delivery is of, now that a person has said so; of its sender only where
        they are proven to be the agency's."""
        self._database.execute_insert(
            "INSERT INTO origins (delivery_id, agency_id, contact_id, automatic)"
            " SELECT delivery_id, ?, ?, automatic FROM origins WHERE delivery_id = ? LIMIT 1"
            " ON CONFLICT DO NOTHING",
            *(agency_id, contact_id, delivery_id),
        )
        sql = "SELECT content FROM deliveries WHERE id = ?"
        self._owners.place_documents(
            row["content"] for row in self._database.fetch_rows(sql, delivery_id)
        )

    def _parts(self, logged: LoggedDelivery, submission: Submission) -> int:
        """How many parts of this document are logged already. A person's decision adds to them, and
        so does the delivery processor where the same bytes were sent back on an earlier day."""
        if logged.decision_id is None:
            sql = "SELECT max(part) AS n FROM entries WHERE agency_id IS ? AND content = ?"
            same = self._database.fetch_row(sql, logged.origin.agency_id, submission.content)
            return int(same["n"] or 0) if same and submission.judgements else 0
        sql = "SELECT count(*) AS n FROM entries WHERE delivery_id = ? AND position = ?"
        row = self._database.fetch_row(sql, logged.delivery.id, submission.position)
        return int(row["n"]) if row else 0

    def _set_apart(
        self, logged: LoggedDelivery, submission: Submission, verdict: EntryVerdict
    ) -> None:
        domain = logged.origin.domain
        told = EntryDetails(
            submission.findings,
            candidates=submission.candidates,
            clues=Clues(asks=submission.asks, likely=submission.likely),
            names=submission.names,
            domain=domain,
            places=submission.places,
            leaving=submission.leaving,
            several=submission.several,
            encrypted=submission.encrypted,
            danger=submission.danger,
        )
        part = 1 + self._parts(logged, submission)
        entry = self._write(logged, EntryRow(submission, verdict, told, part, submission.kind))
        if submission.leaving is not None and verdict == "refer" and not submission.kind:
            self._note_leavers(entry, submission.leaving)
        self._record.append(
            logged.now,
            AuditAct.SET_APART,
            entry=entry,
            delivery=logged.delivery.id,
            verdict=verdict,
            why=submission.reason,
        )

    def _note_leavers(self, entry: int, leaving: LeavingNotice) -> None:
        """Who leaves by it, as far as that is plain."""
        if not is_departure(leaving):
            return
        last_day = leaving.last_day.isoformat() if leaving.last_day else None
        for contact in leaving.contacts:
            self._database.execute_insert(
                "INSERT INTO leavers (entry_id, contact_id, last_day, gone) VALUES (?, ?, ?, ?)",
                *(entry, contact, last_day, int(leaving.gone)),
            )

    def _repeat(self, logged: LoggedDelivery, submission: Submission) -> None:
        """The same bytes again: no new entry, but it is remembered that they came."""
        delivery, same = logged.delivery.id, (logged.origin.agency_id, submission.content)
        sql = f"SELECT id FROM entries WHERE {LATEST_OF_CONTENT_SQL}"  # noqa: S608  our own words
        for row in self._database.fetch_rows(sql, *same, *same):
            self._database.execute_insert(
                "INSERT INTO repeats (delivery_id, entry_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                *(delivery, row["id"]),
            )
            self._record.append(logged.now, AuditAct.CAME_AGAIN, entry=row["id"], delivery=delivery)

    def _entry(
        self, logged: LoggedDelivery, submission: Submission, part: int, judgement: Judgement
    ) -> None:
        kind, verdict, agency = judgement.kind, judgement.verdict, logged.origin.agency_id
        moved = self._owed.move_by_verdict(agency, kind, verdict, logged.day)
        told = EntryDetails(
            judgement.findings, judgement.passed, clues=judgement.clues, names=submission.names
        )
        line = EntryRow(submission, verdict, told, part, kind, moved.id if moved else None)
        entry = self._write(logged, line)
        self._record.append(
            logged.now,
            AuditAct.LOGGED,
            entry=entry,
            delivery=logged.delivery.id,
            case=logged.origin.reference,
            agency=logged.origin.code,
            kind=kind,
            verdict=verdict,
            owed=moved.id if moved else None,
            state=moved.state if moved else None,
        )
        law = self._kinds.get(kind)
        if law is not None and law.settles_pack and verdict == "accept":
            owed = self._owed.kinds_owed(agency) - {law.id} if agency is not None else ()
            self._record_settled(logged, entry, self._owed.settle_as_nil(agency, sorted(owed)))

    def _record_settled(
        self, logged: LoggedDelivery, entry: int, settled: Iterable[MovedReturn]
    ) -> None:
        for moved in settled:
            self._record.append(
                logged.now, AuditAct.SETTLED, entry=entry, owed=moved.id, state=moved.state
            )

    def _write(self, logged: LoggedDelivery, line: EntryRow) -> int:
        """One row of `entries`; returns its id."""
        origin, submission = logged.origin, line.submission
        content = submission.content
        sealed = self._vault.seal_with_document(
            ENTRY_DETAILS_ADAPTER.dump_json(line.told), ENTRY_SEAL_CONTEXT, content
        )
        return self._database.execute_insert(
            "INSERT INTO entries (delivery_id, position, part, content, case_id, agency_id, kind,"
            " return_id, verdict, reason, sealed, judged, decision_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(logged.delivery.id, submission.position, line.part, content),
            *(origin.case_id, origin.agency_id, line.kind, line.return_id),
            *(line.verdict, submission.reason, sealed),
            *(utc_text(logged.now), logged.decision_id),
        )
