"""When each source last answered, its outages, and whether the clock can be believed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from config.calendar import moment
from intake.database import Ledger, Row

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


EVERY = timedelta(minutes=10)
A_ROUND = timedelta(minutes=1)  # how exactly the end of the last round is known
BEGUN = "service/begun"  # ... and when its first one began
ROUNDS = "service"  # what stands for the service itself: when a round last ended


class Heard:
    """Sources, by when they last answered."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._latest: dict[str, datetime] = {}

    def noted(self, answered: Collection[str], now: datetime) -> None:
        """Who answered in this round."""
        self._latest |= dict.fromkeys(answered, now)
        kept = self._kept()
        due = [
            name
            for name in answered
            if name not in kept or abs(now - kept[name]) >= (A_ROUND if name == ROUNDS else EVERY)
        ]
        if not due:
            return
        at = now.astimezone(UTC).isoformat()
        with self._ledger.transaction():
            for name in due:
                self._ledger.write(
                    "INSERT INTO heard (source, at) VALUES (?, ?)"
                    " ON CONFLICT (source) DO UPDATE SET at = excluded.at",
                    *(name, at),
                )

    def last(self) -> dict[str, datetime]:
        """When each last answered; without those that never did."""
        return self._kept() | self._latest

    def last_round(self) -> datetime | None:
        """When a round last ended, as it was written down: to within `A_ROUND`."""
        return self._kept().get(ROUNDS)

    def begun(self) -> datetime | None:
        """When the service last began its first round."""
        return self._kept().get(BEGUN)

    def accept(self, now: datetime) -> None:
        """A person says that the clock is right: it is believed from here. Must run inside the
        transaction that records it."""
        sql = (
            "INSERT INTO heard (source, at) VALUES (?, ?)"
            " ON CONFLICT (source) DO UPDATE SET at = excluded.at"
        )
        self._ledger.write(sql, ROUNDS, now.astimezone(UTC).isoformat())

    def _kept(self) -> dict[str, datetime]:
        rows = self._ledger.rows("SELECT * FROM heard")
        return {row["source"]: datetime.fromisoformat(row["at"]) for row in rows}


BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why, and what to do, in sentences of ours. `last` is when a round last ended: what comes
    meanwhile is taken as of then."""

    sentence: str
    fix: str
    last: datetime


def doubt(now: datetime, last: datetime | None, idle: timedelta) -> Doubt | None:
    """`idle` is how long there may be no round. Both times are in the board's time zone."""
    if last is None or -BACK <= now - last <= idle:
        return None
    way = "after" if now > last else "before"
    days = abs(now - last).days
    said = f"The clock says {moment(now)}, {days:,} day{'s' * (days != 1)} {way} the last round."
    fix = "Set the clock right. If it is right as it is: `scr-intake clock accept`"
    return Doubt(f"{said} Nothing is sent or judged meanwhile.", fix, last)
