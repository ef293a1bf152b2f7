"""Tells the administrator when letters could not leave, or nothing could be kept, once that is
over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from config.calendar import clock_time, moment_in_words, utc_text
from config.english import count_noun
from intake.database import RegisterDatabase
from intake.disk_errors import DiskFull, NotWritable
from intake.source_health import CLOCK_OUTAGE, Outage, OutageKind
from outbox.writing.letter import LetterKind

MIN_TOLD_OUTAGE = timedelta(minutes=10)  # a shorter outage is not told on the digest
_NOTHING_KEPT = {
    DiskFull.sentence: "the disk was full",
    NotWritable.sentence: "a place that things are kept in could not be written",
}
_WAITED = (
    "SELECT count(*) AS n, count(*) FILTER (WHERE state <> 'sent') AS still FROM letters"
    " WHERE kind IN ({kinds}) AND queued <= ? AND (state IN ('queued', 'sending')"
    " OR (state = 'sent' AND sent >= ?))"
)


def ended_outage_notes(
    database: RegisterDatabase,
    outages: Collection[Outage],
    kinds: Mapping[str, Collection[LetterKind]],
    now: datetime,
) -> Iterator[str]:
    """A sentence for each time that letters could not leave, or nothing be kept. `kinds` are those
    that leave by each way; `now` is in the board's time zone."""
    for outage in outages:
        if outage.over is None or outage.over - outage.since < MIN_TOLD_OUTAGE:
            continue
        since, end = (
            moment_in_words(at.astimezone(now.tzinfo)) for at in (outage.since, outage.over)
        )
        why = outage.said.rstrip(".")
        if outage.said in _NOTHING_KEPT:
            yield (
                f"What came from {since} to {end} stayed where it was until then, as"
                f" {_NOTHING_KEPT[outage.said]}. Nothing is lost."
            )
        elif outage.of == CLOCK_OUTAGE:
            yield f"Nothing was sent from {since} to {end}: {why[:1].lower()}{why[1:]}."
        elif outage.of.kind is OutageKind.TRANSPORT:
            way = kinds.get(outage.of.name, ())
            yield (
                f"Letters could not leave from {since} to {end} ({why[:1].lower()}{why[1:]});"
                f" {_waited(database, outage, way, now)}."
            )


def _waited(
    database: RegisterDatabase, outage: Outage, kinds: Collection[LetterKind], now: datetime
) -> str:
    """ "3 letters waited; all have left". What waits still may leave with the digest."""
    sql = _WAITED.format(kinds=", ".join("?" * len(kinds)))
    assert outage.over is not None
    row = database.fetch_row(sql, *kinds, utc_text(outage.over), utc_text(outage.since))
    waited, still = (int(row["n"]), int(row["still"])) if row else (0, 0)
    if not waited:
        return "none waited"
    left = f"{still:,} had not left at {clock_time(now)}" if still else "all have left"
    return f"{count_noun(waited, 'letter')} waited; {left}"
