"""When each source last answered, its outages, and whether the clock can be believed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from config.calendar import moment_in_words, utc_text
from intake.database import RegisterDatabase, Row
from intake.source import DeliveryForm, SourceIdentity

REMEMBERED_FOR = timedelta(days=7)  # how long after its end an outage may still be told


class OutageKind(StrEnum):
    """What may be away or in trouble, the words of the spool's schema."""

    MAILBOX = "mailbox"
    DROP_FOLDER = "drop folder"
    MESSAGE = "message"  # something that a mailbox has and does not hand over
    FILE = "file"  # something in a drop folder that cannot be read
    TRANSPORT = "transport"  # a way that takes no letters
    LETTERS = "letters"  # a kind of letter that cannot be written or sent
    TEMPLATES = "templates"  # the board's own words
    DIGEST = "digest"  # it is late
    JUDGING = "judging"  # no document can be opened
    SCANNER = "scanner"  # the virus scanner cannot be relied on, and no document is opened
    REFUSED = "refused"  # it does not let something be opened; a person's decision ends it
    SET_ASIDE = "set aside"  # something could not be judged; its delivery ends it
    CLOCK = "clock"  # it is doubted
    DISK = "disk"  # there is next to no room
    STORAGE = "storage"  # a place that things are kept in cannot be written
    RECORD = "record"  # rows of the register are not as the record has them
    FAULTS = "faults"  # what a look through all that is kept found
    ANSWERS = "answers"  # mails in the administrator's name are not believed


class OutageSubject(NamedTuple):
    """What an outage is of: of which kind, and which one of that kind ("" where there is one)."""

    kind: OutageKind
    name: str = ""


JUDGING_OUTAGE = OutageSubject(OutageKind.JUDGING)
SCANNER_OUTAGE = OutageSubject(OutageKind.SCANNER)
CLOCK_OUTAGE = OutageSubject(OutageKind.CLOCK)
DISK_OUTAGE = OutageSubject(OutageKind.DISK)
STORAGE_OUTAGE = OutageSubject(OutageKind.STORAGE)
RECORD_OUTAGE = OutageSubject(OutageKind.RECORD)
FAULTS_OUTAGE = OutageSubject(OutageKind.FAULTS)
_COUNTING = frozenset({OutageKind.CLOCK, OutageKind.DISK})  # their sentences change all the time
_SOURCES = frozenset({OutageKind.MAILBOX, OutageKind.DROP_FOLDER})
_PARTS = frozenset({OutageKind.MESSAGE, OutageKind.FILE})


def source_outage(source: SourceIdentity) -> OutageSubject:
    """That a whole source is out of reach."""
    is_file = source.form is DeliveryForm.FILE
    return OutageSubject(OutageKind.DROP_FOLDER if is_file else OutageKind.MAILBOX, source.name)


def message_outage(source: SourceIdentity) -> OutageSubject:
    """That something which a source has is not handed over."""
    is_file = source.form is DeliveryForm.FILE
    return OutageSubject(OutageKind.FILE if is_file else OutageKind.MESSAGE, source.name)


def transport_outage(place: str) -> OutageSubject:
    """That a way takes no letters. `place` is its place in the settings."""
    return OutageSubject(OutageKind.TRANSPORT, place)


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
    of: OutageSubject
    said: str
    fix: str
    since: datetime
    over: datetime | None

    @property
    def is_source_away(self) -> bool:
        """Whether a whole source is out of reach: not one message in it, nor what is the service's
        own."""
        return self.over is None and self.of.kind in _SOURCES

    def is_of_source(self, name: str) -> bool:
        """Whether it is of the source of that name, or of something in it."""
        return self.of.name == name and (self.of.kind in _SOURCES or self.is_of_part)

    @property
    def is_of_part(self) -> bool:
        """Whether it is of something that a source has, not of the source."""
        return self.of.kind in _PARTS


class OutageRecords:
    """Outages, from begun to over."""

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database

    def record_round(
        self,
        away: Mapping[OutageSubject, OutageReason],
        reached: Collection[OutageSubject],
        now: datetime,
    ) -> None:
        """What a round met: who was away and why, and who was not."""
        begun = {outage.of: outage for outage in self._where("over IS NULL")}
        new = {of: why for of, why in away.items() if of not in begun}
        ended = [outage for of, outage in begun.items() if of in reached]
        other = [
            (outage.id, why)
            for of, outage in begun.items()
            if of.kind not in _COUNTING and (why := away.get(of)) is not None
            if (why.sentence, why.fix) != (outage.said, outage.fix)
        ]
        if not (new or ended or other):
            return
        at = utc_text(now)
        with self._database.transaction():
            for of, why in new.items():
                self._database.execute_insert(
                    "INSERT INTO outages (kind, subject, said, fix, since) VALUES (?, ?, ?, ?, ?)",
                    *(*of, why.sentence, why.fix, at),
                )
            for id, why in other:
                sql = "UPDATE outages SET said = ?, fix = ? WHERE id = ?"
                self._database.execute_change(sql, why.sentence, why.fix, id)
            for outage in ended:
                self._database.execute_change(
                    "UPDATE outages SET over = ? WHERE id = ?", at, outage.id
                )

    def current_outages(self) -> list[Outage]:
        """The outages that are not over."""
        return self._where("over IS NULL ORDER BY id")

    def outages_ended_since(self, last: datetime | None) -> list[Outage]:
        """What was over after `last`, all that ever was for None."""
        return self._where("over > ? ORDER BY id", utc_text(last) if last else "")

    def recent_outages(self, now: datetime) -> list[Outage]:
        """What lasts, and what was over not long ago."""
        since = (now.astimezone(UTC) - REMEMBERED_FOR).isoformat()
        return self._where("over IS NULL OR over >= ? ORDER BY id", since)

    def _where(self, condition: str, *values: object) -> list[Outage]:
        sql = f"SELECT * FROM outages WHERE {condition}"  # noqa: S608  our own words
        return [_read(row) for row in self._database.fetch_rows(sql, *values)]


def _read(row: Row) -> Outage:
    return Outage(
        id=row["id"],
        of=OutageSubject(OutageKind(row["kind"]), row["subject"]),
        said=row["said"],
        fix=row["fix"],
        since=datetime.fromisoformat(row["since"]),
        over=datetime.fromisoformat(row["over"]) if row["over"] else None,
    )


_RECORD_ANSWER = (
    "INSERT INTO heard (source, at) VALUES (?, ?)"
    " ON CONFLICT (source) DO UPDATE SET at = excluded.at"
)
WRITE_INTERVAL = timedelta(minutes=10)
ROUND_PRECISION = timedelta(minutes=1)  # how exactly the end of the last round is known
FIRST_ROUND_KEY = "service/begun"  # ... and when its first one began
ROUNDS_KEY = "service"  # what stands for the service itself: when a round last ended


class SourceActivity:
    """Sources, by when they last answered."""

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database
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
        at = utc_text(now)
        with self._database.transaction():
            for name in due:
                self._database.execute_insert(_RECORD_ANSWER, name, at)

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
        self._database.execute_insert(_RECORD_ANSWER, ROUNDS_KEY, utc_text(now))

    def _kept(self) -> dict[str, datetime]:
        rows = self._database.fetch_rows("SELECT * FROM heard")
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
    fix = "Set the clock right. If it is right as it is: `scr-intake clock accept --reason '...'`"
    return ClockDoubt(f"{said} Nothing is sent or judged meanwhile.", fix, last)
