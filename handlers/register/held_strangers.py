"""Mail that nobody registered sent, that is held and that nobody decided about: it goes after a
while, told on the digest before.

What somebody sent who is registered, by now or as the message claims, never goes, nor what may be
of somebody's place in a review, or alter the scope of one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.calendar import utc_text
from handlers.register.agencies import ContactDirectory
from handlers.register.entries import Entries
from handlers.register.submissions import Entry
from intake.database import RegisterDatabase
from intake.vault import Vault

TOLD_BEFORE = timedelta(days=7)
_HELD = (
    "SELECT e.id, d.received, d.whose FROM entries e JOIN deliveries d ON d.id = e.delivery_id"
    " WHERE e.verdict = 'hold' AND e.case_id IS NULL AND e.position = 0 AND d.form = 'message'"
    " AND d.expected = 0 AND d.state = 'judged' AND d.received <= ?"
    " AND ifnull(e.kind, '') <> 'scope_alert'"
    " AND NOT EXISTS (SELECT 1 FROM decisions c WHERE c.entry_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM origins o WHERE o.delivery_id = d.id"
    "   AND o.agency_id IS NOT NULL)"
    " ORDER BY e.id"
)


@dataclass(frozen=True, slots=True)
class HeldStranger:
    """An entry, and when what came with it goes (UTC)."""

    entry: Entry
    goes: datetime


class HeldStrangers:
    """Finds what is held of senders whom nobody registered."""

    def __init__(
        self,
        database: RegisterDatabase,
        vault: Vault,
        people: ContactDirectory,
        entries: Entries,
        days: int,
    ) -> None:
        """`days` is how long they are kept."""
        self._database = database
        self._vault = vault
        self._people = people
        self._entries = entries
        self._kept = timedelta(days=days)

    @property
    def told_before(self) -> timedelta:
        """How long before it goes a digest tells of it."""
        return min(TOLD_BEFORE, self._kept / 2)

    def going_by(self, until: datetime) -> Iterator[HeldStranger]:
        """What goes until then, the first first."""
        rows = self._database.fetch_rows(_HELD, utc_text(until - self._kept))
        registered = set(self._registered_senders()) if rows else set[str]()
        for row in rows:
            entry = self._entries.get_entry(row["id"])
            if entry is not None and not entry.told.places and row["whose"] not in registered:
                yield HeldStranger(entry, datetime.fromisoformat(row["received"]) + self._kept)

    def _registered_senders(self) -> Iterator[str]:
        for person in self._people.registered_people():
            name = os.fsencode(person.email.casefold())
            yield self._vault.keyed_hash(b"whose/" + name)
