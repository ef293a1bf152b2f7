"""What agencies owe, and where each return stands. The only one that moves a return.

Does: moves a return along by `handlers/register/returns.py`, and remembers the two dates: first
received, and accepted.
Trusts: the verdict; the schema refuses any move that is not on its list.
Never touches: entries.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handlers.finding import Verdict
from handlers.register import returns
from handlers.register.returns import State
from intake.ledger import Ledger, Row


@dataclass(frozen=True, slots=True)
class Move:
    """How a person's decision moves a return, and what its two dates become."""

    return_id: int
    kind: str
    was: State
    to: State
    received: date | None
    accepted: date | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A return and where it now stands."""

    id: int
    state: State


class Owed:
    """Writes where each return stands, and the due dates that a person agreed to."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def kinds(self, agency_id: int) -> frozenset[str]:
        """The kinds of return an agency owes."""
        sql = "SELECT kind FROM returns WHERE agency_id = ?"
        return frozenset(row["kind"] for row in self._ledger.rows(sql, agency_id))

    def late(self, agency_id: int, kind: str, day: date) -> bool:
        """Whether a return first came after its due date, or had not come by the end of it."""
        row = self._row(agency_id, kind)
        came = row["received"] if row and row["received"] else day.isoformat()
        return row is not None and came > row["due"]

    def move(
        self, agency_id: int | None, kind: str | None, verdict: Verdict, day: date
    ) -> Moved | None:
        """Move the return that a document of this kind is for. None when no such one is owed.

        What is held is not received: nobody is told of it until a person decides.
        """
        row = self._row(agency_id, kind)
        if row is None:
            return None
        state = returns.after(row["state"], verdict)
        received = row["received"] or (day.isoformat() if verdict != "hold" else None)
        newly = state == "accepted" and row["state"] != "accepted"
        self._ledger.change(
            "UPDATE returns SET state = ?, received = ?, accepted = ? WHERE id = ?",
            *(state, received, day.isoformat() if newly else row["accepted"], row["id"]),
        )
        return Moved(row["id"], state)

    def put(self, move: Move) -> None:
        """Move a return as a person decided. The day it was first received does not change."""
        self._ledger.change(
            "UPDATE returns SET state = ?, received = ifnull(received, ?), accepted = ?"
            " WHERE id = ?",
            move.to,
            *(_iso(move.received), _iso(move.accepted), move.return_id),
        )

    def due(self, return_id: int, until: date) -> int:
        """Give a return another due date; returns the number of that date, which begins the
        chasing ladder anew."""
        self._ledger.change(
            "UPDATE returns SET due = ?, due_version = due_version + 1 WHERE id = ?",
            *(until.isoformat(), return_id),
        )
        row = self._ledger.row("SELECT due_version FROM returns WHERE id = ?", return_id)
        return int(row["due_version"]) if row else 0

    def settle(self, agency_id: int | None, kinds: Iterable[str]) -> list[Moved]:
        """Settle by a nil return every return of these kinds that is not settled yet."""
        rows = [row for kind in kinds if (row := self._row(agency_id, kind)) is not None]
        open_ = [row["id"] for row in rows if row["state"] not in returns.SETTLED]
        for id in open_:
            self._ledger.change("UPDATE returns SET state = 'nil' WHERE id = ?", id)
        return [Moved(id, "nil") for id in open_]

    def _row(self, agency_id: int | None, kind: str | None) -> Row | None:
        return self._ledger.row(
            "SELECT * FROM returns WHERE agency_id = ? AND kind = ?", agency_id, kind
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
