"""When a source could not be reached, and when it could again. The only writer of `outages`.

Does: remembers each outage from the first round that met it to the first that did not, so that
an alert can be derived once for its beginning and once for its end, also over a restart.
Trusts: the rounds to say who was away.
Never touches: sources.
Known limits: an outage is told by the newest reason, but for those whose reason counts (`COUNTS`):
theirs would be another one in each round.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from intake.ledger import Ledger, Row

MESSAGE = "/message"
SERVICE = "service/"  # what is none of a source's, but the service's own, begins so
TRANSPORT = f"{SERVICE}transport/"  # a way that takes no letters
WORKER = f"{SERVICE}worker"  # no document can be opened
CLOCK = f"{SERVICE}clock"  # the clock is doubted
ASIDE = f"{SERVICE}aside/"  # something that could not be judged begins so; its delivery ends it
DISK = f"{SERVICE}disk"  # there is next to no room
KEPT = f"{SERVICE}kept"  # a place that things are kept in cannot be written
COUNTS = frozenset({CLOCK, DISK})
REMEMBERED = timedelta(days=7)  # how long after its end an outage may still be told


def message_in(source: str) -> str:
    """What stands for a message that a source has and does not hand over."""
    return source + MESSAGE


class Reason(Protocol):
    """Why it is away, and what to do, each in sentences of ours."""

    @property
    def sentence(self) -> str: ...

    @property
    def fix(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Outage:
    """Times are UTC; `over` is None while it lasts."""

    id: int
    source: str
    said: str
    fix: str
    since: datetime
    over: datetime | None

    @property
    def source_away(self) -> bool:
        """Whether a whole source is out of reach: not one message in it, nor what is the service's
        own."""
        part = self.source.startswith(SERVICE) or self.source.endswith(MESSAGE)
        return self.over is None and not part


class Outages:
    """Outages, from begun to over."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def noted(self, away: Mapping[str, Reason], reached: Collection[str], now: datetime) -> None:
        """What a round met: who was away and why, and who was not."""
        begun = {outage.source: outage for outage in self._where("over IS NULL")}
        new = {source: why for source, why in away.items() if source not in begun}
        ended = [outage for source, outage in begun.items() if source in reached]
        other = [
            (outage.id, why)
            for source, outage in begun.items()
            if source not in COUNTS and (why := away.get(source)) is not None
            if (why.sentence, why.fix) != (outage.said, outage.fix)
        ]
        if not (new or ended or other):
            return
        at = now.astimezone(UTC).isoformat()
        with self._ledger.transaction():
            for source, why in new.items():
                self._ledger.write(
                    "INSERT INTO outages (source, said, fix, since) VALUES (?, ?, ?, ?)",
                    *(source, why.sentence, why.fix, at),
                )
            for id, why in other:
                sql = "UPDATE outages SET said = ?, fix = ? WHERE id = ?"
                self._ledger.change(sql, why.sentence, why.fix, id)
            for outage in ended:
                self._ledger.change("UPDATE outages SET over = ? WHERE id = ?", at, outage.id)

    def lasting(self) -> list[Outage]:
        """What is not over."""
        return self._where("over IS NULL ORDER BY id")

    def ended_since(self, last: datetime | None) -> list[Outage]:
        """What was over after `last`, all that ever was for None."""
        return self._where("over > ? ORDER BY id", last.astimezone(UTC).isoformat() if last else "")

    def recent(self, now: datetime) -> list[Outage]:
        """What lasts, and what was over not long ago."""
        since = (now.astimezone(UTC) - REMEMBERED).isoformat()
        return self._where("over IS NULL OR over >= ? ORDER BY id", since)

    def _where(self, condition: str, *values: object) -> list[Outage]:
        sql = f"SELECT * FROM outages WHERE {condition}"  # noqa: S608  our own words
        return [_read(row) for row in self._ledger.rows(sql, *values)]


def _read(row: Row) -> Outage:
    return Outage(
        id=row["id"],
        source=row["source"],
        said=row["said"],
        fix=row["fix"],
        since=datetime.fromisoformat(row["since"]),
        over=datetime.fromisoformat(row["over"]) if row["over"] else None,
    )
