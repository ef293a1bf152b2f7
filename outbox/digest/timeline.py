"""Lays a case out in time, as marks on a line: what came, what is due and what is late, and when.

Of a return that came several times only the first day and the accepted one are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.calendar import date_without_year, day_and_month
from config.english import count_noun
from config.kind import Kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import CHASED_STATES
from outbox.digest.deadlines import is_past_completion, undone_milestones

MAX_NAMED_LATE = 3  # of what is late, in the sentence; the digest lists all of it

# What a mark says; the words of the matrix.
MarkLook = Literal[
    "overdue", "needs changes", "look at it", "due", "accepted", "none held", "waived"
]


@dataclass(frozen=True, slots=True)
class TimelineMark:
    day: date
    look: MarkLook


@dataclass(frozen=True, slots=True)
class TimelineLane:
    """One agency's line in the picture."""

    name: str
    code: str
    marks: tuple[TimelineMark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`says` is all of it in words."""

    says: str
    today: date
    lanes: tuple[TimelineLane, ...]


def build_timeline(case: CaseRow, kinds: Kinds, today: date) -> Timeline:
    lanes = tuple(
        TimelineLane(agency.name, agency.code, tuple(_marks(agency, today)))
        for agency in case.agencies
    )
    return Timeline(_says(case, kinds, today), today, lanes)


def _marks(agency: AgencyRow, today: date) -> Iterator[TimelineMark]:
    for row in agency.returns:
        if row.state in CHASED_STATES:
            yield TimelineMark(row.due, "overdue" if row.due < today else "due")
        if row.state == "rejected":
            yield TimelineMark(row.received or row.due, "needs changes")
        elif row.state == "referred":
            yield TimelineMark(row.received or row.due, "look at it")
        elif row.state == "accepted":
            yield TimelineMark(row.accepted or row.received or row.due, "accepted")
        elif row.state == "nil":
            yield TimelineMark(row.received or row.due, "none held")
        elif row.state == "waived":
            yield TimelineMark(row.due, "waived")


def _says(case: CaseRow, kinds: Kinds, today: date) -> str:
    """ "N12 in time, today Tuesday 20 April. Accepted: 3, the last on ... Overdue: ...". Of a case
    in which something is late, or a milestone passed undone, it does not say "in time"."""
    rows = [(agency, row) for agency in case.agencies for row in agency.returns]
    parts = (
        f"{case.reference} {_how(case, rows, today)}, today {date_without_year(today)}.",
        *([_past(case)] if is_past_completion(case, today) else []),
        _came([row for _, row in rows]),
        _late(rows, kinds, today),
        _next([row for _, row in rows], today),
    )
    return " ".join(filter(None, parts))


def _how(case: CaseRow, rows: Sequence[tuple[AgencyRow, ReturnRow]], today: date) -> str:
    """In time, or not."""
    if is_past_completion(case, today):
        return "past its day"
    late = any(row.state in CHASED_STATES and row.due < today for _, row in rows)
    if late:
        return "running late"
    return "past a milestone" if undone_milestones(case, today) else "in time"


def _past(case: CaseRow) -> str:
    return f"The review should have been complete by {date_without_year(case.complete_by)}."


def _came(rows: Sequence[ReturnRow]) -> str:
    accepted = [row.accepted for row in rows if row.state == "accepted" and row.accepted]
    numbers = (
        ("to look at", sum(row.state == "referred" for row in rows)),
        ("to mend", sum(row.state == "rejected" for row in rows)),
    )
    others = "".join(f" {what.capitalize()}: {n}." for what, n in numbers if n)
    held = sum(row.state == "nil" for row in rows)
    if not accepted and held:
        return f"Settled by nil returns: {held}.{others}"
    if not accepted:
        return f"Nothing is accepted yet.{others}"
    return f"Accepted: {len(accepted)}, the last on {date_without_year(max(accepted))}.{others}"


def _late(rows: Sequence[tuple[AgencyRow, ReturnRow]], kinds: Kinds, today: date) -> str:
    late = [(a, r) for a, r in rows if r.state in CHASED_STATES and r.due < today]
    late.sort(key=lambda found: found[1].due)
    named = [
        f"{a.name}, {kinds[r.kind].noun}, {day_and_month(r.due)}" for a, r in late[:MAX_NAMED_LATE]
    ]
    more = f"; and {len(late) - MAX_NAMED_LATE} more" if len(late) > MAX_NAMED_LATE else ""
    return f"Overdue: {'; '.join(named)}{more}." if late else ""


def _next(rows: Sequence[ReturnRow], today: date) -> str:
    coming = [row.due for row in rows if row.state in CHASED_STATES and row.due >= today]
    if not coming:
        return ""
    day = min(coming)
    return f"Next due: {count_noun(coming.count(day), 'return')} on {date_without_year(day)}."
