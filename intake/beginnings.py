"""From when on each mailbox that was in use before is taken in. The only writer of `beginnings`.

Does: remembers the day of the first round at each part of a source that had a past, and what lay
there (failure mode 113).
Trusts: the sources to say what lies there.
Never touches: messages.
Known limits: a mailbox under another name, or another folder of it, begins anew.
"""

from __future__ import annotations

from datetime import UTC, datetime

from intake.ledger import Ledger
from intake.source import Beginning, Past


class Beginnings:
    """Parts of sources, by when they began."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def of(self, source: str) -> dict[str, Beginning]:
        """By the part."""
        rows = self._ledger.rows("SELECT part, at, last FROM beginnings WHERE source = ?", source)
        return {
            row["part"]: Beginning(datetime.fromisoformat(row["at"]), row["last"]) for row in rows
        }

    def begin(self, source: str, past: Past, at: datetime, now: datetime) -> Beginning:
        """The first round there. `at` is from when on it is taken in."""
        with self._ledger.transaction():
            self._ledger.write(
                "INSERT INTO beginnings (part, source, at, last, messages, oldest, noted)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                *(past.part, source, _utc(at), past.last, past.messages, past.oldest, _utc(now)),
            )
        return Beginning(at, past.last)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
