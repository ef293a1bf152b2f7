"""The spool: every delivery, safe on disk before its source hears that it was taken. Only
writer of `deliveries`."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from config.calendar import utc_text
from intake.database import RegisterDatabase, Row
from intake.delivery_names import AGENCY_NAME, CASE_HINT, FILE_NAME, DeliveryNames
from intake.destroyed_originals import DestroyedOriginals
from intake.disk_errors import is_disk_full, is_write_refused
from intake.journal import DELIVERY_TAKEN, JournalLine, OutsideJournal, TakenDelivery
from intake.schema_steps import read_schema_steps
from intake.source import DeliveryForm, Outcome, SourceIdentity, SourceOffer
from intake.vault import Vault

DeliveryState = Literal["spooled", "judged", "set aside"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """`content` is the keyed hash under which the vault holds the raw bytes; `received` is UTC.
    `agency` is what the source proves, None where it proves none. `name` is what a file was called:
    never shown, only answered beside it and read for the review named. Of a message that is
    `oversize` the content is its headers: the rest was never fetched. `outcome` is what it is."""

    id: int
    source: str
    form: DeliveryForm
    place: str
    agency: str | None
    case: str | None
    content: str
    received: datetime
    state: DeliveryState
    tries: int
    name: str | None = None
    oversize: bool = False
    outcome: Outcome | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is one file: its place says whose it is, and no sender is to be proven."""
        return self.form is DeliveryForm.FILE


MAX_JUDGING_TRIES = 3  # then a person looks; the schema has the same number
SPOOL_SCHEMA = read_schema_steps("intake", Path(__file__).parent)

_COLUMNS = (
    "id, source, form, place, agency, hint, name, content, received, state, tries, oversize,"
    " outcome"
)


class Spool:
    """Deliveries, from safe to settled."""

    def __init__(
        self, database: RegisterDatabase, vault: Vault, journal: OutsideJournal | None = None
    ) -> None:
        """`journal` is told of everything that is taken."""
        self._database = database
        self._vault = vault
        self._journal = journal
        self._behind_others = set[int]()
        self._destroyed = DestroyedOriginals(database, vault)
        self._names = DeliveryNames(vault, self._destroyed)
        self._uncounted = set[int]()

    def known_places(self, source: SourceIdentity, places: Collection[str]) -> frozenset[str]:
        """Which of these messages were taken before, in one question; a file must be read to
        tell."""
        if source.form is DeliveryForm.FILE or not places:
            return frozenset()
        asked = "place IN (SELECT value FROM json_each(?2))"
        sql = (
            f"SELECT place FROM deliveries WHERE source = ?1 AND form = 'message' AND {asked}"  # noqa: S608
            f" UNION ALL SELECT place FROM met_again WHERE source = ?1 AND {asked}"
        )
        rows = self._database.fetch_rows(sql, source.name, json.dumps(list(places)))
        return frozenset(row["place"] for row in rows)

    def is_outgrown(self, source: str, place: str, content: str) -> bool:
        """Whether this place had something taken, and no delivery has what it holds now."""
        sql = (
            "SELECT 1 FROM deliveries WHERE place = ?1 AND source = ?2"
            " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE content = ?3)"
        )
        return self._database.fetch_row(sql, place, source, content) is not None

    def note_put_back(self, source: str, places: Collection[str], now: datetime) -> None:
        """Note, once, what had been taken away from these places and lies there again (failure
        mode 120)."""
        again = (
            " FROM deliveries d WHERE d.source = ?1 AND d.form = 'message' AND d.released"
            " IS NOT NULL AND d.outcome IS NOT 'not ours'"
            " AND d.place IN (SELECT value FROM json_each(?2)) AND NOT EXISTS"
            " (SELECT 1 FROM met_again m WHERE m.source = d.source AND m.place = d.place)"
        )
        asked = (source, json.dumps(list(places)))
        if not places or self._database.fetch_row(f"SELECT 1{again}", *asked) is None:
            return
        with self._database.transaction():
            self._database.execute_change(
                "INSERT INTO met_again (source, place, delivery_id, met, released)"
                f" SELECT d.source, d.place, d.id, ?3, ?3{again}",
                *(*asked, utc_text(now)),
            )

    def take_delivery(
        self,
        source: SourceIdentity,
        offer: SourceOffer,
        raw: bytes,
        now: datetime,
        *,
        oversize: bool = False,
    ) -> bool:
        """Make it ours: the bytes in the vault first, then the row (promise 1).

        Returns False when the very same arrival was taken before and only its release is still
        to come: a crash in between leaves exactly that. Also when it stays at its source, and was
        the last that was taken from there, and when it is a message met again, delivered twice
        maybe.
        """
        at = utc_text(now)
        if offer.singular and self._was_destroyed(source.name, offer.place, raw, at):
            return False
        content = self._vault.store_original(raw)
        if offer.stays and self._last(source.name, offer.place) == content:
            return False
        agency = offer.agency if source.proves_agency else None
        taken = TakenDelivery(
            *(None, source.name, source.form, offer.place, agency, offer.case, offer.name),
            *(content, len(raw), int(oversize), at, int(offer.expected), self.whose_hint(offer)),
        )
        with self._database.transaction():
            if offer.singular and self._met(source.name, offer.place, content, at):
                return False
            id = self._insert(taken)
        if id is None:
            return False
        if not self._vault.document_keys.owners(content):  # withdrawn at this very moment
            self._vault.store_original(raw)
        self._note_taken(replace(taken, id=id))
        return True

    def knows_arrival(self, taken: TakenDelivery) -> bool:
        """Whether the register has it: a message by its bytes, a file by where and when it came."""
        sql = (
            "SELECT 1 FROM deliveries WHERE content = ?1 AND source = ?2 AND (form = 'message'"
            " OR place = ?3 AND (id = ?4 OR received = ?5))"
        )
        asked = (taken.content, taken.source, taken.place, taken.id, taken.received)
        return self._database.fetch_row(sql, *asked) is not None

    def knows_content(self, content: str) -> bool:
        """Whether anything with these bytes ever came."""
        sql = "SELECT 1 FROM deliveries WHERE content = ?"
        return self._database.fetch_row(sql, content) is not None

    def take_again(self, taken: TakenDelivery) -> int | None:
        """Enter once more what came after the backup, as of when it came, under the number that it
        had where that is free: call inside the transaction that tells of it. The vault has its
        bytes. None where its place is taken."""
        free = taken.id and not self._database.fetch_row(
            "SELECT 1 FROM deliveries WHERE id = ?", taken.id
        )
        return self._insert(replace(taken, id=taken.id if free else None))

    def note_taken_again(self, taken: TakenDelivery, id: int) -> None:
        """Have the journal tell of it, where it did not: once the row is safe."""
        self._note_taken(replace(taken, id=id))

    def _insert(self, taken: TakenDelivery) -> int | None:
        added = self._database.execute_change(
            "INSERT INTO deliveries (id, source, form, place, agency, hint, name, content, size,"
            " oversize, received, expected, whose)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            *(taken.id, taken.source, taken.form, taken.place),
            *(
                self._names.seal(taken.agency, AGENCY_NAME),
                self._names.seal(taken.hint, CASE_HINT, taken.content),
            ),
            *(self._names.seal(taken.name, FILE_NAME, taken.content), taken.content),
            *(taken.size, taken.oversize, taken.received, taken.expected, taken.whose),
        )
        if not added:
            return None
        row = self._database.fetch_row(
            "SELECT max(id) AS id FROM deliveries WHERE source = ? AND place = ? AND content = ?",
            *(taken.source, taken.place, taken.content),
        )
        return int(row["id"]) if row else None

    def _note_taken(self, taken: TakenDelivery) -> None:
        """Not forced to the disk: the source holds it until it lets it go, and keeps it aside."""
        if self._journal is not None:
            told = self._names.journal_facts(taken)
            self._journal.append(JournalLine(DELIVERY_TAKEN, told))

    def correct_doubted_times(self, then: datetime, now: datetime) -> None:
        """What came while the clock was doubted was written down as of `then`: it came by now."""
        sql = "UPDATE deliveries SET received = ? WHERE state = 'spooled' AND received = ?"
        with self._database.transaction():
            self._database.execute_change(sql, *(utc_text(at) for at in (now, then)))

    def waiting_deliveries(self) -> list[Delivery]:
        """What is safe and not yet judged: what was tried least first, then what comes from
        somebody registered; of that a thing of each sender or folder in turn, the oldest first."""
        return self._where(
            "state = 'spooled' ORDER BY tries, expected DESC,"
            " row_number() OVER (PARTITION BY tries, expected, whose ORDER BY id), id"
        )

    def let_others_first(self, delivery: Delivery) -> bool:
        """Let what else of the same sender or folder is to be judged for the first time go before a
        delivery, once; False where nothing is, but for what has let others go as well."""
        more = self._database.fetch_row(
            "SELECT 1 FROM deliveries d JOIN deliveries s ON s.whose = d.whose"
            " WHERE d.id = ? AND d.whose <> '' AND s.state = 'spooled' AND s.tries = 0"
            " AND s.id <> d.id AND s.id NOT IN (SELECT value FROM json_each(?)) LIMIT 1",
            *(delivery.id, json.dumps(sorted(self._behind_others))),
        )
        if delivery.id in self._behind_others or more is None:
            self._behind_others.discard(delivery.id)
            return False
        self._behind_others.add(delivery.id)
        return True

    def strangers_waiting(self) -> int:
        """How much of what is not judged yet comes from nobody registered."""
        sql = "SELECT count(*) AS n FROM deliveries WHERE state = 'spooled' AND expected = 0"
        row = self._database.fetch_row(sql)
        return int(row["n"]) if row else 0

    def deliveries_to_release(self, source: str) -> list[Delivery]:
        """What this source still holds although we are done with it, at each place it lies."""
        held = "source = ? AND released IS NULL AND state <> 'spooled'"
        again = (
            "SELECT m.place, m.delivery_id FROM met_again m"
            " JOIN deliveries d ON d.id = m.delivery_id"
            " WHERE m.source = ? AND m.released IS NULL AND d.state <> 'spooled'"
        )
        elsewhere = [
            replace(self.get(row["delivery_id"]), place=row["place"])
            for row in self._database.fetch_rows(again, source)
        ]
        return [*self._where(held, source), *elsewhere]

    def get(self, id: int) -> Delivery:
        """Raises KeyError."""
        found = self._where("id = ?", id)
        if not found:
            raise KeyError(id)
        return found[0]

    def mark_judged(self, delivery: Delivery, outcome: Outcome = "taken") -> None:
        """Everything in it is in the register: call inside the transaction that put it there."""
        self._database.execute_change(
            "UPDATE deliveries SET state = 'judged', outcome = ? WHERE id = ?", outcome, delivery.id
        )

    def begin_try(self, delivery: Delivery) -> bool:
        """Count a try before it is made: also one that a kill from outside ends has been a try
        (failure mode 104).

        Returns False when there was none left: then the delivery is to be set aside (promise 6).
        """
        if delivery.id in self._uncounted:
            self._uncounted.discard(delivery.id)
            return True
        if delivery.tries >= MAX_JUDGING_TRIES:
            return False
        with self._database.transaction():
            self._database.execute_change(
                "UPDATE deliveries SET tries = tries + 1 WHERE id = ?", delivery.id
            )
        return True

    def uncount_try(self, delivery: Delivery) -> None:
        """Take a try back that ended by no fault of the delivery's.

        A full disk, or a register that is read-only, may not even take that; then it is
        remembered, and the next try is free.
        """
        try:
            with self._database.transaction():
                self._database.execute_change(
                    "UPDATE deliveries SET tries = tries - 1 WHERE id = ?", delivery.id
                )
        except Exception as why:
            if not (is_disk_full(why) or is_write_refused(why)):
                raise
            self._uncounted.add(delivery.id)

    def mark_set_aside(self, delivery: Delivery) -> None:
        """Every try went wrong: call inside the transaction that tells a person of it."""
        self._database.execute_change(
            "UPDATE deliveries SET state = 'set aside' WHERE id = ?", delivery.id
        )

    def mark_released(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Their source was told, of the places that the deliveries name."""
        at = utc_text(now)
        with self._database.transaction():
            for delivery in deliveries:
                for sql in (
                    "UPDATE deliveries SET released = ? WHERE id = ? AND place = ?",
                    "UPDATE met_again SET released = ? WHERE delivery_id = ? AND place = ?",
                ):
                    self._database.execute_change(sql, at, delivery.id, delivery.place)

    def counts_by_state(self) -> dict[str, int]:
        """How many deliveries are in each state; every state is named."""
        sql = "SELECT state, count(*) AS n FROM deliveries GROUP BY state"
        found = {row["state"]: row["n"] for row in self._database.fetch_rows(sql)}
        return {state: found.get(state, 0) for state in ("spooled", "judged", "set aside")}

    def count_not_ours(self) -> int:
        """How many were taken in and turned out to be for nobody here: their source has them."""
        sql = "SELECT count(*) AS n FROM deliveries WHERE outcome = 'not ours'"
        row = self._database.fetch_row(sql)
        return int(row["n"]) if row else 0

    def oldest_waiting_time(self) -> datetime | None:
        """When the oldest of what is not judged yet came (UTC)."""
        return oldest_waiting_time(self._database)

    def _where(self, condition: str, *values: object) -> list[Delivery]:
        sql = f"SELECT {_COLUMNS} FROM deliveries WHERE {condition}"  # noqa: S608  our own words
        return [self._delivery(row) for row in self._database.fetch_rows(sql, *values)]

    def _delivery(self, row: Row) -> Delivery:
        return Delivery(
            id=row["id"],
            source=row["source"],
            form=DeliveryForm(row["form"]),
            place=row["place"],
            agency=self._names.unseal(row["agency"], AGENCY_NAME),
            case=self._names.unseal(row["hint"], CASE_HINT),
            name=self._names.unseal(row["name"], FILE_NAME),
            content=row["content"],
            received=datetime.fromisoformat(row["received"]),
            state=row["state"],
            tries=row["tries"],
            oversize=bool(row["oversize"]),
            outcome=row["outcome"],
        )

    def _met(self, source: str, place: str, content: str, at: str) -> bool:
        """Whether these bytes came before; then this is one more place where they lie, to be let go
        with the first. What had been let go by then was put back by a person, who will have had a
        reason, or was delivered once more: it is left, and told."""
        sql = "SELECT id, place, released FROM deliveries WHERE source = ? AND content = ?"
        row = self._database.fetch_row(sql, source, content)
        if row is None:
            return False
        if row["place"] != place:
            self._database.execute_change(
                "INSERT INTO met_again (source, place, delivery_id, met, released)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                *(source, place, row["id"], at, row["released"] and at),
            )
        return True

    def _was_destroyed(self, source: str, place: str, raw: bytes, at: str) -> bool:
        """Whether it is a message met again that was destroyed since: it is not kept once more."""
        content = self._vault.keyed_hash(raw)
        if not self._destroyed.is_destroyed(content):
            return False
        with self._database.transaction():
            return self._met(source, place, content, at)

    def _last(self, source: str, place: str) -> str | None:
        """The mark of what was taken last from this place."""
        sql = (
            "SELECT content FROM deliveries WHERE source = ? AND place = ? ORDER BY id DESC LIMIT 1"
        )
        row = self._database.fetch_row(sql, source, place)
        return str(row["content"]) if row else None

    def whose_hint(self, offer: SourceOffer) -> str:
        """A hint, which orders and proves nothing."""
        hint = offer.agency or offer.sender
        return self._vault.keyed_hash(b"whose/" + os.fsencode(hint.casefold())) if hint else ""


def oldest_waiting_time(database: RegisterDatabase) -> datetime | None:
    """When the oldest of what is not judged yet came (UTC)."""
    row = database.fetch_row("SELECT min(received) AS at FROM deliveries WHERE state = 'spooled'")
    return datetime.fromisoformat(row["at"]) if row and row["at"] else None
