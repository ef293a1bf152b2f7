"""How long a transport that takes no letters is left alone. The only writer of
`transport_waits`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.calendar import moment_in_words, utc_text
from intake.database import RegisterDatabase, Row
from outbox.sending.retry_waits import LONGEST_WAIT, wait_after

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

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database

    def list_waits(self) -> list[TransportWait]:
        """Every transport that was away when it was last tried, by name."""
        return [
            _read(row)
            for row in self._database.fetch_rows("SELECT * FROM transport_waits ORDER BY transport")
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
        with self._database.transaction():
            self._database.execute_insert(
                "INSERT INTO transport_waits (transport, tries, since, not_before, answer)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (transport) DO UPDATE"
                " SET tries = excluded.tries, not_before = excluded.not_before,"
                " answer = excluded.answer",
                *(
                    transport,
                    tries + 1,
                    utc_text(since),
                    utc_text(now + wait_after(tries)),
                    answer.rstrip("."),
                ),
            )

    def note_available(self, transport: str) -> TransportWait | None:
        """The transport is ready for letters. Returns the wait that this ends."""
        ended = self._of(transport)
        if ended is not None:
            with self._database.transaction():
                self._database.execute_change(
                    "DELETE FROM transport_waits WHERE transport = ?", transport
                )
        return ended

    def _of(self, transport: str) -> TransportWait | None:
        return next((wait for wait in self.list_waits() if wait.transport == transport), None)

    def end_all_waits(self, now: datetime) -> None:
        """A person has mended something: each transport is tried in the next round. What comes of
        that makes no wait longer: they begin anew, with the shortest."""
        with self._database.transaction():
            self._database.execute_change(
                "UPDATE transport_waits SET not_before = ?, tries = 0", utc_text(now)
            )


def _read(row: Row) -> TransportWait:
    return TransportWait(
        transport=row["transport"],
        tries=row["tries"],
        since=datetime.fromisoformat(row["since"]),
        not_before=datetime.fromisoformat(row["not_before"]),
        answer=row["answer"],
    )


TRY_HINT = (
    "To try each way: `scr-intake doctor`"
    " To have it tried in the next round: `scr-intake outbox resume`"
)


@dataclass(frozen=True, slots=True)
class TransportClosure:
    """Why a way takes no letters, and what to do, in sentences of ours."""

    sentence: str
    fix: str = TRY_HINT


def transport_closure(wait: TransportWait) -> TransportClosure:
    return TransportClosure(f"{wait.answer[:1].upper()}{wait.answer[1:]}.")
