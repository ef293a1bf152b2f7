"""`scr-intake alerts`: the ways by which the operator hears; `test` tries those besides mail.

Does: names them, says which could not be used, and sends a test by each when it is asked to.
Trusts: whoever may run this.
Never touches: letters; nothing is recorded.
Known limits: mail is tried by `doctor --send`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import click

from commands.clock import clock
from commands.global_options import ATTENTION, Asked, stop
from commands.transports import other_ways
from config.outbox_settings import Alerts
from config.settings import load_settings
from outbox.alerts.other_ways import Alarm, OtherWay

NONE = "Alerts go by mail alone. `[alerts]` in the settings names another way."
SLICE = 0.1  # seconds
TEST = Alarm(
    "scr-intake: a test, no action needed",
    "Somebody tried whether alerts reach you by this way. You do not need to do anything.\n",
)


@click.group(invoke_without_command=True)
@click.pass_context
def alerts(context: click.Context) -> None:
    """Show by which ways the operator is alerted.

    Example: scr-intake alerts
    """
    if context.invoked_subcommand is not None:
        return
    asked: Asked = context.obj
    settings = load_settings(asked.config)
    click.echo(f"By mail, to {settings.board.operator}.")
    if not other_ways(settings):
        click.echo(NONE)
        return
    for told in _named(settings.alerts):
        click.echo(f"By {told}, after {settings.alerts.after_minutes} minutes without mail.")


def _named(ways: Alerts) -> Iterator[str]:
    if ways.command is not None:
        yield f"the program {ways.command[0]}"
    if ways.file is not None:
        yield f"the file {ways.file}"


@alerts.command
@click.pass_obj
def test(asked: Asked) -> None:
    """Send a test by each way besides mail. It is a real alert for whoever gets it.

    Exit status 1 when one does not take it.

    Example: scr-intake alerts test
    """
    settings = load_settings(asked.config)
    ways = other_ways(settings)
    if not ways:
        stop(NONE)
    told = [_tried(way, clock(settings.board.zone, asked.at)()) for way in ways]
    if not all(told):
        raise click.exceptions.Exit(ATTENTION)


def _tried(way: OtherWay, now: datetime) -> bool:
    way.begin(TEST, now)
    while (why := way.ended()) is None:
        time.sleep(SLICE)
    click.echo(f"By {way.name}: {why or 'it was taken'}.", err=bool(why))
    return not why
