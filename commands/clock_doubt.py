"""`scr-intake clock`: whether the clock is believed; `clock accept` says that it is right.

It never sets the clock, and a time given by `--at` is never doubted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import click

from commands.composition.app import Application, open_application
from commands.composition.usable_register import open_if_usable
from commands.global_options import EXIT_ATTENTION, GlobalOptions, print_lines
from config.calendar import moment_in_words
from config.settings import Settings
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import last_recorded
from intake.database import RegisterDatabase
from intake.source_health import ClockDoubt, SourceActivity, find_clock_doubt


def register_clock_doubt(
    database: RegisterDatabase, settings: Settings, now: datetime, *, played: bool
) -> ClockDoubt | None:
    """Why the clock is not believed. A register in which no round ever ended is held against its
    record."""
    if played:
        return None
    last = SourceActivity(database).last_round_end() or last_recorded(database)
    idle = timedelta(days=settings.schedule.doubt_clock_after_days)
    return find_clock_doubt(now, last.astimezone(now.tzinfo) if last else None, idle)


def is_clock_doubted(
    settings: Settings, credentials: Path | None, now: datetime, *, played: bool
) -> bool:
    """Whether the clock is not believed, as far as the register can be read."""
    with open_if_usable(settings, credentials) as database:
        return database is not None and bool(
            register_clock_doubt(database, settings, now, played=played)
        )


def _doubted(app: Application) -> ClockDoubt | None:
    return register_clock_doubt(app.database, app.settings, app.now(), played=app.played)


@click.group(invoke_without_command=True)
@click.pass_context
def clock(context: click.Context) -> None:
    """Show whether the clock is believed.

    Exit status 1 when it is not.

    Example: scr-intake clock
    """
    if context.invoked_subcommand is not None:
        return
    asked: GlobalOptions = context.obj
    with open_application(asked) as app:
        why, now = _doubted(app), app.now()
    if why is None:
        click.echo(f"The clock is believed: {moment_in_words(now)}.")
        return
    print_lines(f"The clock is doubted. {why.sentence}", why.fix)
    raise click.exceptions.Exit(EXIT_ATTENTION)


@clock.command
@click.option("--reason", required=True, help="How you know. Kept in the record.")
@click.pass_obj
def accept(asked: GlobalOptions, reason: str) -> None:
    """Say that the clock is right. The record tells that somebody did, and why.

    Example: scr-intake clock accept --reason "The machine was off over the summer"
    """
    if not reason.strip():
        raise click.UsageError("--reason should say something.")
    with open_application(asked) as app:
        why, now = _doubted(app), app.now()
        if why is None:
            click.echo(
                f"The clock is believed already: {moment_in_words(now)}. Nothing was changed."
            )
            return
        with app.register.transaction():
            app.source_activity.accept_clock(now)
            sealed = app.vault.seal_bytes(reason.strip().encode(), "record").hex()
            told = {"last": why.last.isoformat(), "sealed": sealed}
            app.register.record.append(now, AuditAct.CLOCK_ACCEPTED, **told)
    click.echo(
        f"The clock is believed from here: {moment_in_words(now)}. Letters go in the next round."
    )
