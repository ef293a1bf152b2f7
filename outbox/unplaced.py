"""What a proven sender sent who is in several reviews, and that does not say which it is for.

Does: drafts one receipt for it, that asks for the reference and says that a person looks.
Trusts: the register: the sender's places are those that were proven when it came.
Never touches: what it says. No review is named: the letter is kept with the first that it could be
for, and a reply to it is taken for no review's.
Known limits: a message that comes within a day of such a receipt, unless it is urgent, or within
minutes of another letter, gets none, since a program may have written it; nor does a dropped file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from config.calendar import moment
from config.kind import Kinds
from handlers.register.entry import Entry
from handlers.register.register import Register
from intake.ledger import Ledger
from outbox.facts import UnplacedFacts
from outbox.letter import Draft, Tells
from outbox.recipients import recipient

_WAITS = (
    "SELECT e.id, d.received FROM entries e JOIN deliveries d ON d.id = e.delivery_id"
    " JOIN origins o ON o.delivery_id = d.id"
    " WHERE e.agency_id IS NULL AND e.verdict = 'refer' AND e.reason <> 'thanks'"
    " AND o.automatic = '' AND d.source <> 'drop' AND d.state <> 'spooled'"
    " AND NOT EXISTS (SELECT 1 FROM decisions c WHERE c.entry_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.key >= 'unplaced/' || d.id || '/'"
    "   AND l.key < 'unplaced/' || d.id || '0') ORDER BY e.id"
)
# Whether the same reader had such a letter, or any other just before, in whatever review.
_HEARD = (
    "SELECT 1 FROM letters l JOIN contacts k ON k.id = l.contact_id"
    " WHERE k.address = (SELECT address FROM contacts WHERE id = ?)"
    " AND (l.kind = 'unplaced' AND julianday(l.queued) >= julianday(?, ?)"
    "   OR julianday(l.sent) BETWEEN julianday(?, '-10 minutes') AND julianday(?)) LIMIT 1"
)
_A_DAY, _AT_ONCE = "-1 day", "-10 minutes"


class Unplaced:
    """Reads what waits for its place."""

    def __init__(
        self, ledger: Ledger, register: Register, kinds: Kinds, thread: Callable[[int], str]
    ) -> None:
        """`thread` gives the Message-ID of a delivery, "" for none."""
        self._kinds = kinds
        self._ledger = ledger
        self._register = register
        self._thread = thread

    def due(self, now: datetime) -> Iterator[Draft]:
        """One letter a delivery and a reader; `now` is in the board's time zone."""
        rows = {row["id"]: row["received"] for row in self._ledger.rows(_WAITS)}
        met = set[int]()
        for entry in self._register.entries.among(rows):
            draft = self._draft(entry, rows[entry.id], now)
            contact = draft.recipient.contact_id if draft else None
            if draft is not None and contact is not None and contact not in met:
                met.add(contact)
                yield draft

    def _draft(self, entry: Entry, received: str, now: datetime) -> Draft | None:
        for agency_id, contact_id in entry.told.places:
            place = self._register.people.place(agency_id)
            contact = self._register.people.contact(contact_id or 0)
            if place is None or contact is None or contact.removed:
                continue
            kind = self._kinds.get(entry.kind)
            within = _AT_ONCE if kind is not None and kind.urgent else _A_DAY
            heard = (contact.id, received, within, received, received)
            if self._ledger.row(_HEARD, *heard) is not None:
                return None
            at = moment(datetime.fromisoformat(received).astimezone(now.tzinfo))
            return Draft(
                key=f"unplaced/{entry.delivery_id}/{contact.id}",
                kind="unplaced",
                recipient=recipient(contact),
                facts=UnplacedFacts(contact.name, at, document=entry.position > 0),
                case_id=place.case_id,
                agency_id=agency_id,
                thread=self._thread(entry.delivery_id),
                replies=True,
                tells=(Tells(entry_id=entry.id),),
            )
        return None
