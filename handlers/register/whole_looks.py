"""When the register was last looked through whole, and from when on that is due again.

Each night once: the backup of the night does it, and where there was none the service.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from intake.database import RegisterDatabase

NIGHT_HOUR = 3  # o'clock: from then on the service looks, where nothing else has
# A look since the evening before is of the same night.
_NIGHT_BEGINS_BEFORE = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class WholeLook:
    """`faults` is how many things were not as they were recorded, or not there."""

    at: datetime
    faults: int


@dataclass(frozen=True, slots=True)
class LookedAt:
    """How much there was to look at."""

    entries: int  # of the record
    originals: int


def append_look(record: AuditLog, now: datetime, looked_at: LookedAt, faults: int) -> None:
    """Must run inside a transaction. `now` is in the board's time zone."""
    record.append(
        now,
        AuditAct.FAULTS_FOUND if faults else AuditAct.VERIFIED,
        day=now.date().isoformat(),
        entries=looked_at.entries,
        originals=looked_at.originals,
        faults=faults,
    )


def latest_look(database: RegisterDatabase) -> WholeLook | None:
    """The last that the audit log tells of."""
    sql = "SELECT at, detail FROM record WHERE what IN (?, ?) ORDER BY seq DESC LIMIT 1"
    row = database.fetch_row(sql, AuditAct.VERIFIED, AuditAct.FAULTS_FOUND)
    if row is None:
        return None
    return WholeLook(datetime.fromisoformat(row["at"]), json.loads(row["detail"])["faults"])


def is_look_due(last: WholeLook | None, began: datetime | None, now: datetime) -> bool:
    """Whether nothing was looked through this night. A register that `began` since has all of it
    before it. `now` is in the board's time zone."""
    night = _latest_night(now)
    if began is None or began >= night:
        return False
    return last is None or last.at < night - _NIGHT_BEGINS_BEFORE


def next_night(now: datetime) -> datetime:
    """From when on it may be due again."""
    return _latest_night(now) + timedelta(days=1)


def _latest_night(now: datetime) -> datetime:
    night = now.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    return night if night <= now else night - timedelta(days=1)
