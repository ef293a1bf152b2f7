"""Messages of strangers that wait for their turn. The only writer of `turns`.

Does: remembers of each source how many wait, of which domains and since when, as its last look
found them, so that a person can be told.
Trusts: whoever takes in (`commands/taking_in.py`). A domain is only claimed.
Never touches: messages; nothing of them is known but the domain.
Known limits: since when is that of the domain: as its messages are taken in day by day, others of
it have waited less long. While a source is away it is told as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from intake.ledger import Ledger
from intake.strangers import marked
from intake.vault import Vault

_SEALED = "domain"


@dataclass(frozen=True, slots=True)
class Turn:
    """What waits of one domain, "" for none; `full` says that it has had as much today as it may.
    `since` is UTC."""

    domain: str
    messages: int
    full: bool
    since: datetime


class Turns:
    """What waits, by source and domain."""

    def __init__(self, ledger: Ledger, vault: Vault) -> None:
        self._ledger = ledger
        self._vault = vault

    def noted(
        self, source: str, waiting: Mapping[str, int], full: Collection[str], now: datetime
    ) -> None:
        """How many wait of each domain now, and which have had as much today as they may. Costs no
        transaction while nothing has changed."""
        sql = "SELECT domain, messages, day FROM turns WHERE source = ?"
        known = {
            row["domain"]: (row["messages"], row["day"]) for row in self._ledger.rows(sql, source)
        }
        if not (known or waiting):
            return
        marks = {marked(self._vault.mark, domain): domain for domain in waiting}
        today = now.date().isoformat()
        found = {
            mark: (waiting[domain], today if domain in full else None)
            for mark, domain in marks.items()
        }
        if found == known:
            return
        with self._ledger.transaction():
            for mark in known.keys() - found.keys():
                self._ledger.change(
                    "DELETE FROM turns WHERE source = ? AND domain = ?", source, mark
                )
            for mark, (messages, day) in found.items():
                if known.get(mark) != (messages, day):
                    self._put(source, mark, marks[mark], messages, day, now)

    def _put(
        self, source: str, mark: str, domain: str, messages: int, day: str | None, now: datetime
    ) -> None:
        self._ledger.change(
            "INSERT INTO turns (source, domain, sealed, messages, day, since)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source, domain)"
            " DO UPDATE SET messages = excluded.messages, day = excluded.day",
            *(source, mark, self._vault.seal(domain.encode(), _SEALED), messages, day),
            now.astimezone(UTC).isoformat(),
        )

    def waiting(self, sources: Collection[str], today: date) -> list[Turn]:
        """What waits at these sources, each domain once, the most of it first."""
        found: dict[str, Turn] = {}
        for row in self._ledger.rows("SELECT * FROM turns ORDER BY source, domain"):
            if row["source"] in sources:
                turn = Turn(
                    self._vault.unseal(row["sealed"], _SEALED).decode(),
                    row["messages"],
                    row["day"] == today.isoformat(),
                    datetime.fromisoformat(row["since"]),
                )
                before = found.get(turn.domain)
                found[turn.domain] = _both(before, turn) if before else turn
        return sorted(found.values(), key=lambda turn: (-turn.messages, turn.domain))


def _both(one: Turn, other: Turn) -> Turn:
    messages, full = one.messages + other.messages, one.full or other.full
    return Turn(one.domain, messages, full, min(one.since, other.since))
