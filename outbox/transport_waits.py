"""How long a transport that takes no letters is left alone. The only writer of `transport_waits`.

Does: remembers when a transport was found away, why, and when it is tried again, also over a
restart; a server that refuses the sign-in is not asked again by each letter (failure mode 116).
Trusts: the postman to say how each try ended.
Never touches: letters.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from config.calendar import moment
from intake.ledger import Ledger, Row

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

    def tried_again(self, now: datetime) -> str:
        """When, in words that follow "It is tried again"; `now` is in the board's time zone. A time
        that has passed, or is further off than any wait, is none to give."""
        if now < self.not_before <= now + LONGEST_WAIT:
            return f"at {moment(self.not_before.astimezone(now.tzinfo))}"
        return WITH_THE_NEXT


class TransportWaits:
    """The transports that are away."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[TransportWait]:
        """Every transport that was away when it was last tried, by name."""
        return [
            _read(row)
            for row in self._ledger.rows("SELECT * FROM transport_waits ORDER BY transport")
        ]

    def waiting(self, now: datetime) -> dict[str, TransportWait]:
        """Those that are not to be tried yet, by name.

        A wait longer than the longest was written while the clock was wrong, and is over.
        """
        return {
            wait.transport: wait
            for wait in self.all()
            if now < wait.not_before <= now + LONGEST_WAIT
        }

    def found_away(
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
            self._ledger.write(
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

    def found_open(self, transport: str) -> TransportWait | None:
        """The transport is ready for letters. Returns the wait that this ends."""
        ended = self._of(transport)
        if ended is not None:
            with self._ledger.transaction():
                self._ledger.change("DELETE FROM transport_waits WHERE transport = ?", transport)
        return ended

    def _of(self, transport: str) -> TransportWait | None:
        return next((wait for wait in self.all() if wait.transport == transport), None)

    def end_all(self, now: datetime) -> None:
        """A person has mended something: each transport is tried in the next round. What comes of
        that makes no wait longer: they begin anew, with the shortest."""
        with self._ledger.transaction():
            self._ledger.change("UPDATE transport_waits SET not_before = ?, tries = 0", _utc(now))


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
