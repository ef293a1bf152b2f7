"""Hands out the service's measurements: in a file that is replaced in one step, and on a port of
this machine alone, as the settings say. What they are is in `outbox/health/metrics.py`."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from commands.composition.app import Application
from commands.composition.health_file import publish_health
from commands.composition.transports import transport_places
from config.monitoring_settings import MetricsSettings
from outbox.health.health_conditions import HealthCondition, HealthObservations, list_conditions
from outbox.health.metrics import ServiceMeasurements, list_metrics
from outbox.health.service_counts import count_service

LOOPBACK = "127.0.0.1"


class LatestMetrics(Collector):
    """The last measurements, for whoever asks, in whichever thread."""

    def __init__(self) -> None:
        self._latest: list[Metric] = []
        self._lock = threading.Lock()

    def replace(self, families: Iterable[Metric]) -> None:
        found = list(families)
        with self._lock:
            self._latest = found

    def collect(self) -> Iterable[Metric]:
        with self._lock:
            return list(self._latest)


class MetricsExport:
    """The file and the port that the settings name; without them nothing is counted."""

    def __init__(self, settings: MetricsSettings) -> None:
        self._settings = settings
        self._latest = LatestMetrics()
        self._registry = CollectorRegistry()
        self._registry.register(self._latest)

    @property
    def is_wanted(self) -> bool:
        return self._settings.textfile is not None or self._settings.port is not None

    def publish(self, measured: ServiceMeasurements) -> None:
        """Make these the ones to be read. A file that cannot be written grows old, which a monitor
        sees, and `doctor` says why."""
        self._latest.replace(list_metrics(measured))
        if self._settings.textfile is not None:
            with suppress(OSError):
                write_metrics_file(self._settings.textfile, generate_latest(self._registry))

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Answer on the port meanwhile, if there is one to answer on. Raises OSError when another
        program has it."""
        if self._settings.port is None:
            yield
            return
        server, thread = start_http_server(self._settings.port, LOOPBACK, self._registry)
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def publish_observations(
    app: Application, looked: HealthObservations, at: datetime, metrics: MetricsExport
) -> list[HealthCondition]:
    """Write for other programs how the service is; what is written says it, in conditions."""
    found = list_conditions(looked, at)
    publish_health(app.settings.storage.register_file, found, at)
    if metrics.is_wanted:
        metrics.publish(measure_service(app, looked, found))
    return found


def measure_service(
    app: Application, looked: HealthObservations, conditions: Iterable[HealthCondition]
) -> ServiceMeasurements:
    """What is exported, as the register has it now."""
    entries = app.register.entries
    waiting = {what: len(entries.waiting_entries(what)) for what in ("hold", "refer")}
    return ServiceMeasurements(
        looked=looked,
        conditions=tuple(conditions),
        counts=count_service(app.database, waiting),
        last_answers=app.source_activity.last_answers(),
        transports=tuple(place for place, _ in transport_places(app.settings.outbox)),
        worker_deaths=app.sandbox_judge.worker_deaths,
        at=app.now(),
    )


def write_metrics_file(path: Path, text: bytes) -> None:
    """Replace the file in one step; everybody may read it. Raises OSError."""
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_bytes(text)
    fresh.chmod(0o644)
    fresh.replace(path)
