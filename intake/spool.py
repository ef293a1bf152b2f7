"""The spool: the ledger of everything that came. The only writer of `deliveries`.

Does: makes a delivery durable before its source may let go, remembers where each one stands,
and sets one aside after three tries.
Trusts: the vault, the ledger.
Never touches: what is inside a delivery.
Known limits: none.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from intake.delivery import Delivery
from intake.ledger import Ledger, Row, schema
from intake.source import Offer
from intake.vault import Vault

TRIES = 3
_AGENCY, _HINT, _NAME = "agency", "hint", "name"  # what the folders and the file are called
SCHEMA = schema("intake", Path(__file__).parent)

_COLUMNS = "id, source, place, agency, hint, name, content, received, state, tries"


class Spool:
    """Deliveries, from safe to settled."""

    def __init__(self, ledger: Ledger, vault: Vault) -> None:
        self._ledger = ledger
        self._vault = vault

    def knows(self, source: str, place: str) -> bool:
        """Whether this message was taken before; a file must be read to tell."""
        if source == "drop":
            return False
        sql = "SELECT 1 FROM deliveries WHERE source = ? AND place = ?"
        return self._ledger.row(sql, source, place) is not None

    def take(self, source: str, offer: Offer, raw: bytes, now: datetime) -> bool:
        """Make it ours: the bytes in the vault first, then the row (promise 1).

        Returns False when the very same arrival was taken before and only its release is still
        to come: a crash in between leaves exactly that. Also when it stays at its source, and was
        the last that was taken from there.
        """
        content = self._vault.put(raw)
        if offer.stays and self._last(source, offer.place) == content:
            return False
        with self._ledger.transaction():
            added = self._ledger.change(
                "INSERT INTO deliveries (source, place, agency, hint, name, content, size,"
                " received) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                *(source, offer.place, self._sealed(offer.agency, _AGENCY)),
                *(self._sealed(offer.case, _HINT), self._sealed(offer.name, _NAME)),
                *(content, len(raw), now.astimezone(UTC).isoformat()),
            )
        return added == 1

    def waiting(self) -> list[Delivery]:
        """What is safe and not yet judged, oldest first."""
        return self._where("state = 'spooled' ORDER BY id")

    def to_release(self, source: str) -> list[Delivery]:
        """What this source still holds although we are done with it."""
        return self._where("source = ? AND released IS NULL AND state <> 'spooled'", source)

    def get(self, id: int) -> Delivery:
        """Raises KeyError."""
        found = self._where("id = ?", id)
        if not found:
            raise KeyError(id)
        return found[0]

    def judged(self, delivery: Delivery) -> None:
        """Everything in it is in the register: call inside the transaction that put it there."""
        self._ledger.change("UPDATE deliveries SET state = 'judged' WHERE id = ?", delivery.id)

    def tried(self, delivery: Delivery) -> bool:
        """Judging it went wrong once more. Returns True when that was the last try (promise 6)."""
        last = delivery.tries + 1 >= TRIES
        state = "set aside" if last else delivery.state
        with self._ledger.transaction():
            self._ledger.change(
                "UPDATE deliveries SET tries = tries + 1, state = ? WHERE id = ?",
                state,
                delivery.id,
            )
        return last

    def released(self, delivery: Delivery, now: datetime) -> None:
        with self._ledger.transaction():
            self._ledger.change(
                "UPDATE deliveries SET released = ? WHERE id = ?",
                now.astimezone(UTC).isoformat(),
                delivery.id,
            )

    def counts(self) -> dict[str, int]:
        """How many deliveries are in each state; every state is named."""
        sql = "SELECT state, count(*) AS n FROM deliveries GROUP BY state"
        found = {row["state"]: row["n"] for row in self._ledger.rows(sql)}
        return {state: found.get(state, 0) for state in ("spooled", "judged", "set aside")}

    def _where(self, condition: str, *values: object) -> list[Delivery]:
        sql = f"SELECT {_COLUMNS} FROM deliveries WHERE {condition}"  # noqa: S608  our own words
        return [self._delivery(row) for row in self._ledger.rows(sql, *values)]

    def _delivery(self, row: Row) -> Delivery:
        return Delivery(
            id=row["id"],
            source=row["source"],
            place=row["place"],
            agency=self._unsealed(row["agency"], _AGENCY),
            case=self._unsealed(row["hint"], _HINT),
            name=self._unsealed(row["name"], _NAME),
            content=row["content"],
            received=datetime.fromisoformat(row["received"]),
            state=row["state"],
            tries=row["tries"],
        )

    def _last(self, source: str, place: str) -> str | None:
        """The mark of what was taken last from this place."""
        sql = (
            "SELECT content FROM deliveries WHERE source = ? AND place = ? ORDER BY id DESC LIMIT 1"
        )
        row = self._ledger.row(sql, source, place)
        return str(row["content"]) if row else None

    def _sealed(self, name: str | None, about: str) -> bytes | None:
        """Agencies name folders and files, and may name them after a child (promise 7)."""
        return None if name is None else self._vault.seal(os.fsencode(name), about)

    def _unsealed(self, name: bytes | None, about: str) -> str | None:
        return None if name is None else os.fsdecode(self._vault.unseal(name, about))
