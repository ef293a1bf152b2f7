"""When each source last answered, its outages, and whether the clock can be believed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from config.calendar import moment_in_words
from intake.database import RegisterDatabase, Row

MESSAGE_SUFFIX = "/message"
SERVICE_PREFIX = "service/"  # what is none of a source's, but the service's own, begins so
TRANSPORT_PREFIX = f"{SERVICE_PREFIX}transport/"  # a way that takes no letters
WORKER_KEY = f"{SERVICE_PREFIX}worker"  # no document can be opened
CLOCK_KEY = f"{SERVICE_PREFIX}clock"  # the clock is doubted
SET_ASIDE_PREFIX = (
    f"{SERVICE_PREFIX}aside/"  # something that could not be judged begins so; its delivery ends it
)
DISK_KEY = f"{SERVICE_PREFIX}disk"  # there is next to no room
STORAGE_KEY = f"{SERVICE_PREFIX}kept"  # a place that things are kept in cannot be written
COUNTING_KEYS = frozenset({CLOCK_KEY, DISK_KEY})
REMEMBERED_FOR = timedelta(days=7)  # how long after its end an outage may still be told


def message_key_of(source: str) -> str:
    """What stands for a message that a source has and does not hand over."""
    return source + MESSAGE_SUFFIX


class OutageReason(Protocol):
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
    def is_source_away(self) -> bool:
        """Whether a whole source is out of reach: not one message in it, nor what is the service's
        own."""
        part = self.source.startswith(SERVICE_PREFIX) or self.source.endswith(MESSAGE_SUFFIX)
        return self.over is None and not part


class OutageRecords:
    """Outages, from begun to over."""

    def __init__(self, ledger: RegisterDatabase) -> None:
        self._ledger = ledger

    def record_round(
        self, away: Mapping[str, OutageReason], reached: Collection[str], now: datetime
    ) -> None:
        """What a round met: who was away and why, and who was not."""
        begun = {outage.source: outage for outage in self._where("over IS NULL")}
        new = {source: why for source, why in away.items() if source not in begun}
        ended = [outage for source, outage in begun.items() if source in reached]
        other = [
            (outage.id, why)
            for source, outage in begun.items()
            if source not in COUNTING_KEYS and (why := away.get(source)) is not None
            if (why.sentence, why.fix) != (outage.said, outage.fix)
        ]
        if not (new or ended or other):
            return
        at = now.astimezone(UTC).isoformat()
        with self._ledger.transaction():
            for source, why in new.items():
                self._ledger.execute_insert(
                    "INSERT INTO outages (source, said, fix, since) VALUES (?, ?, ?, ?)",
                    *(source, why.sentence, why.fix, at),
                )
            for id, why in other:
                sql = "UPDATE outages SET said = ?, fix = ? WHERE id = ?"
                self._ledger.execute_change(sql, why.sentence, why.fix, id)
            for outage in ended:
                self._ledger.execute_change(
                    "UPDATE outages SET over = ? WHERE id = ?", at, outage.id
                )

    def current_outages(self) -> list[Outage]:
        """What is not over."""
        return self._where("over IS NULL ORDER BY id")

    def outages_ended_since(self, last: datetime | None) -> list[Outage]:
        """What was over after `last`, all that ever was for None."""
        return self._where("over > ? ORDER BY id", last.astimezone(UTC).isoformat() if last else "")

    def recent_outages(self, now: datetime) -> list[Outage]:
        """What lasts, and what was over not long ago."""
        since = (now.astimezone(UTC) - REMEMBERED_FOR).isoformat()
        return self._where("over IS NULL OR over >= ? ORDER BY id", since)

    def _where(self, condition: str, *values: object) -> list[Outage]:
        sql = f"SELECT * FROM outages WHERE {condition}"  # noqa: S608  our own words
        return [_read(row) for row in self._ledger.fetch_rows(sql, *values)]


def _read(row: Row) -> Outage:
    return Outage(
        id=row["id"],
        source=row["source"],
        said=row["said"],
        fix=row["fix"],
        since=datetime.fromisoformat(row["since"]),
        over=datetime.fromisoformat(row["over"]) if row["over"] else None,
    )


WRITE_INTERVAL = timedelta(minutes=10)
ROUND_PRECISION = timedelta(minutes=1)  # how exactly the end of the last round is known
FIRST_ROUND_KEY = "service/begun"  # ... and when its first one began
ROUNDS_KEY = "service"  # what stands for the service itself: when a round last ended


class SourceActivity:
    """Sources, by when they last answered."""

    def __init__(self, ledger: RegisterDatabase) -> None:
        self._ledger = ledger
        self._latest: dict[str, datetime] = {}

    def record_answers(self, answered: Collection[str], now: datetime) -> None:
        """Who answered in this round."""
        self._latest |= dict.fromkeys(answered, now)
        kept = self._kept()
        due = [
            name
            for name in answered
            if name not in kept
            or abs(now - kept[name]) >= (ROUND_PRECISION if name == ROUNDS_KEY else WRITE_INTERVAL)
        ]
        if not due:
            return
        at = now.astimezone(UTC).isoformat()
        with self._ledger.transaction():
            for name in due:
                self._ledger.execute_insert(
                    "INSERT INTO heard (source, at) VALUES (?, ?)"
                    " ON CONFLICT (source) DO UPDATE SET at = excluded.at",
                    *(name, at),
                )

    def last_answers(self) -> dict[str, datetime]:
        """When each last answered; without those that never did."""
        return self._kept() | self._latest

    def last_round_end(self) -> datetime | None:
        """When a round last ended, as it was written down: to within `ROUND_PRECISION`."""
        return self._kept().get(ROUNDS_KEY)

    def service_started_at(self) -> datetime | None:
        """When the service last began its first round."""
        return self._kept().get(FIRST_ROUND_KEY)

    def accept_clock(self, now: datetime) -> None:
        """A person says that the clock is right: it is believed from here. Must run inside the
        transaction that records it."""
        sql = (
            "INSERT INTO heard (source, at) VALUES (?, ?)"
            " ON CONFLICT (source) DO UPDATE SET at = excluded.at"
        )
        self._ledger.execute_insert(sql, ROUNDS_KEY, now.astimezone(UTC).isoformat())

    def _kept(self) -> dict[str, datetime]:
        rows = self._ledger.fetch_rows("SELECT * FROM heard")
        return {row["source"]: datetime.fromisoformat(row["at"]) for row in rows}


ALLOWED_SETBACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Why, and what to do, in sentences of ours. `last` is when a round last ended: what comes
    meanwhile is taken as of then."""

    sentence: str
    fix: str
    last: datetime


def find_clock_doubt(now: datetime, last: datetime | None, idle: timedelta) -> ClockDoubt | None:
    """`idle` is how long there may be no round. Both times are in the board's time zone."""
    if last is None or -ALLOWED_SETBACK <= now - last <= idle:
        return None
    way = "after" if now > last else "before"
    days = abs(now - last).days
    said = (
        f"The clock says {moment_in_words(now)},"
        f" {days:,} day{'s' * (days != 1)} {way} the last round."
    )
    fix = "Set the clock right. If it is right as it is: `scr-intake clock accept`"
    return ClockDoubt(f"{said} Nothing is sent or judged meanwhile.", fix, last)
