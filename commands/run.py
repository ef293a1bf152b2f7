"""`scr-intake run`: the service. A round every so often, until it is told to stop."""

from __future__ import annotations

import os
import queue
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from commands.app import House, open_house
from commands.background_postman import BackgroundPostman, sending_in_background
from commands.clock import clock
from commands.global_options import Asked
from commands.health_probe import look
from commands.keeping_well import hindrance
from commands.once import one_round, strangers, told
from commands.round_report import Report
from commands.transports import alarms
from config.sentence import sentence_of
from config.settings import load_settings
from intake.disk_errors import DiskFull, NotWritable
from intake.drop.watcher import Ears
from intake.imap.mailbox import Mailbox
from intake.source_health import BEGUN
from outbox.alerts.alert_state import Alarms
from outbox.digest.conditions import Looked, conditions, in_a_line
from outbox.sending.delivery_loop import Postman

SLICE = 0.25  # seconds; a signal does not shorten a blocking wait (failure mode 81)
BREATH = 1.0  # seconds between two rounds, however often we are nudged


class Wake:
    """One service's rest."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        # Its `put` may be called from a signal handler that interrupts another `put`.
        self._nudges: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._clock = clock

    def nudge(self) -> None:
        """Bring the next round forward. Never blocks, never raises."""
        if self._nudges.empty():
            self._nudges.put(None)

    def rest(self, seconds: float, stopping: threading.Event) -> bool:
        """Rest for so long; True when it was ended by a nudge."""
        began = self._clock()
        nudged = False
        while not stopping.is_set():
            rested = self._clock() - began
            if rested >= seconds or (nudged and rested >= BREATH):
                return nudged
            nudged = self._nudged(nudged) or nudged
        return nudged

    def _nudged(self, already: bool) -> bool:
        if already:
            time.sleep(SLICE)
            return True
        try:
            self._nudges.get(timeout=SLICE)
        except queue.Empty:
            return False
        return True


STATUS_SECONDS = 60.0  # between two looks for the status line, when nothing changes
LONGEST_STATUS = 1_000  # characters
NOTIFY_SECONDS = 0.1  # that systemd may take to be told
ROOM_SECONDS = 10.0  # between two looks whether there is room


@click.command
@click.pass_obj
def run(asked: Asked) -> None:
    """The same as a service, until it is told to stop.

    Does what `once` does, every few seconds (scan_seconds in the settings).

    Example: scr-intake --config /etc/scr-intake/scr-intake.toml run
    """
    stopping = threading.Event()
    _stop_on_signal(stopping.set)
    with _once_there_is_room(asked, stopping) as house:
        if house is None:
            return
        _stop_on_signal(stopping.set, house.confined.interrupt)
        notify("READY=1")
        wake, last, noticed = Wake(), Report(), ""
        shown = StatusLine(house)
        seconds = house.settings.schedule.scan_seconds
        for mailbox in house.watched:
            mailbox.serve(wake.nudge, stopping)
        with (
            _ears(house, wake) as ears,
            sending_in_background(lambda: _postman(asked), wake.nudge) as sending,
        ):
            house = replace(house, postman=sending)
            house.heard.noted({BEGUN}, house.now())
            threads: tuple[Mailbox | BackgroundPostman, ...] = (*house.watched, sending)
            while not stopping.is_set():
                if ears and noticed != (noticed := ears.attend().sentence(seconds)):
                    click.echo(noticed)
                report = one_round(house, lambda _: ping(threads), stopping.is_set)
                for line in (*told(report, house.kinds), *news(last, report)):
                    click.echo(line)
                last = report
                shown.tell(report)
                ping(threads)
                if not report.more:
                    wake.rest(seconds, stopping)
        house.alarms.close()
        notify("STOPPING=1")


class StatusLine:
    """What `systemctl status` shows: what is degraded, when that changes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._met: list[str] = []
        self._looked = float("-inf")
        self._told = ""

    def tell(self, report: Report) -> None:
        """Look anew when a round's troubles are other ones, and every minute."""
        now = time.monotonic()
        if report.troubles == self._met and now - self._looked < STATUS_SECONDS:
            return
        self._met, self._looked = report.troubles, now
        at = self._house.now()
        seen = replace(self._look(at), last_round=at)
        line = in_a_line(conditions(seen, at), at)[:LONGEST_STATUS]
        if line != self._told:
            notify(f"STATUS={line}")
        self._told = line

    def _look(self, at: datetime) -> Looked:
        house = self._house
        return look(house.ledger, house.settings, at, played=house.played)


@contextmanager
def _once_there_is_room(asked: Asked, stopping: threading.Event) -> Iterator[House | None]:
    """Everything, open; on a full disk, or one that cannot be written, as soon as that is over
    (failure mode 115). None when it is told to stop before that."""
    with ExitStack() as open_things:
        told, unopened = False, None
        while not stopping.is_set():
            try:
                house = open_things.enter_context(open_house(asked, working=True, running=True))
            except (DiskFull, NotWritable) as why:
                sentence = f"{sentence_of(why)} ({why})"
                if not told:
                    click.echo(sentence, err=True)
                told = True
                unopened = _alarmed(asked, unopened, why)
                notify(f"READY=1\nWATCHDOG=1\nSTATUS={sentence}")
                stopping.wait(ROOM_SECONDS)
                continue
            if unopened is not None:
                _alarmed(asked, unopened, None)
                notify("STATUS=")
            yield house
            return
        yield None


def _alarmed(asked: Asked, before: Alarms | None, why: DiskFull | NotWritable | None) -> Alarms:
    """Tell by other ways than mail what keeps it from beginning, and then that it has begun."""
    settings = load_settings(asked.config)
    made = before or alarms(settings)
    now = clock(settings.board.zone, asked.at, running=True)()
    place = Path(str(why)) if isinstance(why, NotWritable) else None
    met = Report(full=isinstance(why, DiskFull), shut=place)
    made.nothing_kept(now, *hindrance(met, settings.storage))
    for line in made.finish((), now) if why is None else made.step((), now):
        click.echo(line, err=True)
    return made


def _stop_on_signal(*acts: Callable[[], None]) -> None:
    """What SIGTERM and SIGINT do."""

    def stop(*_: object) -> None:
        for act in acts:
            act()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)


@contextmanager
def _postman(asked: Asked) -> Iterator[Postman]:
    """A postman on a connection to the register of its own, for a thread of its own."""
    with open_house(asked, running=True) as house:
        assert isinstance(house.postman, Postman)
        yield house.postman


@contextmanager
def _ears(house: House, wake: Wake) -> Iterator[Ears | None]:
    """The drop folder's events, if there is a drop folder."""
    drop = house.settings.drop
    if drop is None:
        yield None
        return
    with closing(Ears(drop.path, drop.mode, wake.nudge)) as ears:
        yield ears


def news(last: Report, report: Report) -> Iterator[str]:
    """What to say of a round's troubles, when those of the last round are known already."""
    yield from (trouble for trouble in report.troubles if trouble not in last.troubles)
    if not last.strangers:
        yield from strangers(report)
    back = (name for name in last.away if name not in report.away)
    yield from (f"The source {name} is there again." for name in back)
    again = (name for name in last.closed if name not in report.closed)
    yield from (f"Letters leave again by {name}." for name in again)


def ping(watched: Iterable[Mailbox | BackgroundPostman]) -> None:
    """After a round that finished; but not when another thread is stuck (failure mode 82)."""
    if all(thread.progresses() for thread in watched):
        notify("WATCHDOG=1")


def notify(state: str) -> None:
    """Tell systemd, if it asked to be told (sd_notify)."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel, suppress(TimeoutError):
        channel.settimeout(NOTIFY_SECONDS)  # who is told may not listen, and holds up nobody
        channel.connect(address)
        channel.sendall(state.encode())
