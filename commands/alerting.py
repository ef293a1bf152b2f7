"""How long each source may be out of reach, and each way closed, before the operator is told.

Does: reads it from the settings, by the names of the sources.
Trusts: the settings, which were checked.
Never touches: sources.
Known limits: a Maildir is on this machine, and told at once.
"""

from __future__ import annotations

from datetime import timedelta

from commands.ways import places
from config.mailbox import ImapMailbox
from config.settings import Settings
from intake.drop import Drop
from intake.outages import TRANSPORT, WORKER, message_in


def alert_after(settings: Settings) -> dict[str, timedelta]:
    minutes = {
        f"mail-{n}": mailbox.alert_after_minutes
        for n, mailbox in enumerate(settings.mailbox, 1)
        if isinstance(mailbox, ImapMailbox)
    }
    if settings.drop is not None:
        minutes[Drop.name] = settings.drop.alert_after_minutes
    minutes |= {message_in(source): number for source, number in minutes.items()}
    patient = (*(f"{TRANSPORT}{place}" for place, _ in places(settings.outbox)), WORKER)
    minutes |= dict.fromkeys(patient, settings.alerts.after_minutes)
    return {source: timedelta(minutes=number) for source, number in minutes.items()}
