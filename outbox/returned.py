"""Letters that came back: what a delivery report does to the letter it names.

Does: marks a letter undelivered that was returned or given up since it was sent, and says which
people are out of reach until the administrator acts.
Trusts: the register's bounces: each names a Message-ID that only we can make (failure mode 71), and
only one that was proven stops letters (failure mode 106). All the same what it stops is on every
digest until a person acts, and a report older than any server's counts for nothing.
Never touches: reports; `handlers/post/machine.py` reads them.
Known limits: replies bounce to nobody (failure mode 65), so only what was not asked for comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from intake.ledger import Ledger
from outbox.groups import numbered, together
from outbox.letter import Letter
from outbox.named import NAMES
from outbox.queue import Queue

CAME_BACK = "its reader's mail server returned it"
GIVEN_UP = "a mail server gave it up for now"
AS_LATE_AS = 14  # days after a letter left; servers try for five, and say so at the end

# A report about the letter `l` that is proven and of an age to be one. A letter that was sent once
# more after it had come back is not judged by the old report.
_TIMELY = (
    "b.proof <> '' AND b.noted >= l.sent AND julianday(b.noted) <= julianday(l.sent) + "
    + str(AS_LATE_AS)
)
# Whether it was returned for good: then its reader's address does not work.
FOR_GOOD = (
    "EXISTS (SELECT 1 FROM bounces b"  # noqa: S608  our own words
    f" WHERE b.message_id = l.message_id AND b.weight = 'hard' AND {_TIMELY})"
)
_BACK = (
    # From the few reports to the letters: CROSS JOIN keeps SQLite to that order.
    "SELECT l.id, max(b.weight = 'hard') AS hard FROM bounces b"  # noqa: S608  our own words
    " CROSS JOIN letters l ON l.message_id = b.message_id"
    f" WHERE l.state = 'sent' AND b.weight IN ('hard', 'soft') AND {_TIMELY}"
    " GROUP BY l.id ORDER BY l.id"
)
_UNREACHABLE = (
    "SELECT k.id FROM contacts k WHERE k.address IN (SELECT o.address FROM letters l"  # noqa: S608
    f" JOIN contacts o ON o.id = l.contact_id WHERE l.state = 'undelivered' AND {FOR_GOOD})"
)
# What was reported of a letter and has changed nothing.
_LATE = (
    "SELECT DISTINCT l.id, l.kind, b.weight FROM bounces b"
    " CROSS JOIN letters l ON l.message_id = b.message_id"
    " WHERE l.state = 'sent' AND b.weight <> 'delivered' AND b.noted >= ?"
    " AND NOT (b.weight IN ('hard', 'soft') AND b.proof = '')"  # a person is asked about it
    " ORDER BY l.id"
)
_NOT_COUNTED = (
    "A report about letter {id}, {name}, is not of its last sending,"
    " or came too long after that to count."
)
_SAID = {
    "late": "Letter {id}, {name}, is late, as a report about it says: it is still tried.",
    "": "A report about letter {id}, {name}, does not say whether it arrived.",
    "hard": _NOT_COUNTED,
    "soft": _NOT_COUNTED,
}
_TOO_LONG = (
    "Reports about {letters}, are not of their last sending, or came too long after that to count."
)
_SAID_OF_MANY = {
    "late": "{letters}, are late, as reports about them say: they are still tried.",
    "": "Reports about {letters}, do not say whether they arrived.",
    "hard": _TOO_LONG,
    "soft": _TOO_LONG,
}


def mark_returned(ledger: Ledger, queue: Queue) -> list[Letter]:
    """Every letter that has come back and was not known to have."""
    returned = []
    for row in ledger.rows(_BACK):
        letter = queue.get(row["id"])
        assert letter is not None  # it was just read
        queue.undelivered(letter, CAME_BACK if row["hard"] else GIVEN_UP)
        returned.append(letter)
    return returned


def unreachable(ledger: Ledger) -> frozenset[int]:
    """The contacts whose address mail has come back from for good, by id: no letter is written to
    them of our own accord until a person has acted."""
    return frozenset(row["id"] for row in ledger.rows(_UNREACHABLE))


def late(ledger: Ledger, since: datetime | None) -> Iterator[str]:
    """What was reported since then and needs nobody yet, a sentence each, or one of
    many."""
    rows = ledger.rows(_LATE, since.isoformat() if since else "")
    for same in together(rows, lambda row: _SAID_OF_MANY[row["weight"]]):
        row, ids = same[0], [each["id"] for each in same]
        if len(same) > 1:
            yield _SAID_OF_MANY[row["weight"]].format(letters=numbered("letters", ids))
        else:
            yield _SAID[row["weight"]].format(id=row["id"], name=NAMES[row["kind"]])
