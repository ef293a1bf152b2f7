"""The other ways of alerts: from the settings to what takes them.

Does: makes the program and the file that `[alerts]` names, and what decides about them.
Trusts: the settings, which were checked.
Never touches: either, until there is an alert.
Known limits: none.
"""

from __future__ import annotations

from datetime import timedelta

from commands.alerting import alert_after
from commands.ways import taken
from config.settings import Settings
from intake.ledger import Ledger
from intake.outages import CLOCK, TRANSPORT
from outbox.alarm_command import CommandWay
from outbox.alarm_file import FileWay
from outbox.alarming import Terms
from outbox.alarms import Alarms
from outbox.letter import Recipient
from outbox.other_ways import OtherWay, worded
from outbox.writer import Writer


def other_ways(settings: Settings) -> list[OtherWay]:
    ways: list[OtherWay] = []
    if settings.alerts.command is not None:
        ways.append(CommandWay(settings.alerts.command, settings.alerts.command_seconds))
    if settings.alerts.file is not None:
        ways.append(FileWay(settings.alerts.file))
    return ways


def alarms(settings: Settings, ledger: Ledger | None = None) -> Alarms:
    """`ledger` is None while there is no room to open it."""
    return Alarms(
        ways=other_ways(settings),
        words=worded(Writer(settings.board, settings.outbox.sender)),
        operator=Recipient("", settings.board.operator),
        terms=Terms(
            after=alert_after(settings),
            patience=timedelta(minutes=settings.alerts.after_minutes),
            mute=frozenset({f"{TRANSPORT}{alert_way(settings)}", CLOCK}),
        ),
        ledger=ledger,
    )


def alert_way(settings: Settings) -> str:
    """The way that the letters of alerts leave by."""
    ways = taken(settings.outbox).items()
    return next((way for way, kinds in ways if "alert" in kinds), "outbox")
