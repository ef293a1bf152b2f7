"""What a register has after the last entry that the head beside it tells of, held against what lies
here.

Each commit is announced beside the register before it is made, so a register goes on after its head
only where that could not be written, where the head was put back or a disk lost it, or where the
register was worked on elsewhere. An original is in the vault before a row names it, a letter in the
journal before the register says that it left: what is not here was not done here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import UNMARKED, AuditLog
from intake.chain_head import ChainHead, OutsideHead
from intake.database import RegisterDatabase, Row
from intake.destroyed_originals import DestroyedOriginals
from intake.journal import DELIVERY_TAKEN, LETTER_LEFT, PERSON_ACTED, OutsideJournal
from intake.vault import Vault

MOST_UNTOLD_COMMITS = 5  # of which nothing here tells that they were made here
_LOOKS = 5  # another process may commit between two looks
_AFTER = "SELECT seq, at, what, detail, seal FROM record WHERE seq > ? ORDER BY seq"
_LAST_TIME = "SELECT at FROM record WHERE at NOT NULL AND seq <= ? ORDER BY seq DESC LIMIT 1"


@dataclass(slots=True)
class LeadingRows:
    """The entries after number `since`. `missing` are the marks of originals that they name and the
    vault has not, `letters` those that left and `acts` those of people of which the journal does
    not tell, `cases` those that have no key; `untold` are commits since the last one of which
    something here tells, and that should have been announced."""

    since: int
    since_at: datetime | None
    last: int
    last_at: datetime | None
    commits: int = 0
    untold: int = 0
    missing: list[str] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    acts: int = 0
    cases: int = 0

    @property
    def lack_anything(self) -> bool:
        """Whether something that they name is not here."""
        return bool(self.missing or self.letters or self.acts or self.cases)

    @property
    def were_made_here(self) -> bool:
        """Whether all that they name is here, and it is no more than a disk may have lost."""
        return not self.lack_anything and self.untold <= MOST_UNTOLD_COMMITS


class LeadingRowsReader:
    """Reads what one register has after the head in the folder of one vault."""

    def __init__(
        self,
        database: RegisterDatabase,
        vault: Vault,
        record: AuditLog,
        outside: OutsideHead,
        journal: OutsideJournal,
    ) -> None:
        self._database = database
        self._vault = vault
        self._destroyed = DestroyedOriginals(database, vault)
        self._record = record
        self._outside = outside
        self._journal = journal

    def find(self) -> LeadingRows | None:
        """None where the register ends with its head, or has it not. Raises OSError."""
        for _ in range(_LOOKS):
            base = self._outside.read_marks().last_standing(self._record.follows_head)
            if base is None or self._record.chain_head()[0] == base.seq:
                return None
        return self._after(base) if base is not None else None

    def _after(self, base: ChainHead) -> LeadingRows:
        rows = self._database.fetch_rows(_AFTER, base.seq)
        last = rows[-1]["seq"] if rows else base.seq
        found = LeadingRows(base.seq, self._time(base.seq), last, self._time(last))
        told = {DELIVERY_TAKEN: set[str](), LETTER_LEFT: set[str](), PERSON_ACTED: set[str]()}
        names = {DELIVERY_TAKEN: "content", LETTER_LEFT: "message_id", PERSON_ACTED: "seal"}
        for line in self._journal.read_lines():
            if line.what in told:
                told[line.what].add(line.facts[names[line.what]])
        known = self._deliveries_before(base.seq)
        for commit in _commits(rows):
            found.commits += 1
            here = self._look_at(commit, known, told, found)
            found.untold = 0 if here else found.untold + (not _is_unmarked(commit))
        found.missing = list(dict.fromkeys(found.missing))
        return found

    def _look_at(
        self,
        commit: list[Row],
        known: set[str],
        told: dict[str, set[str]],
        found: LeadingRows,
    ) -> bool:
        """Note what of it is not here; whether something here tells of it."""
        here, lost_acts = False, 0
        for row in commit:
            detail = json.loads(row["detail"])
            if row["what"] == AuditAct.ROWS_WRITTEN:
                here |= self._named(detail["rows"], known, told[DELIVERY_TAKEN], found)
            elif row["what"] == AuditAct.LETTER_LEFT:
                left = self._message_id(detail["letter"]) in told[LETTER_LEFT]
                here |= left
                # An alert may leave without a line, where the vault cannot be written.
                excused = detail["kind"] == "alert" and _is_unmarked(commit)
                found.letters += [] if left or excused else [detail["letter"]]
            elif row["what"] in _PEOPLE:
                here |= row["seal"] in told[PERSON_ACTED]
                lost_acts += row["seal"] not in told[PERSON_ACTED]
        # Its line follows the commit: a kill in between leaves one without.
        found.acts += lost_acts if not _is_unmarked(commit) else max(lost_acts - 1, 0)
        return here

    def _named(
        self, rows: dict[str, Any], known: set[str], taken: set[str], found: LeadingRows
    ) -> bool:
        """Of a delivery that is new: whether the journal tells of it, or its original is here."""
        here = False
        for table in ("deliveries", "entries"):
            for key in rows.get(table, ()):
                content = self._content(table, key)
                if content is None or self._destroyed.is_destroyed(content):
                    continue
                lies = self._vault.holds_original(content)
                found.missing += [] if lies else [content]
                new = table == "deliveries" and key not in known
                here |= new and (lies or content in taken)
        known.update(rows.get("deliveries", ()))
        ids = [json.loads(key)[0] for key in rows.get("cases", ())]
        found.cases += sum(not self._vault.has_keys_of_case(id) for id in ids)
        return here

    def _content(self, table: str, key: str) -> str | None:
        sql = f"SELECT content FROM {table} WHERE id = ?"  # noqa: S608  our own words
        row = self._database.fetch_row(sql, json.loads(key)[0])
        return str(row["content"]) if row and row["content"] else None

    def _message_id(self, letter: int) -> str:
        row = self._database.fetch_row("SELECT message_id FROM letters WHERE id = ?", letter)
        return str(row["message_id"]) if row else ""

    def _deliveries_before(self, seq: int) -> set[str]:
        sql = "SELECT detail FROM record WHERE what = ? AND seq <= ?"
        rows = self._database.iterate_rows(sql, AuditAct.ROWS_WRITTEN, seq)
        written = (json.loads(row["detail"])["rows"] for row in rows)
        return {key for tables in written for key in tables.get("deliveries", ())}

    def _time(self, seq: int) -> datetime | None:
        row = self._database.fetch_row(_LAST_TIME, seq)
        return datetime.fromisoformat(row["at"]) if row else None


_PEOPLE = frozenset(act.value for act in AuditAct if act.by_person)


def _commits(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Each ends with the row of its digests. One that could not be announced has two, and a change
    of the schema has one for each table."""
    commit = list[Row]()
    for row in rows:
        if commit and _ends(commit, row) and not _is_unmarked([row]):
            yield commit
            commit = []
        commit.append(row)
    if commit:
        yield commit


def _ends(commit: list[Row], following: Row) -> bool:
    if commit[0]["what"] == AuditAct.SCHEMA_CHANGED:
        return bool(following["what"] != AuditAct.ROWS_WRITTEN)
    return bool(commit[-1]["what"] == AuditAct.ROWS_WRITTEN)


def _is_unmarked(commit: list[Row]) -> bool:
    """Whether the head could not be written when it was made."""
    last = commit[-1]
    return bool(last["what"] == AuditAct.ROWS_WRITTEN) and UNMARKED in json.loads(last["detail"])
