"""Writes and reads `absences`, `bounces` and `rehearsals`: what mail told besides documents.

A rehearsal moves no return, and the audit log holds nothing of what it found. An absence without an
end holds on the day it came, and no longer.
"""

from __future__ import annotations

from datetime import date, datetime

from pydantic import TypeAdapter

from config.calendar import utc_text
from handlers.findings import Judgement
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.register.submissions import Absence, AbsenceEnded, BouncedLetter, MailNote, Rehearsal
from intake.database import RegisterDatabase
from intake.destroyed_originals import DestroyedOriginals
from intake.spool import Delivery
from intake.vault import Vault

_FOUND = TypeAdapter(tuple[Judgement, ...])
_SEALED = "rehearsal"
_DEPUTY = "deputy"
# Notes that hold on a day, of a person wherever they are registered: it is they who are away.
_HOLDS = (
    "ended IS NULL AND ifnull(until, date(noted)) >= ? AND contact_id IN (SELECT k.id"
    " FROM contacts k JOIN contacts o ON o.address = k.address WHERE o.id = ?)"
)


class Notes:
    """The writer and reader of those three tables."""

    def __init__(self, database: RegisterDatabase, vault: Vault, record: AuditLog) -> None:
        self._database = database
        self._vault = vault
        self._record = record
        self._destroyed = DestroyedOriginals(database, vault)

    def record_note(self, delivery: Delivery, note: MailNote, now: datetime) -> None:
        if isinstance(note, Absence):
            self._absence(delivery, note, now)
        elif isinstance(note, AbsenceEnded):
            self._ended(note.contact_id, note.day, now, back_in=delivery.id)
        elif isinstance(note, BouncedLetter):
            self._bounce(delivery, note, now)
        else:
            self._rehearsal(delivery, note, now)

    def find_absence(self, contact_id: int, day: date) -> Absence | None:
        """The newest note by which a contact is away on `day`; one without an end says nothing
        of a day after the one it came on."""
        sql = f"SELECT * FROM absences WHERE {_HOLDS} ORDER BY noted DESC LIMIT 1"  # noqa: S608
        row = self._database.fetch_row(sql, day.isoformat(), contact_id)
        if row is None:
            return None
        deputy = self._destroyed.unseal_or_none(row["deputy"], _DEPUTY) if row["deputy"] else None
        until = date.fromisoformat(row["until"]) if row["until"] else None
        return Absence(contact_id, until, deputy.decode() if deputy else "")

    def end_absence(self, contact_id: int, day: date, decision_id: int, now: datetime) -> None:
        """By a person's decision they are away no longer."""
        self._ended(contact_id, day, now, decision_id=decision_id)

    def rehearsal_judgements(self, delivery_id: int) -> tuple[Judgement, ...]:
        """What a check came to. Raises KeyError."""
        row = self._database.fetch_row(
            "SELECT sealed FROM rehearsals WHERE delivery_id = ?", delivery_id
        )
        if row is None:
            raise KeyError(delivery_id)
        sealed = self._destroyed.unseal_or_none(row["sealed"], _SEALED)
        return _FOUND.validate_json(sealed) if sealed is not None else ()

    def _absence(self, delivery: Delivery, note: Absence, now: datetime) -> None:
        until = note.until.isoformat() if note.until else None
        deputy = (
            self._vault.seal_with_document(note.deputy.encode(), _DEPUTY, delivery.content)
            if note.deputy
            else None
        )
        self._database.execute_insert(
            "INSERT INTO absences (delivery_id, contact_id, until, deputy, noted)"
            " VALUES (?, ?, ?, ?, ?)",
            *(delivery.id, note.contact_id, until, deputy, utc_text(now)),
        )
        self._record.append(
            now, AuditAct.ABSENCE, delivery=delivery.id, contact=note.contact_id, until=until
        )

    def _ended(
        self,
        contact_id: int,
        day: date,
        now: datetime,
        decision_id: int | None = None,
        back_in: int | None = None,
    ) -> None:
        """No note that holds on `day` does so any more, but for one that came after the message
        they are `back_in`. Each is told of in its own case."""
        sql = (
            f"SELECT delivery_id, contact_id FROM absences WHERE {_HOLDS}"  # noqa: S608
            " AND (? IS NULL OR delivery_id < ?)"
        )
        for row in self._database.fetch_rows(sql, day.isoformat(), contact_id, back_in, back_in):
            self._database.execute_change(
                "UPDATE absences SET ended = ?, decision_id = ?, back_in = ?"
                " WHERE delivery_id = ? AND contact_id = ?",
                *(utc_text(now), decision_id, back_in, row["delivery_id"], row["contact_id"]),
            )
            self._record.append(
                now,
                AuditAct.BACK,
                contact=row["contact_id"],
                delivery=back_in,
                decision=decision_id,
            )

    def _bounce(self, delivery: Delivery, note: BouncedLetter, now: datetime) -> None:
        self._database.execute_insert(
            "INSERT INTO bounces (delivery_id, message_id, weight, why, proof, noted)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(delivery.id, note.message_id, note.weight, note.why, note.proof, utc_text(now)),
        )
        row = self._database.fetch_row(
            "SELECT c.reference, a.code FROM agencies a JOIN cases c ON c.id = a.case_id"
            " WHERE a.id = ?",
            note.agency_id,
        )
        self._record.append(
            now,
            AuditAct.BOUNCE,
            case=row["reference"] if row else None,
            agency=row["code"] if row else None,
            delivery=delivery.id,
            letter=note.message_id,
            weight=note.weight,
            proof=note.proof,
        )

    def _rehearsal(self, delivery: Delivery, note: Rehearsal, now: datetime) -> None:
        origin = note.origin
        thread = (
            self._vault.seal_bytes(origin.thread.encode(), "thread", origin.case_id)
            if origin.thread
            else None
        )
        found = self._vault.seal_with_document(
            _FOUND.dump_json(note.judgements), _SEALED, delivery.content
        )
        self._database.execute_insert(
            "INSERT INTO rehearsals (delivery_id, agency_id, contact_id, thread, sealed, unsaid,"
            " asked) VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(delivery.id, origin.agency_id, origin.contact_id, thread, found, note.unsaid),
            utc_text(now),
        )
        self._record.append(
            now,
            AuditAct.CHECK_ASKED,
            delivery=delivery.id,
            case=origin.reference,
            agency=origin.code,
            contact=origin.contact_id,
        )
