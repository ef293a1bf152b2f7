"""Looks how the service is, for a monitor and for systemd; it changes nothing.

What cannot even be opened is a condition of its own. Whether a server answers is told as the last
round saw it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from commands import sources, transports
from commands.board_owner import load_own_settings
from commands.clock import make_clock
from commands.clock_doubt import register_clock_doubt
from commands.global_options import GlobalOptions, credentials_folder
from commands.health_facts import free_disk_share
from commands.refusals import refusal_sentence
from config.settings import Settings
from handlers.register.audit_log import last_recorded, recording_began
from intake.database import RegisterDatabase, RegisterUnreadable
from intake.keys import read_keys
from intake.sign_in.accounts import AccountFactory
from intake.source_health import OutageRecords, SourceActivity
from intake.spool import oldest_waiting_time
from outbox.alerts.alert_state import undelivered_alerts
from outbox.digest.health_conditions import (
    DOCTOR_HINT,
    HealthCondition,
    HealthObservations,
    list_conditions,
)
from outbox.due.stopped_letters import stopped_letter_kinds
from outbox.sending.gate import paused_since
from outbox.sending.queue_counts import count_handed_over, count_waiting_letters
from outbox.sending.transport_back_off import TransportWaits

ROUND_PATIENCE = timedelta(minutes=20)  # without a round
USUAL_ROUND_TIME = timedelta(minutes=4)  # for a round with a delivery that takes all its time


def probe_health(asked: GlobalOptions) -> tuple[list[HealthCondition], datetime]:
    """Every condition, what is degraded first; and the time it is.

    Raises InvalidUserFile for settings that cannot be used.
    """
    settings = load_own_settings(asked.config)
    now = make_clock(settings.board.zone_info, asked.at)()
    amiss = [*_settings(settings), *_keys(settings)]
    try:
        with closing(RegisterDatabase.open_read_only(settings.storage.register_file)) as ledger:
            played = asked.at is not None
            found = list_conditions(observe_service(ledger, settings, now, played=played), now)
    except Exception as why:  # noqa: BLE001  whatever it is: a monitor is told so
        found = [_unopened(why)]
    return [*amiss, *found], now


def observe_service(
    ledger: RegisterDatabase, settings: Settings, now: datetime, *, played: bool
) -> HealthObservations:
    """What there is to see, in the register and around it."""

    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(now.tzinfo) if at else None

    kept, heard = settings.storage, SourceActivity(ledger)
    names = {place for place, _ in transports.transport_places(settings.outbox)}
    why = register_clock_doubt(ledger, settings, now, played=played)
    scan = timedelta(seconds=settings.schedule.scan_seconds)
    return HealthObservations(
        last_round=local(heard.last_round_end()),
        answered=frozenset(heard.last_answers()),
        begun=local(heard.service_started_at()),
        handed=count_handed_over(ledger),
        patience=ROUND_PATIENCE + 2 * scan,
        usual=USUAL_ROUND_TIME + 2 * scan,
        sources=tuple(_sources(settings)),
        outages=tuple(OutageRecords(ledger).current_outages()),
        transports=tuple(w for w in TransportWaits(ledger).list_waits() if w.transport in names),
        waiting=count_waiting_letters(ledger),
        waits_since=local(oldest_waiting_time(ledger)),
        stopped=stopped_letter_kinds(ledger),
        free=min(free_disk_share(kept.register_file.parent), free_disk_share(kept.vault)),
        unwritable=tuple(
            f"The {what} {path}" for what, path in _kept(settings) if not os.access(path, os.W_OK)
        ),
        backed_up=local(last_recorded(ledger, "backed up")),
        began=local(recording_began(ledger)),
        paused=local(paused_since(ledger)),
        doubt=why.sentence if why else "",
        unheard=tuple(undelivered_alerts(ledger)),
    )


def _sources(settings: Settings) -> Iterator[str]:
    yield from (sources.source_name(n) for n, _ in enumerate(settings.mailbox, 1))
    yield from (drop.name for drop in settings.drop_folders)


def _kept(settings: Settings) -> Iterator[tuple[str, Path]]:
    kept = settings.storage
    yield "register", kept.register_file
    yield "register's folder", kept.register_file.parent
    yield "vault", kept.vault


def _settings(settings: Settings) -> Iterator[HealthCondition]:
    """What keeps the service from starting."""
    accounts = AccountFactory(credentials_folder(), time.time)
    found = [
        *sources.mailbox_problems(settings, accounts),
        *transports.transport_problems(settings.outbox, accounts),
    ]
    for problem in found:
        yield HealthCondition("settings", f"{str(problem).rstrip('.')}.", True, None, DOCTOR_HINT)


def _keys(settings: Settings) -> Iterator[HealthCondition]:
    try:
        read_keys(settings.storage.keys, credentials_folder())
    except Exception as why:
        told = refusal_sentence(why)
        if told is None:
            raise
        yield HealthCondition("keys", told[0], True, None, DOCTOR_HINT)


def _unopened(why: Exception) -> HealthCondition:
    """The register cannot be looked at, so nothing is known."""
    sentence = (refusal_sentence(why) or refusal_sentence(RegisterUnreadable()) or ("",))[0]
    return HealthCondition("register", sentence, True, None, DOCTOR_HINT)
