"""Finds messages that look as if a program had written them, though nothing in them says so.

They are not answered, and a person sees them (failure mode 65). Somebody who forgets the document
twice in a day is told once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from intake.database import RegisterDatabase
from outbox.writing.groups import group_alike, number_range_phrase

# `d` is the delivery, `o` its origin; `s` its sender, `k` the same address in any case. The kinds
# are what a message without a document may be answered with (outbox/due/set_apart.py).
PROGRAM_REPLY_SQL = """
NOT EXISTS (SELECT 1 FROM entries e WHERE e.delivery_id = d.id AND e.position > 0)
AND NOT EXISTS (SELECT 1 FROM repeats r JOIN entries e ON e.id = r.entry_id
                WHERE r.delivery_id = d.id AND e.position > 0)
AND EXISTS (SELECT 1 FROM letters l JOIN contacts k ON k.id = l.contact_id
            JOIN contacts s ON s.address = k.address WHERE s.id = o.contact_id
            AND julianday(l.sent) <= julianday(d.received)
            AND julianday(l.sent) >= julianday(d.received, CASE
                WHEN l.kind IN ('nothing-found', 'sealed-waiting', 'too-big', 'unplaced')
                THEN '-1 day' ELSE '-10 minutes' END))
"""

_UNANSWERED = f"""
SELECT e.id FROM deliveries d JOIN origins o ON o.delivery_id = d.id
JOIN entries e ON e.delivery_id = d.id AND e.position = 0 AND e.agency_id = o.agency_id
WHERE d.state = 'judged' AND o.automatic = '' AND d.received >= ?
AND e.reason IN ('document-missing', 'removed-on-the-way', 'sealed-waiting',
                 'share-waiting', 'too-big')
AND {PROGRAM_REPLY_SQL}
AND NOT EXISTS (SELECT 1 FROM tells t WHERE t.delivery_id = d.id)
ORDER BY e.id
"""  # noqa: S608  our own words


def program_reply_notes(database: RegisterDatabase, since: datetime | None) -> Iterator[str]:
    """What would have been answered since then but for this, a sentence each, or one
    of many (failure mode 70)."""
    ids = [
        row["id"] for row in database.fetch_rows(_UNANSWERED, since.isoformat() if since else "")
    ]
    for same in group_alike(ids, lambda _: ""):
        says = f"Entry {same[0]} was not answered: it"
        if len(same) > 1:
            says = f"{number_range_phrase('entries', same)}, were not answered: each"
        yield f"{says} came so soon after a letter of ours that a program may have written it."
