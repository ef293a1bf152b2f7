"""What agencies owe, where each return stands, and how a verdict moves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.kind import Kinds
from handlers.register.dependent_returns import DueDay, due_days
from handlers.verdict import Verdict
from intake.database import RegisterDatabase, Row

ReturnState = Literal["awaited", "rejected", "referred", "accepted", "nil", "outside", "waived"]

# A new version supersedes only when it is accepted, and what waits for a person keeps waiting. A
# nil return stands only until something comes that speaks against it.
NEXT_STATES: dict[tuple[ReturnState, Verdict], ReturnState] = {
    ("awaited", "accept"): "accepted",
    ("awaited", "refer"): "referred",
    ("awaited", "reject"): "rejected",
    ("rejected", "accept"): "accepted",
    ("rejected", "refer"): "referred",
    ("referred", "accept"): "accepted",
    ("nil", "refer"): "referred",
    ("outside", "accept"): "accepted",
}

# What a person rejects moves its return whatever it said before, but for these.
STATES_UNMOVED_BY_REJECTION: frozenset[ReturnState] = frozenset(
    {"rejected", "nil", "outside", "waived"}
)
EXTENSION_REQUEST = "extension_request"  # the kind by which an agency asks for more time
PANEL_REPRESENTATIVE = "panel_representative"  # the kind that names who sits on the panel
STAFF_LIST = "staff_to_interview"  # the kind that names the staff an agency would interview
CHASED_STATES: frozenset[ReturnState] = frozenset({"awaited", "rejected"})
SETTLED_STATES: frozenset[ReturnState] = frozenset({"accepted", "nil", "outside", "waived"})


def state_after(state: ReturnState, verdict: Verdict) -> ReturnState:
    """Where a return stands once a document for it has been judged."""
    return NEXT_STATES.get((state, verdict), state)


@dataclass(frozen=True, slots=True)
class ReturnMove:
    """How a person's decision moves a return, and what its two dates become. `afresh` says that the
    first came on another day, or none has come, now that what had come is withdrawn."""

    return_id: int
    kind: str
    was: ReturnState
    to: ReturnState
    received: date | None
    accepted: date | None
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class ReturnStanding:
    """All that may be changed of a return."""

    return_id: int
    kind: str
    state: ReturnState
    received: date | None
    accepted: date | None
    due: date
    due_version: int


@dataclass(frozen=True, slots=True)
class MovedReturn:
    """A return and where it now stands."""

    id: int
    state: ReturnState


class Returns:
    """Writes where each return stands, and the due dates that a person agreed to."""

    def __init__(self, database: RegisterDatabase, kinds: Kinds) -> None:
        self._database = database
        self._kinds = kinds

    def kinds_owed(self, agency_id: int) -> frozenset[str]:
        """The kinds of return an agency owes."""
        sql = "SELECT kind FROM returns WHERE agency_id = ?"
        return frozenset(row["kind"] for row in self._database.fetch_rows(sql, agency_id))

    def kind_of_return(self, return_id: int) -> str | None:
        """None for a return that is not there."""
        row = self._database.fetch_row("SELECT kind FROM returns WHERE id = ?", return_id)
        return str(row["kind"]) if row else None

    def is_sent_back(self, agency_id: int, kind: str | None) -> bool:
        """Whether what came of a return was sent back, and a new version is awaited."""
        row = self._row(agency_id, kind)
        return row is not None and row["state"] == "rejected"

    def days_due(self, agency_id: int) -> dict[str, date]:
        """When each return that the agency still owes is due, by its kind."""
        rows = self._database.fetch_rows(
            "SELECT kind, due, due_version, state FROM returns WHERE agency_id = ?", agency_id
        )
        days = due_days({row["kind"]: given_day(row) for row in rows}, self._kinds)
        return {
            row["kind"]: days[row["kind"]].day for row in rows if row["state"] not in SETTLED_STATES
        }

    def is_first_late(self, agency_id: int, kind: str, day: date) -> bool:
        """Whether a return first came after its due date, or had not come by the end of it."""
        row = self._row(agency_id, kind)
        came = row["received"] if row and row["received"] else day.isoformat()
        return row is not None and came > row["due"]

    def move_by_verdict(
        self, agency_id: int | None, kind: str | None, verdict: Verdict, day: date
    ) -> MovedReturn | None:
        """Move the return that a document of this kind is for. None when no such one is owed.

        What is held is not received: nobody is told of it until a person decides.
        """
        row = self._row(agency_id, kind)
        if row is None:
            return None
        state = state_after(row["state"], verdict)
        received = row["received"] or (day.isoformat() if verdict != "hold" else None)
        # Of several versions that are accepted the last counts.
        newly = state == "accepted" and verdict == "accept"
        self._database.execute_change(
            "UPDATE returns SET state = ?, received = ?, accepted = ? WHERE id = ?",
            *(state, received, day.isoformat() if newly else row["accepted"], row["id"]),
        )
        return MovedReturn(row["id"], state)

    def move_by_decision(self, move: ReturnMove) -> None:
        """Move a return as a person decided. The day it was first received does not change, but for
        what is withdrawn."""
        received = "?" if move.afresh else "ifnull(received, ?)"
        self._database.execute_change(
            f"UPDATE returns SET state = ?, received = {received}, accepted = ? WHERE id = ?",  # noqa: S608  our own words
            move.to,
            *(_iso(move.received), _iso(move.accepted), move.return_id),
        )

    def change_due_date(self, return_id: int, until: date) -> int:
        """Give a return another due date; returns the number of that date, which begins the
        chasing ladder anew."""
        self._database.execute_change(
            "UPDATE returns SET due = ?, due_version = due_version + 1 WHERE id = ?",
            *(until.isoformat(), return_id),
        )
        row = self._database.fetch_row("SELECT due_version FROM returns WHERE id = ?", return_id)
        return int(row["due_version"]) if row else 0

    def standings(self, agency_id: int) -> dict[int, ReturnStanding]:
        """How each return of an agency stands, by its number."""
        rows = self._database.fetch_rows("SELECT * FROM returns WHERE agency_id = ?", agency_id)
        return {
            row["id"]: ReturnStanding(
                *(row["id"], row["kind"], row["state"], _day(row["received"])),
                *(_day(row["accepted"]), date.fromisoformat(row["due"]), row["due_version"]),
            )
            for row in rows
        }

    def restore_due_date(self, before: ReturnStanding) -> None:
        """The due date that a return had, with the ladder that was begun for it."""
        self._database.execute_change(
            "UPDATE returns SET due = ?, due_version = ? WHERE id = ?",
            *(before.due.isoformat(), before.due_version, before.return_id),
        )

    def settle_as_nil(self, agency_id: int | None, kinds: Iterable[str]) -> list[MovedReturn]:
        """Settle by a nil return every return of these kinds that is not settled yet."""
        rows = [row for kind in kinds if (row := self._row(agency_id, kind)) is not None]
        open_ = [row["id"] for row in rows if row["state"] not in SETTLED_STATES]
        for id in open_:
            self._database.execute_change("UPDATE returns SET state = 'nil' WHERE id = ?", id)
        return [MovedReturn(id, "nil") for id in open_]

    def _row(self, agency_id: int | None, kind: str | None) -> Row | None:
        return self._database.fetch_row(
            "SELECT * FROM returns WHERE agency_id = ? AND kind = ?", agency_id, kind
        )


def given_day(row: Row) -> DueDay:
    """The day that was given to a return itself."""
    return DueDay(date.fromisoformat(row["due"]), row["due_version"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
