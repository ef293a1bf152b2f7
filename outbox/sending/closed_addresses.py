"""Addresses that are closed: mail to them came back for good, and nobody has said since then that
they work.

A person says so by having a letter that came back sent once more, by bringing its reader back, or
by registering them anew. To let such a letter be says nothing about the address.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from intake.database import RegisterDatabase

MAX_REPORT_AGE_DAYS = 14  # days after a letter left; servers try for five, and say so at the end

# A report `b` about the letter `l` that is proven and of an age to be one. A letter that was sent
# once more after it had come back is not judged by the old report.
TIMELY_SQL = (
    "b.proof <> '' AND b.noted >= l.sent AND julianday(b.noted) <= julianday(l.sent) + "
    + str(MAX_REPORT_AGE_DAYS)
)
# Letters to the address of the contact `k` that a person had sent once more after the report `b`.
_SENT_ONCE_MORE = (
    "SELECT 1 FROM contacts o JOIN letters m ON m.contact_id = o.id"
    " WHERE o.address = k.address AND m.by_hand = 1 AND m.since >= b.noted"
    " AND m.state NOT IN ('undelivered', 'cancelled')"
    " AND EXISTS (SELECT 1 FROM bounces r WHERE r.message_id = m.message_id AND r.weight = 'hard')"
)
_BROUGHT_BACK = (
    "SELECT 1 FROM contacts o JOIN decisions d ON d.contact_id = o.id"
    " WHERE o.address = k.address AND d.decided >= b.noted"
    " AND (d.what = 'back' OR (d.what = 'add' AND o.id = k.id))"
)
# From the few reports to the letters: CROSS JOIN keeps SQLite to that order. What was only tried
# came back from the administrator's own mailbox.
_CLOSING = (
    "FROM bounces b CROSS JOIN letters l ON l.message_id = b.message_id"
    " CROSS JOIN contacts k ON k.id = l.contact_id"
    " WHERE b.weight = 'hard' AND l.trial = 0 AND l.state IN ('undelivered', 'cancelled')"
    f" AND {TIMELY_SQL} AND NOT EXISTS ({_SENT_ONCE_MORE}) AND NOT EXISTS ({_BROUGHT_BACK})"
)
CLOSED_ADDRESSES_SQL = f"SELECT k.address {_CLOSING}"
CLOSING_LETTERS_SQL = f"SELECT l.id {_CLOSING}"
_UNREACHABLE = f"SELECT id FROM contacts WHERE address IN ({CLOSED_ADDRESSES_SQL})"  # noqa: S608
# Each of them once for each agency that they are registered for, with what waits for them there.
_READERS = (
    "SELECT min(k.id) AS contact_id, c.reference, a.code, a.name, a.id AS agency_id,"  # noqa: S608  our own words
    " EXISTS (SELECT 1 FROM contacts o JOIN letters l ON l.contact_id = o.id"
    f" WHERE o.address = k.address AND l.state = 'undelivered' AND l.id IN ({CLOSING_LETTERS_SQL}))"
    " AS asked,"
    " (SELECT json_group_array(l.id) FROM contacts o JOIN letters l ON l.contact_id = o.id"
    " WHERE o.address = k.address AND o.agency_id = a.id AND l.state = 'queued') AS waiting"
    " FROM contacts k JOIN agencies a ON a.id = k.agency_id JOIN cases c ON c.id = a.case_id"
    f" WHERE k.state = 'active' AND c.state <> 'closed' AND k.address IN ({CLOSED_ADDRESSES_SQL})"
    " GROUP BY a.id, k.address ORDER BY a.id, min(k.id)"
)


@dataclass(frozen=True, slots=True)
class UnreachableReader:
    """Somebody of an agency to whose address nothing is sent. `asked` says that a letter which came
    back waits for a person; `waiting` are the numbers of the letters that are kept for them."""

    contact_id: int
    agency_id: int
    reference: str
    code: str
    agency: str
    asked: bool
    waiting: tuple[int, ...]


def unreachable_contacts(database: RegisterDatabase) -> frozenset[int]:
    """The contacts whose address mail has come back from for good, by id: no letter is written to
    them of our own accord until a person says that it works."""
    return frozenset(row["id"] for row in database.fetch_rows(_UNREACHABLE))


def unreachable_among(database: RegisterDatabase, contacts: Collection[int]) -> bool:
    """Whether one of these contacts is out of reach."""
    return not unreachable_contacts(database).isdisjoint(contacts)


def list_unreachable_readers(database: RegisterDatabase) -> Iterator[UnreachableReader]:
    """Whoever is registered in an open case and out of reach."""
    for row in database.fetch_rows(_READERS):
        yield UnreachableReader(
            *(row["contact_id"], row["agency_id"], row["reference"], row["code"], row["name"]),
            asked=bool(row["asked"]),
            waiting=tuple(sorted(json.loads(row["waiting"]))),
        )
