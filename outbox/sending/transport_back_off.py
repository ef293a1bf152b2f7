"""How long a transport that takes no letters is left alone. The only writer of
`transport_waits`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from config.calendar import clock_time, moment_in_words
from config.english import count_noun
from intake.database import RegisterDatabase, Row
from intake.source_health import CLOCK_OUTAGE, Outage, OutageKind
from outbox.writing.letter import LetterKind

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=4)
WITH_THE_NEXT = "with the next letter that is to leave"


@dataclass(frozen=True, slots=True)
class TransportWait:
    """A transport that is away. Times are UTC; `answer` says why, in a clause of ours."""

    transport: str
    tries: int
    since: datetime
    not_before: datetime
    answer: str

    def next_try_phrase(self, now: datetime) -> str:
        """When, in words that follow "It is tried again"; `now` is in the board's time zone. A time
        that has passed, or is further off than any wait, is none to give."""
        if now < self.not_before <= now + LONGEST_WAIT:
            return f"at {moment_in_words(self.not_before.astimezone(now.tzinfo))}"
        return WITH_THE_NEXT


class TransportWaits:
    """The transports that are away."""

    def __init__(self, ledger: RegisterDatabase) -> None:
        self._ledger = ledger

    def list_waits(self) -> list[TransportWait]:
        """Every transport that was away when it was last tried, by name."""
        return [
            _read(row)
            for row in self._ledger.fetch_rows("SELECT * FROM transport_waits ORDER BY transport")
        ]

    def waits_not_over(self, now: datetime) -> dict[str, TransportWait]:
        """Those that are not to be tried yet, by name.

        A wait longer than the longest was written while the clock was wrong, and is over.
        """
        return {
            wait.transport: wait
            for wait in self.list_waits()
            if now < wait.not_before <= now + LONGEST_WAIT
        }

    def note_unavailable(
        self,
        transport: str,
        answer: str,
        now: datetime,
        ended: TransportWait | None = None,
    ) -> None:
        """The transport took no letter: it is tried again after a wait that doubles each time.
        The answer is a clause: whoever tells it ends the sentence. `ended` is a wait that had just
        ended, and goes on."""
        before = self._of(transport) or ended
        tries = before.tries if before else 0
        since = before.since if before else now
        with self._ledger.transaction():
            self._ledger.execute_insert(
                "INSERT INTO transport_waits (transport, tries, since, not_before, answer)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (transport) DO UPDATE"
                " SET tries = excluded.tries, not_before = excluded.not_before,"
                " answer = excluded.answer",
                *(
                    transport,
                    tries + 1,
                    _utc(since),
                    _utc(now + wait_after(tries)),
                    answer.rstrip("."),
                ),
            )

    def note_available(self, transport: str) -> TransportWait | None:
        """The transport is ready for letters. Returns the wait that this ends."""
        ended = self._of(transport)
        if ended is not None:
            with self._ledger.transaction():
                self._ledger.execute_change(
                    "DELETE FROM transport_waits WHERE transport = ?", transport
                )
        return ended

    def _of(self, transport: str) -> TransportWait | None:
        return next((wait for wait in self.list_waits() if wait.transport == transport), None)

    def end_all_waits(self, now: datetime) -> None:
        """A person has mended something: each transport is tried in the next round. What comes of
        that makes no wait longer: they begin anew, with the shortest."""
        with self._ledger.transaction():
            self._ledger.execute_change(
                "UPDATE transport_waits SET not_before = ?, tries = 0", _utc(now)
            )


def wait_after(tries: int) -> timedelta:
    """The wait after so many earlier tries: 5, 10, 20 minutes ... 4 hours."""
    doubled: int = 2 ** min(tries, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def _read(row: Row) -> TransportWait:
    return TransportWait(
        transport=row["transport"],
        tries=row["tries"],
        since=datetime.fromisoformat(row["since"]),
        not_before=datetime.fromisoformat(row["not_before"]),
        answer=row["answer"],
    )


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


MIN_TOLD_OUTAGE = timedelta(minutes=10)  # a shorter outage is not told on the digest
TRY_HINT = (
    "To try each way: `scr-intake doctor`"
    " To have it tried in the next round: `scr-intake outbox resume`"
)

_WAITED = (
    "SELECT count(*) AS n, count(*) FILTER (WHERE state <> 'sent') AS still FROM letters"
    " WHERE kind IN ({kinds}) AND queued <= ? AND (state IN ('queued', 'sending')"
    " OR (state = 'sent' AND sent >= ?))"
)


@dataclass(frozen=True, slots=True)
class TransportClosure:
    """Why a way takes no letters, and what to do, in sentences of ours."""

    sentence: str
    fix: str = TRY_HINT


def transport_closure(wait: TransportWait) -> TransportClosure:
    return TransportClosure(f"{wait.answer[:1].upper()}{wait.answer[1:]}.")


def ended_outage_notes(
    ledger: RegisterDatabase,
    outages: Collection[Outage],
    kinds: Mapping[str, Collection[LetterKind]],
    now: datetime,
) -> Iterator[str]:
    """A sentence for each time that letters could not leave and can again. `kinds` are those that
    leave by each way; `now` is in the board's time zone."""
    for outage in outages:
        if outage.over is None or outage.over - outage.since < MIN_TOLD_OUTAGE:
            continue
        since, end = (
            moment_in_words(at.astimezone(now.tzinfo)) for at in (outage.since, outage.over)
        )
        why = outage.said.rstrip(".")
        if outage.of == CLOCK_OUTAGE:
            yield f"Nothing was sent from {since} to {end}: {why[:1].lower()}{why[1:]}."
        elif outage.of.kind is OutageKind.TRANSPORT:
            way = kinds.get(outage.of.name, ())
            yield (
                f"Letters could not leave from {since} to {end} ({why[:1].lower()}{why[1:]});"
                f" {_waited(ledger, outage, way, now)}."
            )


def _waited(
    ledger: RegisterDatabase, outage: Outage, kinds: Collection[LetterKind], now: datetime
) -> str:
    """ "3 letters waited; all have left". What waits still may leave with the digest."""
    sql = _WAITED.format(kinds=", ".join("?" * len(kinds)))
    assert outage.over is not None
    row = ledger.fetch_row(sql, *kinds, _utc(outage.over), _utc(outage.since))
    waited, still = (int(row["n"]), int(row["still"])) if row else (0, 0)
    if not waited:
        return "none waited"
    left = f"{still:,} had not left at {clock_time(now)}" if still else "all have left"
    return f"{count_noun(waited, 'letter')} waited; {left}"
