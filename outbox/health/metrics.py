"""Turns what was looked at into measurements for Prometheus: names, labels and numbers, and no
more of anybody than the settings' own names of sources and ways.

Times are exported as they are (seconds since 1970) and not as ages: a file that nobody writes any
more then shows a time that stands still, and never an age that looks young.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, SummaryMetricFamily

from outbox.health.health_conditions import HealthCondition, HealthObservations, is_degraded
from outbox.health.service_counts import ServiceCounts

PREFIX = "scr_intake_"
QUANTILES = (0.5, 0.9, 1.0)

MetricFamily = CounterMetricFamily | GaugeMetricFamily | SummaryMetricFamily


@dataclass(frozen=True, slots=True)
class ServiceMeasurements:
    """All that is exported. `last_answers` says when each source last answered, by its name;
    `transports` are the ways that letters may leave, by their places in the settings.
    `worker_deaths` are children of this process that ended before they had answered; `at` is when
    it was looked, with its time zone."""

    looked: HealthObservations
    conditions: tuple[HealthCondition, ...]
    counts: ServiceCounts
    last_answers: Mapping[str, datetime]
    transports: tuple[str, ...]
    worker_deaths: int
    at: datetime


def list_metrics(measured: ServiceMeasurements) -> list[MetricFamily]:
    """Every family of measurements, in the order of `METRICS`; those that have no value yet, as
    the time of a backup that was never made, have no sample."""
    return [family for make in METRICS for family in make(measured)]


def _gauge(name: str, says: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(PREFIX + name, says, labels=labels)


def _times(
    name: str, says: str, times: Iterable[tuple[str, datetime | None]], label: str
) -> GaugeMetricFamily:
    family = _gauge(f"{name}_timestamp_seconds", says, label)
    for value, at in times:
        if at is not None:
            family.add_metric([value], at.timestamp())
    return family


def _time(name: str, says: str, at: datetime | None) -> GaugeMetricFamily:
    family = _gauge(f"{name}_timestamp_seconds", says)
    if at is not None:
        family.add_metric([], at.timestamp())
    return family


def _counted(
    name: str, says: str, label: str, counts: Iterable[tuple[str, float]]
) -> GaugeMetricFamily:
    family = _gauge(name, says, label)
    for value, count in counts:
        family.add_metric([value], count)
    return family


def _health(measured: ServiceMeasurements) -> Iterator[MetricFamily]:
    yield _single(
        "degraded",
        "1 while a condition of the service is degraded.",
        float(is_degraded(measured.conditions)),
    )
    worst = dict[str, float]()
    for each in measured.conditions:
        worst[each.about] = max(worst.get(each.about, 0.0), float(each.degraded))
    says = "1 while this condition of `status --health` is degraded."
    yield _counted("condition_degraded", says, "about", worst.items())
    yield _time("looked", "When this was looked at.", measured.at)
    yield _time("last_round", "When a round last ended.", measured.looked.last_round)


def _single(name: str, says: str, value: float) -> GaugeMetricFamily:
    family = _gauge(name, says)
    family.add_metric([], value)
    return family


def _deliveries(measured: ServiceMeasurements) -> Iterator[MetricFamily]:
    counts = measured.counts
    says = "Deliveries by state; `spooled` wait to be judged."
    yield _counted("deliveries", says, "state", counts.deliveries.items())
    says = "When the oldest delivery came that waits to be judged."
    yield _time("oldest_waiting_delivery", says, counts.oldest_delivery)
    says = "From when a delivery was safe until its source was told, of the last ones."
    taken = SummaryMetricFamily(PREFIX + "delivery_duration_seconds", says)
    if counts.seconds_taken:
        taken.add_metric([], len(counts.seconds_taken), sum(counts.seconds_taken))
    yield taken
    quantiles = _gauge("delivery_recent_seconds", says, "quantile")
    for quantile in QUANTILES if counts.seconds_taken else ():
        quantiles.add_metric([str(quantile)], _at_share(counts.seconds_taken, quantile))
    yield quantiles
    says = "Entries that wait for a person, by what they wait for."
    yield _counted("entries_waiting", says, "verdict", counts.waiting_entries.items())


def _at_share(ordered: tuple[float, ...], share: float) -> float:
    """The smallest that at least this share of them do not exceed."""
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]


def _letters(measured: ServiceMeasurements) -> Iterator[MetricFamily]:
    counts = measured.counts
    letters = _gauge("letters", "Letters by kind and state.", "kind", "state")
    for each in counts.letters:
        letters.add_metric([each.kind, each.state], each.letters)
    yield letters
    yield _time(
        "oldest_waiting_letter",
        "When the oldest letter was written that waits to leave.",
        counts.oldest_letter,
    )
    yield _time(
        "last_letter_sent", "When a letter was last taken by a way.", counts.last_letter_sent
    )
    closed = {wait.transport for wait in measured.looked.transports}
    says = "0 while this way takes no letters, as it was last tried."
    ways = ((name, float(name not in closed)) for name in measured.transports)
    yield _counted("transport_up", says, "transport", ways)
    yield _single(
        "letters_paused",
        "1 while all letters are paused by a person.",
        float(measured.looked.paused is not None),
    )


def _sources(measured: ServiceMeasurements) -> Iterator[MetricFamily]:
    looked = measured.looked
    away = {outage.of.name for outage in looked.outages if outage.is_source_away}
    says = "0 while this source cannot be reached, as it was last asked."
    up = (
        (name, float(name not in away)) for name in looked.sources if name in measured.last_answers
    )
    yield _counted("source_up", says, "source", up)
    says = "When this source last answered."
    answers = ((name, measured.last_answers.get(name)) for name in looked.sources)
    yield _times("source_answered", says, answers, "source")


def _upkeep(measured: ServiceMeasurements) -> Iterator[MetricFamily]:
    looked = measured.looked
    yield _single("disk_free_ratio", "The free share of the fuller of its two disks.", looked.free)
    yield _time("backup", "When a backup was last made.", looked.backed_up)
    yield _time("verified", "When all that is kept was last looked through.", looked.looked_through)
    deaths = CounterMetricFamily(
        PREFIX + "worker_deaths", "Children of this process that ended before they had answered."
    )
    deaths.add_metric([], measured.worker_deaths)
    yield deaths


METRICS: tuple[Callable[[ServiceMeasurements], Iterator[MetricFamily]], ...] = (
    _health,
    _deliveries,
    _letters,
    _sources,
    _upkeep,
)
