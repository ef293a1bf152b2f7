"""`scr-intake run`: the service. A round every so often, until it is told to stop.

Does: runs rounds, tells systemd that it is alive only after a round that finished, and stops
within a second of SIGTERM or SIGINT.
Trusts: systemd to start it again: a round that breaks ends the process.
Never touches: anything else.
Known limits: a round under way is finished before the service stops.
"""

from __future__ import annotations

import os
import signal
import socket
import threading

import click

from commands.asked import Asked
from commands.house import open_house
from commands.once import told
from commands.round import one_round


@click.command
@click.pass_obj
def run(asked: Asked) -> None:
    """The same as `once`, as a service, until it is told to stop.

    Example: scr-intake --config /etc/scr-intake/scr-intake.toml run
    """
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    with open_house(asked, working=True, running=True) as house:
        notify("READY=1")
        while not stopping.is_set():
            report = one_round(house)
            if not report.quiet:
                for line in (*told(report), *report.troubles):
                    click.echo(line)
            notify("WATCHDOG=1")
            _rest(stopping, house.settings.schedule.scan_seconds)
        notify("STOPPING=1")


def _rest(stopping: threading.Event, seconds: float) -> None:
    """In short slices: a signal does not shorten a blocking wait (failure mode 81)."""
    for _ in range(max(1, round(seconds / 0.25))):
        if stopping.wait(0.25):
            return


def notify(state: str) -> None:
    """Tell systemd, if it asked to be told (sd_notify)."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.connect(address)
        channel.sendall(state.encode())
