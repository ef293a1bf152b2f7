"""The version of each return that counts now, and the sentence that a letter says of it.

Versions count in the order in which their deliveries came: one of them may be judged before another
that came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from config.calendar import day_and_month
from config.kind import Kind, Kinds
from handlers.register.matrix import ReturnRow
from handlers.register.rival_versions import RULE
from handlers.register.submissions import Entry
from intake.database import RegisterDatabase

_STANDS = (
    "ifnull((SELECT what FROM standing WHERE entry_id = n.id ORDER BY id DESC LIMIT 1), n.verdict)"
)
_VERSIONS = (
    "SELECT e.id, e.verdict, d.received, (SELECT what FROM standing WHERE entry_id = e.id"
    " ORDER BY id DESC LIMIT 1) AS decided FROM entries e JOIN deliveries d ON d.id = e.delivery_id"
    " WHERE e.return_id = ? AND e.position > 0 ORDER BY e.delivery_id, e.id"
)
# The versions in a delivery that another took the place of, which came after it. One that a person
# is to look at keeps its place before one that has to be mended.
_REPLACED = (
    "SELECT e.id, e.kind FROM entries e WHERE e.delivery_id = ? AND e.position > 0"  # noqa: S608  our own words
    " AND e.verdict IN ('reject', 'refer') AND EXISTS (SELECT 1 FROM entries n"
    "  WHERE n.return_id = e.return_id AND n.delivery_id > e.delivery_id AND n.position > 0"
    f"  AND ({_STANDS} IN ('accept', 'refer') OR e.verdict = 'reject' AND {_STANDS} = 'reject'))"
)
_REPLACED_WORDS = "replaced by the version that came after it, and nothing is needed about this one"


@dataclass(frozen=True, slots=True)
class CountedVersion:
    """One version: its entry, its number counted from 1, and the day it came."""

    entry_id: int
    version: int
    received: date


def counted_versions(
    database: RegisterDatabase, returns: Iterable[ReturnRow], zone: tzinfo | None
) -> dict[str, CountedVersion]:
    """By kind; a return of which nothing counts yet is not there."""
    found = {row.kind: _kept(database, row.id, zone) for row in returns if row.received}
    return {kind: kept for kind, kept in found.items() if kept is not None}


def _kept(database: RegisterDatabase, return_id: int, zone: tzinfo | None) -> CountedVersion | None:
    counted: dict[str, CountedVersion] = {}
    version = 0
    for row in database.fetch_rows(_VERSIONS, return_id):
        stands = row["decided"] or row["verdict"]
        if stands not in ("accept", "refer", "reject"):
            continue
        version += 1
        day = datetime.fromisoformat(row["received"]).astimezone(zone).date()
        counted[stands] = CountedVersion(row["id"], version, day)
    return counted.get("accept") or counted.get("refer")


def replaced_versions(database: RegisterDatabase, delivery_id: int, kinds: Kinds) -> dict[int, str]:
    """What is said of those in a delivery that a later one has replaced, by their entry's number.
    Of the small returns any number may come."""
    found = {
        row["id"]: kinds.get(row["kind"]) for row in database.fetch_rows(_REPLACED, delivery_id)
    }
    return {
        id: _REPLACED_WORDS
        for id, kind in found.items()
        if kind is not None and (kind.settles_pack or not kind.signs)
    }


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


def version_of(
    entry: Entry, told: Sequence[Entry], kept: Mapping[str, CountedVersion], kinds: Kinds
) -> str:
    """The same of one of those that a letter tells of. Of versions that came together, none of
    which is accepted yet, none is said to count."""
    kind = kinds.get(entry.kind)
    if kind is None:
        return ""
    rivals = [each.id for each in told if each.kind == entry.kind and _is_rival(each)]
    counts = kept.get(kind.id)
    if entry.id in rivals and counts is not None and counts.entry_id in rivals:
        return (
            f"We hold {len(rivals):,} versions of your {kind.noun} that came together; none counts"
            " until we know which is meant."
        )
    return version_sentence(kept, kind, entry.id)


def _is_rival(entry: Entry) -> bool:
    asks = any(finding.rule == RULE for finding in entry.told.findings)
    return asks and entry.verdict == "refer"
