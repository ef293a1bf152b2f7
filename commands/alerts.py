"""`scr-intake alerts`: the ways by which the operator hears; `test` tries those besides mail.

Mail is tried by `doctor --send`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import click

from commands.composition.board_owner import load_own_settings
from commands.composition.clock import make_clock
from commands.composition.transports import build_alert_channels
from commands.global_options import EXIT_ATTENTION, GlobalOptions, exit_with_message
from config.outbox_settings import AlertSettings
from outbox.alerts.alert_channels import AlertChannel, AlertText

MAIL_ALONE = "Alerts go by mail alone. `[alerts]` in the settings names another way."
POLL_SECONDS = 0.1  # seconds
TEST_ALERT = AlertText(
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
    asked: GlobalOptions = context.obj
    settings = load_own_settings(asked.config)
    click.echo(f"By mail, to {settings.board.operator}.")
    if not build_alert_channels(settings):
        click.echo(MAIL_ALONE)
        return
    for told in _named(settings.alerts):
        click.echo(f"By {told}, after {settings.alerts.after_minutes} minutes without mail.")


def _named(ways: AlertSettings) -> Iterator[str]:
    if ways.command is not None:
        yield f"the program {ways.command[0]}"
    if ways.file is not None:
        yield f"the file {ways.file}"


@alerts.command
@click.pass_obj
def test(asked: GlobalOptions) -> None:
    """Send a test by each way besides mail. It is a real alert for whoever gets it.

    Exit status 1 when one does not take it.

    Example: scr-intake alerts test
    """
    settings = load_own_settings(asked.config)
    ways = build_alert_channels(settings)
    if not ways:
        exit_with_message(MAIL_ALONE)
    told = [_tried(way, make_clock(settings.board.zone_info, asked.at)()) for way in ways]
    if not all(told):
        raise click.exceptions.Exit(EXIT_ATTENTION)


def _tried(way: AlertChannel, now: datetime) -> bool:
    way.begin_delivery(TEST_ALERT, now)
    while (why := way.delivery_result()) is None:
        time.sleep(POLL_SECONDS)
    click.echo(f"By {way.name}: {why or 'it was taken'}.", err=bool(why))
    return not why
