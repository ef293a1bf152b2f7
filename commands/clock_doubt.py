"""`scr-intake clock`: whether the clock is believed; `accept` says that it is right.

Does: holds the machine's clock against when a round last ended, and takes a person's word for it.
Trusts: whoever may run this.
Never touches: the clock.
Known limits: a time given by `--at` is never doubted.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from commands.app import House, open_house
from commands.global_options import ATTENTION, Asked, say
from config.calendar import moment
from config.settings import Settings
from handlers.register.audit_log import last_recorded
from intake.database import Ledger
from intake.source_health import Doubt, Heard, doubt


def doubted(ledger: Ledger, settings: Settings, now: datetime, *, played: bool) -> Doubt | None:
    """Why the clock is not believed. A register in which no round ever ended is held against its
    record."""
    if played:
        return None
    last = Heard(ledger).last_round() or last_recorded(ledger)
    idle = timedelta(days=settings.schedule.doubt_clock_after_days)
    return doubt(now, last.astimezone(now.tzinfo) if last else None, idle)


def _doubted(house: House) -> Doubt | None:
    return doubted(house.ledger, house.settings, house.now(), played=house.played)


@click.group(invoke_without_command=True)
@click.pass_context
def clock(context: click.Context) -> None:
    """Show whether the clock is believed.

    Exit status 1 when it is not.

    Example: scr-intake clock
    """
    if context.invoked_subcommand is not None:
        return
    asked: Asked = context.obj
    with open_house(asked) as house:
        why, now = _doubted(house), house.now()
    if why is None:
        click.echo(f"The clock is believed: {moment(now)}.")
        return
    say(f"The clock is doubted. {why.sentence}", why.fix)
    raise click.exceptions.Exit(ATTENTION)


@clock.command
@click.pass_obj
def accept(asked: Asked) -> None:
    """Say that the clock is right. The record tells that somebody did.

    Example: scr-intake clock accept
    """
    with open_house(asked) as house:
        why, now = _doubted(house), house.now()
        if why is None:
            click.echo(f"The clock is believed already: {moment(now)}. Nothing was changed.")
            return
        with house.register.transaction():
            house.heard.accept(now)
            house.register.record.append(now, "clock accepted", last=why.last.isoformat())
    click.echo(f"The clock is believed from here: {moment(now)}. Letters go in the next round.")
