"""How much waits in the queue, and when a letter last left."""

from __future__ import annotations

from datetime import datetime

from intake.database import RegisterDatabase


def last_letter_sent_at(database: RegisterDatabase) -> datetime | None:
    """When a letter was last taken (UTC)."""
    row = database.fetch_row("SELECT max(sent) AS at FROM letters")
    return datetime.fromisoformat(row["at"]) if row and row["at"] else None


def count_handed_over(database: RegisterDatabase) -> int:
    """How many letters a transport was given, and has not answered."""
    row = database.fetch_row("SELECT count(*) AS n FROM letters WHERE state = 'sending'")
    return int(row["n"]) if row else 0


def count_waiting_letters(database: RegisterDatabase) -> int:
    """How many letters have not left and will."""
    row = database.fetch_row(
        "SELECT count(*) AS n FROM letters WHERE state IN ('queued', 'sending')"
    )
    return int(row["n"]) if row else 0


def next_letter_number(database: RegisterDatabase) -> int:
    """Above those of which a journal told after a restore too: files are called by them."""
    row = database.fetch_row(
        "SELECT 1 + max(ifnull((SELECT max(id) FROM letters), 0),"
        " ifnull((SELECT max(last_letter) FROM recoveries), 0)) AS id"
    )
    return int(row["id"]) if row else 1
