"""Which version of each return counts, and what a letter says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from config.kind import Kind
from handlers.register.matrix import ReturnRow
from intake.database import Ledger

_VERSIONS = (
    "SELECT e.id, e.verdict, d.received, (SELECT what FROM decisions WHERE entry_id = e.id"
    " ORDER BY id DESC LIMIT 1) AS decided FROM entries e JOIN deliveries d ON d.id = e.delivery_id"
    " WHERE e.return_id = ? AND e.position > 0 ORDER BY e.id"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One version: its entry, the how manyeth it is, and the day it came."""

    entry_id: int
    version: int
    received: date


def kept_of(ledger: Ledger, returns: Iterable[ReturnRow], zone: tzinfo | None) -> dict[str, Kept]:
    """By kind; a return of which nothing counts yet is not there."""
    each = ((row.kind, _kept(ledger, row.id, zone)) for row in returns if row.received)
    return {kind: kept for kind, kept in each if kept}


def _kept(ledger: Ledger, return_id: int, zone: tzinfo | None) -> Kept | None:
    counted: dict[str, Kept] = {}
    version = 0
    for row in ledger.rows(_VERSIONS, return_id):
        stands = row["decided"] or row["verdict"]
        if stands not in ("accept", "refer", "reject"):
            continue
        version += 1
        day = datetime.fromisoformat(row["received"]).astimezone(zone).date()
        counted[stands] = Kept(row["id"], version, day)
    return counted.get("accept") or counted.get("refer")


def kept_sentence(kept: Mapping[str, Kept], kind: Kind, entry_id: int | None) -> str:
    """ "We hold version 2 of your IMR, received 3 April." `entry_id` is the version that a letter
    is about: where another counts, that one stays; "" where none does."""
    one = kept.get(kind.id)
    if one is None:
        return ""
    said = f"We hold version {one.version} of your {kind.noun}, received {_day(one.received)}"
    if one.entry_id == entry_id:
        return f"{said}."
    return f"{said}; that version stays with us until a new one is accepted."


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
