"""Letters that came back: what a delivery report does to the letter it names.

Does: marks a letter undelivered that was returned for good since it was sent, and says which people
are out of reach until the administrator acts.
Trusts: the register's bounces, each of which names a Message-ID that only we can make (failure mode
71). Whoever was sent a letter could report it undelivered, and would cut off nobody but themselves.
Never touches: reports; `handlers/machine.py` reads them.
Known limits: replies bounce to nobody (failure mode 65), so only what was not asked for comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from intake.ledger import Ledger
from outbox.letter import Letter
from outbox.queue import Queue

CAME_BACK = "its reader's mail server returned it"

# A letter that was sent once more after it had come back is not judged by the old report.
_BACK = (
    # From the few reports to the letters: CROSS JOIN keeps SQLite to that order.
    "SELECT DISTINCT l.id FROM bounces b CROSS JOIN letters l ON l.message_id = b.message_id"
    " WHERE l.state = 'sent' AND b.weight = 'hard' AND b.noted >= l.sent ORDER BY l.id"
)
_UNREACHABLE = (
    "SELECT k.id FROM contacts k WHERE k.address IN (SELECT o.address FROM letters l"
    " JOIN contacts o ON o.id = l.contact_id WHERE l.state = 'undelivered')"
)
# A report that is not final, or does not say, about a letter that has not come back since.
_LATE = (
    "SELECT DISTINCT l.id, l.kind, b.weight FROM bounces b"
    " CROSS JOIN letters l ON l.message_id = b.message_id"
    " WHERE l.state = 'sent' AND b.weight IN ('soft', '') AND b.noted >= ? ORDER BY l.id"
)
_SAID = {
    "soft": "Letter {id}, a {kind}, is late: its reader's mail server says that it still tries.",
    "": "A report about letter {id}, a {kind}, does not say whether it arrived.",
}


def mark_returned(ledger: Ledger, queue: Queue) -> list[Letter]:
    """Every letter that has come back and was not known to have."""
    found = [queue.get(row["id"]) for row in ledger.rows(_BACK)]
    letters = [letter for letter in found if letter is not None]
    for letter in letters:
        queue.undelivered(letter, CAME_BACK)
    return letters


def unreachable(ledger: Ledger) -> frozenset[int]:
    """The contacts whose address mail has come back from, by id: no letter is written to them of
    our own accord until a person has acted."""
    return frozenset(row["id"] for row in ledger.rows(_UNREACHABLE))


def late(ledger: Ledger, since: datetime | None) -> Iterator[str]:
    """What was reported since then and needs nobody yet, a sentence each."""
    for row in ledger.rows(_LATE, since.isoformat() if since else ""):
        yield _SAID[row["weight"]].format(**dict(row))
