"""Counts what a monitor draws as curves: deliveries, letters and what waits for a person, as they
stand in the register. It changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.database import RegisterDatabase

RECENT_DELIVERIES = 200  # of which it is told how long they took


@dataclass(frozen=True, slots=True)
class LetterCount:
    """How many letters of a kind are in a state, as the queue names both."""

    kind: str
    state: str
    letters: int


@dataclass(frozen=True, slots=True)
class ServiceCounts:
    """What the register holds at one time. `deliveries` is by state, `waiting_entries` by what an
    entry waits for (`hold`, `refer`). Times are UTC, and None where nothing waits, or nothing was
    ever sent. `seconds_taken` are those of the last deliveries that were let go, the shortest
    first: from when one was safe until its source was told that it need not keep it."""

    deliveries: dict[str, int]
    letters: tuple[LetterCount, ...]
    waiting_entries: dict[str, int]
    oldest_delivery: datetime | None
    oldest_letter: datetime | None
    last_letter_sent: datetime | None
    seconds_taken: tuple[float, ...]


def count_service(database: RegisterDatabase, waiting_entries: dict[str, int]) -> ServiceCounts:
    """Everything, by one look at each table; what waits for a person was counted before, since it
    takes more than a table to tell."""
    return ServiceCounts(
        deliveries=_by(database, "SELECT state AS what, count(*) AS n FROM deliveries GROUP BY 1"),
        letters=_letters(database),
        waiting_entries=waiting_entries,
        oldest_delivery=_time(database, _OLDEST_DELIVERY),
        oldest_letter=_time(database, _OLDEST_LETTER),
        last_letter_sent=_time(database, "SELECT max(sent) AS at FROM letters"),
        seconds_taken=_seconds_taken(database),
    )


def _by(database: RegisterDatabase, sql: str) -> dict[str, int]:
    return {str(row["what"]): int(row["n"]) for row in database.fetch_rows(sql)}


def _letters(database: RegisterDatabase) -> tuple[LetterCount, ...]:
    rows = database.fetch_rows("SELECT kind, state, count(*) AS n FROM letters GROUP BY 1, 2")
    return tuple(LetterCount(row["kind"], row["state"], int(row["n"])) for row in rows)


def _time(database: RegisterDatabase, sql: str) -> datetime | None:
    row = database.fetch_row(sql)
    return datetime.fromisoformat(row["at"]) if row and row["at"] else None


def _seconds_taken(database: RegisterDatabase) -> tuple[float, ...]:
    rows = database.fetch_rows(_RECENT, RECENT_DELIVERIES)
    taken = (
        datetime.fromisoformat(row["released"]) - datetime.fromisoformat(row["received"])
        for row in rows
    )
    return tuple(sorted(each.total_seconds() for each in taken))


_OLDEST_LETTER = "SELECT min(queued) AS at FROM letters WHERE state IN ('queued', 'sending')"
_OLDEST_DELIVERY = "SELECT min(received) AS at FROM deliveries WHERE state = 'spooled'"
_RECENT = (
    "SELECT received, released FROM deliveries WHERE released IS NOT NULL ORDER BY id DESC LIMIT ?"
)
