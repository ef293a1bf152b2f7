"""A register that was restored: since when, what is held, and the letters that left meanwhile.

The only writer of `recoveries` and `told_before`; it enters letters that left after the backup.
Their words were in the register that was lost: what is entered says so, and when they left.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from shlex import quote
from typing import Any

from config.calendar import moment_in_words, utc_text
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from intake.database import RegisterDatabase
from intake.vault import Vault
from outbox.sending.departures import DepartureFacts, Departures
from outbox.sending.letter_queue import seal_letter, seal_recipient
from outbox.writing.letter import LETTER_NAMES, LetterKind, LetterState


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery that a person has not ended. `until` is up to when the register reached, None for
    one in which nothing was recorded; `recovered` is None while letters are held too."""

    begun: datetime
    until: datetime | None
    recovered: datetime | None


class RecoveryRecords:
    """What is known of restores."""

    def __init__(self, database: RegisterDatabase, record: AuditLog) -> None:
        self._database = database
        self._record = record

    def current(self) -> Recovery | None:
        return current_recovery(self._database)

    def begin(self, until: datetime | None, now: datetime) -> None:
        """From now on no letter leaves until all is taken in again, and nobody is chased until a
        person says so. One that lasts goes on, as of the earlier backup of the two."""
        at = utc_text(until) if until else None
        with self._database.transaction():
            self._database.execute_change(
                "INSERT INTO recoveries (begun, until) VALUES (?, ?) ON CONFLICT DO NOTHING",
                *(utc_text(now), at),
            )
            self._record.append(now, AuditAct.RECOVERY_BEGUN, until=at)

    def keep_letter_numbers(self, last: int) -> None:
        """From now on letters have numbers above this one."""
        self._database.execute_change(
            "UPDATE recoveries SET last_letter = ?1 WHERE released IS NULL AND last_letter < ?1",
            last,
        )

    def mark_recovered(self, now: datetime, **counts: int) -> None:
        """All that could be taken in again was: letters leave, but for those that chase."""
        with self._database.transaction():
            self._database.execute_change(
                "UPDATE recoveries SET recovered = ? WHERE released IS NULL", utc_text(now)
            )
            self._record.append(now, AuditAct.RECOVERED, **counts)

    def let_chasing_go(self, now: datetime) -> bool:
        """A person says so. False where nothing is held, or not all was taken in again yet."""
        with self._database.transaction():
            ended = self._database.execute_change(
                "UPDATE recoveries SET released = ? WHERE released IS NULL"
                " AND recovered IS NOT NULL",
                utc_text(now),
            )
            if ended:
                self._record.append(now, AuditAct.CHASING_LET_GO)
        return bool(ended)


def current_recovery(database: RegisterDatabase) -> Recovery | None:
    """The one that lasts, or None."""
    row = database.fetch_row("SELECT * FROM recoveries WHERE released IS NULL")
    if row is None:
        return None
    times = (row[name] and datetime.fromisoformat(row[name]) for name in ("until", "recovered"))
    return Recovery(datetime.fromisoformat(row["begun"]), *times)


# The keys of letters that are about one thing name it by its number, and then their reader's.
_NUMBERED = {"answer": 0, "check": 0, "unplaced": 0, "decision": 1, "urgent": 2}


def _renumbered(key: str, about: tuple[int | None, ...], contact_id: int | None) -> str:
    """The key as this register would give it: what it is about may have another number here."""
    word, *rest = key.split("/")
    if word not in _NUMBERED or about[_NUMBERED[word]] is None:
        return key
    return "/".join([word, str(about[_NUMBERED[word]]), *([str(contact_id)] if rest[1:] else [])])


@dataclass(frozen=True, slots=True)
class RecoveryStanding:
    """What a person is told of a register that was restored: what is held and why, and the command
    that ends it."""

    says: str
    command: str
    stops_letters: bool  # and not chasing alone


def recover_command(vault: Path | None) -> str:
    """The command that takes in again what came since, with the vault that was in use before the
    restore, where that is known."""
    return f"scr-intake recover --vault {quote(str(vault))}" if vault else "scr-intake recover"


def vault_before_restore(database: RegisterDatabase) -> Path | None:
    """The vault that was in use before the restore that is not ended yet, as the record has it."""
    row = database.fetch_row(
        "SELECT detail FROM record WHERE what = ? AND seq > (SELECT ifnull(max(seq), 0)"
        " FROM record WHERE what = ?) ORDER BY seq DESC LIMIT 1",
        *(AuditAct.RESTORED, AuditAct.CHASING_LET_GO),
    )
    named = json.loads(row["detail"]).get("vault") if row else None
    return Path(named) if named else None


def recovery_standing(database: RegisterDatabase, zone: tzinfo | None) -> RecoveryStanding | None:
    """None for a register that was not restored, or about which a person has said that all is
    well."""
    recovery = current_recovery(database)
    if recovery is None:
        return None
    since = moment_in_words(recovery.begun.astimezone(zone))
    if recovery.recovered is None:
        return RecoveryStanding(
            f"No letter leaves: the register was restored at {since}, and what came and left after"
            " its backup is not taken in again yet. Stop the service, and take it in:",
            recover_command(vault_before_restore(database)),
            stops_letters=True,
        )
    return RecoveryStanding(
        f"Nobody is reminded or chased: the register was restored at {since}, and what was decided"
        " after its backup may not be decided again yet. Once it is, with the service stopped:",
        "scr-intake recover --resume-chasing",
        stops_letters=False,
    )


EmailOf = Callable[[int | None, LetterKind], str]
# What an unsent letter goes through until it is sent, as the schema has it.
_STEPS: Mapping[LetterState, tuple[LetterState, ...]] = {
    "draft": ("queued", "sending"),
    "failed": ("queued", "sending"),
    "held back": ("queued", "sending"),
    "queued": ("sending",),
    "sending": (),
}


class _Missing:
    """What a letter is about and the register does not have."""


missing = _Missing()


class DepartedLetters:
    """Enters the letters that left after the backup, as the journal tells of them."""

    def __init__(
        self,
        database: RegisterDatabase,
        vault: Vault,
        departures: Departures,
        record: AuditLog,
        email_of: EmailOf,
        sender: str,
    ) -> None:
        """`email_of` gives a reader's address by their number, an officer's by the letter's kind;
        `sender` is our own."""
        self._database = database
        self._vault = vault
        self._departures = departures
        self._record = record
        self._email_of = email_of
        self._sender = sender

    def enter_departure(self, facts: DepartureFacts, now: datetime) -> bool:
        """Have the register say that it left. Where it is about what the register does not have, a
        decision say, only that its reader was told; False then."""
        with self._database.transaction():
            for subject, told in self._departures.identities(facts):
                self._database.execute_change(
                    "INSERT INTO told_before VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE"
                    " SET told = ?2, sent = ?3 WHERE sent < ?3",
                    *(subject, told, facts["sent"]),
                )
            id = self._there(facts) or self._written(facts)
            if id is None:
                return False
            self._record.append(
                now, AuditAct.HAD_LEFT, letter=id, kind=facts["kind"], case=facts["case"],
                agency=facts["agency"], sent=facts["sent"],
            )  # fmt: skip
        return True

    def _there(self, facts: DepartureFacts) -> int | None:
        """The letter was in the backup and had not left by then."""
        row = self._database.fetch_row(
            "SELECT id, state FROM letters WHERE message_id = ?", facts["message_id"]
        )
        if row is None or row["state"] not in _STEPS:
            return None
        for state in _STEPS[row["state"]]:
            self._change("state = ?", row["id"], state)
        self._change(
            "state = 'sent', answer = '', reason = '', broke = 0, sent = ?",
            row["id"],
            facts["sent"],
        )
        self._change("trial = ?", row["id"], facts.get("trial", 0))
        return int(row["id"])

    def _change(self, what: str, id: int, value: object) -> None:
        sql = f"UPDATE letters SET {what} WHERE id = ?"  # noqa: S608  our own words
        self._database.execute_change(sql, value, id)

    def _written(self, facts: DepartureFacts) -> int | None:
        """A row for a letter that the backup does not have; None where what it is about is not
        there, or is told by another letter."""
        reader = self._reader(facts)
        about, tells, rungs, asks = (
            self._about(facts["about"]),
            [self._about(each) for each in facts["tells"]],
            [(self._return(each[0]), *each[1:]) for each in facts["rungs"]],
            [(self._entry(each[0]), self._agency(each[1]), each[2]) for each in facts["asks"]],
        )
        outage = self._outage(facts["outage"])
        if reader is None or any(
            missing in told for told in (about, *tells, *rungs, *asks, (outage,))
        ):
            return None
        contact_id = reader[2]
        email = self._email_of(contact_id, facts["kind"])
        key = _renumbered(facts["key"], about, contact_id)
        added = self._database.execute_change(
            "INSERT INTO letters (id, key, repetition, delivery_id, decision_id, entry_id,"
            " outage_id, outage_over, kind, state, case_id, agency_id, contact_id, recipient,"
            " message_id, sealed, by_hand, not_before, queued, since, told_on, sent, trial)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'sent', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            *(self._free_number(facts), key, facts["repetition"], *about),
            *(outage, facts["outage_over"], facts["kind"]),
            *(*reader, seal_recipient(self._vault, email, reader[0])),
            *(facts["message_id"], seal_letter(self._vault, self._stub(facts, email), reader[0])),
            *(facts["by_hand"], facts["sent"], facts["queued"], facts["queued"]),
            *(facts["told_on"], facts["sent"], facts.get("trial", 0)),
        )
        if not added:
            return None
        row = self._database.fetch_row(
            "SELECT id FROM letters WHERE message_id = ?", facts["message_id"]
        )
        id = int(row["id"]) if row else 0
        for sql, rows in (
            ("tells (letter_id, delivery_id, decision_id, entry_id)", tells),
            ("rungs (letter_id, return_id, due_version, days)", rungs),
            ("asks (letter_id, entry_id, agency_id, agreed)", asks),
        ):
            for told in rows:
                self._database.execute_insert(
                    f"INSERT INTO {sql} VALUES (?, ?, ?, ?)",  # noqa: S608  our own words
                    *(id, *told),
                )
        return id

    def _free_number(self, facts: DepartureFacts) -> int | None:
        """The number that it had, as files and the audit log name it, where no other has it."""
        number = facts.get("number")
        taken = self._database.fetch_row("SELECT 1 FROM letters WHERE id = ?", number)
        return number if taken is None else None

    def _stub(self, facts: DepartureFacts, email: str) -> bytes:
        message = EmailMessage(SMTP)
        message["From"] = self._sender
        message["To"] = email
        message["Subject"] = "A letter whose text was lost"
        message["Date"] = datetime.fromisoformat(facts["sent"])
        message["Message-ID"] = facts["message_id"]
        message.set_content(
            f"This letter, {LETTER_NAMES[facts['kind']]}, left at the time of its date. Its text"
            " was in the register that was lost, and is not in the backup.\n"
        )
        return message.as_bytes()

    def _reader(self, facts: DepartureFacts) -> tuple[int | None, int | None, int | None] | None:
        if facts["case"] is None:
            return (None, None, None)
        agency = self._agency([facts["case"], facts["agency"]]) if facts["agency"] else None
        case = self._find("SELECT id FROM cases WHERE reference = ?", facts["case"])
        contact = facts["contact"] and self._find(
            "SELECT id FROM contacts WHERE agency_id = ? AND role = ? AND address = ?",
            *(agency, *facts["contact"]),
        )
        found = (case, agency, contact)
        return None if missing in found else found

    def _about(self, named: dict[str, Any]) -> tuple[Any, Any, Any]:
        return (
            self._delivery(named["delivery"]),
            self._decision(named["decision"]),
            self._entry(named["entry"]),
        )

    def _delivery(self, named: list[Any] | None) -> Any:
        sql = (
            "SELECT id FROM deliveries WHERE source = ?1 AND content = ?3 AND (form = 'message'"
            " OR place = ?2 AND received = ?4)"
        )
        return named and self._find(sql, *named)

    def _entry(self, named: list[Any] | None) -> Any:
        if named is None:
            return None
        delivery = self._delivery(named[0])
        sql = "SELECT id FROM entries WHERE delivery_id = ? AND position = ? AND part = ?"
        return missing if delivery is missing else self._find(sql, delivery, *named[1:])

    def _decision(self, named: list[Any] | None) -> Any:
        sql = "SELECT id FROM decisions WHERE what = ? AND until IS ? AND decided = ?"
        return named and self._find(sql, *named[:3])

    def _return(self, named: list[Any]) -> Any:
        sql = (
            "SELECT r.id FROM returns r JOIN agencies a ON a.id = r.agency_id"
            " JOIN cases c ON c.id = a.case_id WHERE c.reference = ? AND a.code = ? AND r.kind = ?"
        )
        return self._find(sql, *named)

    def _agency(self, named: list[Any]) -> Any:
        sql = (
            "SELECT a.id FROM agencies a JOIN cases c ON c.id = a.case_id"
            " WHERE c.reference = ? AND a.code = ?"
        )
        return self._find(sql, *named)

    def _outage(self, named: list[Any] | None) -> Any:
        sql = "SELECT id FROM outages WHERE kind = ? AND subject = ? AND since = ?"
        return named and self._find(sql, *named)

    def _find(self, sql: str, *values: object) -> Any:
        row = self._database.fetch_row(sql, *values)
        return missing if row is None else row["id"]
