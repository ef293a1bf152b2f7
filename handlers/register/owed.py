"""What agencies owe, and where each return stands. The only one that moves a return.

Does: moves a return along by `handlers/returns.py`, and remembers the two dates: first received,
and accepted.
Trusts: the verdict; the schema refuses any move that is not on its list.
Never touches: due dates, which cases bring; entries.
Known limits: a person's decisions are still to come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handlers import returns
from handlers.finding import Verdict
from handlers.returns import State
from intake.ledger import Ledger, Row


@dataclass(frozen=True, slots=True)
class Moved:
    """A return and where it now stands."""

    id: int
    state: State


class Owed:
    """Writes `state`, `received` and `accepted` of `returns`."""

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
