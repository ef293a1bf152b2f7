"""An agency's checklist: what has come, what is still to come, by when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from config.calendar import date_without_year, day_and_month
from config.kind import Kinds
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import CHASED_STATES
from outbox.writing.digest_facts import TableLine

LOOKED_AT = "a person is looking at what came"
READ = "a person is reading your message about it"  # nothing of the return itself has come
PERHAPS_CAME = "still to come, or with a person here"  # of a return that something may be
NOTHING_WAITS: Mapping[str, str] = {}


def more_time_words(until: str = "") -> str:
    """That more time is asked for; `until` such as " until Friday 14 May", "" where that is not
    told."""
    return f"more time asked for{until}, not yet decided"


MORE_TIME = more_time_words()


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One return as an agency reads it; `due` is "" once it is settled."""

    title: str
    state: str
    due: str


_STATES: dict[str, Callable[[ReturnRow], str]] = {
    "awaited": lambda r: "late" if r.overdue else "still to come",
    "rejected": lambda r: "late, needs changes" if r.overdue else "needs changes",
    "referred": lambda r: "received, a person is looking at it",
    "accepted": lambda r: f"accepted {_day(r.accepted)}",
    "nil": lambda r: "none held",
    "outside": lambda r: f"seen by the board {_day(r.accepted)}",
    "waived": lambda r: "not needed",
}


def build_checklist(
    agency: AgencyRow, kinds: Kinds, waiting: Mapping[str, str] = NOTHING_WAITS
) -> tuple[ChecklistLine, ...]:
    """The agency's returns, in the order of the kinds. `waiting` are the words for those about
    which something waits for the board, which is told of them instead of that they are late."""
    order = {kind.id: n for n, kind in enumerate(kinds.all)}
    rows = sorted(agency.returns, key=lambda r: order.get(r.kind, len(order)))
    return tuple(_line(row, kinds, waiting.get(row.kind, "")) for row in rows)


def align_columns(lines: tuple[ChecklistLine, ...]) -> list[TableLine]:
    """The lines as text, in columns as wide as they need to be."""
    title = max((len(line.title) for line in lines), default=0)
    state = max((len(line.state) for line in lines if line.due), default=0)
    return [
        TableLine(
            f"{line.title:<{title}}   {line.state:<{state}}   {line.due}".rstrip(),
            (line.title, line.state, line.due),
        )
        for line in lines
    ]


def _line(row: ReturnRow, kinds: Kinds, waits: str) -> ChecklistLine:
    kind = kinds.get(row.kind)
    title, state, due = kind.title if kind else row.kind, _STATES[row.state](row), ""
    if row.state in CHASED_STATES and waits:
        state = f"needs changes; {waits}" if row.state == "rejected" else waits
        due = "" if row.overdue else f"due {date_without_year(row.due)}"
    elif row.state in CHASED_STATES:
        due = f"{'was due' if row.overdue else 'due'} {date_without_year(row.due)}"
    return ChecklistLine(title, state, due)


def _day(day: date | None) -> str:
    return day_and_month(day) if day else ""
