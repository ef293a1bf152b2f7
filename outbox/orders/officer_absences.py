"""Whether the administrator is away, by an automatic answer of theirs: the only writer and reader
of `officer_absences`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.calendar import utc_text
from intake.database import RegisterDatabase

UNSAID_DAYS = 3  # for which a note holds that does not say until when


@dataclass(frozen=True, slots=True)
class OfficerAbsence:
    """`until` is the last day away, None where the note does not say."""

    until: date | None


class OfficerAbsences:
    """Writes and reads them."""

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database

    def note(self, until: date | None, now: datetime) -> None:
        """They are away; a machine may say it again and again."""
        with self._database.transaction():
            self._database.execute_insert(
                "INSERT INTO officer_absences (until, noted) VALUES (?, ?)",
                *(until.isoformat() if until else None, utc_text(now)),
            )

    def end(self, now: datetime) -> None:
        """They wrote themselves: they are back, or look in."""
        with self._database.transaction():
            self._database.execute_change(
                "UPDATE officer_absences SET ended = ? WHERE ended IS NULL", utc_text(now)
            )

    def find(self, now: datetime) -> OfficerAbsence | None:
        """The absence that holds, by the last note; `now` is in the board's time zone."""
        sql = "SELECT * FROM officer_absences WHERE ended IS NULL ORDER BY id DESC LIMIT 1"
        row = self._database.fetch_row(sql)
        if row is None:
            return None
        until = date.fromisoformat(row["until"]) if row["until"] else None
        noted = datetime.fromisoformat(row["noted"]).astimezone(now.tzinfo).date()
        last = until or noted + timedelta(UNSAID_DAYS)
        return OfficerAbsence(until) if noted <= now.date() <= last else None
