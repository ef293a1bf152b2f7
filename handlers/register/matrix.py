"""Reads where every return stands: every case, agency by return.

`overdue` is as of the day it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from config.kind import Kinds
from handlers.register.dependent_returns import DueDay, due_days
from handlers.register.returns import CHASED_STATES, SETTLED_STATES, ReturnState, given_day
from intake.database import RegisterDatabase, Row

DOUBTABLE_STATES = frozenset({"accepted", "nil"})
# By the agency, the kinds of what was accepted that a message may take back: it waits for a person.
DoubtedKinds = Mapping[int, Collection[str]]


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One return. `due` is the day that counts, also where that is its report's (see
    `dependent_returns.py`), and `due_version` the number of that day. `received` is the day the
    first document came, `accepted` the accepted one's."""

    id: int
    kind: str
    due: date
    due_version: int
    state: ReturnState
    received: date | None
    accepted: date | None
    overdue: bool
    is_with_report: bool = False  # due on its report's day, which nobody agreed for it alone
    own_due: date | None = None  # the day that was agreed for it alone, where its report's counts
    doubted: bool = False  # settled, and a message that waits for a person may take that back


@dataclass(frozen=True, slots=True)
class AgencyRow:
    id: int
    code: str
    name: str
    returns: tuple[ReturnRow, ...]

    @property
    def is_complete(self) -> bool:
        """Every part of what it owes is accepted, nil or waived."""
        return all(row.state in SETTLED_STATES for row in self.returns)


@dataclass(frozen=True, slots=True)
class CaseRow:
    id: int
    reference: str
    state: str
    complete_by: date
    agencies: tuple[AgencyRow, ...]
    milestones: tuple[tuple[str, date], ...] = ()  # see `matrix_with_milestones`


def read_matrix(
    database: RegisterDatabase,
    today: date,
    kinds: Kinds,
    doubted: DoubtedKinds,
    reference: str | None = None,
) -> list[CaseRow]:
    """All cases, or the one named (an empty list when there is none such)."""
    returns = _returns(database, today, kinds, doubted)
    agencies = defaultdict[int, list[AgencyRow]](list)
    for row in database.fetch_rows("SELECT * FROM agencies ORDER BY id"):
        owed = tuple(returns[row["id"]])
        agencies[row["case_id"]].append(AgencyRow(row["id"], row["code"], row["name"], owed))
    return [
        _case(row, agencies[row["id"]])
        for row in database.fetch_rows("SELECT * FROM cases ORDER BY id")
        if reference is None or row["reference"].casefold() == reference.casefold()
    ]


def _returns(
    database: RegisterDatabase, today: date, kinds: Kinds, doubted: DoubtedKinds
) -> defaultdict[int, list[ReturnRow]]:
    """Every return, by the id of its agency."""
    of_agency = defaultdict[int, list[Row]](list)
    for row in database.fetch_rows("SELECT * FROM returns ORDER BY id"):
        of_agency[row["agency_id"]].append(row)
    found = defaultdict[int, list[ReturnRow]](list)
    for id, rows in of_agency.items():
        settled = {row["kind"] for row in rows if _is_settled_by_its_day(row)}
        days = due_days({row["kind"]: given_day(row) for row in rows}, kinds, settled)
        of = doubted.get(id, ())
        if any(kinds[kind].settles_pack for kind in of):
            of = [row["kind"] for row in rows]
        found[id] = [_return(row, days[row["kind"]], today, of) for row in rows]
    return found


def _is_settled_by_its_day(row: Row) -> bool:
    """Whether it was done by the day that was given to itself, or done without."""
    done = row["accepted"] or row["received"]
    return row["state"] in SETTLED_STATES and (
        done is None or date.fromisoformat(done) <= given_day(row).day
    )


def _return(row: Row, on: DueDay, today: date, doubted: Collection[str]) -> ReturnRow:
    state = row["state"]
    return ReturnRow(
        id=row["id"],
        kind=row["kind"],
        due=on.day,
        due_version=on.version,
        state=state,
        received=_day(row["received"]),
        accepted=_day(row["accepted"]),
        overdue=on.day < today and state in CHASED_STATES,
        is_with_report=on.is_with_report,
        own_due=given_day(row).day if on.is_with_report else None,
        doubted=state in DOUBTABLE_STATES and row["kind"] in doubted,
    )


def _case(row: Row, agencies: Iterable[AgencyRow]) -> CaseRow:
    complete_by = date.fromisoformat(row["complete_by"])
    return CaseRow(row["id"], row["reference"], row["state"], complete_by, tuple(agencies))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
