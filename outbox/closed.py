"""Ways that take no letters: as outages, and as the digest tells of them once they are over.

Does: puts into words why a way takes none, and how many letters waited for it.
Trusts: `outbox/transport_waits.py`, `intake/outages.py` and the queue's rows.
Never touches: letters.
Known limits: an outage that is over is told by the last reason it had.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from config.calendar import clock_time, moment
from intake.ledger import Ledger
from intake.outages import CLOCK, TRANSPORT, Outage
from outbox.letter import LetterKind
from outbox.transport_waits import TransportWait
from outbox.words import count

WORTH_TELLING = timedelta(minutes=10)  # a shorter outage is not told on the digest
TRY = (
    "To try each way: `scr-intake doctor`"
    " To have it tried in the next round: `scr-intake outbox resume`"
)

_WAITED = (
    "SELECT count(*) AS n, count(*) FILTER (WHERE state <> 'sent') AS still FROM letters"
    " WHERE kind IN ({kinds}) AND queued <= ? AND (state IN ('queued', 'sending')"
    " OR (state = 'sent' AND sent >= ?))"
)


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a way takes no letters, and what to do, in sentences of ours."""

    sentence: str
    fix: str = TRY


def closed(wait: TransportWait) -> Closed:
    return Closed(f"{wait.answer[:1].upper()}{wait.answer[1:]}.")


def over(
    ledger: Ledger,
    outages: Collection[Outage],
    kinds: Mapping[str, Collection[LetterKind]],
    now: datetime,
) -> Iterator[str]:
    """A sentence for each time that letters could not leave and can again. `kinds` are those that
    leave by each way; `now` is in the board's time zone."""
    for outage in outages:
        if outage.over is None or outage.over - outage.since < WORTH_TELLING:
            continue
        since, end = (moment(at.astimezone(now.tzinfo)) for at in (outage.since, outage.over))
        why = outage.said.rstrip(".")
        if outage.source == CLOCK:
            yield f"Nothing was sent from {since} to {end}: {why[:1].lower()}{why[1:]}."
        elif outage.source.startswith(TRANSPORT):
            way = kinds.get(outage.source.removeprefix(TRANSPORT), ())
            yield (
                f"Letters could not leave from {since} to {end} ({why[:1].lower()}{why[1:]});"
                f" {_waited(ledger, outage, way, now)}."
            )


def _waited(ledger: Ledger, outage: Outage, kinds: Collection[LetterKind], now: datetime) -> str:
    """ "3 letters waited; all have left". What waits still may leave with the digest."""
    sql = _WAITED.format(kinds=", ".join("?" * len(kinds)))
    assert outage.over is not None
    row = ledger.row(sql, *kinds, _utc(outage.over), _utc(outage.since))
    waited, still = (int(row["n"]), int(row["still"])) if row else (0, 0)
    if not waited:
        return "none waited"
    left = f"{still:,} had not left at {clock_time(now)}" if still else "all have left"
    return f"{count(waited, 'letter')} waited; {left}"


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
