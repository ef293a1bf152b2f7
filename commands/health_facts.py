"""The vital signs: what there is to see of the service's health, looked at for the digest.

Does: looks at the disk, the keys, the register and when each source last answered.
Trusts: the parts of the house it is given.
Never touches: anything; it only looks.
Known limits: of the disks only those of the register and the vault are looked at.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.settings import Storage
from handlers.register.audit_log import Record
from intake.keys import Keys
from intake.source import Source
from intake.source_health import Heard, Outages, message_in
from intake.spool import Spool
from outbox.digest.digest_history import DIGEST
from outbox.digest.service_health import Health, Reach
from outbox.due.letter_failures import LETTERS, TEMPLATES
from outbox.sending.transport_back_off import TransportWaits

# The outages that a digest may have: not written, not sent.
_DIGEST = (f"{LETTERS}digest", DIGEST)


@dataclass(frozen=True, slots=True)
class Vitals:
    """Where to look."""

    storage: Storage
    keys: Keys
    record: Record
    spool: Spool
    sources: Sequence[Source]
    heard: Heard
    outages: Outages
    transports: TransportWaits

    def look(self, now: datetime) -> Health:
        """`now` is in the board's time zone."""
        away = {each.source: each for each in self.outages.recent(now) if each.over is None}
        last = self.heard.last()
        return Health(
            sources=tuple(
                Reach(
                    name=source.name,
                    answered=_local(last.get(source.name), now),
                    away=away[source.name].said if source.name in away else "",
                    unread=message_in(source.name) in away,
                )
                for source in self.sources
            ),
            free=min(free(self.storage.register_file.parent), free(self.storage.vault)),
            retired=tuple(sorted(self.keys.older)),
            backed_up=_local(self.record.last("backed up"), now),
            began=_local(self.record.began(), now),
            waits_since=_local(self.spool.oldest_waiting(), now),
            unwritten=tuple(
                name.removeprefix(LETTERS)
                for name in away
                if name.startswith(LETTERS) and name not in _DIGEST
            ),
            closed=tuple(self.transports.all()),
            slips=TEMPLATES in away,
            digest_late=next((away[name].said for name in _DIGEST if name in away), ""),
        )


def free(folder: Path) -> float:
    """The share of its disk; a folder that is not made yet will be made beside it."""
    found = shutil.disk_usage(folder if folder.exists() else folder.parent)
    return found.free / found.total


def _local(when: datetime | None, now: datetime) -> datetime | None:
    return when.astimezone(now.tzinfo) if when else None
