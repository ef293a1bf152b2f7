"""What lies in a source and is not taken: older than its first day, known already, or
impossible to take."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from config.calendar import utc_text
from intake.database import RegisterDatabase, Row
from intake.source import (
    POSSIBLE_RETURN_KINDS,
    DeliveryForm,
    PartBeginning,
    PastContents,
    SourceIdentity,
    SourceOffer,
    StrayItem,
)
from intake.vault import Vault


class SourceBeginnings:
    """Parts of sources, by when they began."""

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database

    def beginnings_by_part(self, source: str) -> dict[str, PartBeginning]:
        """From when on things are taken in, by the part of the source."""
        rows = self._database.fetch_rows(
            "SELECT part, at, last FROM beginnings WHERE source = ?", source
        )
        return {
            row["part"]: PartBeginning(datetime.fromisoformat(row["at"]), row["last"])
            for row in rows
        }

    def record_beginning(
        self, source: str, past: PastContents, at: datetime, now: datetime
    ) -> PartBeginning:
        """The first round there. `at` is from when on it is taken in."""
        with self._database.transaction():
            self._database.execute_insert(
                "INSERT INTO beginnings (part, source, at, last, messages, oldest, noted)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                *(past.part, source, utc_text(at), past.last),
                *(past.messages, past.oldest, utc_text(now)),
            )
        return PartBeginning(at, past.last)


class OfferBacklog:
    """Offers by their source and place."""

    def __init__(self) -> None:
        self._described = defaultdict[str, dict[str, SourceOffer]](dict)

    def split_described(
        self, source: str, offers: Sequence[SourceOffer]
    ) -> tuple[list[SourceOffer], list[SourceOffer]]:
        """Those that are described, and those that are not yet, each in their order. What is
        offered no more is forgotten."""
        known = self._described[source]
        kept = {o.place: known[o.place] for o in offers if o.place in known}
        self._described[source] = kept
        return list(kept.values()), [offer for offer in offers if offer.place not in kept]

    def add(self, source: str, described: Sequence[SourceOffer]) -> None:
        self._described[source] |= {offer.place: offer for offer in described}


_WAY = "way"
_PERHAPS = json.dumps(sorted(POSSIBLE_RETURN_KINDS))


@dataclass(frozen=True, slots=True)
class RecordedStray:
    """A stray as remembered. `way` are the folders it lies in; `changed` is UTC."""

    source: str
    form: DeliveryForm
    way: tuple[str, ...]
    kind: str
    size: int
    changed: datetime


class StrayRecords:
    """Strays, from found to gone."""

    def __init__(self, database: RegisterDatabase, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def record_strays(
        self,
        source: SourceIdentity,
        strays: Iterable[StrayItem],
        now: datetime,
        *,
        complete: bool = True,
    ) -> None:
        """Remember what this look at a source found and, if it was complete, what has gone."""
        there = {(stray.place, stray.kind): stray for stray in strays}
        sql = "SELECT id, place, kind FROM strays WHERE source = ? AND gone IS NULL"
        rows = self._database.fetch_rows(sql, source.name)
        known = {(row["place"], row["kind"]): row["id"] for row in rows}
        new = there.keys() - known.keys()
        gone = known.keys() - there.keys() if complete else set()
        if not (new or gone):
            return
        at = utc_text(now)
        with self._database.transaction():
            for key in sorted(new):
                self._add(source, there[key], at)
            for key in gone:
                self._database.execute_change(
                    "UPDATE strays SET gone = ? WHERE id = ?", at, known[key]
                )

    def strays_since(self, since: datetime | None) -> Iterator[RecordedStray]:
        """What is still there and was first found after `since`, or may be a return."""
        sql = (
            "SELECT * FROM strays WHERE gone IS NULL AND (noticed > ? OR kind IN"
            " (SELECT value FROM json_each(?))) ORDER BY id"
        )
        after = utc_text(since) if since else ""
        for row in self._database.fetch_rows(sql, after, _PERHAPS):
            yield self._read(row)

    def possible_returns(self) -> list[RecordedStray]:
        """What is still there and may be a return."""
        sql = (
            "SELECT * FROM strays WHERE gone IS NULL AND kind IN"
            " (SELECT value FROM json_each(?)) ORDER BY id"
        )
        return [self._read(row) for row in self._database.fetch_rows(sql, _PERHAPS)]

    def _add(self, source: SourceIdentity, stray: StrayItem, at: str) -> None:
        size, changed = stray.stamp
        self._database.execute_insert(
            "INSERT INTO strays (source, form, place, way, kind, size, changed, noticed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(source.name, source.form, stray.place),
            self._vault.seal_bytes(os.fsencode("/".join(stray.way)), _WAY),
            *(stray.kind, size, _time(changed).isoformat(), at),
        )

    def _read(self, row: Row) -> RecordedStray:
        way = os.fsdecode(self._vault.unseal_bytes(row["way"], _WAY))
        return RecordedStray(
            source=row["source"],
            form=DeliveryForm(row["form"]),
            way=tuple(way.split("/")) if way else (),
            kind=row["kind"],
            size=row["size"],
            changed=datetime.fromisoformat(row["changed"]),
        )


def _time(nanoseconds: int) -> datetime:
    """A share can say any time at all; one that is no date is told as the oldest one."""
    try:
        return datetime.fromtimestamp(nanoseconds // 10**9, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.min.replace(tzinfo=UTC)
