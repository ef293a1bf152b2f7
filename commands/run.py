"""`scr-intake run`: the service. A round every so often, until it is told to stop.

Does: runs rounds, tells systemd that it is alive only after a round that finished, and stops
within a second of SIGTERM or SIGINT. A trouble is told when it begins and when it is over, not
at every round (failure mode 80b).
Trusts: systemd to start it again: a round that breaks ends the process.
Never touches: anything else.
Known limits: a round under way is finished before the service stops.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator

import click

from commands.asked import Asked
from commands.house import open_house
from commands.once import told
from commands.round import Report, one_round

SLICE = 0.25  # seconds; a signal does not shorten a blocking wait (failure mode 81)


@click.command
@click.pass_obj
def run(asked: Asked) -> None:
    """The same as a service, until it is told to stop.

    Does what `once` does, every few seconds (scan_seconds in the settings).

    Example: scr-intake --config /etc/scr-intake/scr-intake.toml run
    """
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    with open_house(asked, working=True, running=True) as house:
        notify("READY=1")
        last = Report()
        while not stopping.is_set():
            report = one_round(house)
            for line in (*told(report, house.kinds), *news(last, report)):
                click.echo(line)
            last = report
            notify("WATCHDOG=1")
            _rest(stopping, house.settings.schedule.scan_seconds)
        notify("STOPPING=1")


def news(last: Report, report: Report) -> Iterator[str]:
    """What to say of a round's troubles, when those of the last round are known already."""
    yield from (trouble for trouble in report.troubles if trouble not in last.troubles)
    back = (name for name in last.away if name not in report.away)
    yield from (f"The source {name} is there again." for name in back)


def _rest(stopping: threading.Event, seconds: float) -> None:
    for _ in range(max(1, round(seconds / SLICE))):
        if stopping.wait(SLICE):
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
