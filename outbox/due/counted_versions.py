"""The version of each return that counts now, and the sentence that a letter says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from config.calendar import day_and_month
from config.kind import Kind
from handlers.register.matrix import ReturnRow
from intake.database import RegisterDatabase

_VERSIONS = (
    "SELECT e.id, e.verdict, d.received, (SELECT what FROM decisions WHERE entry_id = e.id"
    " ORDER BY id DESC LIMIT 1) AS decided FROM entries e JOIN deliveries d ON d.id = e.delivery_id"
    " WHERE e.return_id = ? AND e.position > 0 ORDER BY e.id"
)


@dataclass(frozen=True, slots=True)
class CountedVersion:
    """One version: its entry, its number counted from 1, and the day it came."""

    entry_id: int
    version: int
    received: date


def counted_versions(
    ledger: RegisterDatabase, returns: Iterable[ReturnRow], zone: tzinfo | None
) -> dict[str, CountedVersion]:
    """By kind; a return of which nothing counts yet is not there."""
    found = {row.kind: _kept(ledger, row.id, zone) for row in returns if row.received}
    return {kind: kept for kind, kept in found.items() if kept is not None}


def _kept(ledger: RegisterDatabase, return_id: int, zone: tzinfo | None) -> CountedVersion | None:
    counted: dict[str, CountedVersion] = {}
    version = 0
    for row in ledger.fetch_rows(_VERSIONS, return_id):
        stands = row["decided"] or row["verdict"]
        if stands not in ("accept", "refer", "reject"):
            continue
        version += 1
        day = datetime.fromisoformat(row["received"]).astimezone(zone).date()
        counted[stands] = CountedVersion(row["id"], version, day)
    return counted.get("accept") or counted.get("refer")


def version_sentence(kept: Mapping[str, CountedVersion], kind: Kind, entry_id: int | None) -> str:
    """ "We hold version 2 of your IMR, received 3 April." `entry_id` is the version that a letter
    is about: where another counts, that one stays; "" where none does."""
    one = kept.get(kind.id)
    if one is None:
        return ""
    said = (
        f"We hold version {one.version} of your {kind.noun}, received {day_and_month(one.received)}"
    )
    if one.entry_id == entry_id:
        return f"{said}."
    return f"{said}; that version stays with us until a new one is accepted."
