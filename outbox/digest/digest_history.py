"""Which digests have left, and what the operator is told when one has not (failure mode 80b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.calendar import date_without_year, utc_text
from config.english import join_with_and
from intake.database import RegisterDatabase
from intake.source_health import OutageKind, OutageSubject
from outbox.writing.letter import LetterState

DIGEST_OUTAGE = OutageSubject(OutageKind.DIGEST)  # what stands for it among the outages
DIGEST_PATIENCE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class DigestNotSent:
    """Why, and what to do, in sentences of ours."""

    sentence: str
    fix: str = (
        "To try each way that letters leave: `scr-intake doctor`"
        " To list the letters: `scr-intake letters`"
    )


@dataclass(frozen=True, slots=True)
class LastDigest:
    """The newest digest that was written. `tried` says that it was handed over at least once,
    `answer` why the last try did not succeed."""

    day: date
    state: LetterState
    tried: bool
    answer: str


def overdue_digest_reason(last: LastDigest | None, at: time, now: datetime) -> DigestNotSent | None:
    """`at` is when digests are due; `now` is in the board's time zone."""
    if last is None:
        return None
    why = f": {last.answer}" if last.answer else ""
    if last.state == "failed":
        return DigestNotSent(f"The digest could not be sent{why}.")
    waits = last.state in ("queued", "sending") and last.tried
    if waits and now >= datetime.combine(last.day, at, now.tzinfo) + DIGEST_PATIENCE:
        return DigestNotSent(f"The digest could not be sent yet{why}.")
    return None


MAX_NAMED_DAYS = 5  # days that are named
_LEFT = "kind = 'digest' AND state IN ('sent', 'sending') AND told_on < ?"


def last_digest_day(database: RegisterDatabase, before: date) -> date | None:
    """The day of the last digest before this one that left: a later one tells what those that did
    not would have."""
    sql = f"SELECT max(told_on) AS day FROM letters WHERE {_LEFT}"  # noqa: S608  our own words
    row = database.fetch_row(sql, before.isoformat())
    return date.fromisoformat(row["day"]) if row and row["day"] else None


def last_digest_written_at(database: RegisterDatabase, before: date) -> datetime | None:
    """When the last digest before this day that left was written."""
    sql = f"SELECT max(queued) AS at FROM letters WHERE {_LEFT}"  # noqa: S608  our own words
    row = database.fetch_row(sql, before.isoformat())
    return datetime.fromisoformat(row["at"]) if row and row["at"] else None


def unsent_digest_notes(database: RegisterDatabase, before: date) -> Iterator[str]:
    """A sentence that names the days whose digests did not leave, since the last that did."""
    last = last_digest_day(database, before)
    sql = (
        "SELECT DISTINCT told_on FROM letters WHERE kind = 'digest' AND told_on < ?"
        " AND told_on > ? AND state IN ('queued', 'called back') ORDER BY told_on"
    )
    rows = database.fetch_rows(sql, before.isoformat(), last.isoformat() if last else "")
    days = [date_without_year(date.fromisoformat(row["told_on"])) for row in rows]
    if len(days) > MAX_NAMED_DAYS:
        yield (
            f"The digests of {len(days):,} days, from {days[0]} to {days[-1]}, could not leave:"
            " this one tells what is still so, and what came and went since."
        )
    elif days:
        what = "digest" if len(days) == 1 else "digests"
        yield (
            f"The {what} of {join_with_and(days)} could not leave: this one tells what is still so,"
            " and what came and went since."
        )


def newest_digest(database: RegisterDatabase) -> LastDigest | None:
    """The last digest; while a transport is away, that is why a digest waits."""
    sql = (
        "SELECT told_on, state, tries, answer,"
        " (SELECT answer FROM transport_waits ORDER BY transport LIMIT 1) AS away FROM letters"
        " WHERE kind = 'digest' ORDER BY id DESC LIMIT 1"
    )
    row = database.fetch_row(sql)
    if row is None:
        return None
    day = date.fromisoformat(row["told_on"])
    tried = row["tries"] > 0 or row["away"] is not None
    return LastDigest(day, row["state"], tried, row["answer"] or row["away"] or "")


def digest_left_since(database: RegisterDatabase, at: datetime) -> bool:
    """Whether a digest has left since then."""
    sql = "SELECT 1 FROM letters WHERE kind = 'digest' AND sent >= ?"
    return database.fetch_row(sql, utc_text(at)) is not None
