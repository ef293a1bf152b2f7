"""What Prometheus is told, of observations made up here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from intake.source_health import OutageKind, OutageSubject
from outbox.health.health_conditions import HealthCondition, list_conditions
from outbox.health.metrics import ServiceMeasurements, list_metrics
from outbox.health.service_counts import LetterCount, ServiceCounts
from outbox.sending.transport_back_off import TransportWait
from tests.outbox.test_health_conditions import NOW, WELL, outage

COUNTS = ServiceCounts(
    deliveries={"spooled": 2, "judged": 7},
    letters=(LetterCount("chaser", "sent", 3), LetterCount("digest", "queued", 1)),
    waiting_entries={"hold": 1, "refer": 4},
    oldest_delivery=NOW - timedelta(hours=2),
    oldest_letter=None,
    last_letter_sent=NOW - timedelta(minutes=5),
    seconds_taken=(1.0, 2.0, 3.0, 40.0),
)
MEASURED = ServiceMeasurements(
    looked=replace(WELL, sources=("drop", "mail-1")),
    conditions=tuple(list_conditions(WELL, NOW)),
    counts=COUNTS,
    last_answers={"drop": NOW, "service": NOW},
    transports=("outbox", "outbox.instead 1"),
    worker_deaths=3,
    at=NOW,
)


def exported(measured: ServiceMeasurements) -> dict[tuple[str, tuple[str, ...]], float]:
    """Each sample as a monitor reads it, by its name and its labels' values."""

    class Once:
        def collect(self) -> list[object]:
            return [*list_metrics(measured)]

    registry = CollectorRegistry()
    registry.register(Once())  # type: ignore[arg-type]
    text = generate_latest(registry).decode()
    return {
        (sample.name.removeprefix("scr_intake_"), tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_counts_are_by_state_kind_and_verdict() -> None:
    found = exported(MEASURED)
    assert found["deliveries", ("spooled",)] == 2
    assert found["letters", ("chaser", "sent")] == 3
    assert found["letters", ("digest", "queued")] == 1
    assert found["entries_waiting", ("refer",)] == 4
    assert found["worker_deaths_total", ()] == 3


def test_times_are_told_as_times_and_what_never_was_is_not_told() -> None:
    """An age in a file that nobody writes any more would look young for ever."""
    found = exported(MEASURED)
    then = (NOW - timedelta(hours=2)).timestamp()
    assert found["oldest_waiting_delivery_timestamp_seconds", ()] == then
    assert ("oldest_waiting_letter_timestamp_seconds", ()) not in found
    assert not [name for name, _ in found if name.endswith("_age_seconds")]


def test_a_source_is_told_as_there_only_where_it_ever_answered() -> None:
    """What was never asked is not known: it has no sample, and no 1."""
    found = exported(MEASURED)
    assert found["source_up", ("drop",)] == 1
    assert ("source_up", ("mail-1",)) not in found
    assert ("source_answered_timestamp_seconds", ("service",)) not in found
    away = outage(OutageSubject(OutageKind.MAILBOX, "mail-1"))
    looked = replace(MEASURED.looked, outages=(away,))
    answers = {**MEASURED.last_answers, "mail-1": NOW - timedelta(days=1)}
    found = exported(replace(MEASURED, looked=looked, last_answers=answers))
    assert found["source_up", ("mail-1",)] == 0
    assert found["source_up", ("drop",)] == 1


def test_a_way_that_takes_no_letters_is_told_as_down_and_the_others_as_up() -> None:
    wait = TransportWait(
        "outbox", 3, NOW - timedelta(hours=1), NOW, "the mail server cannot be reached"
    )
    found = exported(replace(MEASURED, looked=replace(MEASURED.looked, transports=(wait,))))
    assert found["transport_up", ("outbox",)] == 0
    assert found["transport_up", ("outbox.instead 1",)] == 1


def test_the_service_is_degraded_as_status_health_says_it_is() -> None:
    bad = HealthCondition("disk", "It is full.", True)
    assert exported(MEASURED)["degraded", ()] == 0
    found = exported(replace(MEASURED, conditions=(bad, *MEASURED.conditions)))
    assert found["degraded", ()] == 1
    assert found["condition_degraded", ("disk",)] == 1
    assert found["condition_degraded", ("backup",)] == 0


def test_how_long_deliveries_took_is_told_by_quantiles() -> None:
    found = exported(MEASURED)
    assert found["delivery_recent_seconds", ("0.5",)] == 2
    assert found["delivery_recent_seconds", ("0.9",)] == 40
    assert found["delivery_recent_seconds", ("1.0",)] == 40


def test_no_sentence_reaches_the_measurements() -> None:
    """Conditions tell of places and of what servers answered; only what each is about is told."""
    bad = HealthCondition("mailbox", "Zebedee Quillfeather's mailbox at mail.example.", True)
    found = exported(replace(MEASURED, conditions=(bad,)))
    assert "Quillfeather" not in str(found)
