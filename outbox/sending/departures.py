"""What the journal beside the vault is told of a letter that left, and what it tells of one.

A letter is named by what it is about, never by the register's own numbers: those of a register that
was restored may be others. It is written once the transport has taken it and before the register
says so: after a kill in between the letter is not handed over a second time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from config.calendar import utc_text
from intake.database import RegisterDatabase
from intake.disk_errors import DiskFull, NotWritable
from intake.journal import LETTER_LEFT, JournalLine, OutsideJournal
from intake.keys import Keys
from outbox.writing.letter import Letter

DepartureFacts = Mapping[str, Any]
_PURPOSE = "told before"
_LETTER = """
SELECT l.*, c.reference, a.code, k.role, k.address FROM letters l
LEFT JOIN cases c ON c.id = l.case_id LEFT JOIN agencies a ON a.id = l.agency_id
LEFT JOIN contacts k ON k.id = l.contact_id WHERE l.id = ?
"""
_RETURN = """
SELECT c.reference, a.code, r.kind FROM returns r JOIN agencies a ON a.id = r.agency_id
JOIN cases c ON c.id = a.case_id WHERE r.id = ?
"""
_AGENCY = (
    "SELECT c.reference, a.code FROM agencies a JOIN cases c ON c.id = a.case_id WHERE a.id = ?"
)


class DepartureNames:
    """Names what a letter is about by what does not change: bytes, times, references, codes."""

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database

    def facts_of_letter(self, id: int) -> dict[str, Any]:
        """All that the journal keeps of a letter but when it left."""
        row = self._database.fetch_row(_LETTER, id)
        assert row is not None  # it has just left
        own = ("key", "repetition", "kind", "message_id", "queued", "told_on", "by_hand", "trial")
        of = "WHERE letter_id = ?"
        tells = self._database.fetch_rows(f"SELECT * FROM tells {of} ORDER BY id", id)  # noqa: S608
        rungs = self._database.fetch_rows(f"SELECT * FROM rungs {of}", id)  # noqa: S608
        asks = self._database.fetch_rows(f"SELECT * FROM asks {of}", id)  # noqa: S608
        return {
            **{name: row[name] for name in own},
            "number": row["id"],
            "case": row["reference"],
            "agency": row["code"],
            "contact": [row["role"], row["address"]] if row["contact_id"] else None,
            "about": self._about(row),
            "outage": self._outage(row["outage_id"]),
            "outage_over": row["outage_over"],
            "tells": [self._about(each) for each in tells],
            "rungs": [
                [self._row(_RETURN, each["return_id"]), each["due_version"], each["days"]]
                for each in rungs
            ],
            "asks": [
                [self._entry(x["entry_id"]), self._row(_AGENCY, x["agency_id"]), x["agreed"]]
                for x in asks
            ],
        }

    def _about(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "delivery": self._delivery(row["delivery_id"]),
            "decision": self._decision(row["decision_id"]),
            "entry": self._entry(row["entry_id"]),
        }

    def _delivery(self, id: int | None) -> list[Any] | None:
        return self._row("SELECT source, place, content, received FROM deliveries WHERE id = ?", id)

    def _entry(self, id: int | None) -> list[Any] | None:
        found = self._row("SELECT delivery_id, position, part FROM entries WHERE id = ?", id)
        return found and [self._delivery(found[0]), *found[1:]]

    def _decision(self, id: int | None) -> list[Any] | None:
        sql = "SELECT what, until, decided, entry_id, return_id FROM decisions WHERE id = ?"
        found = self._row(sql, id)
        return found and [*found[:3], self._entry(found[3]), self._row(_RETURN, found[4])]

    def _outage(self, id: int | None) -> list[Any] | None:
        return self._row("SELECT kind, subject, since FROM outages WHERE id = ?", id)

    def _row(self, sql: str, id: int | None) -> list[Any] | None:
        row = self._database.fetch_row(sql, id) if id is not None else None
        return list(row) if row is not None else None


def told_things(facts: DepartureFacts) -> Iterator[tuple[list[Any], list[Any]]]:
    """Each thing that a letter told of, with who was told, and what was told of it, as whoever
    tells it once more would name both: a decision by what it was, not by when."""
    reader = [facts["contact"] or facts["kind"], facts["case"], facts["agency"]]
    for told in facts["tells"]:
        entry = told["entry"] and [_arrival(told["entry"][0]), *told["entry"][1:]]
        if (decision := told["decision"]) is not None:
            yield [*reader, "decision", decision[4], entry], decision[:2]
        else:
            yield [*reader, told["delivery"] and _arrival(told["delivery"]), entry], [facts["kind"]]
    for return_, version, days in facts["rungs"]:
        yield [*reader, "rung", return_, version, days], [facts["kind"]]


def _arrival(delivery: list[Any]) -> list[Any]:
    """By when it came too: the same file may come again, and is answered again."""
    source, _, content, received = delivery
    return [source, content, received]


class Departures:
    """Tells the journal of letters that leave, and knows what letters told before a restore."""

    def __init__(self, database: RegisterDatabase, keys: Keys, journal: OutsideJournal) -> None:
        self._database = database
        self._keys = keys
        self._journal = journal
        self._names = DepartureNames(database)

    def can_be_noted(self) -> bool:
        """Whether the journal can be told of one, and owes none."""
        try:
            self._journal.settle()
        except (DiskFull, NotWritable):
            return False
        return True

    def note_departure(self, letter: Letter, now: datetime) -> None:
        """Durably, and outside any transaction."""
        facts = {**self._names.facts_of_letter(letter.id), "sent": utc_text(now)}
        self._journal.append(JournalLine(LETTER_LEFT, facts), durably=True)

    def left_at(self, letter: Letter) -> datetime | None:
        """When it left, of a letter that was being sent when the service last stopped; None for one
        of which the journal does not tell, since a person last had it sent."""
        found = [
            datetime.fromisoformat(line.facts["sent"])
            for line in self._journal.read_lines()
            if line.what == LETTER_LEFT and line.facts["message_id"] == letter.message_id
        ]
        return max((at for at in found if at >= letter.since), default=None)

    def knows_departure(self, facts: DepartureFacts) -> bool:
        """Whether the register says that it left."""
        sql = "SELECT 1 FROM letters WHERE message_id = ? AND sent IS NOT NULL"
        if self._database.fetch_row(sql, facts["message_id"]) is not None:
            return True
        told = self.identities(facts)
        known = "SELECT 1 FROM told_before WHERE subject = ? AND sent >= ?"
        return bool(told) and all(
            self._database.fetch_row(known, subject, facts["sent"]) for subject, _ in told
        )

    def was_told_before(self, letter: Letter) -> bool:
        """Whether its reader was told just that before the register was restored, and nothing else
        of it since."""
        if self._database.fetch_row("SELECT 1 FROM told_before LIMIT 1") is None:
            return False
        told = self.identities(self._names.facts_of_letter(letter.id))
        sql = "SELECT 1 FROM told_before WHERE subject = ? AND told = ?"
        return bool(told) and all(self._database.fetch_row(sql, *each) for each in told)

    def note_told(self, letter: Letter, now: datetime) -> None:
        """From now on this letter counts, not what was told before the restore. Call inside the
        transaction that marks it as sent."""
        if self._database.fetch_row("SELECT 1 FROM told_before LIMIT 1") is None:
            return
        for subject, _ in self.identities(self._names.facts_of_letter(letter.id)):
            self._database.execute_change(
                "UPDATE told_before SET told = '', sent = ? WHERE subject = ?",
                *(utc_text(now), subject),
            )

    def identities(self, facts: DepartureFacts) -> list[tuple[str, str]]:
        """Keyed hashes of each thing that it told of, and of what it told."""
        things = ([json.dumps(each).encode() for each in thing] for thing in told_things(facts))
        return [
            (self._keys.keyed_hash(_PURPOSE, subject), self._keys.keyed_hash(_PURPOSE, told))
            for subject, told in things
        ]
