"""The digest: the administrator's day on one screen, worst first.

Does: derives the one digest of a working day, once its time has come. Pure.
Trusts: the register and the queue, through the Day it is given.
Never touches: subjects' names, findings' places; it says which entry to look at, not what is in it.
Known limits: the health of mailboxes and disks is not told yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from config.calendar import Calendar, briefly
from config.kind import Kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.record import in_groups
from handlers.register.returns import CHASED
from outbox.facts import DigestFacts, Need
from outbox.letter import Draft, Recipient
from outbox.words import count

SOON = 5  # working days


@dataclass(frozen=True, slots=True)
class Day:
    """What has to be told. `notes` are sentences; `now` is in the board's time zone."""

    now: datetime
    began: datetime | None  # when the record's first row was written
    cases: Sequence[CaseRow]
    needs: Sequence[Need]
    arrived: int
    sent: int
    since: date | None  # the day of the last digest
    record: tuple[int, str]  # the number of rows and the last seal
    notes: Sequence[str] = ()
    suppressed: Sequence[str] = ()  # who would have been chased, and why not, a sentence each


def digest(
    day: Day, at: time, administrator: Recipient, kinds: Kinds, calendar: Calendar
) -> Draft | None:
    """The digest of a working day, or None before its time.

    The first one comes the first working morning after the record began: before that there is
    nothing to tell. An empty one still comes, so that silence is never mistaken for health.
    """
    today = day.now.date()
    moment = datetime.combine(today, at, day.now.tzinfo)
    if not calendar.works(today) or day.now < moment or day.began is None or day.began > moment:
        return None
    return Draft(
        key=key(today),
        kind="digest",
        recipient=administrator,
        facts=_facts(day, kinds, calendar),
    )


def key(day: date) -> str:
    """One digest a day."""
    return f"digest/{day.isoformat()}"


def _facts(day: Day, kinds: Kinds, calendar: Calendar) -> DigestFacts:
    today = day.now.date()
    horizon = calendar.shift(today, SOON)
    entries, seal = day.record
    return DigestFacts(
        day=briefly(today),
        needs=tuple(day.needs),
        overdue=tuple(_overdue(day.cases, kinds, calendar, today)),
        soon=tuple(_soon(day.cases, kinds, today, horizon)),
        suppressed=tuple(day.suppressed),
        traffic=_traffic(day),
        notes=tuple(day.notes),
        cases=tuple(tuple(table(case, kinds)) for case in day.cases if case.state != "closed"),
        health="The register and the vault are open and answering.",
        entries=f"{entries:,}",
        seal=in_groups(seal),
    )


def _traffic(day: Day) -> str:
    since = f"since {briefly(day.since)}" if day.since else "so far"
    return f"Arrived {since}: {day.arrived}. Letters sent: {day.sent}."


def _chased(cases: Sequence[CaseRow]) -> Iterator[tuple[CaseRow, AgencyRow, ReturnRow]]:
    for case in cases:
        for agency in case.agencies if case.state == "open" else ():
            for row in agency.returns:
                if row.state in CHASED:
                    yield case, agency, row


def _overdue(
    cases: Sequence[CaseRow], kinds: Kinds, calendar: Calendar, today: date
) -> Iterator[str]:
    late = [(c, a, r) for c, a, r in _chased(cases) if r.due < today]
    for case, agency, row in sorted(late, key=lambda found: found[2].due):
        days = count(calendar.late_by(row.due, today), "working day")
        yield f"{case.reference}, {agency.name}: {kinds[row.kind].noun}, {days} late"


def _soon(cases: Sequence[CaseRow], kinds: Kinds, today: date, horizon: date) -> Iterator[str]:
    soon = [(c, a, r) for c, a, r in _chased(cases) if today <= r.due <= horizon]
    for case, agency, row in sorted(soon, key=lambda found: found[2].due):
        yield f"{case.reference}, {agency.name}: {kinds[row.kind].noun}, {briefly(row.due)}"


def table(case: CaseRow, kinds: Kinds) -> Iterator[str]:
    """One case as lines of text, agency by return."""
    titles = [kind for kind in kinds.all if any(_owes(a, kind.id) for a in case.agencies)]
    rows = [[case.reference, *(kind.column for kind in titles)]]
    for agency in case.agencies:
        cells = {row.kind: cell(row) for row in agency.returns}
        rows.append([agency.name, *(cells.get(kind.id, "") for kind in titles)])
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        yield "   ".join(
            f"{text:<{width}}" for text, width in zip(row, widths, strict=True)
        ).rstrip()


def cell(row: ReturnRow) -> str:
    """Where one return stands, in a word or two; what is late stands in capitals."""
    if row.overdue:
        return "OVERDUE" if row.state == "awaited" else "OVERDUE, rejected"
    if row.state == "awaited":
        return f"due {row.due.day} {row.due:%b}"
    return {"referred": "look at it", "rejected": "needs changes", "nil": "none held"}.get(
        row.state, row.state
    )


def _owes(agency: AgencyRow, kind: str) -> bool:
    return any(row.kind == kind for row in agency.returns)
