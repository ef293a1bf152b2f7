"""`scr-intake run`: the service. A round every so often, until it is told to stop."""

from __future__ import annotations

import logging
import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime

import click

from commands.composition.app import Application, open_application
from commands.composition.background_dispatcher import BackgroundDispatcher, sending_in_background
from commands.global_options import GlobalOptions
from commands.once import round_lines, run_round
from commands.rounds.log_forms import EventHandler, EventLog, LogEvent
from commands.rounds.metrics_export import MetricsExport, publish_observations
from commands.rounds.round_events import change_events, round_events
from commands.rounds.round_report import RoundReport
from commands.rounds.round_upkeep import alert_unopened
from commands.rounds.stop_signals import stop_on_signal
from commands.status_health import observe_service
from config.kind import Kinds
from intake.disk_errors import DiskFull, NotWritable
from intake.drop.shared_folder import drop_folder_in_words
from intake.drop.watcher import FolderWatcher
from intake.imap.mailbox import Mailbox
from intake.source_health import FIRST_ROUND_KEY
from outbox.health.health_conditions import (
    HealthObservations,
    degraded_line,
)
from outbox.sending.letter_dispatcher import LetterDispatcher

WAKE_POLL_SECONDS = 0.25  # seconds; a signal does not shorten a blocking wait (failure mode 81)
MIN_REST_SECONDS = 1.0  # seconds between two rounds, however often we are nudged


class RoundTimer:
    """Says how long the service rests between two rounds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        # Its `put` may be called from a signal handler that interrupts another `put`.
        self._nudges: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._clock = clock

    def interrupt_rest(self) -> None:
        """Bring the next round forward. Never blocks, never raises."""
        if self._nudges.empty():
            self._nudges.put(None)

    def rest_until_woken(self, seconds: float, stopping: threading.Event) -> bool:
        """Rest for so long; True when it was ended by a nudge."""
        began = self._clock()
        nudged = False
        while not stopping.is_set():
            rested = self._clock() - began
            if rested >= seconds or (nudged and rested >= MIN_REST_SECONDS):
                return nudged
            nudged = self._nudged(nudged) or nudged
        return nudged

    def _nudged(self, already: bool) -> bool:
        if already:
            time.sleep(WAKE_POLL_SECONDS)
            return True
        try:
            self._nudges.get(timeout=WAKE_POLL_SECONDS)
        except queue.Empty:
            return False
        return True


STATUS_SECONDS = 60.0  # between two looks for the status line, when nothing changes
MAX_STATUS_CHARS = 1_000  # characters
NOTIFY_SECONDS = 0.1  # that systemd may take to be told
ROOM_SECONDS = 10.0  # between two looks whether there is room


@click.command
@click.pass_obj
def run(asked: GlobalOptions) -> None:
    """The same as a service, until it is told to stop.

    Does what `once` does, every few seconds (scan_seconds in the settings).

    Example: scr-intake --config /etc/scr-intake/scr-intake.toml run
    """
    stopping = threading.Event()
    stop_on_signal(stopping.set)
    with _once_there_is_room(asked, stopping) as app:
        if app is None:
            return
        stop_on_signal(stopping.set, app.sandbox_judge.interrupt)
        notify_systemd("READY=1")
        wake, last, noticed = RoundTimer(), RoundReport(), WatchLines()
        log = _open_log(app)
        metrics = MetricsExport(app.settings.metrics)
        shown = StatusLine(app, metrics)
        seconds = app.settings.schedule.scan_seconds
        for mailbox in app.watched:
            mailbox.attach_to_service(wake.interrupt_rest, stopping)
        with (
            metrics.serving(),
            _folder_watchers(app, wake) as watchers,
            sending_in_background(lambda: _dispatcher(asked), wake.interrupt_rest) as sending,
        ):
            app = replace(app, dispatcher=sending)
            app.source_activity.record_answers({FIRST_ROUND_KEY}, app.now())
            threads: tuple[Mailbox | BackgroundDispatcher, ...] = (*app.watched, sending)
            while not stopping.is_set():
                for line in noticed.changed_lines(watchers, seconds):
                    log.write(LogEvent("folder.watched", says=line))
                report = run_round(app, lambda _: ping_watchdog(threads), stopping.is_set)
                for event in log_events(log, last, report, app.kinds):
                    log.write(event)
                last = report
                shown.update_status(report)
                ping_watchdog(threads)
                if not report.more:
                    wake.rest_until_woken(seconds, stopping)
        app.alerts.close()
        notify_systemd("STOPPING=1")


class StatusLine:
    """What `systemctl status` shows: what is degraded, when that changes; and with it what other
    programs may read of the service's health."""

    def __init__(self, app: Application, metrics: MetricsExport) -> None:
        self._app = app
        self._metrics = metrics
        self._met: list[str] = []
        self._looked = float("-inf")
        self._told = ""

    def update_status(self, report: RoundReport) -> None:
        """Look anew when a round's troubles are other ones, and every minute."""
        now = time.monotonic()
        if report.troubles == self._met and now - self._looked < STATUS_SECONDS:
            return
        self._met, self._looked = report.troubles, now
        at = self._app.now()
        seen = replace(self._look(at), last_round=at)
        found = publish_observations(self._app, seen, at, self._metrics)
        line = degraded_line(found, at)[:MAX_STATUS_CHARS]
        if line != self._told:
            notify_systemd(f"STATUS={line}")
        self._told = line

    def _look(self, at: datetime) -> HealthObservations:
        app = self._app
        return observe_service(app.database, app.settings, at, played=app.played)


@contextmanager
def _once_there_is_room(
    asked: GlobalOptions, stopping: threading.Event
) -> Iterator[Application | None]:
    """Everything, open; on a full disk, or one that cannot be written, as soon as that is over
    (failure mode 115). None when it is told to stop before that."""
    with ExitStack() as open_things:
        told, unopened = False, None
        while not stopping.is_set():
            try:
                app = open_things.enter_context(open_application(asked, working=True, running=True))
            except (DiskFull, NotWritable) as why:
                sentence = f"{why.sentence} ({why}) {why.fix}".rstrip()
                if not told:
                    click.echo(sentence, err=True)
                told = True
                unopened, troubles = alert_unopened(asked, why, wait=False, before=unopened)
                for trouble in troubles:
                    click.echo(trouble, err=True)
                notify_systemd(f"READY=1\nWATCHDOG=1\nSTATUS={sentence}")
                stopping.wait(ROOM_SECONDS)
                continue
            if unopened is not None:
                list(unopened.dispatch_all((), app.now()))
                app.alerts.take_over(unopened)
                notify_systemd("STATUS=")
            yield app
            return
        yield None


@contextmanager
def _dispatcher(asked: GlobalOptions) -> Iterator[LetterDispatcher]:
    """A dispatcher on a connection to the register of its own, for a thread of its own."""
    with open_application(asked, running=True) as app:
        assert isinstance(app.dispatcher, LetterDispatcher)
        yield app.dispatcher


@contextmanager
def _folder_watchers(app: Application, wake: RoundTimer) -> Iterator[dict[str, FolderWatcher]]:
    """The events of each drop folder, by its name."""
    with ExitStack() as open_things:
        yield {
            drop.name: open_things.enter_context(
                closing(FolderWatcher(drop.path, drop.mode, wake.interrupt_rest))
            )
            for drop in app.settings.drop_folders
        }


class WatchLines:
    """How new files in each drop folder are noticed, said when that changes."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}

    def changed_lines(self, watchers: Mapping[str, FolderWatcher], seconds: float) -> Iterator[str]:
        for name, watcher in watchers.items():
            folder = drop_folder_in_words(name)
            says = watcher.watch_if_useful().sentence_for_status(seconds, folder)
            if self._told.get(name) != says:
                self._told[name] = says
                yield says


def _open_log(app: Application) -> EventLog:
    """The log as the settings have it; what modules say by Python's own logging goes there too."""
    asked = app.settings.log
    log = EventLog(asked.form, asked.level, app.now)
    if log.is_structured:
        logging.basicConfig(level=logging.WARNING, handlers=[EventHandler(log)], force=True)
    return log


def log_events(
    log: EventLog, last: RoundReport, report: RoundReport, kinds: Kinds
) -> Iterator[LogEvent]:
    """What a round did, as the log's form has it, and its troubles that are new."""
    if log.is_structured:
        yield from round_events(report)
    else:
        yield from (LogEvent("round", says=line) for line in round_lines(report, kinds))
    yield from change_events(last, report)


def ping_watchdog(watched: Iterable[Mailbox | BackgroundDispatcher]) -> None:
    """After a round that finished; but not when another thread is stuck (failure mode 82)."""
    if all(thread.is_progressing() for thread in watched):
        notify_systemd("WATCHDOG=1")


def notify_systemd(state: str) -> None:
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
