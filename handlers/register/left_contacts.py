"""Who has left their agency, by mail that waits for a person, and whether that was seen to.

The mail is their address's own automatic answer, or a colleague's that names them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import EntryDetails, LeavingNotice
from handlers.register.time_requests import MESSAGE_REASON
from intake.database import RegisterDatabase, Row

LEFT_REASON = SetApartReason.CONTACT_LEFT
_TOLD = (
    "SELECT * FROM entries WHERE verdict = 'refer' AND kind IS NULL"  # noqa: S608  our own words
    f" AND reason IN ('{LEFT_REASON}', '{MESSAGE_REASON}')"
    " AND NOT EXISTS (SELECT 1 FROM standing WHERE entry_id = entries.id) ORDER BY id"
)
_STILL_REGISTERED = (
    "SELECT 1 FROM contacts WHERE state = 'active'"
    " AND id IN (SELECT value FROM json_each(?)) LIMIT 1"
)
# What they have written themselves since.
_WROTE = (
    "SELECT 1 FROM origins o WHERE o.automatic = '' AND o.delivery_id > ? AND o.contact_id IN"
    " (SELECT id FROM contacts WHERE address = (SELECT address FROM contacts WHERE id = ?)) LIMIT 1"
)


class LeftContacts:
    """Reads them. `details_of` opens what is sealed of an entry."""

    def __init__(self, ledger: RegisterDatabase, details_of: Callable[[Row], EntryDetails]) -> None:
        self._ledger = ledger
        self._details_of = details_of

    def contacts_who_left(self) -> frozenset[int]:
        """The contacts who have left by a notice that waits, unless they have written since."""
        return frozenset(self._who_left())

    def _who_left(self) -> Iterator[int]:
        for row in self._ledger.fetch_rows(_TOLD):
            leaving = self._details_of(row).leaving
            if leaving is None or not (row["reason"] == LEFT_REASON or leaving.colleague):
                continue
            for id in leaving.contacts:
                if self._ledger.fetch_row(_WROTE, row["delivery_id"], id) is None:
                    yield id

    def is_seen_to(self, leaving: LeavingNotice | None) -> bool:
        """Whether whoever leaves is registered no more, which is all that a notice asked."""
        if leaving is None or leaving.asks or not leaving.tells_who or not leaving.contacts:
            return False
        return self._ledger.fetch_row(_STILL_REGISTERED, json.dumps(leaving.contacts)) is None
