"""Looking how the service is: what a monitor is told, and systemd.

Does: reads the register, the disk and the clock, and changes nothing. What cannot even be opened is
a condition of its own.
Trusts: the settings, which were checked.
Never touches: cases, letters, the network.
Known limits: whether a server answers is told as the last round saw it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from commands import sources, transports
from commands.clock import clock
from commands.clock_doubt import doubted
from commands.global_options import Asked
from commands.health_facts import free
from commands.refusals import refusal
from config.settings import Settings, load_settings
from handlers.register.audit_log import last_recorded, recording_began
from intake.database import Ledger, RegisterUnreadable
from intake.keys import read_keys
from intake.sign_in.accounts import Accounts
from intake.source_health import Heard, Outages
from intake.spool import oldest_waiting
from outbox.alerts.alert_state import untold
from outbox.digest.conditions import DOCTOR, Condition, Looked, conditions
from outbox.due.stopped_letters import kinds_stopped
from outbox.sending.gate import paused_since
from outbox.sending.queue import handed, waiting
from outbox.sending.transport_back_off import TransportWaits

ROUNDS = timedelta(minutes=20)  # without a round
USUAL = timedelta(minutes=4)  # for a round with a delivery that takes all its time


def health(asked: Asked) -> tuple[list[Condition], datetime]:
    """Every condition, what is degraded first; and the time it is. Raises Refused for settings that
    cannot be used."""
    settings = load_settings(asked.config)
    now = clock(settings.board.zone, asked.at)()
    amiss = [*_settings(settings), *_keys(settings)]
    try:
        with closing(Ledger.to_read(settings.storage.register_file)) as ledger:
            played = asked.at is not None
            found = conditions(look(ledger, settings, now, played=played), now)
    except Exception as why:  # noqa: BLE001  whatever it is: a monitor is told so
        found = [_unopened(why)]
    return [*amiss, *found], now


def look(ledger: Ledger, settings: Settings, now: datetime, *, played: bool) -> Looked:
    """What there is to see, in the register and around it."""

    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(now.tzinfo) if at else None

    kept, heard = settings.storage, Heard(ledger)
    names = {place for place, _ in transports.places(settings.outbox)}
    why = doubted(ledger, settings, now, played=played)
    scan = timedelta(seconds=settings.schedule.scan_seconds)
    return Looked(
        last_round=local(heard.last_round()),
        answered=frozenset(heard.last()),
        begun=local(heard.begun()),
        handed=handed(ledger),
        patience=ROUNDS + 2 * scan,
        usual=USUAL + 2 * scan,
        sources=tuple(_sources(settings)),
        outages=tuple(Outages(ledger).lasting()),
        transports=tuple(w for w in TransportWaits(ledger).all() if w.transport in names),
        waiting=waiting(ledger),
        waits_since=local(oldest_waiting(ledger)),
        stopped=kinds_stopped(ledger),
        free=min(free(kept.register_file.parent), free(kept.vault)),
        unwritable=tuple(
            f"The {what} {path}" for what, path in _kept(settings) if not os.access(path, os.W_OK)
        ),
        backed_up=local(last_recorded(ledger, "backed up")),
        began=local(recording_began(ledger)),
        paused=local(paused_since(ledger)),
        doubt=why.sentence if why else "",
        unheard=tuple(untold(ledger)),
    )


def _sources(settings: Settings) -> Iterator[str]:
    yield from (f"mail-{n}" for n, _ in enumerate(settings.mailbox, 1))
    if settings.drop is not None:
        yield "drop"


def _kept(settings: Settings) -> Iterator[tuple[str, Path]]:
    kept = settings.storage
    yield "register", kept.register_file
    yield "register's folder", kept.register_file.parent
    yield "vault", kept.vault


def _settings(settings: Settings) -> Iterator[Condition]:
    """What keeps the service from starting."""
    accounts = Accounts(_credentials(), time.time)
    found = [*sources.problems(settings, accounts), *transports.problems(settings.outbox, accounts)]
    for problem in found:
        yield Condition("settings", f"{str(problem).rstrip('.')}.", True, None, DOCTOR)


def _keys(settings: Settings) -> Iterator[Condition]:
    try:
        read_keys(settings.storage.keys, _credentials())
    except Exception as why:
        told = refusal(why)
        if told is None:
            raise
        yield Condition("keys", told[0], True, None, DOCTOR)


def _credentials() -> Path | None:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder) if folder else None


def _unopened(why: Exception) -> Condition:
    """The register cannot be looked at, so nothing is known."""
    sentence = (refusal(why) or refusal(RegisterUnreadable()) or ("",))[0]
    return Condition("register", sentence, True, None, DOCTOR)
