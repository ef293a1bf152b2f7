"""The audit log: what was ever done to the register, chained so that it proves itself.

A row tells of something that happened. After those of a transaction a row `rows` holds a keyed
digest of every row of the register that was written, and how many rows those tables have now.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from handlers.register.audit_acts import AuditAct
from handlers.register.audit_coverage import (
    PROOFS_TABLE,
    RECORD_TABLE,
    WORK_IN_HAND,
    RowDigests,
)
from handlers.register.fault import PIECE_ROWS
from handlers.register.row_proofs import RowName, RowProofs, follow_digests
from intake.chain_head import FIRST_SEAL, ChainHead, OutsideHead
from intake.database import RegisterDatabase
from intake.journal import PERSON_ACTED, JournalLine, OutsideJournal
from intake.keys import Keys
from intake.row_changes import RowChanges

# Rows that tell of what the service or a person did: not of digests, nor of its being installed.
_HAPPENED = f"what NOT IN ('{AuditAct.ROWS_WRITTEN}', '{AuditAct.SCHEMA_CHANGED}')"

UNMARKED = "unmarked"  # in the last row of a commit that the head beside the register lacks

_TELL_OF_OTHERS = (RECORD_TABLE, PROOFS_TABLE)


@dataclass(slots=True)
class ProvenRows:
    """What the record says of the rows of the register: the last digest of each, None for one that
    was deleted, and how many rows each table had."""

    digests: dict[str, dict[str, str | None]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    replaced: list[RowName] = field(default_factory=list)  # others than recorded, written over

    def follow(self, detail: str) -> None:
        """Take in one row of digests."""
        told = json.loads(detail)
        for table, rows in told["rows"].items():
            known = self.digests.setdefault(table, {})
            self.replaced += ((table, name) for name in follow_digests(known, rows))
        self.counts.update(told["counts"])


@dataclass(frozen=True, slots=True)
class _RowCounts:
    """How many rows each table has, as of a version of the register that SQLite counts."""

    version: int | None
    rows: Mapping[str, int]


class AuditLog:
    """The keyed hash chain, and the witness of every transaction."""

    def __init__(
        self,
        database: RegisterDatabase,
        keys: Keys,
        outside: OutsideHead | None = None,
        journal: OutsideJournal | None = None,
    ) -> None:
        """`outside` is where the head is kept beside the register, if anywhere; `journal` is told
        of what people did."""
        self._database = database
        self._key = keys.derived_key("record")
        self._outside = outside
        self._journal = journal
        self._to_note: dict[str, JournalLine] = {}  # by the seal
        self._counted = self._counting = _RowCounts(None, {})
        self._announced: ChainHead | None = None
        self._marked = ""  # the seal that the head beside the register has
        self.rows = RowDigests(database, keys.derived_key("rows"))
        self.proofs = RowProofs(database, self.rows)

    def witness_commits(self) -> None:
        """From now on tell of every row that is written, whoever writes it."""
        own = {t.name: t.columns for t in self._database.tables() if t.name in _TELL_OF_OTHERS}
        self._database.witness_commits(self, {**WORK_IN_HAND, **own})

    def append(self, now: datetime, what: AuditAct, **detail: str | int | None) -> None:
        """Add one row. Must run inside the transaction of the change that it tells of."""
        self._append(now.astimezone(UTC).isoformat(), what, detail)

    def append_existing_rows(
        self,
        now: datetime,
        what: AuditAct,
        unproven: Collection[RowName] = (),
        **detail: str | int | None,
    ) -> None:
        """Add one row, and the digests of all rows of the register as they stand, but for those
        that were `unproven` before: after a change of the schema, which is no change of a row. Must
        run inside the transaction of that change."""
        self.append(now, what, **detail)
        for table in self.rows.tables():
            digests = dict(self.rows.all_digests(table))
            count = len(digests)
            for name in [name for of, name in unproven if of == table.name]:
                digests.pop(name, None)
            for name, digest in digests.items():
                self.proofs.keep_digest(table.name, name, digest)
            self._append_rows({table.name: digests}, {table.name: count})

    def before_commit(self, changes: Mapping[str, RowChanges]) -> None:
        """Tell of every row that the transaction wrote. Raises RowNotAsRecorded for one that
        somebody else had changed: then nothing is written."""
        self._counting = self._count_rows(changes)
        if changes:
            told = {table: self.proofs.digests_after(table, c) for table, c in changes.items()}
            self._append_rows(told, {table: self._counting.rows[table] for table in told})
        self.announce_head(self._counting.rows)

    def announce_head(self, counts: Mapping[str, int] | None = None) -> None:
        """Have the head beside the register tell of what is about to be committed, as the last
        thing in its transaction. Where that cannot be done, a row of the record says so, and
        `doctor` too."""
        seq, seal = self.chain_head()
        self._announced = None
        if self._outside is None or seal == self._marked:
            return
        head = ChainHead(seq, seal, counts or {})
        try:
            self._outside.announce(head, self.follows_head)
            self._announced = head
        except OSError:
            self._append(None, AuditAct.ROWS_WRITTEN, {"rows": {}, "counts": {}, UNMARKED: True})

    def after_commit(self) -> None:
        """Confirm what was announced; where that cannot be done it stays announced."""
        self._counted = self._counting
        self.confirm_head()
        self._note_in_journal()

    def confirm_head(self) -> None:
        """What was announced last is committed."""
        announced, self._announced = self._announced, None
        if self._outside is not None and announced is not None:
            with suppress(OSError):
                self._outside.confirm(announced)
                self._marked = announced.seal

    def _note_in_journal(self) -> None:
        """What people did, once it is in the register: a rehearsal was taken back again."""
        noted, self._to_note = self._to_note, {}
        for line in noted.values():
            if self._journal is not None and self.contains_act(line):
                self._journal.append(line, durably=True)

    def contains_act(self, line: JournalLine) -> bool:
        """Whether what a person did, as the journal tells it, is in this register."""
        sql = "SELECT 1 FROM record WHERE seal = ?"
        return self._database.fetch_row(sql, line.facts["seal"]) is not None

    def _count_rows(self, changes: Mapping[str, RowChanges]) -> _RowCounts:
        """How many rows each table has: counted anew only when another process wrote meanwhile."""
        version, _ = self._database.change_counter()
        tables = [table.name for table in self.rows.tables()]
        if version != self._counted.version:
            return _RowCounts(version, {table: self.rows.count_rows(table) for table in tables})
        known = self._counted.rows
        growth = {table: rows.growth for table, rows in changes.items()}
        return _RowCounts(version, {t: known[t] + growth.get(t, 0) for t in tables})

    def _append_rows(
        self, digests: Mapping[str, Mapping[str, str | None]], counts: Mapping[str, int]
    ) -> None:
        self._append(None, AuditAct.ROWS_WRITTEN, {"rows": dict(digests), "counts": dict(counts)})

    def _append(self, at: str | None, what: AuditAct, detail: Mapping[str, object]) -> None:
        seq, before = self.chain_head()
        told = json.dumps(detail, sort_keys=True)
        seal = self._seal(before, seq + 1, at, what, told)
        self._database.execute_insert(
            "INSERT INTO record (seq, at, what, detail, seal) VALUES (?, ?, ?, ?, ?)",
            *(seq + 1, at, what, told, seal),
        )
        if self._journal is not None and what.by_person:
            facts = {"seal": seal, "at": at, "what": what, "detail": told}
            self._to_note[seal] = JournalLine(PERSON_ACTED, facts)

    def chain_head(self) -> tuple[int, str]:
        """The number of rows and the last seal; (0, zeros) for an empty record."""
        row = self._database.fetch_row("SELECT seq, seal FROM record ORDER BY seq DESC LIMIT 1")
        return (row["seq"], row["seal"]) if row else (0, FIRST_SEAL)

    def contains_seal(self, seal: str) -> bool:
        """Whether a row has the seal that begins so, as `group_seal_digits` writes it."""
        digits = seal.replace("-", "").strip().lower()
        sql = "SELECT 1 FROM record WHERE substr(seal, 1, ?) = ?"
        return bool(digits) and self._database.fetch_row(sql, len(digits), digits) is not None

    def began_recording_at(self) -> datetime | None:
        """When the first row was written."""
        return recording_began(self._database)

    def last_recorded_at(self, what: AuditAct) -> datetime | None:
        """When this was last recorded."""
        return last_recorded(self._database, what)

    def first_broken_row(self) -> int | None:
        """The number of the first row that does not follow from the one before, or None."""
        return next((broken for broken in self.look_for_broken_row() if broken is not None), None)

    def look_for_broken_row(self) -> Iterator[int | None]:
        """The same in pieces, of which each that is done gives None."""
        before, expected = FIRST_SEAL, 1
        for row in self._database.iterate_rows("SELECT * FROM record ORDER BY seq"):
            seal = self._seal(before, row["seq"], row["at"], row["what"], row["detail"])
            if row["seq"] != expected or not hmac.compare_digest(seal, row["seal"]):
                yield expected
                return
            before, expected = row["seal"], expected + 1
            if expected % PIECE_ROWS == 0:
                yield None

    def fits_keys(self) -> bool:
        """Whether it was written with these keys: whether any row follows, by them, from the one
        before. One without rows fits all keys."""
        before = None
        for row in self._database.iterate_rows("SELECT * FROM record ORDER BY seq"):
            seal = self._seal(before or FIRST_SEAL, *row[:4])
            if hmac.compare_digest(seal, row["seal"]):
                return True
            before = row["seal"]
        return before is None

    def follow_rows(self, proven: ProvenRows) -> Iterator[None]:
        """Have `proven` hold what the record says of the register's rows, in pieces; nothing it
        proves where the record is broken."""
        sql = "SELECT detail FROM record WHERE what = ? ORDER BY seq"
        for n, row in enumerate(self._database.iterate_rows(sql, AuditAct.ROWS_WRITTEN), 1):
            proven.follow(row["detail"])
            if n % PIECE_ROWS == 0:
                yield

    def follows_head(self, head: ChainHead) -> bool:
        """Whether the record still has the row that was once its last."""
        row = self._database.fetch_row("SELECT seal FROM record WHERE seq = ?", head.seq)
        seal = row["seal"] if row else FIRST_SEAL if head.seq == 0 else ""
        return hmac.compare_digest(seal, head.seal)

    def _seal(self, before: str, seq: int, at: str | None, what: str, detail: str) -> str:
        told = json.dumps([before, seq, at, what, detail]).encode()
        return hmac.digest(self._key, told, "sha256").hex()


def recording_began(database: RegisterDatabase) -> datetime | None:
    """When the first row was written."""
    sql = f"SELECT at FROM record WHERE {_HAPPENED} ORDER BY seq LIMIT 1"  # noqa: S608
    row = database.fetch_row(sql)
    return datetime.fromisoformat(row["at"]) if row else None


def last_recorded(database: RegisterDatabase, what: AuditAct | None = None) -> datetime | None:
    """When this was last recorded; without `what`, when anything was."""
    sql = (
        f"SELECT at FROM record WHERE what = ifnull(?, what) AND {_HAPPENED}"  # noqa: S608
        " ORDER BY seq DESC LIMIT 1"
    )
    row = database.fetch_row(sql, what)
    return datetime.fromisoformat(row["at"]) if row else None


def group_seal_digits(seal: str) -> str:
    """The first 16 digits of a seal as a person compares them: "7f3a-92c1-04be-11d0"."""
    return "-".join(seal[i : i + 4] for i in range(0, 16, 4))


# What befell the whole register, and so every case that was in it.
_OF_EVERY_CASE = frozenset(
    {
        AuditAct.RESTORED,
        AuditAct.RECOVERED,
        AuditAct.REGISTER_ACCEPTED,
        AuditAct.CHASING_LET_GO,
    }
)
_IDS = {
    # Also what was of no case, or of another, until it was decided about in this one.
    "entry": (
        "SELECT id, case_id FROM entries"
        " UNION SELECT entry_id, case_id FROM decisions WHERE entry_id NOT NULL"
    ),
    "owed": "SELECT r.id, a.case_id FROM returns r JOIN agencies a ON a.id = r.agency_id",
    "contact": "SELECT k.id, a.case_id FROM contacts k JOIN agencies a ON a.id = k.agency_id",
    "decision": "SELECT id, case_id FROM decisions",
}


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One row of the record, `at` in UTC. What it does not tell is None."""

    at: datetime
    what: str
    agency: str | None = None
    kind: str | None = None
    entry: int | None = None
    delivery: int | None = None
    verdict: str | None = None
    why: str | None = None
    owed: int | None = None
    state: str | None = None
    decision: int | None = None
    did: str | None = None
    until: str | None = None
    changes: int | None = None
    weight: str | None = None
    proof: str | None = None
    steps: str | None = None
    about: int | None = None  # the return that a decision is about
    contact: int | None = None
    letter: int | str | None = None
    sent: str | None = None  # when a letter had left, of which a restored register did not know
    missing: int | None = None  # originals, when they were withdrawn
    spoiled: int | None = None
    sealed: str | None = None  # why a person did it
    by: str | None = None  # whoever opened a copy, sealed


def history_of_case(database: RegisterDatabase, reference: str) -> Iterator[AuditEvent]:
    """What ever happened in a case, in order. Nothing for a case that is not there."""
    case = database.fetch_row("SELECT id, reference FROM cases WHERE reference = ?", reference)
    if case is None:
        return
    ours = _ids_in_cases(database, case["id"])
    begun = False
    for what, told, event in _events(database):
        named = str(told.get("case") or "").casefold() == case["reference"].casefold()
        named = named or (begun and what in _OF_EVERY_CASE)
        if named or _is_about(told, ours):
            begun = True
            yield event


def history_of_no_case(database: RegisterDatabase) -> Iterator[AuditEvent]:
    """What ever happened that stands in the log of no case, or in that of each, in order."""
    theirs = _ids_in_cases(database, None)
    for _, told, event in _events(database):
        if not (told.get("case") or _is_about(told, theirs)):
            yield event


def _events(database: RegisterDatabase) -> Iterator[tuple[str, dict[str, Any], AuditEvent]]:
    sql = "SELECT at, what, detail FROM record WHERE at IS NOT NULL ORDER BY seq"
    for row in database.fetch_rows(sql):
        told = json.loads(row["detail"])
        yield row["what"], told, read_event(row["at"], row["what"], told)


def read_event(at: str, what: str, told: Mapping[str, Any]) -> AuditEvent:
    """One row of the record, of which `told` is the detail."""
    known = {name: told[name] for name in AuditEvent.__slots__ if name in told}
    return AuditEvent(**{**known, "at": datetime.fromisoformat(at), "what": what})


def _ids_in_cases(database: RegisterDatabase, case: int | None) -> Mapping[str, set[int]]:
    """Of entries, returns, contacts and decisions: those of one case, or of any."""
    where = "case_id = ?1 OR (?1 IS NULL AND case_id NOT NULL)"
    found = dict[str, set[int]]()
    for name, those in _IDS.items():
        sql = f"SELECT id FROM ({those}) WHERE {where}"  # noqa: S608  our own words
        found[name] = {row["id"] for row in database.fetch_rows(sql, case)}
    return found


def _is_about(told: Mapping[str, Any], ids: Mapping[str, set[int]]) -> bool:
    return any(told.get(name) in those for name, those in ids.items())
