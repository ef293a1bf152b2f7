"""Writes a decision into the register with everything it changes and its line in the audit log.

Call it inside one transaction. Entries stay as they were judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

from config.calendar import utc_text
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.register.decision import CASE_STATES, Decision, DecisionKind, DecisionReason
from handlers.register.notes import Notes
from handlers.register.returns import Returns
from intake.database import RegisterDatabase, Row
from intake.vault import Vault

DECISION_REASON_ADAPTER = TypeAdapter(DecisionReason)
TOLD_AS_ONE = frozenset({"extend", "waive"})  # about several returns of an agency: in one letter
DECISION_SEAL_CONTEXT = "decision"  # what sealed reasons are about


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A decision as read back. `decided` is UTC."""

    id: int
    what: DecisionKind
    because: DecisionReason
    case_id: int | None
    agency_id: int | None
    entry_id: int | None
    return_id: int | None
    until: date | None
    due_version: int | None
    decided: datetime
    lead_id: int  # of those taken together the first: itself, where it was taken alone


class Decisions:
    """The writer and the reader of `decisions`."""

    def __init__(
        self,
        database: RegisterDatabase,
        vault: Vault,
        record: AuditLog,
        owed: Returns,
        notes: Notes,
    ) -> None:
        self._database = database
        self._vault = vault
        self._record = record
        self._owed = owed
        self._notes = notes

    def record_together(self, decisions: Sequence[Decision], now: datetime) -> list[int]:
        """Several that are taken at once, and their numbers. Agreements about returns of one agency
        are told in one letter."""
        made = list[int]()
        for decision in decisions:
            lead = made[0] if made and decision.what in TOLD_AS_ONE else None
            made.append(self.record_decision(decision, now, lead))
        return made

    def record_decision(self, decision: Decision, now: datetime, lead: int | None = None) -> int:
        """Write a decision and do what it says; returns its number. `lead` is that of the first of
        those that are taken together."""
        version = self._change_due_date(decision)
        id = self._row(decision, version, now, lead)
        self._carry_out(decision)
        self._recorded(id, decision, version, now)
        if decision.what == "back" and decision.contact_id:
            self._notes.end_absence(decision.contact_id, now.date(), id, now)
        return id

    def decisions_about_entry(self, entry_id: int) -> list[RecordedDecision]:
        """What was decided about an entry, in order."""
        return list(self._where("entry_id = ? ORDER BY id", entry_id))

    def standing_about_entry(self, entry_id: int) -> list[RecordedDecision]:
        """The same without what was undone."""
        condition = "id IN (SELECT id FROM standing WHERE entry_id = ?) ORDER BY id"
        return list(self._where(condition, entry_id))

    def get_decision(self, id: int) -> RecordedDecision | None:
        return next(self._where("id = ?", id), None)

    def _change_due_date(self, decision: Decision) -> int | None:
        """For more time, which due date that is."""
        if decision.what == "extend" and decision.return_id and decision.until:
            return self._owed.change_due_date(decision.return_id, decision.until)
        return None

    def _carry_out(self, decision: Decision) -> None:
        """What the decision changes besides: the schema takes some of it only once its row says
        why."""
        for move in decision.moves:
            self._owed.move_by_decision(move)
        if decision.what == "prolong" and decision.until:
            sql = "UPDATE cases SET complete_by = ? WHERE id = ?"
            self._database.execute_change(sql, decision.until.isoformat(), decision.case_id)
        if decision.what in CASE_STATES:
            self._database.execute_change(
                "UPDATE cases SET state = ? WHERE id = ?",
                *(CASE_STATES[decision.what], decision.case_id),
            )
        if decision.case_was is not None:
            was = decision.case_was
            self._database.execute_change(
                "UPDATE cases SET state = ?, complete_by = ? WHERE id = ?",
                *(was.state, was.complete_by.isoformat(), was.case_id),
            )
        if decision.what == "remove":
            sql = "UPDATE contacts SET state = 'removed' WHERE id = ?"
            self._database.execute_change(sql, decision.contact_id)
        if decision.what in ("pause", "back"):
            until = decision.until.isoformat() if decision.until else None
            sql = "UPDATE contacts SET paused = ? WHERE id = ?"
            self._database.execute_change(sql, until, decision.contact_id)

    def _row(self, decision: Decision, version: int | None, now: datetime, lead: int | None) -> int:
        until = decision.until.isoformat() if decision.until else None
        return self._database.execute_insert(
            "INSERT INTO decisions (what, case_id, agency_id, entry_id, return_id, contact_id,"
            " until, due_version, lead_id, by_mail, undoes, sealed, decided)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(decision.what, decision.case_id, decision.agency_id, decision.entry_id),
            *(decision.return_id, decision.contact_id, until, version, lead),
            *(int(bool(decision.because.mail)), decision.undoes),
            self._vault.seal_bytes(
                DECISION_REASON_ADAPTER.dump_json(decision.because),
                DECISION_SEAL_CONTEXT,
                decision.case_id,
            ),
            utc_text(now),
        )

    def _recorded(self, id: int, decision: Decision, version: int | None, now: datetime) -> None:
        self._record.append(
            now,
            AuditAct.DECIDED,
            decision=id,
            did=decision.what,
            **self._whose(decision),
            entry=decision.entry_id,
            about=decision.return_id,
            contact=decision.contact_id,
            undoes=decision.undoes,
            until=decision.until.isoformat() if decision.until else None,
            due_version=version,
        )
        for move in decision.moves:
            self._record.append(
                now, AuditAct.MOVED, decision=id, owed=move.return_id, state=move.to
            )

    def _whose(self, decision: Decision) -> dict[str, str | None]:
        """The case and the agency by reference and code, as the record's other rows have them."""
        row = self._database.fetch_row(
            "SELECT (SELECT reference FROM cases WHERE id = ?) AS reference,"
            " (SELECT code FROM agencies WHERE id = ?) AS code",
            *(decision.case_id, decision.agency_id),
        )
        return {"case": row["reference"], "agency": row["code"]} if row else {}

    def _where(self, condition: str, value: int) -> Iterator[RecordedDecision]:
        sql = f"SELECT * FROM decisions WHERE {condition}"  # noqa: S608  our own words
        return map(self._read, self._database.fetch_rows(sql, value))

    def _read(self, row: Row) -> RecordedDecision:
        return RecordedDecision(
            id=row["id"],
            what=row["what"],
            because=DECISION_REASON_ADAPTER.validate_json(
                self._vault.unseal_bytes(row["sealed"], DECISION_SEAL_CONTEXT)
            ),
            case_id=row["case_id"],
            agency_id=row["agency_id"],
            entry_id=row["entry_id"],
            return_id=row["return_id"],
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            due_version=row["due_version"],
            decided=datetime.fromisoformat(row["decided"]),
            lead_id=row["lead_id"] or row["id"],
        )
