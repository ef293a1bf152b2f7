"""The policy: what the board decided about its letters, and when its office is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.calendar import Calendar
from config.kind import Kinds
from config.ladder import Ladder
from intake.source_health import OutageSubject
from outbox.writing.letter import Recipient

READING_TIME = timedelta(
    hours=2
)  # in which whoever reads a digest may keep in what it says will go
CHASING_STARTS_AT = time(9)  # nobody is chased before they are at their desk


@dataclass(frozen=True, slots=True)
class LetterPolicy:
    """`chair` is the chair's office, None where the settings name none."""

    kinds: Kinds
    ladder: Ladder
    calendar: Calendar
    administrator: Recipient
    operator: Recipient
    chair: Recipient | None
    alert_after: Mapping[OutageSubject, timedelta]
    opens: time
    closes: time
    digest_at: time
    # After how many working days what waits for the board stands first on the digest, and after
    # how many it is drafted to the chair's office.
    ask_first_after: int = 2
    ask_chair_after: int = 5
    # What was decided about an agency is told once nothing more was for so long, or four times as
    # long after the first of it.
    decisions_quiet: timedelta = timedelta(0)
    # Letters that a mail of the administrator's causes wait so long, since it may be undone.
    undo_time: timedelta = timedelta(0)
    deputies: tuple[str, ...] = ()  # the addresses of those who may answer for the administrator
    alert_way: str = "outbox"  # the way that alerts leave by; of that one they cannot tell

    def is_office_open(self, now: datetime) -> bool:
        """Whether it is within office hours; `now` is in the board's time zone."""
        return self.opens <= now.time() < self.closes

    def is_at_work(self, now: datetime) -> bool:
        """Whether somebody is in the office: within its hours, on a working day."""
        return self.is_office_open(now) and self.calendar.is_working_day(now.date())

    @property
    def digest_read_by(self) -> time:
        """By when of a working day its digest was there to be read."""
        at = max(self.digest_at, self.opens)
        return (datetime.combine(date.min, at) + READING_TIME).time()

    def is_digest_read(self, now: datetime) -> bool:
        """Whether whoever reads the day's digest has had the time to."""
        return self.calendar.is_working_day(now.date()) and now.time() >= self.digest_read_by
