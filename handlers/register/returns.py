"""What agencies owe, where each return stands, and how a verdict moves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.findings import Verdict
from intake.database import Ledger, Row

State = Literal["awaited", "rejected", "referred", "accepted", "nil", "waived"]

# A new version supersedes only when it is accepted, and what waits for a person keeps waiting. A
# nil return stands only until something comes that speaks against it.
NEXT: dict[tuple[State, Verdict], State] = {
    ("awaited", "accept"): "accepted",
    ("awaited", "refer"): "referred",
    ("awaited", "reject"): "rejected",
    ("rejected", "accept"): "accepted",
    ("rejected", "refer"): "referred",
    ("referred", "accept"): "accepted",
    ("nil", "refer"): "referred",
}

# What a person decides about a document moves its return whatever it said before, but for these.
STAYS: dict[Literal["accept", "reject"], frozenset[State]] = {
    "accept": frozenset({"accepted"}),
    "reject": frozenset({"rejected", "nil", "waived"}),
}
REQUEST = "extension_request"  # the kind by which an agency asks for more time
CHASED: frozenset[State] = frozenset({"awaited", "rejected"})
SETTLED: frozenset[State] = frozenset({"accepted", "nil", "waived"})


def after(state: State, verdict: Verdict) -> State:
    """Where a return stands once a document for it has been judged."""
    return NEXT.get((state, verdict), state)


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
        state = after(row["state"], verdict)
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
        open_ = [row["id"] for row in rows if row["state"] not in SETTLED]
        for id in open_:
            self._ledger.change("UPDATE returns SET state = 'nil' WHERE id = ?", id)
        return [Moved(id, "nil") for id in open_]

    def _row(self, agency_id: int | None, kind: str | None) -> Row | None:
        return self._ledger.row(
            "SELECT * FROM returns WHERE agency_id = ? AND kind = ?", agency_id, kind
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
