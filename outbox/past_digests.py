"""The digests that were written: when the last one was, and how it fared.

Does: reads `letters`.
Trusts: `outbox/queue.py`, which writes them.
Never touches: what a digest says.
Known limits: none.
"""

from __future__ import annotations

from datetime import date, datetime

from intake.ledger import Ledger
from outbox.digest_late import LastDigest


def day_of_last(ledger: Ledger, before: date) -> date | None:
    """The day of the last digest before this one."""
    sql = "SELECT max(told_on) AS day FROM letters WHERE kind = 'digest' AND told_on < ?"
    row = ledger.row(sql, before.isoformat())
    return date.fromisoformat(row["day"]) if row and row["day"] else None


def last_written(ledger: Ledger, before: date) -> datetime | None:
    """When the last digest before this day was written."""
    sql = "SELECT max(queued) AS at FROM letters WHERE kind = 'digest' AND told_on < ?"
    row = ledger.row(sql, before.isoformat())
    return datetime.fromisoformat(row["at"]) if row and row["at"] else None


def newest(ledger: Ledger) -> LastDigest | None:
    """The last digest; while a transport is away, that is why a digest waits."""
    sql = (
        "SELECT told_on, state, tries, answer,"
        " (SELECT answer FROM transport_waits ORDER BY transport LIMIT 1) AS away FROM letters"
        " WHERE kind = 'digest' ORDER BY id DESC LIMIT 1"
    )
    row = ledger.row(sql)
    if row is None:
        return None
    day = date.fromisoformat(row["told_on"])
    tried = row["tries"] > 0 or row["away"] is not None
    return LastDigest(day, row["state"], tried, row["answer"] or row["away"] or "")
