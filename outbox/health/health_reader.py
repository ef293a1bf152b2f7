"""Looks at what there is to see of the service's health, for the digest; it changes nothing.

Of the disks only those of the register and the vault are looked at.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.settings import Storage
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.register.last_backup import backup_command, recorded_backup
from handlers.register.whole_looks import latest_look
from intake.database import RegisterDatabase
from intake.keys import Keys
from intake.source import Source
from intake.source_health import (
    SCANNER_OUTAGE,
    Outage,
    OutageKind,
    OutageRecords,
    SourceActivity,
    message_outage,
    source_outage,
)
from intake.spool import Spool
from outbox.digest.digest_history import DIGEST_OUTAGE
from outbox.due.letter_failures import TEMPLATES_OUTAGE, letters_outage
from outbox.health.health_for_digest import ScannerHealth, ServiceHealth, SourceReach
from outbox.sending.transport_back_off import TransportWaits

# The outages that a digest may have: not written, not sent.
_DIGEST = (letters_outage("digest"), DIGEST_OUTAGE)


@dataclass(frozen=True, slots=True)
class HealthReader:
    """Looks at everything that the digest tells of the service's health."""

    database: RegisterDatabase
    storage: Storage
    keys: Keys
    record: AuditLog
    spool: Spool
    sources: Sequence[Source]
    source_activity: SourceActivity
    outages: OutageRecords
    transports: TransportWaits
    scans: bool  # a virus scanner is set up

    def read_health(self, now: datetime) -> ServiceHealth:
        """`now` is in the board's time zone."""
        away = {each.of: each for each in self.outages.recent_outages(now) if each.over is None}
        last = self.source_activity.last_answers()
        return ServiceHealth(
            sources=tuple(
                SourceReach(
                    name=source.name,
                    answered=_local(last.get(source.name), now),
                    away=away[source_outage(source)].said if source_outage(source) in away else "",
                    unread=message_outage(source) in away,
                    form=source.form,
                )
                for source in self.sources
            ),
            free=min(
                free_disk_share(self.storage.register_file.parent),
                free_disk_share(self.storage.vault),
            ),
            retired=tuple(sorted(self.keys.older)),
            backed_up=_local(self.record.last_recorded_at(AuditAct.BACKED_UP), now),
            began=_local(self.record.began_recording_at(), now),
            backup_command=backup_command(recorded_backup(self.database)),
            looked=latest_look(self.database),
            waits_since=_local(self.spool.oldest_waiting_time(), now),
            unwritten=tuple(
                of.name for of in away if of.kind is OutageKind.LETTERS and of not in _DIGEST
            ),
            closed=tuple(self.transports.list_waits()),
            scanner=self._scanner(away.get(SCANNER_OUTAGE), now),
            slips=TEMPLATES_OUTAGE in away,
            digest_late=next((away[of].said for of in _DIGEST if of in away), ""),
        )

    def _scanner(self, outage: Outage | None, now: datetime) -> ScannerHealth:
        if outage is None or not self.scans:
            return ScannerHealth(self.scans)
        return ScannerHealth(True, outage.said, _local(outage.since, now))


def free_disk_share(folder: Path) -> float:
    """The share of its disk; a folder that is not made yet will be made beside it."""
    found = shutil.disk_usage(folder if folder.exists() else folder.parent)
    return found.free / found.total


def _local(when: datetime | None, now: datetime) -> datetime | None:
    return when.astimezone(now.tzinfo) if when else None
