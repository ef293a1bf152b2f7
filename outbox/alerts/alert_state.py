"""Alerts by other ways than mail: told once by each, tried again after a wait. The only writer
of `alarms`."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from config.calendar import utc_text
from intake.database import RegisterDatabase
from intake.disk_errors import is_disk_full, is_write_refused
from intake.source_health import (
    CLOCK_OUTAGE,
    DISK_OUTAGE,
    FAULTS_OUTAGE,
    RECORD_OUTAGE,
    STORAGE_OUTAGE,
    Outage,
    OutageReason,
    OutageSubject,
)
from outbox.alerts.alert_channels import AlertChannel, AlertFormatter, ChannelName
from outbox.alerts.alerts import NO_DELAY, draft_alert
from outbox.alerts.storage_failure import StorageFailureFile
from outbox.sending.retry_waits import LONGEST_WAIT, wait_after
from outbox.writing.letter import Recipient

# Told whatever the clock says, and however short it lasts.
ALWAYS_ALERTED = frozenset(
    {CLOCK_OUTAGE, DISK_OUTAGE, STORAGE_OUTAGE, RECORD_OUTAGE, FAULTS_OUTAGE}
)


class AlertNotice(NamedTuple):
    """That an outage began, or that it is over."""

    outage: Outage
    over: bool


@dataclass(frozen=True, slots=True)
class AlertTerms:
    """`after` says how long each source may be away, `patience` how long a letter may wait, and
    `mute` what mail cannot tell."""

    after: Mapping[OutageSubject, timedelta]
    patience: timedelta
    mute: Collection[OutageSubject]


def find_due_notices(
    outages: Collection[Outage],
    terms: AlertTerms,
    told: Callable[[AlertNotice], bool],
    left: Callable[[Outage], bool],
    now: datetime,
) -> Iterator[AlertNotice]:
    """What is to be told by one way; `told` says what was by that way already, `left` whether the
    letter about it has been sent."""
    for outage in outages:
        begun, ended = AlertNotice(outage, over=False), AlertNotice(outage, over=True)
        if outage.over is None:
            if not told(begun) and _wanted(outage, terms, left, now):
                yield begun
        elif told(begun) and not told(ended):
            yield ended


def _wanted(
    outage: Outage, terms: AlertTerms, left: Callable[[Outage], bool], now: datetime
) -> bool:
    if outage.of in ALWAYS_ALERTED:
        return True
    lasted = now - outage.since - terms.after.get(outage.of, NO_DELAY)
    if outage.of in terms.mute or terms.patience == NO_DELAY:
        return lasted >= NO_DELAY
    return lasted >= terms.patience and not left(outage)


UNWRITTEN_OUTAGE_ID = 0  # the id of an outage that there was no room to write down
POLL_SECONDS = 0.05  # seconds
_LEFT = "SELECT 1 FROM letters WHERE outage_id = ? AND outage_over = 0 AND state = 'sent'"


@dataclass(slots=True)
class _Row:
    """How it stands with one alert by one way. Times are UTC."""

    told: datetime | None = None
    tries: int = 0
    since: datetime | None = None
    not_before: datetime | None = None
    answer: str = ""

    def is_waiting(self, now: datetime) -> bool:
        """A wait longer than the longest was written while the clock was wrong, and is over."""
        return self.not_before is not None and now < self.not_before <= now + LONGEST_WAIT


_Key = tuple[ChannelName, int, bool]


@dataclass(slots=True)
class AlertDispatcher:
    """`database` is None while there is no room to open it; `failure_file` remembers meanwhile what
    was told."""

    ways: Sequence[AlertChannel]
    words: AlertFormatter
    operator: Recipient
    terms: AlertTerms
    failure_file: StorageFailureFile
    database: RegisterDatabase | None = None
    _unwritten: dict[_Key, _Row] = field(default_factory=dict)
    _under_way: dict[ChannelName, AlertNotice] = field(default_factory=dict)
    _no_room: Outage | None = None

    def __post_init__(self) -> None:
        kept = self.failure_file.read()
        if kept is not None:
            self._no_room = Outage(UNWRITTEN_OUTAGE_ID, kept.of, "", "", kept.since, None)
            for way in self.ways:
                if way.name in kept.told_by:
                    self._unwritten[way.name, UNWRITTEN_OUTAGE_ID, False] = _Row(told=kept.since)

    @property
    def unwritten_outage(self) -> Outage | None:
        """That nothing could be kept, as long as no outage was written of it."""
        return self._no_room

    def note_storage_failure(
        self, now: datetime, of: OutageSubject, why: OutageReason | None
    ) -> None:
        """Why this round could keep nothing, so that no outage could be written of it; None where
        it could. `of` is what the outage would be of. It lasts until it can be written."""
        if why is None:
            return
        met, since = self._no_room, now.astimezone(UTC)
        if met is not None:
            of, since = met.of, met.since
        self._no_room = Outage(UNWRITTEN_OUTAGE_ID, of, why.sentence, why.fix, since, None)
        self._keep_failure()

    def take_over(self, other: AlertDispatcher) -> None:
        """Go on from what another one told while there was no room."""
        self._no_room = other._no_room
        self._unwritten |= other._unwritten

    def outage_was_written(self, id: int) -> None:
        """There is room again: that nothing could be kept is the outage with this number."""
        for name, unwritten, over in list(self._unwritten):
            if unwritten == UNWRITTEN_OUTAGE_ID:
                self._unwritten[name, id, over] = self._unwritten.pop((name, unwritten, over))
        self._no_room = None
        self._write_down()
        self.failure_file.forget()

    def dispatch_due(self, outages: Collection[Outage], now: datetime) -> Iterator[str]:
        """Hand over what is due, one to each way at a time; what did not go is a sentence."""
        self._write_down()
        every = [*outages, *self._extra(outages)]
        for way in self.ways:
            trouble = self._ended(way, now)
            while way.name not in self._under_way:
                if trouble:
                    yield trouble
                    break
                telling = next(self._due(way.name, every, now), None)
                if telling is None:
                    break
                draft = draft_alert(telling.outage, self.operator, now)
                self._under_way[way.name] = telling
                way.begin_delivery(self.words(draft, now), now)
                trouble = self._ended(way, now)

    def dispatch_all(self, outages: Collection[Outage], now: datetime) -> Iterator[str]:
        """All that is due, waiting for each: for a command that ends after one round."""
        while True:
            yield from self.dispatch_due(outages, now)
            if not self._under_way:
                return
            time.sleep(POLL_SECONDS)

    def close(self) -> None:
        for way in self.ways:
            way.close()

    def _extra(self, outages: Collection[Outage]) -> list[Outage]:
        """What could not be written, unless an outage tells of it already."""
        met = self._no_room
        if met is None or any(o.of == met.of and o.over is None for o in outages):
            return []
        return [met]

    def _due(
        self, name: ChannelName, outages: Collection[Outage], now: datetime
    ) -> Iterator[AlertNotice]:
        def told(telling: AlertNotice) -> bool:
            return self._row(name, telling).told is not None

        for telling in find_due_notices(outages, self.terms, told, self._left, now):
            if not self._row(name, telling).is_waiting(now):
                yield telling

    def _left(self, outage: Outage) -> bool:
        database = self.database
        return database is not None and database.fetch_row(_LEFT, outage.id) is not None

    def _ended(self, way: AlertChannel, now: datetime) -> str:
        """Writes down how what was under way ended; why it did not go, as a sentence."""
        telling = self._under_way.get(way.name)
        if telling is None:
            return ""
        why = way.delivery_result()
        if why is None:
            return ""
        del self._under_way[way.name]
        row = self._row(way.name, telling)
        if why:
            row = _Row(None, row.tries + 1, row.since or now, now + wait_after(row.tries), why)
        else:
            row = _Row(now, row.tries, row.since)
        self._unwritten[_key(way.name, telling)] = row
        self._write_down()
        if telling.outage.id == UNWRITTEN_OUTAGE_ID:
            self._keep_failure()
        return f"An alert did not go by {way.name}: {why}." if why else ""

    def _keep_failure(self) -> None:
        met = self._no_room
        if met is not None:
            rows = self._unwritten.items()
            told_by = {key[0] for key, row in rows if key[1] == met.id and row.told is not None}
            self.failure_file.keep(met.of, met.since, told_by)

    def _row(self, name: ChannelName, telling: AlertNotice) -> _Row:
        key = _key(name, telling)
        if key in self._unwritten or self.database is None:
            return self._unwritten.get(key, _Row())
        sql = "SELECT * FROM alarms WHERE way = ? AND outage_id = ? AND over = ?"
        row = self.database.fetch_row(sql, *key)
        if row is None:
            return _Row()
        return _Row(
            _time(row["told"]), row["tries"], _time(row["since"]), _time(row["not_before"]),
            row["answer"],
        )  # fmt: skip

    def _write_down(self) -> None:
        """What there is room for; an outage that was never written down is only remembered."""
        for key, row in list(self._unwritten.items()):
            if self.database is None or key[1] == UNWRITTEN_OUTAGE_ID:
                continue
            try:
                with self.database.transaction():
                    self.database.execute_insert(
                        "INSERT INTO alarms (way, outage_id, over, told, tries, since, not_before,"
                        " answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                        " ON CONFLICT (way, outage_id, over) DO UPDATE SET told = excluded.told,"
                        " tries = excluded.tries, since = excluded.since,"
                        " not_before = excluded.not_before, answer = excluded.answer",
                        *(*key, _utc(row.told), row.tries, _utc(row.since)),
                        *(_utc(row.not_before), row.answer),
                    )
            except Exception as why:
                if not (is_disk_full(why) or is_write_refused(why)):
                    raise
                return
            del self._unwritten[key]


def undelivered_alerts(database: RegisterDatabase) -> list[tuple[str, datetime]]:
    """What could not be told by another way and is still tried: why, and since when."""
    sql = (
        "SELECT a.way, a.answer, min(a.since) AS since, max(a.tries) AS tries FROM alarms a"
        " JOIN outages o ON o.id = a.outage_id WHERE a.told IS NULL AND a.tries > 0"
        " AND (o.over IS NULL OR a.over = 1) GROUP BY a.way, a.answer"
    )
    return [
        (f"An alert does not go by {row['way']} (tries: {row['tries']}): {row['answer']}.", at)
        for row in database.fetch_rows(sql)
        if (at := _time(row["since"])) is not None
    ]


def _key(name: ChannelName, telling: AlertNotice) -> _Key:
    return name, telling.outage.id, telling.over


def _utc(at: datetime | None) -> str | None:
    return utc_text(at) if at else None


def _time(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None
