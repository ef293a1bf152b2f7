"""What lies in a source and cannot be taken. The only writer of `strays`.

Does: remembers each from when it is first found until it has gone, so that it is told once;
what may be a return is told until then.
Trusts: the sources' looks, the vault.
Never touches: files, and their names, which are not kept.
Known limits: none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from intake.ledger import Ledger, Row
from intake.source import PERHAPS_A_RETURN, Stray
from intake.vault import Vault

_WAY = "way"
_PERHAPS = json.dumps(sorted(PERHAPS_A_RETURN))


@dataclass(frozen=True, slots=True)
class Noticed:
    """A stray as remembered. `way` are the folders it lies in; `changed` is UTC."""

    source: str
    way: tuple[str, ...]
    kind: str
    size: int
    changed: datetime


class Strays:
    """Strays, from found to gone."""

    def __init__(self, ledger: Ledger, vault: Vault) -> None:
        self._ledger = ledger
        self._vault = vault

    def found(
        self, source: str, strays: Iterable[Stray], now: datetime, *, complete: bool = True
    ) -> None:
        """Remember what this look at a source found and, if it was complete, what has gone."""
        there = {(stray.place, stray.kind): stray for stray in strays}
        sql = "SELECT id, place, kind FROM strays WHERE source = ? AND gone IS NULL"
        known = {(row["place"], row["kind"]): row["id"] for row in self._ledger.rows(sql, source)}
        new = there.keys() - known.keys()
        gone = known.keys() - there.keys() if complete else set()
        if not (new or gone):
            return
        at = now.astimezone(UTC).isoformat()
        with self._ledger.transaction():
            for key in sorted(new):
                self._add(source, there[key], at)
            for key in gone:
                self._ledger.change("UPDATE strays SET gone = ? WHERE id = ?", at, known[key])

    def noticed(self, since: datetime | None) -> Iterator[Noticed]:
        """What is still there and was first found after `since`, or may be a return."""
        sql = (
            "SELECT * FROM strays WHERE gone IS NULL AND (noticed > ? OR kind IN"
            " (SELECT value FROM json_each(?))) ORDER BY id"
        )
        after = since.astimezone(UTC).isoformat() if since else ""
        for row in self._ledger.rows(sql, after, _PERHAPS):
            yield self._read(row)

    def perhaps_returns(self) -> list[Noticed]:
        """What is still there and may be a return."""
        sql = (
            "SELECT * FROM strays WHERE gone IS NULL AND kind IN"
            " (SELECT value FROM json_each(?)) ORDER BY id"
        )
        return [self._read(row) for row in self._ledger.rows(sql, _PERHAPS)]

    def _add(self, source: str, stray: Stray, at: str) -> None:
        size, changed = stray.stamp
        self._ledger.write(
            "INSERT INTO strays (source, place, way, kind, size, changed, noticed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(source, stray.place, self._vault.seal(os.fsencode("/".join(stray.way)), _WAY)),
            *(stray.kind, size, _time(changed).isoformat(), at),
        )

    def _read(self, row: Row) -> Noticed:
        way = os.fsdecode(self._vault.unseal(row["way"], _WAY))
        return Noticed(
            source=row["source"],
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
