"""Which returns a reminder or a chaser asked for, known by its Message-ID.

Does: reads, of the letters that a message answers, the returns whose rungs they were.
Trusts: the queue, which notes the rungs of each letter.
Never touches: what the letters say.
Known limits: a letter that only answered something asked for nothing, whatever it says beside that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from intake.ledger import Ledger

_ASKED = (
    "SELECT DISTINCT r.kind FROM letters l JOIN rungs g ON g.letter_id = l.id"
    " JOIN returns r ON r.id = g.return_id"
    " WHERE l.kind IN ('reminder', 'chaser', 'escalation') AND l.agency_id = ?"
    " AND l.message_id IN (SELECT value FROM json_each(?)) ORDER BY r.kind"
)


class AskedIn:
    """Reads it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def kinds(self, agency_id: int, message_ids: Sequence[str]) -> tuple[str, ...]:
        """The kinds of return that letters with these ids asked this agency for."""
        rows = self._ledger.rows(_ASKED, agency_id, json.dumps([*message_ids]))
        return tuple(row["kind"] for row in rows)
