"""Whether a letter that is ready may leave now: who may be written to, how often, and in which
hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from config.calendar import utc_text
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from intake.database import RegisterDatabase
from outbox.sending.after_restore import current_recovery
from outbox.sending.closed_addresses import CLOSED_ADDRESSES_SQL
from outbox.sending.departures import Departures
from outbox.sending.overtaken import is_over_before_told, overtaken_reason
from outbox.writing.disclosure_guard import DisclosureGuard, LetterWithheld
from outbox.writing.letter import (
    CHAIR_KINDS,
    LADDER_KINDS,
    OFFICER_KINDS,
    THANKS_KINDS,
    Letter,
    LetterKind,
)
from outbox.writing.letter_reasons import LOOP_REASONS, LetterReason
from outbox.writing.policy import CHASING_STARTS_AT

AnsweredPart = Literal["", "words", "document"]
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SendingCaps:
    """How many letters the settings allow a reader in a day, and all readers in an hour."""

    a_person_a_day: int
    in_all_an_hour: int

    @property
    def thanks_a_day(self) -> int:
        return max(1, self.a_person_a_day // 2)


@dataclass(frozen=True, slots=True)
class SendingHistory:
    """What has gone already. `to_reader_today` is 0 for an officer of the board; `joined` says that
    a later letter of the same kind waits for the same reader; `hour_ends` is when there is room
    again in the hour, `tomorrow` when the next day begins. `answers` is what of a message it
    answers: its "words", where no document came with them, or a "document"; "" for a letter that
    answers no message. `full_before` says that the two days before were full, `stopped` why
    letters to its reader are held back, None where none is."""

    to_reader_today: int
    in_the_last_hour: int
    joined: bool
    hour_ends: datetime
    tomorrow: datetime
    answers: AnsweredPart = ""
    full_before: bool = False
    stopped: LetterReason | None = None


@dataclass(frozen=True, slots=True)
class HeldForPerson:
    """It is kept, and a person decides: so many answers to one reader look like a loop."""

    reason: LetterReason


@dataclass(frozen=True, slots=True)
class SentLater:
    """It goes later by itself."""

    reason: LetterReason
    until: datetime


@dataclass(frozen=True, slots=True)
class LetterNotNeeded:
    """It is not sent: it tells its reader nothing that another letter does not."""

    reason: LetterReason


def check_caps(
    caps: SendingCaps, kind: LetterKind, gone: SendingHistory
) -> HeldForPerson | SentLater | LetterNotNeeded | None:
    """What stops a letter, or None."""
    if (gone.stopped is LetterReason.FULL_DAYS and gone.answers) or (
        gone.stopped and gone.answers == "words"
    ):
        return HeldForPerson(gone.stopped)
    if kind in THANKS_KINDS and gone.to_reader_today >= caps.thanks_a_day:
        if kind == "duplicate":
            return LetterNotNeeded(LetterReason.NOTHING_NEW)
        return (
            LetterNotNeeded(LetterReason.LATER_LETTER)
            if gone.joined
            else SentLater(LetterReason.ENOUGH_THANKS, gone.tomorrow)
        )
    if gone.to_reader_today >= caps.a_person_a_day:
        why = LetterReason.PERHAPS_A_PROGRAM if gone.answers == "words" else LetterReason.FULL_DAYS
        if gone.answers == "words" or (gone.answers and gone.full_before):
            return HeldForPerson(why)
        return SentLater(LetterReason.FULL_DAY, gone.tomorrow)
    if gone.in_the_last_hour >= caps.in_all_an_hour:
        return SentLater(LetterReason.FULL_HOUR, gone.hour_ends)
    return None


@dataclass(frozen=True, slots=True)
class GateClosed:
    """Nothing is done about the letter: it stays as it is."""

    why: str


@dataclass(frozen=True, slots=True)
class BarredByGuard:
    """The guard would not let it be written today: it does not go, whoever asks for it."""


OUTBOX_PAUSED = GateClosed("the outbox is paused, until a person lets letters go again")
NOT_RECOVERED = GateClosed(
    "the register was restored, and what came and left since its backup is not taken in again yet"
)
CHASING_HELD = GateClosed(
    "the register was restored: nobody is chased until a person lets chasing go again"
)
ADDRESS_BOUNCES = GateClosed(
    "mail to its reader came back, and nobody has said yet that the address works again"
)
OUT_OF_HOURS = GateClosed("the office is closed: it goes in office hours, on a working day")

TOO_EARLY = GateClosed(
    f"nobody is chased before {CHASING_STARTS_AT.hour} in the morning: it goes then"
)

_IN_HOURS = frozenset({*LADDER_KINDS, *CHAIR_KINDS})
HELD_KINDS = _IN_HOURS  # after a restore, until a person says otherwise
_CHASES = frozenset(LADDER_KINDS) - frozenset(CHAIR_KINDS)

SendingObstacle = GateClosed | BarredByGuard | HeldForPerson | SentLater | LetterNotNeeded


class SendingGate:
    """Between the queue and the transports."""

    def __init__(
        self,
        database: RegisterDatabase,
        record: AuditLog,
        caps: SendingCaps,
        guard: DisclosureGuard,
        at_work: Callable[[datetime], bool] = lambda now: True,
        digest_read: Callable[[datetime], bool] = lambda now: True,
        departures: Departures | None = None,
    ) -> None:
        """`at_work` says when the ladder's letters may leave: in office hours, on working days;
        `digest_read` whether the administrator has seen what the day's digest would have go.
        `departures` are told of each letter that leaves."""
        self._at_work = at_work
        self._digest_read = digest_read
        self._database = database
        self._record = record
        self._caps = caps
        self._guard = guard
        self._departures = departures

    def pause_sending(self, now: datetime) -> bool:
        """Keep every letter in, but for the board's own. False when that was so already."""
        if self.pause_began_at() is not None:
            return False
        with self._database.transaction():
            self._database.execute_insert("INSERT INTO pauses (paused) VALUES (?)", utc_text(now))
            self._record.append(now, AuditAct.OUTBOX_PAUSED)
        return True

    def resume_sending(self, now: datetime) -> bool:
        """Let letters go again. False when they did already."""
        if self.pause_began_at() is None:
            return False
        with self._database.transaction():
            self._database.execute_change(
                "UPDATE pauses SET resumed = ? WHERE resumed IS NULL", utc_text(now)
            )
            self._record.append(now, AuditAct.OUTBOX_RESUMED)
        return True

    def pause_began_at(self) -> datetime | None:
        """Since when a person keeps letters in; None when they leave."""
        return paused_since(self._database)

    def can_note(self, letter: Letter) -> bool:
        """Whether it can be noted that it leaves. An alert is told anew after a restore."""
        departures = self._departures
        return departures is None or letter.kind == "alert" or departures.can_be_noted()

    def note_departure(self, letter: Letter, now: datetime) -> None:
        """Note beside the vault that a letter left, before the register says so."""
        if self._departures is not None:
            self._departures.note_departure(letter, now)

    def left_at(self, letter: Letter) -> datetime | None:
        """When it left, of a letter that was being sent when the service last stopped; None where
        nothing tells."""
        if self._departures is None or letter.state != "sending":
            return None
        return self._departures.left_at(letter)

    def record_departure(self, letter: Letter, now: datetime) -> None:
        """Have it stand in the audit log that a letter left. Call inside the transaction that
        marks it as sent."""
        if self._departures is not None:
            self._departures.note_told(letter, now)
        row = self._database.fetch_row(
            "SELECT c.reference, a.code FROM letters l LEFT JOIN cases c ON c.id = l.case_id"
            " LEFT JOIN agencies a ON a.id = l.agency_id WHERE l.id = ?",
            letter.id,
        )
        self._record.append(
            now,
            AuditAct.LETTER_LEFT,
            letter=letter.id,
            kind=letter.kind,
            case=row["reference"] if row else None,
            agency=row["code"] if row else None,
            contact=letter.contact_id,
        )

    def find_obstacle(self, letter: Letter, now: datetime) -> SendingObstacle | None:
        """What stops it, or None. `now` is in the board's time zone, whose days are counted."""
        ours = letter.kind in OFFICER_KINDS
        if (closed := self._closed_for(letter)) is not None:
            return closed
        if not ours and self._comes_back(letter):
            return ADDRESS_BOUNCES
        if letter.kind in _IN_HOURS and not (letter.by_hand or self._at_work(now)):
            return OUT_OF_HOURS
        if letter.kind in _CHASES and not letter.by_hand and now.time() < CHASING_STARTS_AT:
            return TOO_EARLY
        try:
            self._guard.check_leaving(letter)
        except LetterWithheld:
            return BarredByGuard()
        if letter.kind == "alert" and is_over_before_told(self._database, letter.id):
            return LetterNotNeeded(LetterReason.OVER)
        why = overtaken_reason(self._database, letter.id)
        if why is None and self._told_before(letter):
            why = LetterReason.TOLD_BEFORE
        if why is not None:
            return LetterNotNeeded(why)
        return None if ours or letter.by_hand else self._capped(letter, now)

    def awaits_recovery(self) -> bool:
        """Whether the register was restored, and what came and left since is not taken in again:
        no letter is written or leaves, to the board's officers neither."""
        recovery = current_recovery(self._database)
        return recovery is not None and recovery.recovered is None

    def _closed_for(self, letter: Letter) -> GateClosed | None:
        """What a person, or a restore, keeps in."""
        if self.awaits_recovery():
            return NOT_RECOVERED
        if letter.kind not in OFFICER_KINDS and self.pause_began_at() is not None:
            return OUTBOX_PAUSED
        chases = letter.kind in HELD_KINDS and not letter.by_hand
        return CHASING_HELD if chases and current_recovery(self._database) else None

    def _told_before(self, letter: Letter) -> bool:
        """A person who has it sent once more has a reason."""
        departures = self._departures
        return departures is not None and not letter.by_hand and departures.was_told_before(letter)

    def _capped(
        self, letter: Letter, now: datetime
    ) -> HeldForPerson | SentLater | LetterNotNeeded | None:
        today = datetime.combine(now.date(), time(), now.tzinfo)
        if letter.reason is LetterReason.FULL_DAY and not self._digest_read(now):
            return SentLater(LetterReason.FULL_DAY, now + HOUR)
        theirs = self._to_reader(letter, today)
        gone = SendingHistory(
            to_reader_today=theirs,
            in_the_last_hour=self._in_all(now - HOUR),
            joined=self._joined(letter),
            hour_ends=self._hour_ends(now),
            tomorrow=datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo),
            answers=self._answers(letter),
            full_before=theirs >= self._caps.a_person_a_day and self._full_before(letter, now),
            stopped=self._stopped(letter),
        )
        return check_caps(self._caps, letter.kind, gone)

    def _answers(self, letter: Letter) -> AnsweredPart:
        """What of a message it answers. A dropped file comes from no program that we talk to."""
        if letter.kind == "check-result":
            return "document"
        row = self._database.fetch_row(_OF_MESSAGES, letter.id)
        if row is None or not row["n"]:
            return ""
        return "document" if row["documents"] else "words"

    def _full_before(self, letter: Letter, now: datetime) -> bool:
        """Whether the two days before today were full for its reader."""
        days = [now.date() - timedelta(days=n) for n in (2, 1, 0)]
        begins = [utc_text(datetime.combine(day, time(), now.tzinfo)) for day in days]
        sent = f"l.sent >= ? AND l.sent < ? AND k.address = {_READER}"
        counts = (self._count(sent, *day, letter.id) for day in pairwise(begins))
        return all(n >= self._caps.a_person_a_day for n in counts)

    def _stopped(self, letter: Letter) -> LetterReason | None:
        """Why answers to its reader's messages are held back since one was, None where none is."""
        row = self._database.fetch_row(_STOPPED, *LOOP_REASONS, letter.id, LetterReason.FULL_DAYS)
        return LetterReason(row["reason"]) if row else None

    def _joined(self, letter: Letter) -> bool:
        """Whether a later letter of its kind waits for its reader."""
        sql = (
            "SELECT 1 FROM letters WHERE state = 'queued' AND kind = ? AND contact_id = ?"
            " AND agency_id = ? AND id > ? LIMIT 1"
        )
        found = self._database.fetch_row(
            sql, *(letter.kind, letter.contact_id, letter.agency_id, letter.id)
        )
        return found is not None

    def _hour_ends(self, now: datetime) -> datetime:
        """When there is room again in the hour."""
        row = self._database.fetch_row(
            _LAST_IN, utc_text(now - HOUR), self._caps.in_all_an_hour - 1
        )
        return datetime.fromisoformat(row["sent"]) + HOUR if row else now

    def _comes_back(self, letter: Letter) -> bool:
        """Whether mail to its reader came back for good, and nobody has said that it works."""
        return self._database.fetch_row(_TO_CLOSED, letter.id) is not None

    def _to_reader(self, letter: Letter, since: datetime) -> int:
        if letter.kind in CHAIR_KINDS:
            row = self._database.fetch_row(_TO_THE_CHAIR, utc_text(since))
            return int(row["n"]) if row else 0
        condition = "l.sent >= ? AND k.address = " + _READER
        return self._count(condition, utc_text(since), letter.id)

    def _in_all(self, since: datetime) -> int:
        row = self._database.fetch_row(_IN_ALL, utc_text(since))
        return int(row["n"]) if row else 0

    def _count(self, condition: str, *values: object) -> int:
        row = self._database.fetch_row(_COUNT + condition, *values)
        return int(row["n"]) if row else 0


def paused_since(database: RegisterDatabase) -> datetime | None:
    """Since when letters are kept in; None when they leave."""
    row = database.fetch_row("SELECT paused FROM pauses WHERE resumed IS NULL")
    return datetime.fromisoformat(row["paused"]) if row else None


# The board's own letters use up nobody's share.
_IN_ALL = f"SELECT count(*) AS n FROM letters WHERE sent >= ? AND kind NOT IN {OFFICER_KINDS}"  # noqa: S608
_TO_THE_CHAIR = f"SELECT count(*) AS n FROM letters WHERE sent >= ? AND kind IN {CHAIR_KINDS}"  # noqa: S608
_LAST_IN = (
    f"SELECT sent FROM letters WHERE sent >= ? AND kind NOT IN {OFFICER_KINDS}"  # noqa: S608
    " ORDER BY sent DESC LIMIT 1 OFFSET ?"
)
_COUNT = "SELECT count(*) AS n FROM letters l JOIN contacts k ON k.id = l.contact_id WHERE "
# The keyed hash of the address that a letter is to; a person has one in several cases.
_READER = "(SELECT o.address FROM letters m JOIN contacts o ON o.id = m.contact_id WHERE m.id = ?)"


_TO_CLOSED = f"SELECT 1 WHERE {_READER} IN ({CLOSED_ADDRESSES_SQL})"
_STOPPED = (
    "SELECT l.reason FROM letters l JOIN contacts k ON k.id = l.contact_id"  # noqa: S608
    f" WHERE l.state = 'held back' AND l.reason IN (?, ?) AND k.address = {_READER}"
    " ORDER BY l.reason = ? DESC LIMIT 1"
)
# The messages that a letter answers, and the documents that it is about.
_OF_MESSAGES = (
    "SELECT count(*) AS n, total(e.position > 0) AS documents FROM tells t"
    " LEFT JOIN entries e ON e.id = t.entry_id"
    " JOIN deliveries d ON d.id = ifnull(t.delivery_id, e.delivery_id)"
    " WHERE t.letter_id = ? AND t.decision_id IS NULL AND d.form = 'message'"
)
