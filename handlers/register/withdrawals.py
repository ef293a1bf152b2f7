"""Withdraws an entry: what an agency sent and never should have, such as another child's file.

All entries of the same document in the same case go together, with the messages it came in and
what was read from either. Each stays as a row: that it came, when, and of what kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from config.kind import Kinds
from handlers.register.decision import (
    WITHDRAW,
    Decision,
    DecisionReason,
    DecisionRefused,
    refuse_closed_case,
)
from handlers.register.decisions import Decisions
from handlers.register.entries import Entries
from handlers.register.matrix import CaseRow, ReturnRow
from handlers.register.returns import SETTLED_STATES, ReturnMove, ReturnState, state_after
from handlers.register.submissions import Entry
from intake.database import RegisterDatabase
from intake.destroyed_originals import DestroyedOriginals, DestructionReason
from intake.journal import OutsideJournal
from intake.vault import Vault

_STANDS = "NOT EXISTS (SELECT 1 FROM decisions w WHERE w.entry_id = e.id AND w.what = 'withdraw')"
_SAME_DOCUMENT = (
    "SELECT id, delivery_id FROM entries e WHERE content = ? AND case_id IS ?"  # noqa: S608  our own words
    f" AND {_STANDS}"
)
_CAME_AGAIN = "SELECT delivery_id FROM repeats WHERE entry_id = ?"
_OF_MESSAGE = f"SELECT id FROM entries e WHERE delivery_id = ? AND position = 0 AND {_STANDS}"  # noqa: S608  our own words


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What goes: the entries, the deliveries that brought them, and the originals by their marks,
    each from one case (its number) or from everywhere. `decisions` is one for each entry."""

    entries: tuple[Entry, ...]
    deliveries: tuple[int, ...]
    originals: tuple[tuple[str, int | None], ...]
    decisions: tuple[Decision, ...]


class Withdrawals:
    """Finds what goes with an entry, and writes down that it goes."""

    def __init__(
        self,
        database: RegisterDatabase,
        vault: Vault,
        entries: Entries,
        decisions: Decisions,
        kinds: Kinds,
        journal: OutsideJournal,
    ) -> None:
        self._database = database
        self._vault = vault
        self._entries = entries
        self._decisions = decisions
        self._kinds = kinds
        self.destroyed = DestroyedOriginals(database, vault, journal)

    def plan_withdrawal(
        self,
        entry: Entry,
        cases: Iterable[CaseRow],
        because: DecisionReason,
        zone: ZoneInfo,
        *,
        again: bool = False,
    ) -> Withdrawal | DecisionRefused:
        """What goes with it, or why nothing does. `cases` are where every return stands; `again`
        says that it was withdrawn before a restore, so that its keys may be gone."""
        found = {case.id: case for case in cases}
        if refused := self._refused(entry, found.get(entry.case_id or 0)):
            return refused
        entries, deliveries = self._found(entry)
        originals = dict(self._originals(entry, deliveries))
        if self._is_being_read(originals):
            return DecisionRefused(
                "The same has just come again and is not read yet. Please try again in a minute."
            )
        if not again and not any(self._vault.document_keys.owners(mark) for mark in originals):
            return DecisionRefused(
                f"Nothing of entry {entry.id} is held any more: there is nothing to destroy."
            )
        decisions = tuple(self._decisions_about(entries, found.values(), because, zone))
        return Withdrawal(entries, deliveries, tuple(originals.items()), decisions)

    def record(self, made: Withdrawal, now: datetime, why: DestructionReason = "withdrawn") -> None:
        """Write it down. Call it inside one transaction, and `destroyed.finish` after that."""
        for decision in made.decisions:
            self._decisions.record_decision(decision, now)
        for mark, case_id in made.originals:
            self.destroyed.add(mark, case_id, why, now)

    def _refused(self, entry: Entry, case: CaseRow | None) -> DecisionRefused | None:
        if entry.decided == WITHDRAW:
            return DecisionRefused(f"Entry {entry.id} was withdrawn already.")
        if case is not None and case.state == "on hold":
            return DecisionRefused(
                f"{case.reference} is on hold, and nothing of it is destroyed. Reopen it first."
            )
        if case is not None and case.state == "closed":
            return refuse_closed_case(case.reference)
        return None

    def _found(self, entry: Entry) -> tuple[tuple[Entry, ...], tuple[int, ...]]:
        rows = self._database.fetch_rows(_SAME_DOCUMENT, entry.content, entry.case_id)
        ids, deliveries = {row["id"] for row in rows}, {row["delivery_id"] for row in rows}
        for id in ids:
            again = self._database.fetch_rows(_CAME_AGAIN, id)
            deliveries.update(row["delivery_id"] for row in again)
        for delivery in deliveries:
            ids.update(row["id"] for row in self._database.fetch_rows(_OF_MESSAGE, delivery))
        return tuple(self._entries.entries_among(ids)), tuple(sorted(deliveries))

    def _originals(
        self, entry: Entry, deliveries: Sequence[int]
    ) -> Iterator[tuple[str, int | None]]:
        """The document goes from its case: another may have it rightly. A message goes wholly,
        unless the same came by itself for another."""
        yield entry.content, entry.case_id
        for delivery in deliveries:
            sql = "SELECT content FROM deliveries WHERE id = ?"
            for row in self._database.fetch_rows(sql, delivery):
                if row["content"] != entry.content:
                    yield row["content"], self._only_from(row["content"], entry, deliveries)

    def _only_from(self, content: str, entry: Entry, deliveries: Sequence[int]) -> int | None:
        sql = "SELECT id FROM deliveries WHERE content = ?"
        ids = {row["id"] for row in self._database.fetch_rows(sql, content)}
        return None if ids <= set(deliveries) else entry.case_id

    def _is_being_read(self, marks: Iterable[str]) -> bool:
        sql = "SELECT 1 FROM deliveries WHERE content = ? AND state = 'spooled'"
        return any(self._database.fetch_row(sql, mark) is not None for mark in marks)

    def _decisions_about(
        self,
        gone: Sequence[Entry],
        cases: Iterable[CaseRow],
        because: DecisionReason,
        zone: ZoneInfo,
    ) -> Iterator[Decision]:
        """One for each, with how its return stands once nothing that goes ever counted, and what a
        nil return had settled."""
        owed = {agency.id: agency.returns for case in cases for agency in case.agencies}
        moved = set[int]()
        for entry in gone:
            unsettled = self._settles_pack(entry) and entry.standing_verdict == "accept"
            moves = [
                move
                for row in owed.get(entry.agency_id or 0, ())
                if row.id not in moved
                and (row.id == entry.return_id or (unsettled and row.state == "nil"))
                for move in self._move(row, gone, zone, unsettled=unsettled)
            ]
            moved.update(move.return_id for move in moves)
            place = (entry.case_id, entry.agency_id, entry.id, entry.return_id)
            yield Decision(WITHDRAW, because, *place, moves=tuple(moves))

    def _move(
        self, row: ReturnRow, gone: Sequence[Entry], zone: ZoneInfo, *, unsettled: bool
    ) -> Iterator[ReturnMove]:
        ids = {entry.id for entry in gone}
        left = [e for e in self._entries.entries_for_return(row.id) if e.id not in ids]
        state, received, accepted = stand_of_versions([(e, self._day(e, zone)) for e in left])
        if row.state == "outside":
            state, accepted = row.state, row.accepted
        elif row.state == "waived" or (row.state == "nil" and not unsettled):
            state = row.state
        move = ReturnMove(row.id, row.kind, row.state, state, received, accepted, afresh=True)
        if (state, received, accepted) != (row.state, row.received, row.accepted):
            yield move

    def _day(self, entry: Entry, zone: ZoneInfo) -> date:
        sql = "SELECT received FROM deliveries WHERE id = ?"
        row = self._database.fetch_row(sql, entry.delivery_id)
        assert row is not None  # the schema refuses an entry without its delivery
        return datetime.fromisoformat(row["received"]).astimezone(zone).date()

    def _settles_pack(self, entry: Entry) -> bool:
        kind = self._kinds.get(entry.kind)
        return kind is not None and kind.settles_pack


def stand_of_versions(
    versions: Sequence[tuple[Entry, date]],
) -> tuple[ReturnState, date | None, date | None]:
    """Where a return stands by the versions that came for it, in their order, each with its day,
    and the days on which the first and the accepted one came."""
    state: ReturnState = "awaited"
    received = accepted = None
    for entry, day in versions:
        stands = entry.standing_verdict
        if entry.decided in ("assign", "keep", "unplace", WITHDRAW) or stands == "automatic":
            continue
        if entry.verdict != "hold" or entry.decided:
            received = received or day
        if stands == "accept":
            state, accepted = "accepted", day
        elif stands == "reject" and entry.decided and state not in SETTLED_STATES:
            state = "rejected"
        elif stands != "hold":
            state = state_after(state, stands)
    return state, received, accepted
