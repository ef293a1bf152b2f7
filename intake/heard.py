"""When each source last answered, and when a round last ended. The only writer of `heard`.

Does: remembers it in memory at every round, and every few minutes in the register, for other
commands to read. A quiet round writes nothing.
Trusts: the rounds to say who answered.
Never touches: sources.
Known limits: another process sees it up to `EVERY` late, a round's end up to `A_ROUND`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from intake.ledger import Ledger

EVERY = timedelta(minutes=10)
A_ROUND = timedelta(minutes=1)  # how exactly the end of the last round is known
BEGUN = "service/begun"  # ... and when its first one began
ROUNDS = "service"  # what stands for the service itself: when a round last ended


class Heard:
    """Sources, by when they last answered."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._latest: dict[str, datetime] = {}

    def noted(self, answered: Collection[str], now: datetime) -> None:
        """Who answered in this round."""
        self._latest |= dict.fromkeys(answered, now)
        kept = self._kept()
        due = [
            name
            for name in answered
            if name not in kept or abs(now - kept[name]) >= (A_ROUND if name == ROUNDS else EVERY)
        ]
        if not due:
            return
        at = now.astimezone(UTC).isoformat()
        with self._ledger.transaction():
            for name in due:
                self._ledger.write(
                    "INSERT INTO heard (source, at) VALUES (?, ?)"
                    " ON CONFLICT (source) DO UPDATE SET at = excluded.at",
                    *(name, at),
                )

    def last(self) -> dict[str, datetime]:
        """When each last answered; without those that never did."""
        return self._kept() | self._latest

    def last_round(self) -> datetime | None:
        """When a round last ended, as it was written down: to within `A_ROUND`."""
        return self._kept().get(ROUNDS)

    def begun(self) -> datetime | None:
        """When the service last began its first round."""
        return self._kept().get(BEGUN)

    def accept(self, now: datetime) -> None:
        """A person says that the clock is right: it is believed from here. Must run inside the
        transaction that records it."""
        sql = (
            "INSERT INTO heard (source, at) VALUES (?, ?)"
            " ON CONFLICT (source) DO UPDATE SET at = excluded.at"
        )
        self._ledger.write(sql, ROUNDS, now.astimezone(UTC).isoformat())

    def _kept(self) -> dict[str, datetime]:
        rows = self._ledger.rows("SELECT * FROM heard")
        return {row["source"]: datetime.fromisoformat(row["at"]) for row in rows}
